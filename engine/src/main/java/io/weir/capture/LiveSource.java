package io.weir.capture;

import io.weir.capture.filter.FilterInterpreter;
import io.weir.packet.Frame;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What live sources whose frames lie in memory of this process have in common: a filter in user space, which gives the
 * same answer as on files; the snap length; the look after the interface; statistics; the end.
 *
 * <p>Thread rules as in {@link FrameSource}.
 */
public abstract class LiveSource implements PolledSource {
    private static final int REJECTED_AT_ONCE = 4096;
    /** How often to look whether the interface is up, for the socket does not tell. */
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long to wait, after stop, for frames that were counted and not yet handed over. */
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(2);

    private final CaptureInterface captured;
    private final List<CaptureInterface> interfaces;
    private final FilterInterpreter filter;
    private final InterfaceWatch watch;
    private final KernelDrops kernelDrops;
    private final RingPoll poll = new RingPoll(1);
    private final Object wakeLock = new Object();
    private final long blockTimeoutNs;

    private long delivered;
    private long filtered;
    private long lookedNs;
    private boolean stopping;
    private boolean exhausted;
    private long stoppedNs;
    private long progressNs;
    private CaptureStatistics last;
    private boolean closed;

    /**
     * Begins with nothing received.
     *
     * @param captured       the interface
     * @param ring           the kernel's side of it
     * @param filter         what to pass on, or null for everything; it makes the decision that it makes for files
     * @param blockTimeoutNs the longest a frame waits before {@link #take} gives it
     */
    protected LiveSource(final CaptureInterface captured, final WatchedRing ring, final FilterInterpreter filter,
        final long blockTimeoutNs) {
        this.captured = captured;
        this.filter = filter;
        this.blockTimeoutNs = blockTimeoutNs;
        interfaces = List.of(captured);
        watch = new InterfaceWatch(captured.name(), ring);
        kernelDrops = new KernelDrops(captured.name());
        lookedNs = System.nanoTime() - LOOK_NS;
    }

    /** Sets address, lengths, stamp, block and flags of the next frame; false if none is ready. */
    protected abstract boolean take(Frame frame);

    /** The filter rejected the frame that was taken last: nobody will give it back. */
    protected abstract void rejected();

    /** The frame that was taken last is handed out. */
    protected abstract void accepted();

    /** Lets nothing more in. */
    protected abstract void halt();

    /** Wakes whoever waits for the ring. */
    protected abstract void wake();

    /** Sets what was received and lost since open. */
    protected abstract void count(CaptureStatistics now);

    /** Throws away what was not taken, where nobody else counts it; called once, at the end. */
    protected void drain() {
    }

    /** Frees everything. */
    protected abstract void shut();

    @Override
    public final boolean next(final Frame frame) {
        for (int i = 0; i < REJECTED_AT_ONCE && !closed; i++) {
            if (!take(frame)) {
                seeWhetherDrained();
                return false;
            }
            progressNs = 0;
            frame.linkType = captured.linkType();
            frame.interfaceId = 0;
            frame.source = 0;
            if (filter == null || filter.accept(frame)) {
                frame.capturedLength = Math.min(frame.capturedLength, captured.snapLength());
                delivered++;
                accepted();
                return true;
            }
            filtered++;
            rejected();
        }
        return false;
    }

    @Override
    public void await(final long timeoutNs) {
        if (closed || isReady()) {
            return;
        }
        poll.ring(0, pollHandle());
        poll.await(Math.min(timeoutNs, patienceNs()), mayAwaitInput() ? 1 : 0);
        polled(poll.answer(0));
    }

    @Override
    public boolean mayAwaitInput() {
        return true;
    }

    @Override
    public long patienceNs() {
        final long patience = Math.min(LOOK_NS, watch.patienceNs(System.nanoTime()));
        return stopping ? Math.min(patience, blockTimeoutNs) : patience;
    }

    @Override
    public void polled(final int answer) {
        final long nowNs = System.nanoTime();
        if (closed) {
            return;
        }
        if ((answer & (RingPoll.DOWN | RingPoll.FAULT)) != 0 || !watch.isUp()) {
            watch.attend(answer, nowNs);
        } else if (nowNs - lookedNs >= LOOK_NS) {
            lookedNs = nowNs;
            watch.look(nowNs);
        }
        if (watch.hasFailed()) {
            stop();
        }
    }

    @Override
    public final void wakeup() {
        synchronized (wakeLock) {
            if (!closed) {
                wake();
            }
        }
    }

    @Override
    public final void stop() {
        if (!stopping && !closed) {
            stopping = true;
            stoppedNs = System.nanoTime();
            halt();
        }
    }

    private void seeWhetherDrained() {
        if (!stopping || exhausted) {
            return;
        }
        final long nowNs = System.nanoTime();
        if (progressNs == 0) {
            progressNs = nowNs;
        }
        // One time-out, for frames that were on their way and not yet counted when the door closed.
        if (nowNs - stoppedNs > blockTimeoutNs) {
            exhausted = missing(totals()) <= 0 || nowNs - progressNs > DRAIN_NS;
        }
    }

    /** Frames that were offered and are neither handed out nor lost under a name. */
    private static long missing(final CaptureStatistics now) {
        return now.received - now.delivered - now.kernelDropped - now.filtered - now.oversized;
    }

    @Override
    public final boolean isExhausted() {
        return exhausted || closed;
    }

    /** True after {@link #close()}. */
    protected final boolean isClosed() {
        return closed;
    }

    @Override
    public final boolean isLive() {
        return true;
    }

    @Override
    public final int leafCount() {
        return 1;
    }

    @Override
    public final long blockTimeoutNs() {
        return blockTimeoutNs;
    }

    @Override
    public final List<CaptureInterface> interfaces() {
        return interfaces;
    }

    @Override
    public final void statistics(final CaptureStatistics statistics) {
        final CaptureStatistics now = closed ? last : totals();
        statistics.received += now.received;
        statistics.delivered += now.delivered;
        statistics.kernelDropped += now.kernelDropped;
        statistics.filtered += now.filtered;
        statistics.oversized += now.oversized;
        statistics.discarded += now.discarded;
        statistics.freezes += now.freezes;
        statistics.interfaceRestarts += now.interfaceRestarts;
        statistics.interfaceDropped += now.interfaceDropped;
        statistics.softnetDropped += now.softnetDropped;
        statistics.damages.addAll(now.damages);
    }

    private CaptureStatistics totals() {
        final CaptureStatistics now = new CaptureStatistics();
        count(now);
        now.delivered = delivered;
        now.filtered = filtered;
        now.interfaceRestarts = watch.restarts();
        now.interfaceDropped = kernelDrops.interfaceDropped();
        now.softnetDropped = kernelDrops.softnetDropped();
        now.damages.addAll(watch.damages());
        // What has not come by now went with sockets of an interface that was removed.
        now.discarded = exhausted ? missing(now) : 0;
        return now;
    }

    @Override
    public final void close() {
        synchronized (wakeLock) {
            if (closed) {
                return;
            }
            halt();
            drain();
            last = totals();
            last.discarded = missing(last);
            closed = true;
            poll.close();
            shut();
        }
    }
}
