package io.weir.rule.yaml;

import io.weir.event.Anomaly;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.AcrossFlows.Key.Part;
import io.weir.rule.model.Condition;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.PacketNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The words of the language: those of conditions, and the fields, protocols and events that weir knows. Immutable. */
final class Vocabulary {
    /** Words of conditions that are no fields. */
    static final Set<String> WORDS = ordered("all", "any", "not", "protocol", "application", "transport", "source",
        "source.port", "destination", "destination.port", "direction", "flow.state", "flow.bit", "tcp.flags",
        "payload", "event");
    static final Set<String> RULE_KEYS = ordered("id", "revision", "alert", "pass", "silent", "severity", "category",
        "owner", "mitre", "references", "enabled", "expires", "when", "each", "count", "first_seen", "limit", "do");
    static final List<String> SEVERITIES = List.of("high", "medium", "low", "info");
    static final Map<String, Integer> TRANSPORTS = transports();
    static final Map<String, Integer> TCP_FLAGS = flags();
    static final Map<String, Part> PARTS = parts();

    private static final Vocabulary OF_CATALOGUE = new Vocabulary();

    private final Map<String, List<Field>> fields = new TreeMap<>();
    private final Map<String, Field> groups = new TreeMap<>();
    private final Map<String, Protocol> protocols = new TreeMap<>();
    private final Map<String, Condition.Event> events = new TreeMap<>();
    private final Map<String, FlowNumber> flowNumbers = new LinkedHashMap<>();
    private final Map<String, PacketNumber> packetNumbers = new LinkedHashMap<>();
    private final Set<String> conditions = new LinkedHashSet<>(WORDS);

    private Vocabulary() {
        for (final Field field : Protocols.fields()) {
            if (isOfRecordsAlone(field)) {
                continue;
            }
            if (field.type() == FieldType.GROUP) {
                groups.put(field.name(), field);
            } else {
                fields.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
            }
        }
        for (final Protocol protocol : Protocols.all()) {
            protocols.put(protocol.name(), protocol);
            for (final ProtocolEvent event : protocol.events()) {
                add(Condition.Event.Kind.APPLICATION, protocol.name() + "." + event.label());
            }
        }
        for (int i = 0; i < Anomaly.COUNT; i++) {
            final String name = Anomaly.of(i).eventName();
            add(name.startsWith("stream.") ? Condition.Event.Kind.STREAM : Condition.Event.Kind.DECODE, name);
        }
        for (final FlowNumber number : FlowNumber.values()) {
            flowNumbers.put("flow." + lower(number).replaceFirst("_to_", ".to_"), number);
        }
        for (final PacketNumber number : PacketNumber.values()) {
            packetNumbers.put(nameOf(number), number);
        }
        conditions.addAll(flowNumbers.keySet());
        conditions.addAll(packetNumbers.keySet());
        conditions.addAll(fields.keySet());
    }

    /** Fields of records that are written beside transactions: no rule is asked of these. */
    private static boolean isOfRecordsAlone(final Field field) {
        for (final String beside : new String[] {"anomaly", "file", "ftp-data"}) {
            for (final Protocol protocol : Protocols.all()) {
                if (protocol.name().equals(beside) && protocol.fields().contains(field) && !field.isInspected()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void add(final Condition.Event.Kind kind, final String name) {
        events.put(name, new Condition.Event(kind, name));
    }

    static String nameOf(final PacketNumber number) {
        return "packet." + lower(number);
    }

    private static String lower(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Set<String> ordered(final String... words) {
        return java.util.Collections.unmodifiableSet(new LinkedHashSet<>(List.of(words)));
    }

    private static Map<String, Integer> transports() {
        final Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("tcp", 6);
        numbers.put("udp", 17);
        numbers.put("icmp", 1);
        numbers.put("icmpv6", 58);
        numbers.put("sctp", 132);
        numbers.put("gre", 47);
        numbers.put("esp", 50);
        return numbers;
    }

    private static Map<String, Integer> flags() {
        final Map<String, Integer> bits = new LinkedHashMap<>();
        int bit = 1;
        for (final String name : List.of("fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr")) {
            bits.put(name, bit);
            bit <<= 1;
        }
        return bits;
    }

    private static Map<String, Part> parts() {
        final Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("source", Part.INITIATOR);
        parts.put("destination", Part.RESPONDER);
        parts.put("destination.port", Part.RESPONDER_PORT);
        parts.put("pair", Part.BOTH);
        parts.put("flow", Part.FLOW);
        return parts;
    }

    static Vocabulary get() {
        return OF_CATALOGUE;
    }

    /** Everything a condition may begin with. */
    Set<String> conditions() {
        return conditions;
    }

    /** Fields by name: several protocols may have one of the same name. */
    Map<String, List<Field>> fields() {
        return fields;
    }

    /** Fields that hold others, and cannot be asked themselves. */
    Map<String, Field> groups() {
        return groups;
    }

    Map<String, Protocol> protocols() {
        return protocols;
    }

    Map<String, Condition.Event> events() {
        return events;
    }

    Map<String, FlowNumber> flowNumbers() {
        return flowNumbers;
    }

    Map<String, PacketNumber> packetNumbers() {
        return packetNumbers;
    }
}
