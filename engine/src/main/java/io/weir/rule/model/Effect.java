package io.weir.rule.model;

import java.util.Set;

/** What a rule does when it matches, beside its alert; decided in the worker. */
public sealed interface Effect {
    /** Changes bits of the flow. */
    record FlowBits(Set<String> names, Change change) implements Effect {
        /** Copies what it is given. */
        public FlowBits {
            names = Set.copyOf(names);
        }
    }

    /** Changes a bit of the transaction. */
    record TransactionBit(String name, Change change) implements Effect {
    }

    /** How bits change. */
    enum Change {
        SET, UNSET, TOGGLE
    }

    /** Changes a counter of the flow: {@code +}, {@code -} or {@code =}. */
    record FlowInt(String name, char operator, Value operand) implements Effect {
    }

    /** Writes packets that follow: of the session or of the host. */
    record Tag(boolean host, boolean source, long count, Unit unit) implements Effect {
        /** Of what {@code count} is a number. */
        public enum Unit {
            PACKETS, BYTES, SECONDS
        }
    }

    /** Adds a word to the flow's record. */
    record Label(String word) implements Effect {
    }

    /** Writes the flow's packets to a capture file, those from before included. */
    record Capture() implements Effect {
    }

    /** Looks no more at the flow's content: its parser ends once the frame is worked on, as rules about content do. */
    record StopInspecting() implements Effect {
    }

    /** Rules are not asked about the flow any more. */
    record Suppress() implements Effect {
    }
}
