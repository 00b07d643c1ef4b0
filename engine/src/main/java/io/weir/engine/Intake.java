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

/**
 * Fills batches from the frame source: numbers the frames, puts ticks of engine time between them, decodes their
 * headers, puts IP fragments together and hashes their flow keys. Owned by the dispatching thread.
 */
final class Intake {
    /** Stamps that move engine time on by nothing for so long are of a clock that was set back. */
    private static final long STANDSTILL_NS = 1_000_000_000L;

    private final FrameSource source;
    private final FrameTee tee;
    private final FlowHash flowHash;
    private final Counters counters;
    private final CaptureGauge gauge;
    private final WallClock clock;
    private final StopSignal stop;
    private final Decoder decoder = new Decoder();
    private final FragmentReassembler fragments;
    private final EngineTime time = new EngineTime();
    private final long silenceNs;
    private final boolean live;

    private Frame spare = new Frame();
    private boolean held;
    private long frameNumber;
    private long sequence;
    private long handedOut;
    private long lastFrameNs;
    private boolean starved;
    private boolean stopped;
    private boolean ended;
    /** The batch goes on behind its end: with frames that were taken and wait for room for a rebuilt datagram. */
    private int waiting;

    Intake(final FrameSource source, final FrameTee tee, final FragmentReassembler fragments, final FlowHash flowHash,
        final Counters counters, final CaptureGauge gauge, final WallClock clock, final StopSignal stop) {
        this.source = source;
        this.tee = tee;
        this.fragments = fragments;
        this.flowHash = flowHash;
        this.counters = counters;
        this.gauge = gauge;
        this.clock = clock;
        this.stop = stop;
        this.silenceNs = 2 * source.blockTimeoutNs();
        this.live = source.isLive();
    }

    /** Takes what is ready, up to a full batch; once asked to stop, only what the source took in before. */
    void fill(final Batch batch) {
        if (waiting > 0) {
            takeWaiting(batch);
            return;
        }
        batch.count = 0;
        if (ended) {
            return;
        }
        if (stop.isSet() && !stopped) {
            stopped = true;
            source.stop();
        }
        final long nowNs = clock.epochNs();
        starved = !takeFrames(batch, nowNs);
        if (starved && !batch.isFull()) {
            takeSilence(batch, nowNs);
            if (!batch.isFull() && !held && source.isExhausted()) {
                mark(batch, Frame.END, time.nowNs());
                ended = true;
                gauge.take();
            }
        }
        decode(batch);
        counters.set(Counter.FRAMES_DISPATCHED, frameNumber);
        gauge.refresh();
    }

    /** Swaps the frames that wait behind the end of the last batch to its front, and goes on with them alone. */
    private void takeWaiting(final Batch batch) {
        final int from = batch.count;
        batch.count = waiting;
        for (int i = 0; i < batch.count; i++) {
            final Frame frame = batch.frames[from + i];
            batch.frames[from + i] = batch.frames[i];
            batch.frames[i] = frame;
        }
        starved = false;
        takeOthers(batch);
    }

    /** Frames up to the next tick at a time, until the batch is full; false if the source had nothing ready before. */
    private boolean takeFrames(final Batch batch, final long nowNs) {
        while (!batch.isFull()) {
            if (!held) {
                final long untilNs = time.tickDue() ? Long.MIN_VALUE : time.nextTickNs();
                final int end = source.take(batch.frames, batch.count, batch.frames.length, untilNs);
                if (end == batch.count) {
                    return false;
                }
                number(batch, end, nowNs);
                if (!time.tickDue()) {
                    if (!batch.isFull() && batch.frames[end - 1].timestampNs < untilNs) {
                        return false;
                    }
                    continue;
                }
                sequence--;
                batch.count--;
                swapSpare(batch);
            }
            held = time.tickDue();
            if (held) {
                mark(batch, Frame.TICK, time.takeTick());
            } else {
                swapSpare(batch);
                batch.frames[batch.count++].sequence = ++sequence;
            }
        }
        return true;
    }

