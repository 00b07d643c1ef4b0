package io.weir.rule.detect;

/** Limits of what rules keep and do: defaults, setters and {@link #conclude}. */
public final class DetectionContext {
    /** Alerts of a frame that are told, as Suricata has it. */
    public static final int ALERTS_OF_FRAME = 15;

    private int workers = 1;
    private long windowBytes = 256L << 20;
    private long historyBytes = 32L << 20;
    private int streamWindow = 16 * 1024;
    private long streamDepth = 1 << 20;
    private int flows = 1 << 18;
    private boolean concluded;

    /** Number of workers among which memory is divided. */
    public DetectionContext workers(final int value) {
        workers = value;
        return this;
    }

    /** Memory for the last bytes of streams, of all workers. Default 256 MiB. */
    public DetectionContext windowBytes(final long value) {
        windowBytes = value;
        return this;
    }

    /**
     * Memory of each worker for what streams were handed last, whose windows need not be filled as long as it is
     * there; down to a power of two, and no less than is kept for comparison. With less than 512 KiB they are filled
     * at once. Default 32 MiB.
     */
    public DetectionContext historyBytes(final long value) {
        historyBytes = value;
        return this;
    }

    /** Memory of each worker for what streams were handed last. */
    public long historyBytes() {
        return historyBytes;
    }

    /** Most bytes of a stream that a rule sees at once, 4 to 64 KiB. Default 16 KiB. */
    public DetectionContext streamWindow(final int value) {
        streamWindow = value;
        return this;
    }

    /** Bytes of each stream that rules are asked of; 0 for all. Default 1 MiB. */
    public DetectionContext streamDepth(final long value) {
        streamDepth = value;
        return this;
    }

    /** Flows of which rules keep something, of all workers. Default 262,144. */
    public DetectionContext flows(final int value) {
        flows = value;
        return this;
    }

    /**
     * Checks everything and seals the context.
     *
     * @throws IllegalArgumentException naming the setting and what it may be
     */
    public DetectionContext conclude() {
        check(streamWindow >= 4 << 10 && streamWindow <= 64 << 10,
            "what rules see of a stream at once must be 4 to 64 KiB, not " + streamWindow);
        check(windowBytes >= workers * (1L << 20), "memory for streams must be 1 MiB for each worker");
        check(historyBytes >= 0, "memory for what streams were handed last must not be negative");
        check(flows >= workers, "rules must keep at least one flow for each worker");
        check(streamDepth >= 0, "depth of streams must not be negative");
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

    long windowBytesPerWorker() {
        return windowBytes / workers;
    }

    int streamWindow() {
        return streamWindow;
    }

    long streamDepth() {
        return streamDepth;
    }

    int flowsPerWorker() {
        return flows / workers;
    }
}
