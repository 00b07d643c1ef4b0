package io.weir.rule.model;

import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import java.util.List;
import java.util.Set;

/** What must hold for a rule to match, beside its header. */
public sealed interface Condition {
    /** Holds if all of them do; all that ask transactions ask the same one. */
    record All(List<Condition> conditions) implements Condition {
        /** Copies what it is given. */
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** Holds if one of them does. */
    record Any(List<Condition> conditions) implements Condition {
        /** Copies what it is given. */
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** Holds if it does not. */
    record Not(Condition condition) implements Condition {
    }

    /**
     * Holds if one instance of the buffer answers all steps.
     *
     * @param transforms what is done to its bytes first, in order
     */
    record BufferCondition(Buffer buffer, List<Transform> transforms, List<Step> steps) implements Condition {
        /** Copies what it is given. */
        public BufferCondition {
            transforms = List.copyOf(transforms);
            steps = List.copyOf(steps);
        }
    }

    /** Holds if the transaction has no such field, or, with {@code orElse}, if that holds. */
    record Absent(Buffer buffer, BufferCondition orElse) implements Condition {
    }

    /** Holds if a field that is a number, a time or a truth has an accepted value. */
    record FieldNumber(Field field, Buffer.Side side, NumberSet numbers) implements Condition {
    }

    /**
     * Holds if those values of a buffer's fields which {@code places} says are numbers, or decimal digits, that are
     * accepted.
     */
    record FieldPlaces(Buffer buffer, NumberSet numbers, Places places) implements Condition {
    }

    /** Holds if a field that is a time lies so many seconds behind the frame's; negative numbers are before it. */
    record FieldTime(Field field, Buffer.Side side, NumberSet seconds) implements Condition {
    }

    /** Holds if the transaction has two fields of the same bytes; with several instances, the first of each. */
    record SameField(Field field, Field other) implements Condition {
    }

    /** Holds if the transaction has as many instances of a buffer's fields, together, as is accepted. */
    record FieldCount(Buffer buffer, NumberSet counts) implements Condition {
    }

    /** Holds if a number of the frame is accepted; frames that lack it do not match. */
    record PacketFact(PacketNumber number, NumberSet numbers) implements Condition {
    }

    /**
     * TCP flags: {@code frame & ~ignored} compared with {@code flags}.
     *
     * @param mode how
     */
    record TcpFlags(int flags, int ignored, Mode mode) implements Condition {
        /** How flags are compared. */
        public enum Mode {
            EXACTLY, ALL_OF, ANY_OF, NONE_OF
        }
    }

    /** IP fragment bits and place. */
    record Fragment(Boolean more, Boolean dont, Boolean reserved, NumberSet offset, boolean negated)
        implements Condition {
    }

    /** An option of the IPv4 header, by its type octet; -1 for any. */
    record IpOption(int option) implements Condition {
    }

    /** Source and destination are the same address. */
    record SameAddress() implements Condition {
    }

    /** Fields of {@code flow:}; null and false where nothing is asked. */
    record FlowState(Boolean established, Direction direction, boolean stateless, Boolean stream, Boolean fragment)
        implements Condition {
    }

    /** Where frames, streams and transactions go. */
    enum Direction {
        TO_SERVER, TO_CLIENT
    }

    /**
     * Holds if an end of the flow is accepted; of frames without a flow, their source is who began.
     *
     * @param initiator true for the end that began the flow, false for the one it began it with
     */
    record FlowEndpoint(boolean initiator, Endpoint accepted) implements Condition {
    }

    /** Holds if a number of the flow is accepted. */
    record FlowFact(FlowNumber number, NumberSet numbers) implements Condition {
    }

    /** Holds if one of the flow bits is set; none of them if negated. */
    record FlowBit(Set<String> names, boolean negated) implements Condition {
        /** Copies what it is given. */
        public FlowBit {
            names = Set.copyOf(names);
        }
    }

    /** Holds if a bit of the transaction is set, or not if negated. */
    record TransactionBit(String name, boolean negated) implements Condition {
    }

    /** Holds if a counter of the flow is accepted; {@code numbers} null: if it was ever set, or not if negated. */
    record FlowInt(String name, NumberSet numbers, boolean negated) implements Condition {
    }

    /** Holds if one counter of the flow less another is accepted; both must have been set. */
    record FlowIntDifference(String name, String other, NumberSet numbers) implements Condition {
    }

    /** Holds if the flow is one of these, by what was recognised so far. */
    record Application(List<Protocol> protocols, boolean negated, Layer layer) implements Condition {
        /** Of what a flow was recognised as. */
        public enum Layer {
            /** Any of them. */
            ANY,
            /** Any of them; where the two sides speak different protocols, that of the side that is asked. */
            SIDE,
            /** The same, of either side. */
            EITHER,
            /** The same, of the client. */
            CLIENT,
            /** The same, of the server. */
            SERVER,
            /** The protocol that it began with. */
            FIRST,
            /** The one that it speaks now, such as TLS behind STARTTLS. */
            LAST
        }

        /** Copies what it is given. */
        public Application {
            protocols = List.copyOf(protocols);
        }

        /** Of any of the flow's protocols. */
        public Application(final List<Protocol> protocols, final boolean negated) {
            this(protocols, negated, Layer.ANY);
        }
    }

    /** Holds if the flow was recognised as nothing: not yet if {@code early}, else for good. */
    record Unrecognised(boolean early) implements Condition {
    }

    /** Holds if the flow is a service of the list of applications. */
    record Service(Set<String> names) implements Condition {
        /** Copies what it is given. */
        public Service {
            names = Set.copyOf(names);
        }
    }

    /** Holds when something odd is seen: a name as EVE has it; a parser's has the protocol and a dot in front. */
    record Event(Kind kind, String name) implements Condition {
        /** Who sees it. */
        public enum Kind {
            DECODE, STREAM, APPLICATION
        }
    }

    /**
     * Holds if a command of FTP, PORT, names another address than that of the client.
     *
     * @param command field with the command's word
     * @param address field with what follows it
     */
    record OtherAddress(Field command, Field address) implements Condition {
    }

    /** Holds if the reputation of an address is accepted. */
    record Reputation(ReputationOf of, String category, NumberSet scores) implements Condition {
        /** Whose. */
        public enum ReputationOf {
            ANY, SOURCE, DESTINATION, BOTH
        }
    }
}
