package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.EngineTime;
import io.weir.base.WallClock;
import io.weir.capture.FrameSource;
import io.weir.flow.FlowHash;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.reassembly.fragment.FragmentReassembler;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * One of several threads that capture and inspect, each from a socket or queue of its own. The kernel gives it most
 * frames of its flows; what belongs to another member it hands over. Fragments go to the member of their addresses,
 * which puts them together, and then to that of their flow.
 *
 * <p>Of two frames of a flow one may come by hand-over. So a frame waits until no other member can come up with an
 * earlier one: until all have captured, and passed on, up to its stamp, at most for one and a half block time-outs. A
 * member that sleeps says nothing; its kernel hands a block over within one time-out. Nothing waits when much does.
 *
 * <p>Whatever the order, it is that in which fragments are put together and frames are numbered: fragments without a
 * flow are numbered before the datagram is handed over, and what is handed over behind each other stays so.
 */
final class Member implements Agent {
    private static final int CAPTURED_AT_ONCE = Batch.FUSED;
    private static final int CAPTURED = 8 * 1024;
    private static final int WAITING = 2 * CAPTURED;
    private static final long STEP_NS = 100_000L;

    private static final Predicate<Frame> TO_BE_REASSEMBLED = Member::isToBeReassembled;

    private final int number;
    private final FrameSource source;
    private final FanOut fanOut;
    private final FragmentReassembler fragments;
    private final FlowHash flowHash;
    private final MemberBatch batch;
    private final MemberMemory memory;
    private final Counters counters;
    private final CaptureGauge gauge;
    private final WallClock clock;
    private final StopSignal stop;
    private final Decoder decoder = new Decoder();
    private final WaitingFrames waiting = new WaitingFrames(WAITING);
    /** Frames of the batch that this member captured, which go back when it was worked on. */
    private final Frame[] own = new Frame[CAPTURED_AT_ONCE];
    private int ownCount;
    private final long holdNs;
    private long capturedNs = Long.MIN_VALUE;
    /** What all others had captured, and what they had passed on, when their rings were looked at. */
    private long othersCapturedNs = Long.MIN_VALUE;
    private long othersPassedOnNs = Long.MIN_VALUE;
    /** Up to where all waiting frames were worked on. */
    private long passedNs = Long.MIN_VALUE;
    private int fragmentsWaiting;
    private long taken;
    private boolean starved;
    private boolean admitted;
    private boolean stopped;

    Member(final int number, final FrameSource source, final FanOut fanOut, final FragmentReassembler fragments,
        final FlowHash flowHash, final Worker worker, final MemberTee tee, final Counters counters,
        final CaptureGauge gauge, final WallClock clock, final StopSignal stop) {
        this.number = number;
        this.source = source;
        this.fanOut = fanOut;
        this.fragments = fragments;
        this.flowHash = flowHash;
        this.counters = counters;
        this.gauge = gauge;
        this.clock = clock;
        this.stop = stop;
        holdNs = source.blockTimeoutNs() + source.blockTimeoutNs() / 2;
        memory = new MemberMemory(source, CAPTURED);
        batch = new MemberBatch(number, fanOut.order(), worker, fragments, tee, source.blockTimeoutNs() + holdNs);
    }

    @Override
    public int doWork() {
        if (batch.isEnded()) {
            throw new AgentTerminationException("end of trace");
        }
        if (!admitted && !begin()) {
            return 0;
        }
        final long nowNs = clock.epochNs();
        scan();
        final int captured = capture(nowNs);
        fanOut.flush(number);
        final int worked = workDue(nowNs);
        fanOut.flush(number);
        fanOut.mark(number, capturedNs, passedOnNs());
        memory.release(starved);
        if (starved && waiting.isEmpty()) {
            batch.silence(nowNs);
            if (source.isExhausted() && fanOut.end(number)) {
                gauge.take();
                batch.end();
            }
        }
        counters.set(Counter.FRAMES_DISPATCHED, taken);
        gauge.refresh();
        return captured + worked;
    }

    /** Nothing is let in before all members run: each has flows of its own. */
    private boolean begin() {
        admitted = fanOut.begin(number) || stop.isSet();
        if (admitted && !stop.isSet()) {
            source.admit();
        }
        return admitted;
    }

    /** Takes up what others handed over since. */
    private void scan() {
        final long capturedByAllNs = fanOut.othersCapturedNs(number);
        final long passedOnByAllNs = fanOut.othersPassedOnNs(number);
        for (int from = 0; from < fanOut.members(); from++) {
            if (from == number) {
                continue;
            }
            final HandOverRing ring = fanOut.ring(from, number);
            ring.consume();
            while (!waiting.isFull()) {
                final Frame frame = ring.scan();
                if (frame == null) {
                    break;
                }
                add(frame, from, ring.scanned());
            }
        }
        if (!waiting.isFull()) {
            othersCapturedNs = capturedByAllNs;
            othersPassedOnNs = passedOnByAllNs;
        }
    }

