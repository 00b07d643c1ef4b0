package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.WallClock;
import io.weir.capture.FrameSource;
import io.weir.flow.Toeplitz;
import io.weir.packet.Frame;
import io.weir.reassembly.fragment.DatagramArena;
import java.util.Arrays;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Takes batches of frames from the source and deals them out to the workers' rings by flow, and gives blocks back.
 *
 * <p>Offline a batch waits until every ring has room for its share. Live nothing waits: while a ring fills up
 * {@link DropPolicy} chooses what is left out, what it cannot take is dropped and counted, and when blocks run short
 * the workers that hold the oldest are told to pass them unread.
 */
final class Dispatcher implements Agent {
    /** In place of a worker: the frame was dropped. */
    private static final int NOBODY = -1;

    private final FrameSource source;
    private final Intake intake;
    private final Toeplitz toeplitz;
    private final WorkerRing[] rings;
    private final BlockLedger[] ledgers;
    private final DatagramArena arena;
    private final BlockLedger arenaLedger;
    private final Counters counters;
    private final WallClock clock;
    private final boolean live;
    /** Null offline, where nothing is dropped. */
    private final DropPolicy policy;

    private final Batch batch = new Batch(Batch.CAPACITY);
    private final int[] target = new int[Batch.CAPACITY];
    private final int[] share;
    private final int[] taken;
    private final int[] left;
    private final long[] next;
    private final long[] passed;
    private boolean pending;
    private volatile long dispatchedSequence;

    Dispatcher(final FrameSource source, final Intake intake, final DatagramArena arena, final Toeplitz toeplitz,
        final WorkerRing[] rings, final FlowHints hints, final Counters counters, final WallClock clock) {
        this.source = source;
        this.intake = intake;
        this.arena = arena;
        this.toeplitz = toeplitz;
        this.rings = rings;
        this.counters = counters;
        this.clock = clock;
        this.live = source.isLive();
        policy = live ? new DropPolicy(rings, hints, counters) : null;
        share = new int[rings.length];
        taken = new int[rings.length];
        left = new int[rings.length];
        next = new long[rings.length];
        passed = new long[rings.length];
        ledgers = new BlockLedger[source.leafCount()];
        for (int leaf = 0; leaf < ledgers.length; leaf++) {
            ledgers[leaf] = new BlockLedger(source.blockCount(leaf), rings.length);
        }
        arenaLedger = new BlockLedger(arena.blockCount(), rings.length);
    }

    @Override
    public int doWork() {
        if (!pending) {
            // Not while a batch is held back: its frames are in no worker's books yet.
            releaseBlocks();
            if (intake.isEnded()) {
                throw new AgentTerminationException("end of trace");
            }
            intake.fill(batch);
            chooseWorkers();
            pending = batch.count > 0;
        }
        if (!pending || ((!live || intake.isEnded()) && !allHaveRoom())) {
            return 0;
        }
        deal();
        pending = false;
        return batch.count;
    }

    private void chooseWorkers() {
        Arrays.fill(share, 0);
        if (policy != null) {
            policy.look();
        }
        for (int i = 0; i < batch.count; i++) {
            final Frame frame = batch.frames[i];
            if (isMark(frame)) {
                for (int worker = 0; worker < share.length; worker++) {
                    share[worker]++;
                }
            } else {
                final int worker = frame.hasFlow() ? Integer.remainderUnsigned(toeplitz.hash(frame), share.length) : 0;
                if (policy != null && policy.drops(frame, worker)) {
                    target[i] = NOBODY;
                } else {
                    target[i] = worker;
                    share[worker]++;
                }
                ledgers[frame.source].open(frame.block);
                if (frame.datagramBlock != Frame.NO_BLOCK) {
                    arenaLedger.open(frame.datagramBlock);
                }
            }
        }
    }

    private boolean allHaveRoom() {
        for (int worker = 0; worker < rings.length; worker++) {
            if (!rings[worker].hasRoom(share[worker])) {
                return false;
            }
        }
        return true;
    }

