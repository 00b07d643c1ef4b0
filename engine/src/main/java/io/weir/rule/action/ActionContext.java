package io.weir.rule.action;

/** Limits of what is done to flows for rules: defaults, setters and {@link #conclude}. */
public final class ActionContext {
    /** Least memory for frames. */
    public static final long MEMORY_MIN = 1 << 20;
    /** Most memory for frames. */
    public static final long MEMORY_MAX = 1 << 30;
    /** Default of the memory for frames. */
    public static final long MEMORY_DEFAULT = 16 << 20;
    /** Default of what is captured of a flow. */
    public static final long FLOW_BYTES_DEFAULT = 1 << 20;

    private long memory = MEMORY_DEFAULT;
    private long bytesPerFlow = FLOW_BYTES_DEFAULT;
    private int flows = 16 * 1024;
    private final TaggedHosts hosts = new TaggedHosts();
    private boolean concluded;

    /** Memory of each worker for the frames it saw last, while rules capture. Default 16 MiB. */
    public ActionContext memory(final long value) {
        memory = value;
        return this;
    }

    /** Captured bytes of a flow, those from before the match included. Default 1 MiB. */
    public ActionContext bytesPerFlow(final long value) {
        bytesPerFlow = value;
        return this;
    }

    /** Flows of each worker that are captured, tagged or labelled at a time. Default 16,384. */
    public ActionContext flows(final int value) {
        flows = value;
        return this;
    }

    /**
     * Checks everything and seals the context.
     *
     * @throws IllegalArgumentException naming the setting and what it may be
     */
    public ActionContext conclude() {
        check(memory >= MEMORY_MIN && memory <= MEMORY_MAX, "memory for captured frames must be 1 MiB to 1 GiB");
        check(bytesPerFlow >= 1, "at least one byte of a flow must be captured");
        check(flows >= 1, "rules must act on at least one flow");
        concluded = true;
        return this;
    }

    private static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    boolean isConcluded() {
        return concluded;
    }

    /** The largest power of two that is no more than what was set. */
    int memory() {
        return Integer.highestOneBit((int) memory);
    }

    /** Hosts that rules of any worker have tagged. */
    TaggedHosts hosts() {
        return hosts;
    }

    long bytesPerFlow() {
        return bytesPerFlow;
    }

    int flows() {
        return flows;
    }
}