    private int capture(final long nowNs) {
        if (stop.isSet() && !stopped) {
            stopped = true;
            source.stop();
        }
        int captured = 0;
        starved = false;
        while (captured < CAPTURED_AT_ONCE && memory.hasFree() && !waiting.isFull()) {
            final Frame frame = memory.borrow();
            if (!source.next(frame)) {
                memory.giveBack(frame);
                starved = true;
                // What is older lay in a block that is finished by now.
                capturedNs = source.isExhausted() ? Long.MAX_VALUE : Math.max(capturedNs, nowNs - holdNs);
                break;
            }
            captured++;
            frame.visibleNs = nowNs;
            frame.orderNs = frame.timestampNs;
            capturedNs = Math.max(capturedNs, frame.timestampNs);
            memory.taken(frame);
            decoder.decode(frame);
            final int owner = owner(frame);
            if (owner == number) {
                memory.hold(frame);
                add(frame, WaitingFrames.OWN, 0);
            } else {
                handOver(frame, owner);
                memory.giveBack(frame);
            }
        }
        taken += captured;
        return captured;
    }

    private void add(final Frame frame, final int origin, final long position) {
        fragmentsWaiting += isToBeReassembled(frame) ? 1 : 0;
        waiting.add(frame, origin, position);
    }

    /** The member whose turn a frame is; who captured it, if it has no flow. */
    private int owner(final Frame frame) {
        if (isToBeReassembled(frame)) {
            return fanOut.datagramOwner(frame);
        }
        return frame.hasFlow() ? fanOut.owner(frame) : number;
    }

    private static boolean isToBeReassembled(final Frame frame) {
        return FragmentReassembler.isFragment(frame) && (frame.flags & Frame.REASSEMBLED) == 0;
    }

    private void handOver(final Frame frame, final int to) {
        if (fanOut.ring(number, to).offer(frame)) {
            counters.increment(Counter.FRAMES_HANDED_OVER);
        } else {
            counters.increment(Counter.DROP_HAND_OVER_FULL);
            counters.add(Counter.IP_FRAGMENTS_WITHOUT_FLOW, frame.carriedFrames);
        }
    }

    private int workDue(final long nowNs) {
        int worked = 0;
        for (; worked < Batch.FUSED; worked++) {
            final Frame frame = waiting.peek();
            if (frame == null || !isDue(frame, nowNs)) {
                break;
            }
            passedNs = Math.max(passedNs, frame.orderNs);
            if (isToBeReassembled(frame)) {
                fragmentsWaiting--;
                reassemble(frame);
            }
            final int owner = owner(frame);
            if (owner == number) {
                frame.flowHash = frame.hasFlow() ? flowHash.hash(frame) : 0;
                batch.add(frame);
            } else {
                // Behind what was passed on before, however late it is.
                frame.orderNs = passedNs;
                handOver(frame, owner);
            }
            if (waiting.origin() == WaitingFrames.OWN) {
                own[ownCount++] = frame;
            } else {
                fanOut.ring(waiting.origin(), number).settle(waiting.position());
            }
            waiting.remove();
        }
        batch.work();
        for (int i = 0; i < ownCount; i++) {
            memory.letGo(own[i]);
        }
        ownCount = 0;
        fragments.arena().release(fragments.arena().block() - 1);
        return worked;
    }

    private void reassemble(final Frame frame) {
        frame.timeNs = EngineTime.claimed(frame.timestampNs);
        fragments.onFragment(frame);
        // What came out of a datagram may be a fragment that another member puts together.
        if (!FragmentReassembler.isFragment(frame) || fanOut.datagramOwner(frame) == number) {
            frame.flags |= Frame.REASSEMBLED;
        }
    }

    /** True if no earlier frame of its flow, or fragment of its datagram, can come, or that is waited for no more. */
    private boolean isDue(final Frame frame, final long nowNs) {
        final long othersNs = isToBeReassembled(frame) ? othersCapturedNs : othersPassedOnNs;
        return frame.orderNs <= Math.min(capturedNs, othersNs) || nowNs >= dueNs(frame) || waiting.isCrowded();
    }

    /** When it is waited for no more. A stamp of the NIC, or one in the future, is on a clock of its own. */
    private long dueNs(final Frame frame) {
        final boolean foreign = (frame.flags & Frame.HARDWARE_STAMP) != 0;
        return (foreign ? frame.visibleNs : Math.min(frame.timestampNs, frame.visibleNs)) + holdNs;
    }

    /** All that was or will be passed on before this stamp is on the rings: no earlier fragment waits or may come. */
    private long passedOnNs() {
        final Frame next = fragmentsWaiting == 0 ? null : waiting.first(TO_BE_REASSEMBLED);
        final long behindNs = Math.min(Math.min(capturedNs, othersCapturedNs), Long.MAX_VALUE - 1) + 1;
        return next == null ? behindNs : Math.min(behindNs, next.orderNs);
    }

    /** Sleeps until there may be something to do: in the source, or shortly while frames wait for other members. */
    void await(final long mostNs) {
        if (!admitted || !waiting.isEmpty() || source.isExhausted()) {
            LockSupport.parkNanos(STEP_NS);
        } else if (fanOut.sleep(number)) {
            source.await(mostNs);
            fanOut.wakeUp(number);
        }
    }

    @Override
    public String roleName() {
        return "weir-worker-" + number;
    }
}
