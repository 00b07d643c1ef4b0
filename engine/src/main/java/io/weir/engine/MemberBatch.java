package io.weir.engine;

import io.weir.base.EngineTime;
import io.weir.packet.Frame;
import io.weir.reassembly.fragment.FragmentReassembler;

/**
 * Frames that a member works on next, with the ticks of its engine time between them; their numbers are claimed when
 * the batch is worked on. Time is that of this member's frames: results depend on a flow's own stamps, and ticks only
 * say when flows that nobody asks for are looked at. One thread.
 */
final class MemberBatch {
    private static final int TICKS = 64;
    /** Stamps that move engine time on by nothing for so long are of a clock that was set back. */
    private static final long STANDSTILL_NS = 1_000_000_000L;

    private final int member;
    private final FrameOrder order;
    private final Worker worker;
    private final FragmentReassembler fragments;
    /** Null for none. */
    private final MemberTee tee;
    private final long silenceNs;
    private final EngineTime time = new EngineTime();
    private final Frame[] frames = new Frame[Batch.CAPACITY];
    private final Frame[] marks = new Frame[TICKS];
    private int count;
    private int markCount;
    private long lastFrameNs;
    private boolean ended;

    MemberBatch(final int member, final FrameOrder order, final Worker worker, final FragmentReassembler fragments,
        final MemberTee tee, final long silenceNs) {
        this.member = member;
        this.order = order;
        this.worker = worker;
        this.fragments = fragments;
        this.tee = tee;
        this.silenceNs = silenceNs;
        for (int i = 0; i < TICKS; i++) {
            marks[i] = new Frame();
        }
    }

    /** Puts a frame at the end, behind the ticks it makes due. */
    void add(final Frame frame) {
        frame.timeNs = time.observe(frame.timestampNs);
        lastFrameNs = Math.max(lastFrameNs, frame.visibleNs);
        tick();
        if (count == frames.length) {
            work();
        }
        frames[count++] = frame;
    }

    /** Lets time go on while no frames come. */
    void silence(final long nowNs) {
        if (nowNs - lastFrameNs > silenceNs) {
            time.advanceTo(nowNs - silenceNs);
        }
        time.keepPace(System.nanoTime(), silenceNs + STANDSTILL_NS);
        tick();
        work();
    }

    private void tick() {
        while (time.tickDue()) {
            mark(Frame.TICK, time.takeTick());
        }
    }

    private void mark(final int kind, final long timeNs) {
        if (count == frames.length || markCount == TICKS) {
            work();
        }
        final Frame mark = marks[markCount++];
        mark.mark(kind, timeNs);
        frames[count++] = mark;
    }

    /** Works on what is there. */
    void work() {
        if (count == 0) {
            return;
        }
        long number = order.claim(member, count - markCount);
        for (int i = 0; i < count; i++) {
            final Frame frame = frames[i];
            if ((frame.flags & Frame.MARKS) != 0) {
                frame.sequence = FrameOrder.behind(number);
                onMark(frame);
            } else {
                frame.number = ++number;
                frame.sequence = FrameOrder.of(number);
                if (tee != null) {
                    tee.append(member, frame);
                }
            }
        }
        worker.work(frames, count);
        order.done(member);
        count = 0;
        markCount = 0;
    }

    private void onMark(final Frame mark) {
        if ((mark.flags & Frame.TICK) != 0) {
            fragments.expire(mark.timeNs);
        } else {
            fragments.endAll();
        }
    }

    /** Ends the trace, once nobody has frames any more: all members end behind the same number. */
    void end() {
        mark(Frame.END, time.nowNs());
        work();
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }
}
