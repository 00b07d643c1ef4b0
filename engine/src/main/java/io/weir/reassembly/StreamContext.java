package io.weir.reassembly;

/**
 * Configuration of TCP reassembly, for the workers of one engine. Set, then {@link #conclude()}; immutable after that.
 */
public final class StreamContext {
    /** Memory for data out of order unless set otherwise. */
    public static final long MEMORY_BYTES_DEFAULT = 256L << 20;
    /** Data out of order of one stream unless set otherwise. */
    public static final int STREAM_BYTES_DEFAULT = 4 << 20;
    /** Memory of one worker for copies of delivered data unless set otherwise. */
    public static final long COMPARISON_BYTES_DEFAULT = 4L << 20;
    /** Least memory for that: more than the longest segment. */
    public static final long COMPARISON_BYTES_MIN = 128L << 10;
    /** Least memory of one worker. */
    public static final long MEMORY_BYTES_MIN = 256L << 10;

    private static final int STREAM_BYTES_MIN = 4 << 10;
    private static final int STREAM_BYTES_MAX = 1 << 30;

    private long comparisonBytes = COMPARISON_BYTES_DEFAULT;
    private long memoryBytes = MEMORY_BYTES_DEFAULT;
    private int workers = 1;
    private int streamBytes = STREAM_BYTES_DEFAULT;
    private long depth;
    private boolean midstream = true;
    private boolean cutOff = true;
    private boolean urgentInline = true;
    private Checksums checksums = Checksums.COUNT;
    private TargetPolicies policies = TargetPolicies.of(OverlapPolicy.LINUX);
    private boolean concluded;

    /** What becomes of a segment whose checksum is wrong; all are counted. */
    public enum Checksums {
        /** It is data all the same: sender offload cannot be told from damage. */
        COUNT,
        /** It is not data, as the receiving host would have it. */
        VERIFY
    }

    /** Sets the memory for data out of order of all workers together, in bytes. */
    public StreamContext memoryBytes(final long bytes) {
        checkOpen();
        memoryBytes = bytes;
        return this;
    }

    /** Memory for data out of order of one worker, in bytes. */
    public long memoryBytesPerWorker() {
        return memoryBytes / workers;
    }

    /**
     * Sets the memory of each worker for copies of what it delivered, to compare retransmissions with, in bytes;
     * 128 KiB or more. All of it is written again and again: beyond what fits into a core's caches, more costs more.
     */
    public StreamContext comparisonBytes(final long bytes) {
        checkOpen();
        comparisonBytes = bytes;
        return this;
    }

    /** Memory of each worker for copies of what it delivered, in bytes: what was set, down to a power of two. */
    public long comparisonBytes() {
        return Long.highestOneBit(comparisonBytes);
    }

    /** Sets how many workers share the memory evenly. */
    public StreamContext workers(final int count) {
        checkOpen();
        workers = count;
        return this;
    }

    /** Sets how many bytes of one stream may wait for what comes before them, counted in whole chunks. */
    public StreamContext streamBytes(final int bytes) {
        checkOpen();
        streamBytes = bytes;
        return this;
    }

    /** How many bytes of one stream may wait. */
    public int streamBytes() {
        return streamBytes;
    }

    /** Sets after how many bytes of a stream its delivery ends; 0 for never, the default. */
    public StreamContext depth(final long bytes) {
        checkOpen();
        depth = bytes;
        return this;
    }

    /** After how many bytes of a stream its delivery ends; 0 for never. */
    public long depth() {
        return depth;
    }

    /** Sets whether connections are taken up whose start was not seen; default true. */
    public StreamContext midstream(final boolean value) {
        checkOpen();
        midstream = value;
        return this;
    }

    /** Whether connections are taken up whose start was not seen. */
    public boolean midstream() {
        return midstream;
    }

    /**
     * Sets whether nothing more of a stream is kept and handed on once its sink wants no more; default true. Otherwise
     * it is followed to its end all the same, for the sake of gaps and anomalies.
     */
    public StreamContext cutOff(final boolean value) {
        checkOpen();
        cutOff = value;
        return this;
    }

    /** Whether streams that nobody wants any more are cut off. */
    public boolean cutOff() {
        return cutOff;
    }

    /**
     * Sets whether the byte that the urgent pointer names stays in the stream, as with the socket option SO_OOBINLINE;
     * default true. Otherwise it is left out, as applications read it by default.
     */
    public StreamContext urgentInline(final boolean value) {
        checkOpen();
        urgentInline = value;
        return this;
    }

    /** Whether urgent bytes stay in the stream. */
    public boolean urgentInline() {
        return urgentInline;
    }

    /** Sets what becomes of segments with a wrong checksum; default {@link Checksums#COUNT}. */
    public StreamContext checksums(final Checksums value) {
        checkOpen();
        checksums = value;
        return this;
    }

    /** What becomes of segments with a wrong checksum. */
    public Checksums checksums() {
        return checksums;
    }

    /** Sets which copy of overlapping data counts, by receiving host; default as Linux does, for all hosts. */
    public StreamContext policies(final TargetPolicies value) {
        checkOpen();
        policies = value;
        return this;
    }

    /** Which copy of overlapping data counts, by receiving host. */
    public TargetPolicies policies() {
        return policies;
    }

    /**
     * Checks everything and closes this context for changes.
     *
     * @throws IllegalArgumentException naming the setting that does not hold, and what would
     */
    public StreamContext conclude() {
        check(workers >= 1, "workers must be at least 1, not " + workers);
        check(memoryBytes / workers >= MEMORY_BYTES_MIN, "memory must be at least " + MEMORY_BYTES_MIN
            + " bytes for each of " + workers + " workers, not " + memoryBytes + " in all");
        check(comparisonBytes >= COMPARISON_BYTES_MIN, "memory for comparison must be at least "
            + COMPARISON_BYTES_MIN + " bytes, not " + comparisonBytes);
        check(streamBytes >= STREAM_BYTES_MIN && streamBytes <= STREAM_BYTES_MAX, "memory of one stream must be "
            + STREAM_BYTES_MIN + " to " + STREAM_BYTES_MAX + " bytes, not " + streamBytes);
        check(depth >= 0, "depth must not be negative: " + depth);
        concluded = true;
        return this;
    }

    private static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("stream reassembly: " + otherwise);
        }
    }

    private void checkOpen() {
        if (concluded) {
            throw new IllegalStateException("stream reassembly: the configuration is concluded");
        }
    }
}
