package io.weir.capture;

import io.weir.base.WallClock;
import io.weir.packet.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Several live interfaces as one trace in the order of its stamps; of equal stamps the earlier leaf goes first.
 *
 * <p>A frame waits for interfaces that are silent, because their kernel may hold an older one in an unfinished block:
 * at most for one block time-out and a quarter, after which that block would have been handed over. While every
 * interface delivers, nothing waits. The leaves' blocks stay theirs: nothing is copied but descriptors.
 *
 * <p>Owns its leaves and closes them. Thread rules as in {@link FrameSource}.
 */
public final class MergedSource implements FrameSource {
    private final PolledSource[] leaves;
    private final RingPoll poll;
    private final LongSupplier clock;
    private final long holdNs;
    private final long blockTimeoutNs;
    private final List<CaptureInterface> interfaces = new ArrayList<>();

    /** The next frame of each leaf, if {@link #present}. */
    private final Frame[] heads;
    private final boolean[] present;
    /** When the block of the head was first seen. */
    private final long[] seenNs;
    private final long[] seenBlock;
    /** When the leaf was last found to have nothing. */
    private final long[] emptyNs;
    private long waitUntilNs;
    private boolean closed;

    /**
     * Merges leaves, each with one ring and one interface.
     *
     * @throws CaptureException if there are too many
     */
    public MergedSource(final List<? extends PolledSource> sources) {
        this(sources, new WallClock()::epochNs);
    }

    /** With a clock of nanoseconds since 1970, as the stamps are. */
    MergedSource(final List<? extends PolledSource> sources, final LongSupplier clock) {
        this.clock = clock;
        leaves = sources.toArray(new PolledSource[0]);
        final int count = leaves.length;
        poll = new RingPoll(count);
        heads = new Frame[count];
        present = new boolean[count];
        seenNs = new long[count];
        seenBlock = new long[count];
        emptyNs = new long[count];
        Arrays.fill(seenBlock, -1);
        long longest = 0;
        for (int i = 0; i < count; i++) {
            heads[i] = new Frame();
            poll.ring(i, leaves[i].pollHandle());
            interfaces.addAll(leaves[i].interfaces());
            longest = Math.max(longest, leaves[i].blockTimeoutNs());
        }
        holdNs = longest + longest / 4;
        blockTimeoutNs = longest + holdNs;
    }

    @Override
    public boolean next(final Frame frame) {
        int first = -1;
        boolean silent = false;
        for (int i = 0; i < leaves.length; i++) {
            if (!present[i] && !fetch(i)) {
                silent = true;
            } else if (first < 0 || heads[i].timestampNs < heads[first].timestampNs) {
                first = i;
            }
        }
        if (first < 0 || silent && !hasWaitedEnough(first)) {
            return false;
        }
        copyRaw(heads[first], frame);
        frame.source = first;
        frame.interfaceId = first;
        present[first] = false;
        return true;
    }

    private boolean fetch(final int leaf) {
        if (closed || !leaves[leaf].next(heads[leaf])) {
            return false;
        }
        present[leaf] = true;
        if (heads[leaf].block != seenBlock[leaf]) {
            seenBlock[leaf] = heads[leaf].block;
            seenNs[leaf] = clock.getAsLong();
        }
        return true;
    }

    /** True if no silent leaf can come up with a frame that is older than the head of {@code first}. */
    private boolean hasWaitedEnough(final int first) {
        // A stamp of the NIC is on a clock of its own, and one in the future is of a clock that was stepped.
        final Frame head = heads[first];
        final long bornNs = (head.flags & Frame.HARDWARE_STAMP) != 0
            ? seenNs[first] : Math.min(head.timestampNs, seenNs[first]);
        waitUntilNs = bornNs + holdNs;
        for (int i = 0; i < leaves.length; i++) {
            if (!present[i] && emptyNs[i] < waitUntilNs && !leaves[i].isExhausted()) {
                // The clock first: what is found missing after it was missing then.
                final long nowNs = clock.getAsLong();
                if (fetch(i)) {
                    return hasNotBeenOvertaken(first, i);
                }
                emptyNs[i] = nowNs;
                if (nowNs < waitUntilNs) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A frame has just come on leaf {@code late}: if it is older, the next call delivers it. */
    private boolean hasNotBeenOvertaken(final int first, final int late) {
        return heads[late].timestampNs > heads[first].timestampNs && hasWaitedEnough(first);
    }

    private static void copyRaw(final Frame from, final Frame to) {
        to.address = from.address;
        to.capturedLength = from.capturedLength;
        to.wireLength = from.wireLength;
        to.timestampNs = from.timestampNs;
        to.linkType = from.linkType;
        to.block = from.block;
        to.flags = from.flags;
        to.strippedVlan = from.strippedVlan;
    }

    @Override
    public void await(final long timeoutNs) {
        if (closed) {
            return;
        }
        long timeout = timeoutNs;
        long input = 0;
        for (int i = 0; i < leaves.length; i++) {
            if (present[i]) {
                timeout = Math.min(timeout, Math.max(0, waitUntilNs - clock.getAsLong()));
                continue;
            }
            if (leaves[i].isReady()) {
                return;
            }
            timeout = Math.min(timeout, leaves[i].patienceNs());
            input |= leaves[i].mayAwaitInput() ? 1L << i : 0;
        }
        poll.await(timeout, input);
        for (int i = 0; i < leaves.length; i++) {
            leaves[i].polled(poll.answer(i));
        }
    }

    @Override
    public void admit() {
        for (final PolledSource leaf : leaves) {
            leaf.admit();
        }
    }

    @Override
    public void wakeup() {
        leaves[0].wakeup();
    }

    @Override
    public void stop() {
        for (final PolledSource leaf : leaves) {
            leaf.stop();
        }
    }

    @Override
    public boolean isExhausted() {
        for (int i = 0; i < leaves.length; i++) {
            if (!closed && (present[i] || !leaves[i].isExhausted())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void release(final int leaf, final long block) {
        // A head that was fetched and not handed out keeps its block.
        leaves[leaf].release(0, present[leaf] ? Math.min(block, heads[leaf].block - 1) : block);
    }

    @Override
    public int blockCount(final int leaf) {
        return leaves[leaf].blockCount(0);
    }

    @Override
    public int leafCount() {
        return leaves.length;
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
        long softnetDropped = 0;
        for (int i = 0; i < leaves.length; i++) {
            // The softnet figure is one of the whole machine, which every leaf tells.
            final long before = statistics.softnetDropped;
            leaves[i].statistics(statistics);
            softnetDropped = Math.max(softnetDropped, statistics.softnetDropped - before);
            statistics.softnetDropped = before;
            if (present[i]) {
                statistics.delivered--;
                statistics.discarded += closed ? 1 : 0;
            }
        }
        statistics.softnetDropped += softnetDropped;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            poll.close();
            for (final PolledSource leaf : leaves) {
                leaf.close();
            }
        }
    }
}
