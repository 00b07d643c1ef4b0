package io.weir.flow;

/** Why a flow's record was written; the ordinal is the code in {@link io.weir.event.FlowEvent#endReason()}. */
public enum EndReason {
    /** No frame came for longer than the time-out of its state. */
    TIMEOUT("timeout"),
    /** Its place was needed for another flow. */
    FORCED("forced"),
    /** The engine stopped. */
    SHUTDOWN("shutdown"),
    /** A new connection between the same endpoints took its place. */
    TCP_REUSE("tcp_reuse");

    private static final EndReason[] VALUES = values();

    private final String label;

    EndReason(final String label) {
        this.label = label;
    }

    /** The reason for a code. */
    public static EndReason of(final int code) {
        return VALUES[code];
    }

    /** Name in records. */
    public String label() {
        return label;
    }
}
