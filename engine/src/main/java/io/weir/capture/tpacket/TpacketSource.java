package io.weir.capture.tpacket;

import io.weir.base.NativeLayout;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.InterfaceWatch;
import io.weir.capture.KernelDrops;
import io.weir.capture.PolledSource;
import io.weir.capture.RingPoll;
import io.weir.packet.Frame;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;

/**
 * Live frames of one interface from a TPACKET_V3 ring, in place.
 *
 * <p>The kernel fills blocks in turn and hands each over by its status word. This class reads that word with acquire,
 * walks the frames, and gives the block back by a release store; no call into C is made on the way.
 *
 * <p>To end without loss: {@link #stop()}, then go on with {@link #next} and {@link #release} until
 * {@link #isExhausted()}. The open block is handed over by the kernel after one block time-out. A source that is closed
 * without that counts what it still had as discarded.
 *
 * <p>One thread calls everything but {@link #wakeup()}, see {@link io.weir.capture.FrameSource}. The interface is
 * looked after in {@link #await}; a caller that spins calls {@code await(0)} now and then. No frame of the ring may be
 * touched after {@link #close()}: the memory is gone then.
 */
public final class TpacketSource implements PolledSource {
    private static final int BLOCK_USER = 1;

    private static final int CHECKSUM_NOT_READY = 0x008;
    private static final int VLAN_VALID = 0x010;
    private static final int VLAN_TPID_VALID = 0x040;
    private static final int CHECKSUM_VALID = 0x080;
    private static final int GSO_TCP = 0x100;
    private static final int RAW_HARDWARE_STAMP = 0x8000_0000;
    private static final int PACKET_OUTGOING = 4;
    private static final int TPID_8021Q = 0x8100;
    private static final int TAG_BYTES = 4;
    /** Ethernet header and two VLAN tags. */
    private static final int MAX_LINK_HEADER = 22;

    /** Pause while walked blocks are held by others, for the kernel reports input then and a wait for it would spin. */
    private static final long HELD_PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(500);
    /** How long to wait, after stop, for frames that the kernel has counted and not yet handed over. */
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(2);
    private static final byte POISON = (byte) 0xdb;

    private final String name;
    private final TpacketRing ring;
    private final RingPoll poll;
    private final InterfaceWatch watch;
    private final KernelDrops kernelDrops;
    private final List<CaptureInterface> interfaces;
    private final long blockTimeoutNs;
    private final boolean skipOutgoing;
    private final boolean poison;
    private final int linkType;
    private final int blockBytes;
    private final int blockCount;
    private final boolean[] empty;

    private long map;
    private int generation;
    /** Number of a block that lies at the beginning of the ring. */
    private long origin;

    private int superFrameBytes;
    /** The block being walked, or walked last. */
    private long block = -1;
    /** The oldest block not given back. */
    private long oldest;
    private long blockAddress;
    private long header;
    private int headerStatus;
    private int left;

    private long delivered;
    private long deliveredBefore;
    private long skipped;
    private long abandoned;
    private boolean stopping;
    private boolean exhausted;
    private long stoppedNs;
    private long progressNs;
    private CaptureStatistics last;
    private final Object wakeLock = new Object();
    private boolean closed;

