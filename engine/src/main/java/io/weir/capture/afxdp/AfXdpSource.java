package io.weir.capture.afxdp;

import io.weir.base.NativeLayout;
import io.weir.base.WallClock;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.LiveSource;
import io.weir.capture.filter.FilterCompiler;
import io.weir.capture.filter.FilterInterpreter;
import io.weir.capture.tpacket.HardwareType;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;

/**
 * Live frames of one interface from AF_XDP sockets, in place, all its queues in one source.
 *
 * <p>What is captured this way does not reach the host's own stack. Frames come as the driver has them: VLAN tags in
 * place, except those a NIC took out; without a word about checksums; none that this host sends. Their stamp is the
 * time at which the program in the kernel saw them. Of several queues the oldest frame that is ready goes first.
 *
 * <p>A <i>block</i> is {@value #BLOCK_FRAMES} frames in the order in which they were taken. A frame's chunk goes back
 * to its queue's fill ring when its block is released. Releasing a block that has room left gives back what was taken
 * of it so far. Thread rules as in {@link io.weir.capture.FrameSource}.
 */
public final class AfXdpSource extends LiveSource {
    static final int BLOCK_FRAMES = 64;

    private static final int BLOCK_SHIFT = 6;
    private static final long BLOCK_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Frames that come one after the other are waited for in blocks: a call per frame costs more than the frame. */
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final byte POISON = (byte) 0xdb;

    private final XdpSockets sockets;
    private final XdpRing[] received;
    private final XdpRing[] fill;
    private final boolean[] stamped;
    private final long[] lastStampNs;
    private final WallClock clock = new WallClock();
    private final long memory;
    private final int chunkMask;
    private final int queueShift;
    private final boolean poison;
    private final boolean busyPolls;
    private boolean admitted;
    private final int frameFlags;

    /** Chunk of each frame that was taken and not given back, by its position. */
    private final long[] chunks;
    private final int chunkCount;
    private long taken;
    private long givenBack;
    /** Position behind the last frame that was handed out. */
    private long handedOut;
    private int generation;
    /** Frames came since the last wait. */
    private boolean busy;

    /**
     * Opens the sockets; frames are received from here on.
     *
     * @param context settings; concluded here if that has not been done
     * @throws CaptureException if it cannot be opened, with what to do
     */
    public AfXdpSource(final AfXdpContext context) {
        this(context.conclude(), filter(context), new XdpSockets(context, XdpSockets.RECEIVE
            | (context.promiscuous() ? XdpSockets.PROMISCUOUS : 0)));
    }

    private AfXdpSource(final AfXdpContext context, final FilterInterpreter filter, final XdpSockets sockets) {
        super(captured(context, sockets), sockets, filter, BLOCK_TIMEOUT_NS);
        this.sockets = sockets;
        final int queues = sockets.queueCount();
        received = new XdpRing[queues];
        fill = new XdpRing[queues];
        stamped = new boolean[queues];
        lastStampNs = new long[queues];
        for (int i = 0; i < queues; i++) {
            received[i] = new XdpRing(false, sockets.frames(), 4);
            fill[i] = new XdpRing(true, sockets.frames(), 3);
        }
        memory = sockets.memory();
        chunkMask = -sockets.chunkBytes();
        queueShift = Long.numberOfTrailingZeros((long) sockets.frames() * sockets.chunkBytes());
        poison = context.poisonOnRelease();
        busyPolls = context.busyPollUs() > 0;
        frameFlags = VirtualDrivers.leaveChecksums(context.interfaceName()) ? Frame.CHECKSUM_NOT_READY : 0;
        chunkCount = sockets.frames() * queues;
        chunks = new long[Integer.highestOneBit(2 * chunkCount - 1)];
        admitted = !context.isMember();
        begin();
    }

    private static FilterInterpreter filter(final AfXdpContext context) {
        return context.filter().isBlank() ? null
            : new FilterInterpreter(FilterCompiler.compileForLinkType(LinkType.ETHERNET, context.filter()));
    }

    private static CaptureInterface captured(final AfXdpContext context, final XdpSockets sockets) {
        final int linkType = HardwareType.linkType(sockets.hardware());
        if (linkType != LinkType.ETHERNET) {
            sockets.close();
            throw new CaptureException(CaptureException.Kind.DEVICE_MISSING, "AF_XDP on " + context.interfaceName()
                + ": only Ethernet devices have it: use backend tpacket_v3");
        }
        return new CaptureInterface(context.interfaceName(), linkType, context.snapLength());
    }

    /** Connects to rings that were just made, hands all chunks that nobody holds to the kernel, and lets frames in. */
    private void begin() {
        generation = sockets.generation();
        final boolean[] held = new boolean[chunkCount];
        final int shift = Integer.numberOfTrailingZeros(sockets.chunkBytes());
        for (long position = givenBack; position < taken; position++) {
            held[(int) ((chunkOf(position) - memory) >>> shift)] = true;
        }
        for (int queue = 0; queue < received.length; queue++) {
            received[queue].wire(sockets.ring(queue, NativeLayout.XDP_QUEUE_RX));
            fill[queue].wire(sockets.ring(queue, NativeLayout.XDP_QUEUE_FILL));
            stamped[queue] = true;
            for (int i = 0; i < sockets.frames(); i++) {
                if (!held[queue * sockets.frames() + i]) {
                    UnsafeApi.putLong(fill[queue].peek(), (long) i << shift);
                    fill[queue].advance();
                }
            }
            publish(queue);
        }
        if (admitted) {
            sockets.admit();
        }
    }

