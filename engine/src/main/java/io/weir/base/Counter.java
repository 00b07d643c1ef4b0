package io.weir.base;

/**
 * Everything weir counts, one line each. A drop has a counter here or it does not happen.
 *
 * <p>{@link Kind#DROP} counters are the reasons of the ledger {@code received = processed + dropped(by reason)}.
 */
public enum Counter {
    /** Frames. */
    FRAMES_RECEIVED("frames_received", Kind.TOTAL, "frames the sources offered, dropped ones included"),
    /** Frames. */
    FRAMES_DISPATCHED("frames_dispatched", Kind.TOTAL, "frames taken from the sources and numbered"),
    /** Frames. */
    FRAMES_PROCESSED("frames_processed", Kind.TOTAL, "frames a worker looked at"),
    /** Bytes. */
    BYTES_PROCESSED("bytes_processed", Kind.TOTAL, "wire bytes of the frames a worker looked at"),
    /** Frames. */
    TEE_DROPPED("tee_dropped", Kind.TOTAL, "frames inspected but missing in the tee file because it could not keep up"),
    /** Drop. */
    DROP_KERNEL("kernel", Kind.DROP, "frames the kernel dropped because its ring was full"),
    /** Drop. */
    DROP_FILTERED("filtered", Kind.DROP, "frames a filter in user space rejected"),
    /** Drop. */
    DROP_DISCARDED("discarded", Kind.DROP, "frames discarded while a source was set up, reopened or closed"),
    /** Drop. */
    DROP_RING_FULL("ring_full", Kind.DROP, "frames a worker's full ring could not take"),
    /** Drop. */
    DROP_WORKER_LATE("worker_late", Kind.DROP, "frames passed unread because a slow worker held the oldest blocks"),
    /** Flows. */
    FLOWS_STARTED("flows_started", Kind.TOTAL, "flows the flow tables took up"),
    /** Flows. */
    FLOWS_LIVE("flows_live", Kind.GAUGE, "flows in the flow tables, as of the last tick"),
    /** Flows. */
    FLOWS_EVICTED_UNESTABLISHED("flows_evicted_unestablished", Kind.TOTAL,
        "flows without an answer that a full flow table gave up"),
    /** Flows. */
    FLOWS_EVICTED_ONE_SIDED("flows_evicted_one_sided", Kind.TOTAL,
        "flows seen in one direction that a full flow table gave up"),
    /** Flows. */
    FLOWS_EVICTED_ESTABLISHED("flows_evicted_established", Kind.TOTAL,
        "established flows that a full flow table gave up"),
    /** Flows. */
    TUNNEL_ENDPOINTS_LEFT_OUT("tunnel_endpoints_left_out", Kind.TOTAL,
        "tunnelled flows whose outer addresses found no room or were cut off"),
    /** Records. */
    RECORDS_REFUSED("records_refused", Kind.TOTAL, "records a full event ring could not take");

    private final String label;
    private final Kind kind;
    private final String sentence;

    Counter(final String label, final Kind kind, final String sentence) {
        this.label = label;
        this.kind = kind;
        this.sentence = sentence;
    }

    /** What a counter is. */
    public enum Kind {
        /** A running total. */
        TOTAL,
        /** A reason for which a frame was not processed. */
        DROP,
        /** A current value. */
        GAUGE
    }

    /** Name in records and metrics. */
    public String label() {
        return label;
    }

    /** Total, drop reason or gauge. */
    public Kind kind() {
        return kind;
    }

    /** What it counts, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
