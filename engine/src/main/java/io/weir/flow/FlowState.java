package io.weir.flow;

/** How far a flow has come; the ordinal is the code in {@link io.weir.event.FlowEvent#state()}. */
public enum FlowState {
    /** Nothing came back yet, or the TCP handshake is not complete. */
    NEW("new"),
    /** Both sides talk. */
    ESTABLISHED("established"),
    /** A TCP connection that has come to its end. */
    CLOSED("closed");

    private static final FlowState[] VALUES = values();

    private final String label;

    FlowState(final String label) {
        this.label = label;
    }

    /** The state for a code. */
    public static FlowState of(final int code) {
        return VALUES[code];
    }

    /** Name in records. */
    public String label() {
        return label;
    }
}