    @Override
    public void admit() {
        if (!admitted && !isClosed()) {
            admitted = true;
            sockets.admit();
        }
    }

    /** How the device lets itself be captured from, in words. */
    public String mode() {
        return sockets.mode();
    }

    /** True if the NIC writes frames into our memory itself. */
    public boolean isZeroCopy() {
        return sockets.isZeroCopy();
    }

    /** Queues captured from. */
    public int queueCount() {
        return received.length;
    }

    /** Longest frame that is captured; longer ones are counted. */
    public int longestFrame() {
        return sockets.longest();
    }

    private long chunkOf(final long position) {
        return chunks[(int) position & (chunks.length - 1)];
    }

    @Override
    protected boolean take(final Frame frame) {
        final int queue = received.length == 1 ? (isReady(0) ? 0 : -1) : oldest();
        if (queue < 0) {
            return false;
        }
        final XdpRing ring = received[queue];
        final long descriptor = ring.peek();
        final long data = address(queue, descriptor);
        final int length = UnsafeApi.getInt(descriptor + NativeLayout.XDP_DESCRIPTOR_LENGTH);
        ring.advance();
        frame.address = data;
        frame.capturedLength = length;
        frame.wireLength = length;
        final long stampNs = Math.max(lastStampNs[queue],
            stamped[queue] ? clock.epochNs(stampAt(data)) : clock.epochNs());
        lastStampNs[queue] = stampNs;
        frame.timestampNs = stampNs;
        frame.flags = frameFlags;
        frame.block = taken >>> BLOCK_SHIFT;
        chunks[(int) taken & (chunks.length - 1)] = data & chunkMask;
        taken++;
        busy = true;
        return true;
    }

    private long address(final int queue, final long descriptor) {
        return memory + ((long) queue << queueShift) + UnsafeApi.getLong(descriptor);
    }

    private static long stampAt(final long data) {
        return UnsafeApi.getLongUnaligned(null, data - Long.BYTES);
    }

    private boolean isReady(final int queue) {
        final XdpRing ring = received[queue];
        if (ring.isBatchDone() && !sockets.isLost() && ring.refresh()) {
            stamped[queue] = sockets.isStamped(queue);
        }
        return !ring.isBatchDone();
    }

    private int oldest() {
        int oldest = -1;
        long oldestNs = 0;
        for (int queue = 0; queue < received.length; queue++) {
            if (isReady(queue)) {
                final long stampNs = stamped[queue] ? stampAt(address(queue, received[queue].peek())) : 0;
                if (oldest < 0 || stampNs < oldestNs) {
                    oldest = queue;
                    oldestNs = stampNs;
                }
            }
        }
        return oldest;
    }

    @Override
    protected void accepted() {
        handedOut = taken;
    }

    @Override
    protected void rejected() {
        if (handedOut <= givenBack) {
            giveBack(taken);
        }
    }

    @Override
    public void release(final int leaf, final long upTo) {
        if (isClosed()) {
            return;
        }
        final long end = upTo >= taken >>> BLOCK_SHIFT ? taken : Math.min(taken, (upTo + 1) << BLOCK_SHIFT);
        // What was rejected behind the last frame that somebody holds belongs to nobody.
        giveBack(handedOut <= end ? taken : end);
    }

    private void giveBack(final long end) {
        if (givenBack >= end) {
            return;
        }
        for (; givenBack < end; givenBack++) {
            final long chunk = chunkOf(givenBack);
            if (poison) {
                UnsafeApi.setMemory(chunk, sockets.chunkBytes(), POISON);
            }
            final int queue = (int) ((chunk - memory) >>> queueShift);
            // There is room: the ring has an entry for each chunk of its queue.
            UnsafeApi.putLong(fill[queue].peek(), chunk - memory - ((long) queue << queueShift));
            fill[queue].advance();
        }
        for (int queue = 0; queue < fill.length && !sockets.isLost(); queue++) {
            received[queue].publish();
            publish(queue);
        }
    }

    private void publish(final int queue) {
        fill[queue].publish();
        if (fill[queue].wantsKick()) {
            sockets.kick(queue, XdpSockets.RECEIVE);
        }
    }

    @Override
    public boolean isReady() {
        for (int queue = 0; queue < received.length && !isClosed(); queue++) {
            if (isReady(queue)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void await(final long timeoutNs) {
        for (int queue = 0; queue < received.length && busyPolls && !isClosed(); queue++) {
            sockets.kick(queue, XdpSockets.RECEIVE);
        }
        super.await(timeoutNs);
    }

    @Override
    public boolean mayAwaitInput() {
        return !busy;
    }

    @Override
    public long patienceNs() {
        return busy ? Math.min(PAUSE_NS, super.patienceNs()) : super.patienceNs();
    }

    @Override
    public void polled(final int answer) {
        super.polled(answer);
        busy = false;
        if (!isClosed() && generation != sockets.generation() && !sockets.isLost()) {
            begin();
        }
    }

    @Override
    public long pollHandle() {
        return sockets.handle();
    }

    @Override
    public int blockCount(final int leaf) {
        return (chunkCount >>> BLOCK_SHIFT) + 2;
    }

    @Override
    protected void halt() {
        // Rings that are made anew stay closed.
        admitted = false;
        sockets.stop();
    }

    @Override
    protected void wake() {
        sockets.wake();
    }

    @Override
    protected void count(final CaptureStatistics now) {
        now.received = sockets.received();
        now.kernelDropped = sockets.dropped();
        now.oversized = sockets.tooLong();
    }

    @Override
    protected void shut() {
        sockets.close();
    }
}
