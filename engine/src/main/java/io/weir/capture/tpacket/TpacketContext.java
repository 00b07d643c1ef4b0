package io.weir.capture.tpacket;

import io.weir.capture.CaptureException;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.filter.FilterCompiler;

/**
 * Settings of a {@link TpacketSource}. The defaults were the cheapest without loss over veth; set, then
 * {@link #conclude()}, which validates. Not to be changed after that. Not thread-safe.
 */
public final class TpacketContext {
    /** A block must hold a whole super-frame of 64 KiB with its headers. */
    static final int MIN_BLOCK_BYTES = 128 << 10;
    static final int MAX_BLOCK_BYTES = 64 << 20;
    static final int MIN_BLOCKS = 4;
    static final int MAX_BLOCK_TIMEOUT_MS = 1000;
    static final int MIN_SNAP_LENGTH = 64;

    private static final int PAGE_BYTES = 4096;

    private String interfaceName = "";
    private int blockBytes = 1 << 20;
    private int blockCount = 64;
    private int blockTimeoutMs = 10;
    private int snapLength = FilterCompiler.SNAP_LENGTH;
    private long maxRingBytes = 2L << 30;
    private boolean promiscuous = true;
    private boolean ignoreOutgoing = true;
    private boolean hardwareStamps;
    private boolean poisonOnRelease;
    private String filter = "";
    private FanOutGroup group;
    private boolean concluded;

    /** The interface to capture from. */
    public TpacketContext interfaceName(final String interfaceName) {
        this.interfaceName = interfaceName;
        return changed();
    }

    /** The interface to capture from. */
    public String interfaceName() {
        return interfaceName;
    }

    /** Bytes of one block: a multiple of 4096. Default 1 MiB. */
    public TpacketContext blockBytes(final int blockBytes) {
        this.blockBytes = blockBytes;
        return changed();
    }

    /** Bytes of one block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Blocks of the ring; fewer are taken if memory is short. Default 64. */
    public TpacketContext blockCount(final int blockCount) {
        this.blockCount = blockCount;
        return changed();
    }

    /** Blocks of the ring. */
    public int blockCount() {
        return blockCount;
    }

    /** After this many milliseconds the kernel hands over a block that is not full. Default 10. */
    public TpacketContext blockTimeoutMs(final int blockTimeoutMs) {
        this.blockTimeoutMs = blockTimeoutMs;
        return changed();
    }

    /** After this many milliseconds the kernel hands over a block that is not full. */
    public int blockTimeoutMs() {
        return blockTimeoutMs;
    }

    /** Small blocks, handed over after a millisecond, in a ring of the same size: less delay for more CPU time. */
    public TpacketContext lowLatency() {
        blockBytes = 256 << 10;
        blockCount = 256;
        blockTimeoutMs = 1;
        return changed();
    }

    /** Most bytes kept of a frame. Default 262144, which is all of it. */
    public TpacketContext snapLength(final int snapLength) {
        this.snapLength = snapLength;
        return changed();
    }

    /** Most bytes kept of a frame. */
    public int snapLength() {
        return snapLength;
    }

    /** Largest ring allowed, in bytes. The kernel would grant any size until the machine has no memory left. */
    public TpacketContext maxRingBytes(final long maxRingBytes) {
        this.maxRingBytes = maxRingBytes;
        return changed();
    }

    /** Whether to see frames for other hosts, through a membership that ends with the source. Default true. */
    public TpacketContext promiscuous(final boolean promiscuous) {
        this.promiscuous = promiscuous;
        return changed();
    }

    /** Whether to see frames for other hosts. */
    public boolean promiscuous() {
        return promiscuous;
    }

    /**
     * Whether to leave out frames that this host sends. Default true. On the loopback interface it is always so, for
     * there every frame that is sent comes back as one that is received.
     */
    public TpacketContext ignoreOutgoing(final boolean ignoreOutgoing) {
        this.ignoreOutgoing = ignoreOutgoing;
        return changed();
    }

    /** Whether to leave out frames that this host sends. */
    public boolean ignoreOutgoing() {
        return ignoreOutgoing;
    }

    /** Whether to ask for stamps of the NIC; each frame says whether it has one. Default false. */
    public TpacketContext hardwareStamps(final boolean hardwareStamps) {
        this.hardwareStamps = hardwareStamps;
        return changed();
    }

    /** Whether to ask for stamps of the NIC. */
    public boolean hardwareStamps() {
        return hardwareStamps;
    }

    /** Debugging: overwrite each block before it goes back, so that a late reader is noticed. Default false. */
    public TpacketContext poisonOnRelease(final boolean poisonOnRelease) {
        this.poisonOnRelease = poisonOnRelease;
        return changed();
    }

    /** Whether to overwrite each block before it goes back. */
    public boolean poisonOnRelease() {
        return poisonOnRelease;
    }

    /** Filter expression that the kernel applies, or {@code ""}. */
    public TpacketContext filter(final String filter) {
        this.filter = filter;
        return changed();
    }

    /** Filter expression that the kernel applies, or {@code ""}. */
    public String filter() {
        return filter;
    }

    /** Makes the ring one of several, which share frames by flow; it lets nothing in before it is told to. */
    public TpacketContext group(final FanOutGroup group) {
        this.group = group;
        return changed();
    }

    /** The group it belongs to, or null. */
    FanOutGroup group() {
        return group;
    }

    /** Bytes of the whole ring. */
    public long ringBytes() {
        return (long) blockBytes * blockCount;
    }

    private TpacketContext changed() {
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
    public TpacketContext conclude() {
        NetworkInterfaces.checkName(interfaceName);
        check(blockBytes >= MIN_BLOCK_BYTES && blockBytes <= MAX_BLOCK_BYTES && blockBytes % PAGE_BYTES == 0,
            "block size of " + size(blockBytes) + ": must be a multiple of " + PAGE_BYTES + " from "
                + size(MIN_BLOCK_BYTES) + " (a super-frame must fit) to " + size(MAX_BLOCK_BYTES));
        check(blockCount >= MIN_BLOCKS, blockCount + " blocks: a ring needs at least " + MIN_BLOCKS);
        check(ringBytes() <= maxRingBytes, "ring of " + size(ringBytes()) + " (" + blockCount + " blocks of "
            + size(blockBytes) + ") is larger than the cap of " + size(maxRingBytes)
            + ": take fewer or smaller blocks, or raise the cap");
        check(blockTimeoutMs >= 1 && blockTimeoutMs <= MAX_BLOCK_TIMEOUT_MS,
            "block time-out of " + blockTimeoutMs + " ms: must be 1 to " + MAX_BLOCK_TIMEOUT_MS);
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

    private static String size(final long bytes) {
        final String[] units = {" bytes", " KiB", " MiB", " GiB", " TiB"};
        long value = bytes;
        int unit = 0;
        while (value >= 1024 && value % 1024 == 0 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return value + units[unit];
    }

    @Override
    public String toString() {
        return interfaceName + ": " + blockCount + " blocks of " + size(blockBytes) + ", time-out " + blockTimeoutMs
            + " ms, snap length " + snapLength + (promiscuous ? ", promiscuous" : "")
            + (ignoreOutgoing ? "" : ", with outgoing frames") + (filter.isEmpty() ? "" : ", filter " + filter);
    }
}
