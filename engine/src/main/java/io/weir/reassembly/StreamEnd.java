package io.weir.reassembly;

/** Why a stream has come to its end. */
public enum StreamEnd {
    /** The sender closed it, and everything before its FIN was delivered. */
    FIN("fin"),
    /** The connection was reset. */
    RESET("reset"),
    /** No frame came for longer than the flow's time-out. */
    TIMEOUT("timeout"),
    /** The flow's place was needed for another one. */
    EVICTED("evicted"),
    /** A new connection between the same endpoints took its place. */
    REUSED("reused"),
    /** The engine stopped. */
    SHUTDOWN("shutdown"),
    /** More of it than the configured depth was delivered. */
    DEPTH("depth");

    private static final StreamEnd[] VALUES = values();

    private final String label;

    StreamEnd(final String label) {
        this.label = label;
    }

    /** The reason for an ordinal. */
    public static StreamEnd of(final int ordinal) {
        return VALUES[ordinal];
    }

    /** Name in records. */
    public String label() {
        return label;
    }
}
