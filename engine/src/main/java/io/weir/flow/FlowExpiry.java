package io.weir.flow;

import io.weir.base.EngineTime;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * Decides when flows time out, and finds those that did. Owned by one worker.
 *
 * <p>At look-up a flow's own stamps decide. For the sweep a flow was last seen at its greatest stamp or, if engine time
 * was ahead of that, at the engine time of its last frame: a trace that steps back ends nothing early. Engine time
 * here is that of ticks alone, which is the same in every worker. A sweep waits a second longer than the time-out, so
 * that frames swapped around a tick still find their flow.
 */
final class FlowExpiry implements AutoCloseable {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long SWEEP_GRACE_NS = NS_PER_SECOND;
    private static final int STATES = FlowState.values().length;

    private final FlowSlab slab;
    private final Deadlines deadlines;
    private final FirstFrameOrder order = new FirstFrameOrder();
    private final long[] timeoutsNs;
    /** Those of TCP by the flags' {@link FlowRecord#FLAG_TCP_STATE}. */
    private final long[] tcpTimeoutsNs = new long[FlowRecord.FLAG_TCP_STATE + 1];
    private final long shortestTimeoutNs;
    private long engineTimeNs = Long.MIN_VALUE;
    private int due;
    /** Flows that are due are in the order already. */
    private boolean gathered;
    /** Records were used once at most, one after the other, so that they are in the order of their first frames. */
    private boolean inOrder = true;
    private int newestRecord = FlowSlab.NONE;
    private long newestFirstFrame = -1;
    /** In that order: those before it were handed out. */
    private int nextRecord;

    FlowExpiry(final FlowSlab slab, final int capacity, final long[] timeoutsNs) {
        this.slab = slab;
        this.timeoutsNs = timeoutsNs;
        deadlines = new Deadlines(capacity);
        long shortest = Long.MAX_VALUE;
        for (final long timeoutNs : timeoutsNs) {
            shortest = Math.min(shortest, timeoutNs);
        }
        shortestTimeoutNs = shortest;
        for (final TcpState state : TcpState.values()) {
            tcpTimeoutsNs[state.ordinal()] = timeoutsNs[FlowProtocol.TCP.ordinal() * STATES
                + state.flowState().ordinal()];
        }
    }

    /** True if a frame of this time comes too late for the flow. */
    boolean isTimedOut(final long hot, final long timeNs) {
        final long silenceNs = timeNs - FlowRecord.endNs(hot);
        return silenceNs > shortestTimeoutNs && silenceNs > timeoutNs(hot);
    }

    /** True if a frame of this time comes in time, and nothing was seen of the flow, nor of engine time, behind it. */
    boolean isNext(final long hot, final long timeNs) {
        final long silenceNs = timeNs - FlowRecord.endNs(hot);
        return silenceNs >= 0 && silenceNs <= shortestTimeoutNs && timeNs >= engineTimeNs;
    }

    void start(final int record, final long hot) {
        deadlines.start(record, sweepNs(hot));
        final long firstFrame = FlowRecord.firstFrame(hot);
        inOrder &= record > newestRecord && firstFrame >= newestFirstFrame;
        newestRecord = record;
        newestFirstFrame = firstFrame;
    }

    /**
     * Notes that a frame belongs to the flow. A flow that began ahead of engine time, in a leap that is not taken up
     * yet, goes on by the stamps of its frames; another is not led astray by a single one.
     */
    void seen(final long hot, final Frame frame) {
        long endNs = FlowRecord.endNs(hot);
        if (frame.timeNs >= endNs && frame.timeNs >= engineTimeNs) {
            FlowRecord.setSeen(hot, frame.timeNs);
            return;
        }
        final long stampNs = frame.timeNs >= endNs ? frame.timeNs : EngineTime.claimed(frame.timestampNs);
        if (stampNs > endNs) {
            endNs = stampNs;
            UnsafeApi.putLong(hot + FlowRecord.END_NS, endNs);
        }
        final long lagNs = engineTimeNs - endNs;
        final int lagSeconds = engineTimeNs > endNs
            ? (int) Math.min(Integer.MAX_VALUE, (lagNs + NS_PER_SECOND - 1) / NS_PER_SECOND) : 0;
        UnsafeApi.putInt(hot + FlowRecord.LAG_SECONDS, lagSeconds);
    }

