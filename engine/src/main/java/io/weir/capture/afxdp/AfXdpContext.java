package io.weir.capture.afxdp;

import io.weir.capture.CaptureException;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.filter.FilterCompiler;

/**
 * Settings of an {@link AfXdpSource}; set, then {@link #conclude()}, which validates. Not to be changed after that. Not
 * thread-safe.
 */
public final class AfXdpContext {
    /** Most queues of an interface. */
    public static final int MAX_QUEUES = 64;
    /** Longest that busy polling may take, in microseconds. */
    public static final int MAX_BUSY_POLL_US = 10_000;

    static final long MIN_MEMORY_BYTES = 1 << 20;
    private static final int MIN_SNAP_LENGTH = 64;

    private String interfaceName = "";
    private String filter = "";
    private int snapLength = FilterCompiler.SNAP_LENGTH;
    private boolean promiscuous = true;
    private long memoryBytes = 64L << 20;
    private int queues;
    private int firstQueue;
    private XdpGroup group = new XdpGroup();
    private boolean member;
    private Mode mode = Mode.AUTO;
    private boolean needWakeup = true;
    private int busyPollUs;
    private boolean poisonOnRelease;
    private boolean concluded;

    /** Where the program runs, and who copies. */
    public enum Mode {
        /** The best the device accepts: zero copy, then native, then generic. */
        AUTO(15),
        /** The NIC writes into our memory. */
        ZERO_COPY(2 | 8),
        /** The driver runs the program, the kernel copies. */
        NATIVE(2 | 4),
        /** The kernel runs the program and copies; any device. */
        GENERIC(1 | 4);

        private final int bits;

        Mode(final int bits) {
            this.bits = bits;
        }

        /** WEIR_XDP_ bits of native/src/weir.h. */
        int bits() {
            return bits;
        }
    }

    /** The interface to capture from. */
    public AfXdpContext interfaceName(final String interfaceName) {
        this.interfaceName = interfaceName;
        return changed();
    }

    /** The interface to capture from. */
    public String interfaceName() {
        return interfaceName;
    }

    /** Filter expression, applied in user space to frames with their tags in place, or {@code ""}. */
    public AfXdpContext filter(final String filter) {
        this.filter = filter;
        return changed();
    }

    /** Filter expression, or {@code ""}. */
    public String filter() {
        return filter;
    }

    /** Most bytes kept of a frame. Default 262144, which is all of it. */
    public AfXdpContext snapLength(final int snapLength) {
        this.snapLength = snapLength;
        return changed();
    }

    /** Most bytes kept of a frame. */
    public int snapLength() {
        return snapLength;
    }

    /** Whether to see frames for other hosts, through a membership that ends with the source. Default true. */
    public AfXdpContext promiscuous(final boolean promiscuous) {
        this.promiscuous = promiscuous;
        return changed();
    }

    /** Whether to see frames for other hosts. */
    public boolean promiscuous() {
        return promiscuous;
    }

    /** Most memory for frames, all queues together; the largest power of two of chunks is taken. Default 64 MiB. */
    public AfXdpContext memoryBytes(final long memoryBytes) {
        this.memoryBytes = memoryBytes;
        return changed();
    }

    /** Most memory for frames. */
    public long memoryBytes() {
        return memoryBytes;
    }

    /**
     * Makes the source one of several, each with queues of its own. It lets nothing in before it is told to.
     *
     * @param first of its queues; {@link #queues()} is how many it has
     */
    public AfXdpContext member(final XdpGroup group, final int first) {
        this.group = group;
        firstQueue = first;
        member = true;
        return changed();
    }

    int firstQueue() {
        return firstQueue;
    }

    XdpGroup group() {
        return group;
    }

    boolean isMember() {
        return member;
    }

    /** Receive queues to capture from, from the first on; 0 for all the device has. Default 0. */
    public AfXdpContext queues(final int queues) {
        this.queues = queues;
        return changed();
    }

    /** Receive queues to capture from; 0 for all. */
    public int queues() {
        return queues;
    }

    /** Where the program runs, and who copies. Default the best that works. */
    public AfXdpContext mode(final Mode mode) {
        this.mode = mode;
        return changed();
    }

    /** Where the program runs, and who copies. */
    public Mode mode() {
        return mode;
    }

    /** Whether the driver may rest until it is called. Default true. */
    public AfXdpContext needWakeup(final boolean needWakeup) {
        this.needWakeup = needWakeup;
        return changed();
    }

    /** Whether the driver may rest until it is called. */
    public boolean needWakeup() {
        return needWakeup;
    }

    /** Microseconds for which this thread drives the NIC's queue in place of interrupts, 0 for none. Default 0. */
    public AfXdpContext busyPollUs(final int busyPollUs) {
        this.busyPollUs = busyPollUs;
        return changed();
    }

    /** Microseconds of busy polling, 0 for none. */
    public int busyPollUs() {
        return busyPollUs;
    }

    /** Debugging: overwrite each frame before it goes back, so that a late reader is noticed. Default false. */
    public AfXdpContext poisonOnRelease(final boolean poisonOnRelease) {
        this.poisonOnRelease = poisonOnRelease;
        return changed();
    }

    /** Whether to overwrite each frame before it goes back. */
    public boolean poisonOnRelease() {
        return poisonOnRelease;
    }

    private AfXdpContext changed() {
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
    public AfXdpContext conclude() {
        NetworkInterfaces.checkName(interfaceName);
        check(memoryBytes >= MIN_MEMORY_BYTES,
            memoryBytes + " bytes for frames: AF_XDP needs at least " + MIN_MEMORY_BYTES);
        check(queues >= 0 && queues <= MAX_QUEUES, queues + " queues: must be 0 (all) to " + MAX_QUEUES);
        check(firstQueue >= 0 && firstQueue < MAX_QUEUES, "queue " + firstQueue + ": must be 0 to " + (MAX_QUEUES - 1));
        check(busyPollUs >= 0 && busyPollUs <= MAX_BUSY_POLL_US,
            "busy polling of " + busyPollUs + " us: must be 0 to " + MAX_BUSY_POLL_US);
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
