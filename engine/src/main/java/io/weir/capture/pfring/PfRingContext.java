package io.weir.capture.pfring;

import io.weir.capture.CaptureException;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.filter.FilterCompiler;

/**
 * Settings of a {@link PfRingSource}; set, then {@link #conclude()}, which validates. Not to be changed after that. Not
 * thread-safe.
 */
public final class PfRingContext {
    /** The library as its packages install it. */
    public static final String LIBRARY = "libpfring.so";
    /** Largest id of a cluster. */
    public static final int MAX_CLUSTER = 255;

    private static final int MIN_BLOCK_BYTES = 128 << 10;
    private static final int MIN_BLOCKS = 4;
    private static final int MIN_SNAP_LENGTH = 64;

    private String interfaceName = "";
    private String filter = "";
    private int snapLength = FilterCompiler.SNAP_LENGTH;
    private boolean promiscuous = true;
    private boolean ignoreOutgoing = true;
    private int blockBytes = 1 << 20;
    private int blockCount = 64;
    private int blockTimeoutMs = 10;
    private int cluster;
    private String library = LIBRARY;
    private boolean poisonOnRelease;
    private boolean concluded;

    /** The interface to capture from. */
    public PfRingContext interfaceName(final String interfaceName) {
        this.interfaceName = interfaceName;
        return changed();
    }

    /** The interface to capture from. */
    public String interfaceName() {
        return interfaceName;
    }

    /** Filter expression, applied in user space to frames with their tags in place, or {@code ""}. */
    public PfRingContext filter(final String filter) {
        this.filter = filter;
        return changed();
    }

    /** Filter expression, or {@code ""}. */
    public String filter() {
        return filter;
    }

    /** Most bytes kept of a frame; never more than the MTU allows. Default 262144. */
    public PfRingContext snapLength(final int snapLength) {
        this.snapLength = snapLength;
        return changed();
    }

    /** Most bytes kept of a frame. */
    public int snapLength() {
        return snapLength;
    }

    /** Whether to see frames for other hosts. Default true. */
    public PfRingContext promiscuous(final boolean promiscuous) {
        this.promiscuous = promiscuous;
        return changed();
    }

    /** Whether to see frames for other hosts. */
    public boolean promiscuous() {
        return promiscuous;
    }

    /** Whether to leave out frames that this host sends. Default true. */
    public PfRingContext ignoreOutgoing(final boolean ignoreOutgoing) {
        this.ignoreOutgoing = ignoreOutgoing;
        return changed();
    }

    /** Whether to leave out frames that this host sends. */
    public boolean ignoreOutgoing() {
        return ignoreOutgoing;
    }

    /** Bytes of one block that frames are copied to. Default 1 MiB. */
    public PfRingContext blockBytes(final int blockBytes) {
        this.blockBytes = blockBytes;
        return changed();
    }

    /** Bytes of one block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Blocks. Default 64. */
    public PfRingContext blockCount(final int blockCount) {
        this.blockCount = blockCount;
        return changed();
    }

    /** Blocks. */
    public int blockCount() {
        return blockCount;
    }

    /** Longest wait for the number of frames that ends a wait, in milliseconds. Default 10. */
    public PfRingContext blockTimeoutMs(final int blockTimeoutMs) {
        this.blockTimeoutMs = blockTimeoutMs;
        return changed();
    }

    /** Longest wait, in milliseconds. */
    public int blockTimeoutMs() {
        return blockTimeoutMs;
    }

    /** Id of a cluster to share the traffic with, flow by flow (5-tuple), or 0 for none. Default 0. */
    public PfRingContext cluster(final int cluster) {
        this.cluster = cluster;
        return changed();
    }

    /** Id of a cluster, or 0 for none. */
    public int cluster() {
        return cluster;
    }

    /** File name of the library. Default {@value #LIBRARY}. */
    public PfRingContext library(final String library) {
        this.library = library;
        return changed();
    }

    /** File name of the library. */
    public String library() {
        return library;
    }

    /** Debugging: overwrite each block before it is used again. Default false. */
    public PfRingContext poisonOnRelease(final boolean poisonOnRelease) {
        this.poisonOnRelease = poisonOnRelease;
        return changed();
    }

    /** Whether to overwrite each block before it is used again. */
    public boolean poisonOnRelease() {
        return poisonOnRelease;
    }

    private PfRingContext changed() {
        if (concluded) {
            throw new IllegalStateException("the settings of a source do not change once it exists");
        }
        return this;
    }

    /**
     * Validates everything; nothing can be changed afterwards.
     *
     * @throws CaptureException for a setting that cannot work, with what to do
     */
    public PfRingContext conclude() {
        NetworkInterfaces.checkName(interfaceName);
        check(blockBytes >= MIN_BLOCK_BYTES, "block of " + blockBytes + " bytes: PF_RING needs at least "
            + MIN_BLOCK_BYTES);
        check(blockCount >= MIN_BLOCKS, blockCount + " blocks: at least " + MIN_BLOCKS + " are needed");
        check(blockTimeoutMs >= 1, "block time-out of " + blockTimeoutMs + " ms: must be at least 1");
        check(cluster >= 0 && cluster <= MAX_CLUSTER, "cluster " + cluster + ": must be 0 (none) to " + MAX_CLUSTER);
        check(snapLength >= MIN_SNAP_LENGTH && snapLength <= FilterCompiler.SNAP_LENGTH,
            "snap length of " + snapLength + " bytes: must be " + MIN_SNAP_LENGTH + " to "
                + FilterCompiler.SNAP_LENGTH);
        concluded = true;
        return this;
    }

    private static void check(final boolean good, final String otherwise) {
        if (!good) {
            throw new CaptureException(CaptureException.Kind.USAGE, otherwise);
        }
    }
}