    /** Adds frames that were taken to the batch, up to an end. */
    private void number(final Batch batch, final int end, final long nowNs) {
        final int from = batch.count;
        final Frame[] frames = batch.frames;
        final long tickNs = time.nextTickNs();
        long number = frameNumber;
        long place = sequence;
        long newestNs = time.nowNs();
        long oldestNs = Long.MAX_VALUE;
        for (int i = from; i < end; i++) {
            final Frame frame = frames[i];
            final long stampNs = frame.timestampNs;
            frame.number = ++number;
            frame.sequence = ++place;
            frame.visibleNs = nowNs;
            frame.timeNs = stampNs;
            newestNs = Math.max(newestNs, stampNs);
            oldestNs = Math.min(oldestNs, stampNs);
        }
        if (oldestNs >= 0 && newestNs < tickNs) {
            time.observe(newestNs);
        } else {
            // a stamp that is not of the second that runs, nor of the past
            for (int i = from; i < end; i++) {
                frames[i].timeNs = time.observe(frames[i].timestampNs);
            }
        }
        frameNumber = number;
        sequence = place;
        batch.count = end;
        lastFrameNs = nowNs;
    }

    /** Takes the frame at the end of the batch aside, since ticks come before it, or puts it back behind them. */
    private void swapSpare(final Batch batch) {
        final Frame aside = spare;
        spare = batch.frames[batch.count];
        batch.frames[batch.count] = aside;
    }

    /**
     * After a silence longer than any block can hide frames, engine time follows the wall clock; where stamps do not
     * move it because that clock was set back, the monotonic one.
     */
    private void takeSilence(final Batch batch, final long nowNs) {
        if (live && !held) {
            if (nowNs - lastFrameNs > silenceNs) {
                time.advanceTo(nowNs - silenceNs);
            }
            time.keepPace(System.nanoTime(), silenceNs + STANDSTILL_NS);
            while (time.tickDue() && !batch.isFull()) {
                mark(batch, Frame.TICK, time.takeTick());
            }
        }
    }

    private void mark(final Batch batch, final int kind, final long timeNs) {
        final Frame mark = batch.frames[batch.count++];
        mark.mark(kind, timeNs);
        mark.sequence = ++sequence;
    }

    /** Finds headers and flow keys of a batch that was taken. */
    private void decode(final Batch batch) {
        if (tee != null) {
            append(batch);
        }
        if (flowHash.decodePlain(batch.frames, batch.count) > 0) {
            decoder.decodeOthers(batch.frames, batch.count);
            takeOthers(batch);
        } else if (batch.count > 0) {
            handedOut = batch.frames[batch.count - 1].sequence;
        }
    }

    private void append(final Batch batch) {
        for (int i = 0; i < batch.count; i++) {
            if ((batch.frames[i].flags & Frame.MARKS) == 0) {
                tee.append(batch.frames[i]);
            }
        }
    }

    /** Takes ticks and frames that are not plain into account, up to the first fragment that has to wait. */
    private void takeOthers(final Batch batch) {
        final int end = batch.count;
        waiting = 0;
        for (int i = 0; i < end; i++) {
            final Frame frame = batch.frames[i];
            if ((frame.flags & Frame.MARKS) != 0) {
                onMark(frame);
            } else if (frame.plain == 0) {
                if (FragmentReassembler.isFragment(frame) && !fragments.onFragment(frame)) {
                    batch.count = i;
                    waiting = end - i;
                    break;
                }
                frame.flowHash = frame.hasFlow() ? flowHash.hash(frame) : 0;
            }
        }
        if (batch.count > 0) {
            handedOut = batch.frames[batch.count - 1].sequence;
        }
    }

    private void onMark(final Frame mark) {
        if ((mark.flags & Frame.TICK) != 0) {
            fragments.expire(mark.timeNs);
        } else {
            fragments.endAll();
        }
    }

    /**
     * True if the source had nothing ready when it was asked last. It may be waiting for the block that its newest
     * frame lies in: behind that frame there may be more blocks of frames nobody gets to see.
     */
    boolean isStarved() {
        return starved && waiting == 0;
    }

    /** Sequence of the newest frame or tick that was handed out in a batch. */
    long sequence() {
        return handedOut;
    }

    /** True once the end of the trace was put into a batch. */
    boolean isEnded() {
        return ended && waiting == 0;
    }
}
