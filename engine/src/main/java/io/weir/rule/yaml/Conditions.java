package io.weir.rule.yaml;

import io.weir.protocol.Protocol;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Endpoint;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PacketNumber;
import io.weir.rule.model.PortSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code when}: conditions by name, all of which must hold. */
final class Conditions {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_CONDITIONS = 1_000;
    private static final int ALL_FLAGS = 0x3f;
    private static final Map<String, String> TRANSPORT_WORDS = new LinkedHashMap<>();

    static {
        Vocabulary.TRANSPORTS.keySet().forEach(word -> TRANSPORT_WORDS.put(word, word));
    }

    private final Faults faults;
    private final Numbers numbers;
    private final Addresses addresses;
    private final Texts texts;
    private final Fields fields;
    private final Set<String> applications;
    private final Vocabulary words = Vocabulary.get();
    private int asked;

    Conditions(final Faults faults, final Numbers numbers, final Addresses addresses, final Texts texts,
        final Set<String> applications) {
        this.faults = faults;
        this.numbers = numbers;
        this.addresses = addresses;
        this.texts = texts;
        this.applications = applications;
        fields = new Fields(faults, numbers, addresses, texts);
    }

    /** Reads a rule's conditions; null, and told, if they cannot be asked. */
    Condition read(final Node node) {
        asked = 0;
        return all(node, "when", 0);
    }

    private Condition all(final Node node, final String what, final int depth) {
        if (asked > MAX_CONDITIONS) {
            return null;
        }
        final Map<String, Node> members = Members.of(node, "'" + what + "'", words.conditions(), faults);
        asked += Math.max(1, members.size());
        if (asked > MAX_CONDITIONS || depth > MAX_DEPTH) {
            faults.add(node, what, asked > MAX_CONDITIONS ? "more than " + MAX_CONDITIONS + " conditions in one rule"
                : "conditions nested deeper than " + MAX_DEPTH + " levels");
            asked = MAX_CONDITIONS + 1;
            return null;
        }
        if (node instanceof MappingNode mapping && mapping.getValue().isEmpty()) {
            faults.add(node, what, "'" + what + "' asks nothing");
        }
        final List<Condition> all = new ArrayList<>();
        members.forEach((key, value) -> {
            if (value instanceof MappingNode mapping && mapping.getValue().isEmpty() && !"not".equals(key)) {
                faults.add(value, key, "'" + key + "' asks nothing");
            } else if (depth == 0 || !"transport".equals(key)) {
                all.add(condition(key, value, depth));
            } else {
                faults.add(value, key, "'transport' is said at the top of 'when' alone");
            }
        });
        all.removeIf(condition -> condition == null);
        return all.size() == 1 ? all.get(0) : new Condition.All(all);
    }

    private Condition condition(final String key, final Node node, final int depth) {
        return switch (key) {
            case "all", "any" -> several(key, node, depth);
            case "not" -> Logic.negated(all(node, key, depth + 1));
            case "protocol" -> {
                final List<Protocol> protocols = known(node, key, words.protocols());
                yield protocols.isEmpty() ? null : new Condition.Application(protocols, false);
            }
            case "application" -> {
                final Map<String, String> names = new LinkedHashMap<>();
                applications.forEach(name -> names.put(name, name));
                final List<String> found = known(node, key, names);
                yield found.isEmpty() ? null : new Condition.Service(new HashSet<>(found));
            }
            case "transport" -> null;
            case "source", "destination" -> {
                final AddressSet set = addresses.set(node, key);
                yield set == null ? null
                    : new Condition.FlowEndpoint("source".equals(key), new Endpoint(set, PortSet.ANY));
            }
            case "source.port", "destination.port" -> {
                final PortSet ports = addresses.ports(node, key);
                yield ports == null ? null : new Condition.FlowEndpoint("source.port".equals(key),
                    new Endpoint(AddressSet.ANY, ports));
            }
            case "direction" -> {
                final Map<String, Condition.Direction> directions = new LinkedHashMap<>();
                directions.put("to_server", Condition.Direction.TO_SERVER);
                directions.put("to_client", Condition.Direction.TO_CLIENT);
                final Condition.Direction direction = one(node, key, directions);
                yield direction == null ? null : new Condition.FlowState(null, direction, false, null, null);
            }
            case "flow.state" -> {
                final Map<String, Boolean> states = new LinkedHashMap<>();
                states.put("new", false);
                states.put("established", true);
                final Boolean state = one(node, key, states);
                yield state == null ? null : new Condition.FlowState(state, null, false, null, null);
            }
            case "flow.bit" -> {
                final Set<String> bits = new HashSet<>(Members.texts(node, key, faults));
                yield bits.isEmpty() ? null : new Condition.FlowBit(bits, false);
            }
            case "event" -> {
                final List<Condition> events = new ArrayList<>(known(node, key, words.events()));
                yield events.isEmpty() ? null : events.size() == 1 ? events.get(0) : new Condition.Any(events);
            }
            case "tcp.flags" -> flags(node);
            case "payload" -> payload(node);
            default -> ofNumberOrField(key, node);
        };
    }