    private void deal() {
        for (int worker = 0; worker < rings.length; worker++) {
            taken[worker] = Math.min(share[worker], rings[worker].room());
            if (taken[worker] > 0) {
                next[worker] = rings[worker].claim(taken[worker]) - taken[worker] + 1;
            }
            left[worker] = taken[worker];
        }
        final long nowNs = clock.epochNs();
        for (int i = 0; i < batch.count; i++) {
            final Frame frame = batch.frames[i];
            if (isMark(frame)) {
                dealToAll(frame);
            } else if (target[i] != NOBODY) {
                frame.dispatchedNs = nowNs;
                batch.frames[i] = dealTo(target[i], frame);
            }
        }
        for (int worker = 0; worker < rings.length; worker++) {
            if (taken[worker] > 0) {
                rings[worker].publish(next[worker] - taken[worker], next[worker] - 1);
            }
        }
        dispatchedSequence = intake.sequence();
    }

    /** Answers the descriptor that takes the frame's place in the batch. */
    private Frame dealTo(final int worker, final Frame frame) {
        if (left[worker] == 0) {
            counters.increment(Counter.DROP_RING_FULL);
            counters.add(Counter.IP_FRAGMENTS_WITHOUT_FLOW, frame.carriedFrames);
            return frame;
        }
        left[worker]--;
        final long sequence = next[worker];
        if (frame.datagramBlock == Frame.NO_BLOCK) {
            ledgers[frame.source].refer(frame.block, worker, sequence);
        } else {
            arenaLedger.refer(frame.datagramBlock, worker, sequence);
        }
        next[worker] = sequence + 1;
        return rings[worker].swap(sequence, frame);
    }

    /** A live ring that is full misses a tick, which the next one makes up for; the end waits for room. */
    private void dealToAll(final Frame mark) {
        for (int worker = 0; worker < rings.length; worker++) {
            if (left[worker] == 0) {
                continue;
            }
            left[worker]--;
            final long sequence = next[worker];
            final Frame copy = rings[worker].frame(sequence);
            copy.mark(mark.flags, mark.timeNs);
            copy.sequence = mark.sequence;
            next[worker] = sequence + 1;
        }
    }

    private void releaseBlocks() {
        for (int worker = 0; worker < rings.length; worker++) {
            passed[worker] = rings[worker].passed();
        }
        for (int leaf = 0; leaf < ledgers.length; leaf++) {
            final BlockLedger ledger = ledgers[leaf];
            final int blocks = source.blockCount(leaf);
            long free = ledger.takeFree(passed, intake.isStarved());
            if (live && free < 0 && ledger.openCount() > blocks - blocks / 4) {
                shed(ledger, blocks);
                free = ledger.takeFree(passed, false);
            }
            if (free >= 0) {
                source.release(leaf, free);
            }
        }
        releaseArena();
    }

    /** A frame that waits for room may lie in the block that is being filled, and in no worker's books yet. */
    private void releaseArena() {
        arenaLedger.open(arena.block());
        final long free = arenaLedger.takeFree(passed, false);
        if (free >= 0) {
            arena.release(free);
        }
    }

    /** Makes the workers pass the oldest quarter of the blocks unread. */
    private void shed(final BlockLedger ledger, final int blocks) {
        final long upTo = ledger.oldest() + Math.max(1, blocks / 4) - 1;
        for (int worker = 0; worker < rings.length; worker++) {
            final long sequence = ledger.lastSequence(Math.min(upTo, ledger.newest() - 1), worker);
            if (sequence > passed[worker]) {
                rings[worker].shedUpTo(sequence);
                passed[worker] = rings[worker].passed();
            }
        }
    }

    private static boolean isMark(final Frame frame) {
        return (frame.flags & Frame.MARKS) != 0;
    }

    /** Every frame and tick up to here lies on its ring. Any thread. */
    long dispatchedSequence() {
        return dispatchedSequence;
    }

    @Override
    public String roleName() {
        return "weir-dispatch";
    }
}