    /**
     * Opens the ring; frames are received from here on.
     *
     * @param context settings; concluded here if that has not been done
     * @throws CaptureException if it cannot be opened, with what to do
     */
    public TpacketSource(final TpacketContext context) {
        context.conclude();
        name = context.interfaceName();
        ring = new TpacketRing(context);
        linkType = HardwareType.linkType(ring.hardware());
        if (linkType < 0) {
            final int hardware = ring.hardware();
            ring.close();
            throw new CaptureException(CaptureException.Kind.DEVICE_MISSING, name + ": frames of hardware type "
                + hardware + " cannot be decoded; 'weir interfaces' shows what can be captured");
        }
        poll = new RingPoll(1);
        poll.ring(0, ring.handle());
        watch = new InterfaceWatch(name, ring);
        kernelDrops = new KernelDrops(name);
        interfaces = List.of(new CaptureInterface(name, linkType, context.snapLength()));
        blockTimeoutNs = TimeUnit.MILLISECONDS.toNanos(context.blockTimeoutMs());
        // Linux before 4.20 cannot leave them out itself.
        skipOutgoing = context.ignoreOutgoing() || ring.isLoopback();
        poison = context.poisonOnRelease();
        map = ring.map();
        blockBytes = context.blockBytes();
        blockCount = ring.blockCount();
        empty = new boolean[blockCount];
        superFrameBytes = ring.mtu() + MAX_LINK_HEADER;
        ring.held(() -> left > 0 || oldest <= block);
    }

    @Override
    public void admit() {
        if (!closed) {
            ring.admit();
        }
    }

    @Override
    public boolean next(final Frame frame) {
        do {
            if (left == 0 && !openBlock()) {
                return false;
            }
        } while (!take(frame));
        return true;
    }

    /** Begins with the next block that has frames, if the kernel has finished it. */
    private boolean openBlock() {
        while (!closed && isNextBlockReady()) {
            giveBackBarren();
            block++;
            deliveredBefore = delivered;
            blockAddress = blockAddress(block);
            left = UnsafeApi.getInt(blockAddress + NativeLayout.TPACKET_BLOCK_PACKETS);
            empty[(int) (block % blockCount)] = left == 0;
            if (left == 0) {
                releaseUpTo(oldest - 1);
                continue;
            }
            final int first = UnsafeApi.getInt(blockAddress + NativeLayout.TPACKET_BLOCK_FIRST);
            if (left < 0 || !moveTo(first)) {
                abandonBlock();
                continue;
            }
            progressNs = 0;
            return true;
        }
        if (stopping) {
            seeWhetherDrained();
        }
        return false;
    }

    /** A block of which no frame was handed out is known to nobody who could give it back. */
    private void giveBackBarren() {
        if (block >= oldest && delivered == deliveredBefore) {
            empty[(int) (block % blockCount)] = true;
            releaseUpTo(oldest - 1);
        }
    }

    private boolean isNextBlockReady() {
        return map != 0 && block + 1 - oldest < blockCount
            && (UnsafeApi.getIntAcquire(null, blockAddress(block + 1) + NativeLayout.TPACKET_BLOCK_STATUS)
                & BLOCK_USER) != 0;
    }

    private long blockAddress(final long number) {
        return map + (number - origin) % blockCount * blockBytes;
    }

    /**
     * Moves to a frame header if it lies in the block with all that Java reads of it. Its first word is read at once, a
     * frame ahead of its use, so that the cache miss overlaps the work on the frame before.
     */
    private boolean moveTo(final long offset) {
        if (offset < NativeLayout.TPACKET_BLOCK_BYTES || offset + NativeLayout.TPACKET_PACKET_TYPE >= blockBytes) {
            return false;
        }
        header = blockAddress + offset;
        headerStatus = UnsafeApi.getInt(header + NativeLayout.TPACKET_STATUS);
        return true;
    }

    /** The block contradicts itself: nothing more of it is read. */
    private void abandonBlock() {
        abandoned += Math.max(1, left);
        left = 0;
    }