    /** True if the time-out of a TCP flow shrinks as its flags change. */
    boolean isShorter(final int before, final int after) {
        return tcpTimeoutsNs[after & FlowRecord.FLAG_TCP_STATE] < tcpTimeoutsNs[before & FlowRecord.FLAG_TCP_STATE];
    }

    /**
     * Takes note of a new state, whose time-out may be shorter. The deadline before is not asked: it may be an earlier
     * one, of frames long ago, but the processor would have to wait for it.
     */
    void stateChanged(final int record, final long hot) {
        deadlines.set(record, deadlines.second(earliestSweepNs(hot)));
    }

    void end(final int record) {
        deadlines.set(record, Deadlines.NEVER);
    }

    /**
     * Takes over engine time.
     *
     * @return false if no flow can have timed out
     */
    boolean tick(final long timeNs) {
        engineTimeNs = Math.max(engineTimeNs, timeNs);
        return !deadlines.isQuiet(deadlines.second(engineTimeNs));
    }

    /** Finds the flows that have timed out; {@link #nextDue} then hands them out. */
    void markTimedOut() {
        sweep();
        final int now = deadlines.second(engineTimeNs);
        for (int record = 0, end = slab.highWater(); record < end; record++) {
            final int second = deadlines.get(record);
            if (second > now) {
                deadlines.keep(second);
                continue;
            }
            if (isOverdue(slab.hot(record))) {
                markDue(record);
            } else {
                deadlines.set(record, deadlines.second(earliestSweepNs(slab.hot(record))));
            }
        }
    }

    /** Finds all flows; {@link #nextDue} then hands them out. */
    void markAll() {
        sweep();
        for (int record = 0, end = slab.highWater(); record < end; record++) {
            if (deadlines.get(record) != Deadlines.NEVER) {
                markDue(record);
            }
        }
    }

    private void sweep() {
        order.clear();
        gathered = true;
        nextRecord = 0;
        deadlines.sweep();
    }

    /** True if a sweep at this engine time finds that the flow has timed out. */
    boolean isOverdue(final long hot) {
        return engineTimeNs > sweepNs(hot);
    }

    private void markDue(final int record) {
        deadlines.set(record, Deadlines.DUE);
        due++;
        if (!inOrder) {
            order.offer(FlowRecord.firstFrame(slab.hot(record)), record);
        }
    }

    /**
     * Puts the earliest of the flows found in order; the caller ends all of them before it asks again.
     *
     * @return how many, 0 if all were handed out
     */
    int nextDue() {
        if (due == 0) {
            return 0;
        }
        final int count = inOrder ? gather() : sort();
        due -= count;
        return count;
    }

    /** The next of those that lie in order. */
    private int gather() {
        order.clear();
        while (nextRecord < slab.highWater()
            && (deadlines.get(nextRecord) != Deadlines.DUE || order.append(nextRecord))) {
            nextRecord++;
        }
        return order.count();
    }

    /** The next of those that do not, put in order. */
    private int sort() {
        if (!gathered) {
            order.clear();
            for (int record = 0, end = slab.highWater(); record < end; record++) {
                if (deadlines.get(record) == Deadlines.DUE) {
                    order.offer(FlowRecord.firstFrame(slab.hot(record)), record);
                }
            }
        }
        gathered = false;
        return order.finish();
    }

    /** The flow at a place in the order. */
    int due(final int position) {
        return order.record(position);
    }

    private long sweepNs(final long hot) {
        return FlowRecord.endNs(hot) + UnsafeApi.getInt(hot + FlowRecord.LAG_SECONDS) * NS_PER_SECOND
            + timeoutNs(hot) + SWEEP_GRACE_NS;
    }

    /**
     * No later than {@link #sweepNs} is, whatever frames come until then: the lag is rounded up, and a frame that ends
     * it takes that back.
     */
    private long earliestSweepNs(final long hot) {
        final long sweepNs = sweepNs(hot);
        return UnsafeApi.getInt(hot + FlowRecord.LAG_SECONDS) == 0 ? sweepNs : sweepNs - NS_PER_SECOND;
    }

    private long timeoutNs(final long hot) {
        final int protocol = FlowRecord.protocol(hot);
        return protocol == FlowProtocol.IP_TCP ? tcpTimeoutsNs[FlowRecord.flags(hot) & FlowRecord.FLAG_TCP_STATE]
            : timeoutsNs[FlowProtocol.of(protocol).ordinal() * STATES + FlowRecord.state(hot).ordinal()];
    }

    @Override
    public void close() {
        deadlines.close();
    }
}
