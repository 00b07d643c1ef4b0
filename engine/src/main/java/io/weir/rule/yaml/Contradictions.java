package io.weir.rule.yaml;

import io.weir.protocol.Protocol;
import io.weir.rule.model.Condition;
import io.weir.rule.model.PacketNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds conditions of a rule that never hold together: of its protocols, of its transport and of fields. */
final class Contradictions {
    private static final int MOST_NAMED = 5;
    private static final int TCP = 6;
    private static final Set<Integer> ICMP = Set.of(1, 58);

    private final Faults faults;

    Contradictions(final Faults faults) {
        this.faults = faults;
    }

    /**
     * Tells the first one.
     *
     * @param when      what the conditions were read from
     * @param transport word of the transport, or null for any
     */
    void tell(final Node when, final Condition condition, final String transport) {
        final List<Condition> all = new ArrayList<>();
        flatten(condition, all);
        final Set<Protocol> tellers = Logic.tellers(condition);
        final List<List<Protocol>> asked = new ArrayList<>();
        for (final Condition part : all) {
            if (part instanceof Condition.Application application && !application.negated()) {
                asked.add(application.protocols());
            }
        }
        final String sentence = tellers != null && tellers.isEmpty()
            ? "no protocol has all the fields that the rule asks" : ofProtocols(asked, tellers, all);
        if (sentence != null) {
            faults.add(asked.isEmpty() ? when : place(when, "protocol"), "when", sentence);
        } else if (transport != null) {
            tellOfTransport(when, transport, asked, tellers, all);
        }
    }

    private static void flatten(final Condition condition, final List<Condition> to) {
        if (condition instanceof Condition.All all) {
            all.conditions().forEach(part -> flatten(part, to));
        } else if (condition != null) {
            to.add(condition);
        }
    }

    private static String ofProtocols(final List<List<Protocol>> asked, final Set<Protocol> tellers,
        final List<Condition> all) {
        for (int i = 0; i < asked.size(); i++) {
            for (int j = i + 1; j < asked.size(); j++) {
                if (!mayShareFlow(asked.get(i), asked.get(j))) {
                    return "no flow is " + names(asked.get(i)) + " and " + names(asked.get(j)) + " too";
                }
            }
            if (tellers != null && !mayShareFlow(asked.get(i), tellers)) {
                return "the fields that the rule asks are of " + names(tellers) + ", and 'protocol' asks for "
                    + names(asked.get(i)) + ": no flow is both";
            }
        }
        for (final Condition part : all) {
            if (part instanceof Condition.Application application && application.negated()) {
                for (final List<Protocol> protocols : asked) {
                    if (application.protocols().containsAll(protocols)) {
                        return "the rule asks for " + names(protocols) + " and for what is not";
                    }
                }
                if (tellers != null && application.protocols().containsAll(tellers)) {
                    return "the fields that the rule asks are of " + names(tellers) + ", which it excludes";
                }
            }
        }
        return null;
    }

    private static boolean mayShareFlow(final Collection<Protocol> some, final Collection<Protocol> others) {
        for (final Protocol one : some) {
            for (final Protocol other : others) {
                if (Companions.mayShareFlow(one, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void tellOfTransport(final Node when, final String transport, final List<List<Protocol>> asked,
        final Set<Protocol> tellers, final List<Condition> all) {
        final Integer number = Vocabulary.TRANSPORTS.get(transport);
        final Node at = place(when, "transport");
        for (final List<Protocol> protocols : asked) {
            if (protocols.stream().noneMatch(protocol -> Companions.mayRunOver(protocol, number))) {
                faults.add(at, "transport", names(protocols) + " is never recognised over " + transport);
                return;
            }
        }
        if (tellers != null && tellers.stream().noneMatch(teller -> Companions.mayRunOver(teller, number))) {
            faults.add(at, "transport", "the fields that the rule asks are of " + names(tellers)
                + ", which is never recognised over " + transport);
            return;
        }
        for (final Condition part : all) {
            if (!mayHold(part, number)) {
                faults.add(at, "transport", "the rule asks what frames of " + transport + " do not have: "
                    + (part instanceof Condition.PacketFact fact ? Vocabulary.nameOf(fact.number()) : "tcp.flags"));
                return;
            }
        }
    }

    private static boolean mayHold(final Condition condition, final int transport) {
        if (condition instanceof Condition.TcpFlags) {
            return transport == TCP;
        } else if (condition instanceof Condition.PacketFact fact) {
            final PacketNumber number = fact.number();
            return switch (number) {
                case TCP_SEQUENCE, TCP_ACKNOWLEDGEMENT, TCP_WINDOW, TCP_MSS, TCP_WSCALE -> transport == TCP;
                case ICMP_TYPE, ICMP_CODE, ICMP_ID, ICMP_SEQUENCE, ICMPV6_MTU -> ICMP.contains(transport);
                case IGMP_TYPE -> false;
                default -> true;
            };
        }
        return true;
    }

    private static String names(final Collection<Protocol> protocols) {
        return protocols.stream().limit(MOST_NAMED).map(Protocol::name).collect(Collectors.joining(", "))
            + (protocols.size() > MOST_NAMED ? " and " + (protocols.size() - MOST_NAMED) + " more" : "");
    }

    /** The value of a key of {@code when}; all of it if the key stands deeper. */
    private static Node place(final Node when, final String wanted) {
        if (when instanceof MappingNode mapping) {
            for (final NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && wanted.equals(key.getValue())) {
                    return tuple.getValueNode();
                }
            }
        }
        return when;
    }
}