    /** Fills {@code frame} from the current header and moves on; false if the frame is not to be delivered. */
    private boolean take(final Frame frame) {
        final long at = header;
        final int status = headerStatus;
        final int captured = UnsafeApi.getInt(at + NativeLayout.TPACKET_CAPTURED);
        final int length = UnsafeApi.getInt(at + NativeLayout.TPACKET_LENGTH);
        final int packetType = UnsafeApi.getByte(at + NativeLayout.TPACKET_PACKET_TYPE);
        final long data = at + (UnsafeApi.getShort(at + NativeLayout.TPACKET_MAC) & 0xffff);
        if (captured < 0 || data + captured > blockAddress + blockBytes) {
            abandonBlock();
            return false;
        }
        final long seconds = UnsafeApi.getInt(at + NativeLayout.TPACKET_SECONDS) & 0xffff_ffffL;
        frame.timestampNs = seconds * 1_000_000_000L + UnsafeApi.getInt(at + NativeLayout.TPACKET_NANOSECONDS);
        frame.address = data;
        frame.capturedLength = captured;
        frame.wireLength = length;
        frame.linkType = linkType;
        frame.interfaceId = 0;
        frame.source = 0;
        frame.block = block;
        frame.flags = flags(status, length, packetType);
        if ((status & VLAN_VALID) != 0) {
            // A tag of value 0 is a tag. Kernels before 3.14 do not tell the TPID.
            final int tpid = (status & VLAN_TPID_VALID) != 0
                ? UnsafeApi.getShort(at + NativeLayout.TPACKET_VLAN_TPID) : TPID_8021Q;
            frame.strippedVlan = tpid << 16 | UnsafeApi.getInt(at + NativeLayout.TPACKET_VLAN_TCI) & 0xffff;
            frame.wireLength += TAG_BYTES;
        }
        left--;
        final int next = UnsafeApi.getInt(at + NativeLayout.TPACKET_NEXT);
        if (left > 0 && !moveTo(at - blockAddress + (next & 0xffff_ffffL))) {
            abandonBlock();
        }
        if (packetType == PACKET_OUTGOING && skipOutgoing) {
            skipped++;
            return false;
        }
        delivered++;
        return true;
    }

