package io.weir.capture.pfring;

import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
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
 * Live frames of one interface from PF_RING, copied in batches to blocks of our own: the library's frame is gone when
 * the next one is asked for. VLAN tags are in place, put back by the module.
 *
 * <p>A block is filled until the longest frame would find no room. One that nobody holds is filled again from its
 * start. Frames wait in the module's ring while all blocks are held; what finds no room there the module counts. Thread
 * rules as in {@link io.weir.capture.FrameSource}.
 */
public final class PfRingSource extends LiveSource {
    private static final int OUTGOING = 1;
    private static final int CHECKSUM_OK = 2;
    private static final byte POISON = (byte) 0xdb;

    private final PfRing ring;
    private final NativeMemory.Region memory;
    private final int blockBytes;
    private final int blockCount;
    private final boolean poison;
    private final WallClock clock = new WallClock();

    /** The block being filled, and the oldest not given back. */
    private long block;
    private long oldest;
    private int used;
    private boolean held;
    /** Frames of the last call, and how many of them were taken. */
    private int count;
    private int index;
    private long fetched;
    private long stopNs = Long.MAX_VALUE;

    /**
     * Opens the ring; frames are received from here on.
     *
     * @param context settings; concluded here if that has not been done
     * @throws CaptureException if it cannot be opened, with what to do
     */
    public PfRingSource(final PfRingContext context) {
        this(context.conclude(), filter(context), new PfRing(context, 0));
    }

    private PfRingSource(final PfRingContext context, final FilterInterpreter filter, final PfRing ring) {
        super(captured(context, ring), ring, filter, TimeUnit.MILLISECONDS.toNanos(context.blockTimeoutMs()));
        this.ring = ring;
        blockBytes = context.blockBytes();
        blockCount = context.blockCount();
        poison = context.poisonOnRelease();
        // Touched here: else the first round over the blocks would take its page faults while frames come.
        memory = NativeMemory.allocate(NativeMemory.Tag.CAPTURE_BLOCKS, (long) blockBytes * blockCount,
            NativeMemory.CACHE_LINE);
    }

    private static FilterInterpreter filter(final PfRingContext context) {
        return context.filter().isBlank() ? null
            : new FilterInterpreter(FilterCompiler.compileForLinkType(LinkType.ETHERNET, context.filter()));
    }

    private static CaptureInterface captured(final PfRingContext context, final PfRing ring) {
        final int linkType = HardwareType.linkType(ring.hardware());
        if (linkType != LinkType.ETHERNET) {
            ring.close();
            throw new CaptureException(CaptureException.Kind.DEVICE_MISSING, "PF_RING on " + context.interfaceName()
                + ": only Ethernet devices are captured through it: use backend tpacket_v3");
        }
        return new CaptureInterface(context.interfaceName(), linkType, context.snapLength());
    }

    /** Version of the kernel module. */
    public String version() {
        return ring.version();
    }

    @Override
    protected boolean take(final Frame frame) {
        if (index == count && !fetch()) {
            return false;
        }
        final long at = ring.frame(index++);
        final int flags = UnsafeApi.getInt(at + NativeLayout.PFRING_FRAME_FLAGS);
        frame.address = UnsafeApi.getLong(at);
        frame.capturedLength = UnsafeApi.getInt(at + NativeLayout.PFRING_FRAME_CAPTURED);
        frame.wireLength = UnsafeApi.getInt(at + NativeLayout.PFRING_FRAME_LENGTH);
        frame.timestampNs = UnsafeApi.getLong(at + NativeLayout.PFRING_FRAME_NANOSECONDS);
        frame.flags = ((flags & OUTGOING) != 0 ? Frame.OUTGOING : 0)
            | ((flags & CHECKSUM_OK) != 0 ? Frame.CHECKSUM_VERIFIED : 0);
        frame.block = block;
        return true;
    }

    /** Asks the library for frames, if there is room for the longest. */
    private boolean fetch() {
        if (!held) {
            used = 0;
        } else if (used + ring.longest() > blockBytes) {
            if (block + 1 - oldest >= blockCount) {
                return false;
            }
            block++;
            held = false;
            used = 0;
        }
        final long start = memory.address() + block % blockCount * blockBytes;
        if (poison && used == 0) {
            UnsafeApi.setMemory(start, blockBytes, POISON);
        }
        index = 0;
        count = ring.receive(start, blockBytes, used);
        used = ring.used();
        // The library cannot close the door: what came after the stop is left out here.
        while (count > 0 && stamp(count - 1) > stopNs) {
            count--;
        }
        fetched += count;
        return count > 0;
    }

    private long stamp(final int frame) {
        return UnsafeApi.getLong(ring.frame(frame) + NativeLayout.PFRING_FRAME_NANOSECONDS);
    }

    @Override
    protected void accepted() {
        held = true;
    }

    @Override
    protected void rejected() {
        // Nothing to do: a block of which nothing was handed out is filled again.
    }

    @Override
    public void release(final int leaf, final long upTo) {
        if (isClosed()) {
            return;
        }
        if (upTo >= block) {
            oldest = block;
            held = index < count;
        } else {
            oldest = Math.max(oldest, upTo + 1);
        }
    }

    @Override
    public boolean isReady() {
        return !isClosed() && (index < count || fetch());
    }

    @Override
    public boolean mayAwaitInput() {
        // Input stays while all blocks are held, and a wait for it would spin.
        return block + 1 - oldest < blockCount || used + ring.longest() <= blockBytes;
    }

    @Override
    public long patienceNs() {
        return Math.min(super.patienceNs(), blockTimeoutNs());
    }

    @Override
    public long pollHandle() {
        return ring.handle();
    }

    @Override
    public int blockCount(final int leaf) {
        return blockCount;
    }

    @Override
    protected void halt() {
        if (!ring.stop()) {
            stopNs = Math.min(stopNs, clock.epochNs());
        }
    }

    @Override
    protected void wake() {
        ring.wake();
    }

    @Override
    protected void count(final CaptureStatistics now) {
        now.kernelDropped = ring.dropped();
        now.received = fetched + now.kernelDropped;
    }

    @Override
    protected void drain() {
        do {
            index = count;
            held = false;
        } while (fetch());
    }

    @Override
    protected void shut() {
        ring.close();
        memory.close();
    }
}