    private Condition several(final String key, final Node node, final int depth) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            faults.add(node, key, "'" + key + "' is a list of conditions: [{...}, {...}]");
            return null;
        }
        final List<Condition> conditions = new ArrayList<>();
        for (final Node element : sequence.getValue()) {
            final Condition condition = all(element, key, depth + 1);
            if (condition != null) {
                conditions.add(condition);
            }
        }
        return "all".equals(key) ? new Condition.All(conditions) : new Condition.Any(conditions);
    }

    private <T> List<T> known(final Node node, final String key, final Map<String, T> there) {
        final List<T> found = new ArrayList<>();
        for (final Node element : Members.list(node)) {
            final T one = one(element, key, there);
            if (one != null) {
                found.add(one);
            }
        }
        if (Members.list(node).isEmpty()) {
            faults.add(node, key, "'" + key + "' is an empty list");
        }
        return found;
    }

    private <T> T one(final Node node, final String key, final Map<String, T> there) {
        final String word = Members.text(node, key, faults);
        final T found = word == null ? null : there.get(word);
        if (word != null && found == null) {
            final Collection<String> names = there.keySet();
            faults.unknown(node, key, "there is no " + key + " '" + word + "'", word, names);
        }
        return found;
    }

    /** Flags that are set, of all but ECE and CWR; or which of some are. */
    private Condition flags(final Node node) {
        if (!(node instanceof MappingNode)) {
            final Integer bits = bits(node, "tcp.flags");
            return bits == null ? null
                : new Condition.TcpFlags(bits, ~ALL_FLAGS & 0xff, Condition.TcpFlags.Mode.EXACTLY);
        }
        final List<Condition> all = new ArrayList<>();
        Members.of(node, "'tcp.flags'", List.of("all", "any", "none"), faults).forEach((key, value) -> {
            final Integer bits = bits(value, key);
            if (bits != null) {
                final Condition.TcpFlags.Mode mode = switch (key) {
                    case "all" -> Condition.TcpFlags.Mode.ALL_OF;
                    case "any" -> Condition.TcpFlags.Mode.ANY_OF;
                    default -> Condition.TcpFlags.Mode.NONE_OF;
                };
                all.add(new Condition.TcpFlags(bits, 0, mode));
            }
        });
        return all.size() == 1 ? all.get(0) : new Condition.All(all);
    }

    private Integer bits(final Node node, final String key) {
        int bits = 0;
        final List<Node> names = Members.list(node);
        for (final Node name : names) {
            final Integer bit = one(name, key, Vocabulary.TCP_FLAGS);
            if (bit == null) {
                return null;
            }
            bits |= bit;
        }
        return bits;
    }

    private Condition payload(final Node node) {
        if (!(node instanceof MappingNode)) {
            faults.add(node, "payload", "'payload' says how: {contains: ...}, {starts: ...} or {regex: ...}");
            return null;
        }
        final Map<String, Node> members = Members.of(node, "'payload'", Texts.KEYS, faults);
        return members.isEmpty() ? null : texts.read(node, members, "payload", Buffer.PAYLOAD, Literals.BYTES);
    }

    private Condition ofNumberOrField(final String key, final Node node) {
        final FlowNumber ofFlow = words.flowNumbers().get(key);
        if (ofFlow != null) {
            final NumberSet set = numbers.within(numbers.set(node, key, ofFlow == FlowNumber.AGE ? Numbers.Unit.SECONDS
                : key.startsWith("flow.frames") ? Numbers.Unit.NONE : Numbers.Unit.BYTES), node, key, 0,
                Long.MAX_VALUE);
            return set == null ? null : new Condition.FlowFact(ofFlow, set);
        }
        final PacketNumber ofPacket = words.packetNumbers().get(key);
        if (ofPacket != null) {
            final NumberSet set =
                numbers.within(numbers.set(node, key, Numbers.Unit.NONE), node, key, 0, ofPacket.most());
            return set == null ? null : new Condition.PacketFact(ofPacket, set);
        }
        return fields.read(key, words.fields().get(key), node);
    }

    /** The word of a transport, as the header has it; null if the rule says none. */
    String transport(final Node when) {
        if (when instanceof MappingNode mapping) {
            for (final NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && "transport".equals(key.getValue())) {
                    return one(tuple.getValueNode(), "transport", TRANSPORT_WORDS);
                }
            }
        }
        return null;
    }
}
