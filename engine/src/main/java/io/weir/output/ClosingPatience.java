package io.weir.output;

import java.util.concurrent.TimeUnit;

/**
 * How long closing waits for what is still to be written. Nobody may ever read a pipe, so it has a short time. A file
 * takes what it is given sooner or later, be the disk or the processor ever so busy: it has until nothing was written
 * for {@link #QUIET_NS}, and {@link #MOST_NS} in all, unless whoever closes is in a hurry. One thread.
 */
final class ClosingPatience {
    /** For a pipe, a device, and a file in a hurry, ns. */
    static final long SHORT_NS = TimeUnit.SECONDS.toNanos(2);
    /** For a file that gets no further, ns. */
    static final long QUIET_NS = TimeUnit.SECONDS.toNanos(30);
    /** For a file that gets further ever so slowly, ns. */
    static final long MOST_NS = TimeUnit.MINUTES.toNanos(2);

    private final boolean regular;
    private final long beganNs;
    private long done;
    private long movedNs;
    private long hurriedNs;
    private boolean hurried;

    /**
     * Begins to wait.
     *
     * @param regular false for a pipe or device
     * @param done    what was written so far
     */
    ClosingPatience(final boolean regular, final long done, final long nowNs) {
        this.regular = regular;
        this.done = done;
        beganNs = nowNs;
        movedNs = nowNs;
    }

    /**
     * True while there is reason to wait on.
     *
     * @param nowDone what was written so far
     * @param hurry   true once nothing shall be waited for that may take long
     */
    boolean lasts(final long nowDone, final boolean hurry, final long nowNs) {
        if (nowDone != done) {
            done = nowDone;
            movedNs = nowNs;
        }
        if (hurry && !hurried) {
            hurried = true;
            hurriedNs = nowNs;
        }
        if (!regular) {
            return nowNs - beganNs < SHORT_NS;
        }
        return hurried ? nowNs - hurriedNs < SHORT_NS : nowNs - movedNs < QUIET_NS && nowNs - beganNs < MOST_NS;
    }
}