    private int flags(final int status, final int length, final int packetType) {
        int flags = 0;
        if ((status & CHECKSUM_NOT_READY) != 0) {
            flags |= Frame.CHECKSUM_NOT_READY;
        }
        if ((status & CHECKSUM_VALID) != 0) {
            flags |= Frame.CHECKSUM_VERIFIED;
        }
        if ((status & VLAN_VALID) != 0) {
            flags |= Frame.VLAN_STRIPPED;
        }
        // The kernel flags TCP alone, and only since 6.2; but no wire carries what is longer than the MTU allows.
        if ((status & GSO_TCP) != 0 || length > superFrameBytes) {
            flags |= Frame.SUPER_FRAME;
        }
        if (packetType == PACKET_OUTGOING) {
            flags |= Frame.OUTGOING;
        }
        if ((status & RAW_HARDWARE_STAMP) != 0) {
            flags |= Frame.HARDWARE_STAMP;
        }
        return flags;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A block with frames not yet handed out stays, whatever is asked.
     */
    @Override
    public void release(final int leaf, final long upTo) {
        releaseUpTo(Math.min(upTo, left > 0 ? block - 1 : block));
    }

    private void releaseUpTo(final long upTo) {
        final long walked = left > 0 ? block - 1 : block;
        while (!closed && (oldest <= upTo || oldest <= walked && empty[(int) (oldest % blockCount)])) {
            final long address = blockAddress(oldest);
            if (poison) {
                UnsafeApi.setMemory(address + NativeLayout.TPACKET_BLOCK_BYTES,
                    blockBytes - NativeLayout.TPACKET_BLOCK_BYTES, POISON);
            }
            UnsafeApi.putIntRelease(null, address + NativeLayout.TPACKET_BLOCK_STATUS, 0);
            oldest++;
        }
    }

    // ---- waiting ----------------------------------------

    @Override
    public void await(final long timeoutNs) {
        if (closed || isReady()) {
            return;
        }
        poll.await(Math.min(timeoutNs, patienceNs()), mayAwaitInput() ? 1 : 0);
        polled(poll.answer(0));
    }

    @Override
    public long pollHandle() {
        return ring.handle();
    }

    @Override
    public boolean isReady() {
        return !closed && (left > 0 || isNextBlockReady());
    }

    @Override
    public boolean mayAwaitInput() {
        return oldest > block;
    }

    @Override
    public long patienceNs() {
        long patience = mayAwaitInput() ? Long.MAX_VALUE : HELD_PAUSE_NS;
        if (stopping) {
            patience = Math.min(patience, blockTimeoutNs);
        }
        return watch.isUp() ? patience : Math.min(patience, watch.patienceNs(System.nanoTime()));
    }

    @Override
    public void polled(final int answer) {
        if ((answer & (RingPoll.DOWN | RingPoll.FAULT)) != 0 || !watch.isUp()) {
            watch.attend(answer, System.nanoTime());
            superFrameBytes = ring.mtu() + MAX_LINK_HEADER;
            if (generation != ring.generation()) {
                beginAgain();
            }
        }
        if (watch.hasFailed()) {
            stop();
        }
    }

    /** The ring was made anew, while nobody held a block. What lay in the old one and was not finished is lost. */
    private void beginAgain() {
        generation = ring.generation();
        map = ring.isGone() ? 0 : ring.map();
        origin = block + 1;
        ring.refreshTotals();
        abandoned = ring.packets() - ring.drops() - delivered - skipped;
    }

    @Override
    public void wakeup() {
        synchronized (wakeLock) {
            if (!closed) {
                ring.wake();
            }
        }
    }

    // ---- end ----------------------------------------

    @Override
    public void stop() {
        if (!stopping && !closed) {
            stopping = true;
            stoppedNs = System.nanoTime();
            ring.stop();
        }
    }

    /** All that the socket counted was handed out: nothing can lie in the open block any more. */
    private void seeWhetherDrained() {
        final long now = System.nanoTime();
        if (progressNs == 0 || block >= oldest) {
            progressNs = now;
        }
        // One time-out, for frames that had passed the filter and were not yet counted when it changed.
        if (!exhausted && now - stoppedNs > blockTimeoutNs) {
            ring.refreshTotals();
            exhausted = ring.packets() - ring.drops() <= delivered + skipped + abandoned
                || now - progressNs > DRAIN_NS;
        }
    }

    @Override
    public boolean isExhausted() {
        return exhausted || closed;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public int blockCount(final int leaf) {
        return blockCount;
    }

    @Override
    public int leafCount() {
        return 1;
    }

    @Override
    public long blockTimeoutNs() {
        return blockTimeoutNs;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }

    @Override
    public void statistics(final CaptureStatistics statistics) {
        final CaptureStatistics now = closed ? last : totals();
        statistics.received += now.received;
        statistics.delivered += now.delivered;
        statistics.kernelDropped += now.kernelDropped;
        statistics.filtered += now.filtered;
        statistics.discarded += now.discarded;
        statistics.freezes += now.freezes;
        statistics.interfaceRestarts += now.interfaceRestarts;
        statistics.interfaceDropped += now.interfaceDropped;
        statistics.softnetDropped += now.softnetDropped;
        statistics.damages.addAll(now.damages);
    }

    private CaptureStatistics totals() {
        final CaptureStatistics now = new CaptureStatistics();
        ring.refreshTotals();
        now.received = ring.packets();
        now.delivered = delivered;
        now.kernelDropped = ring.drops();
        now.filtered = skipped;
        now.discarded = abandoned;
        now.freezes = ring.freezes();
        now.interfaceRestarts = watch.restarts();
        now.interfaceDropped = kernelDrops.interfaceDropped();
        now.softnetDropped = kernelDrops.softnetDropped();
        now.damages.addAll(watch.damages());
        return now;
    }

    @Override
    public void close() {
        synchronized (wakeLock) {
            if (closed) {
                return;
            }
            ring.stop();
            last = totals();
            last.discarded = last.received - last.delivered - last.kernelDropped - last.filtered;
            closed = true;
            left = 0;
            poll.close();
            ring.close();
        }
    }
}
