package io.weir.stats;

import io.weir.packet.Frame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What passes one worker at the moment, while flows are in progress: bytes by protocol, by application and by address.
 *
 * <p>At most {@link #LOOKS} frames of a batch are looked at, each standing for its neighbours, the first chosen by
 * chance: batches are small while there is little traffic, and then every frame counts; under load it is one in 32.
 * What is seen is kept by intervals. The worker changes to the next one when a reader has asked for it, and never
 * waits: the interval before is then the reader's. The worker alone writes, one other thread reads; nothing is
 * allocated after construction.
 */
public final class Activity {
    /** Frames of a batch that are looked at. */
    public static final int LOOKS = 8;

    private static final VarHandle ASKED;
    private static final VarHandle BEGUN;
    private static final VarHandle BUSY;

    private final ActivityInterval[] intervals;
    private ActivityInterval current;
    private long random;
    private int stride = 1;
    // Accessed through the handles above.
    private int asked;
    private int begun;
    private long busyNs;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            ASKED = lookup.findVarHandle(Activity.class, "asked", int.class);
            BEGUN = lookup.findVarHandle(Activity.class, "begun", int.class);
            BUSY = lookup.findVarHandle(Activity.class, "busyNs", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Makes an empty one.
     *
     * @param protocols    highest number of a protocol
     * @param applications highest number of an application
     * @param seed         drawn at random; not 0
     */
    public Activity(final int protocols, final int applications, final long seed) {
        random = seed;
        intervals = new ActivityInterval[] {
            new ActivityInterval(protocols, applications, seed), new ActivityInterval(protocols, applications, seed)};
        current = intervals[0];
        current.begin(System.nanoTime());
    }

    /** Begins a batch; answers the index of the first frame to look at. Worker. */
    public int begin(final int frames) {
        final int wanted = (int) ASKED.getAcquire(this);
        if (wanted != begun) {
            final long nowNs = System.nanoTime();
            current.end(nowNs);
            current = intervals[wanted & 1];
            current.begin(nowNs);
            BEGUN.setRelease(this, wanted);
        }
        stride = (frames + LOOKS - 1) / LOOKS;
        if (stride <= 1) {
            stride = 1;
            return 0;
        }
        // xorshift (Marsaglia 2003)
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) * stride >>> 31);
    }

    /**
     * Looks at a frame; answers how many frames further the next one is. Worker.
     *
     * @param protocol    number of the flow's protocol, or 0
     * @param application number of the flow's application, or 0
     */
    public int look(final Frame frame, final int protocol, final int application) {
        current.add(frame, protocol, application, stride);
        return stride;
    }

    /** Ends a batch of so many frames and bytes. Worker. */
    public void end(final long frames, final long bytes) {
        current.passed(frames, bytes);
    }

    /** Counts time spent on a batch, in ns. Worker. */
    public void busy(final long ns) {
        BUSY.setOpaque(this, busyNs + ns);
    }

    /** Time spent on batches so far, in ns; 0 if it is not measured. Any thread. */
    public long busyNs() {
        return (long) BUSY.getOpaque(this);
    }

    /** Asks for the interval in progress, unless that was done and it has not ended yet. Reader. */
    public void ask() {
        if ((int) BEGUN.getAcquire(this) == asked) {
            ASKED.setRelease(this, asked + 1);
        }
    }

    /**
     * The interval asked for, valid until the next {@link #ask()}, or null if the worker has begun no batch since:
     * then nothing has passed. Reader, which asks once for each interval.
     */
    public ActivityInterval take() {
        return (int) BEGUN.getAcquire(this) == asked && asked != 0 ? intervals[asked - 1 & 1] : null;
    }
}
