package io.weir.capture;

import io.weir.base.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the interface under a ring, on the thread that reads it. Down: the socket resumes by itself. Removed: the
 * socket is silent for ever until it is bound to the interface that bears the name next, which is tried with growing
 * pauses.
 */
public final class InterfaceWatch {
    static final long MIN_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    static final long MAX_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_DAMAGES = 64;

    private final String name;
    private final WatchedRing ring;
    private final List<CaptureStatistics.Damage> damages = new ArrayList<>();
    private int state = WatchedRing.UP;
    private long pauseNs = MIN_PAUSE_NS;
    private long nextLookNs;
    private boolean failed;
    private int notes;
    private long restarts;

    /** Watches the interface of that name under a ring. */
    public InterfaceWatch(final String name, final WatchedRing ring) {
        this.name = name;
        this.ring = ring;
    }

    /** True if all is well, as far as is known. */
    public boolean isUp() {
        return state == WatchedRing.UP;
    }

    /** True if the name came back as a device of another kind: this source cannot go on. */
    public boolean hasFailed() {
        return failed;
    }

    /** How long until the next look, in ns. */
    public long patienceNs(final long nowNs) {
        return isUp() || failed ? Long.MAX_VALUE : Math.max(0, nextLookNs - nowNs);
    }

    /**
     * Looks at once if the socket reported something, else if it is time to.
     *
     * @param answer what the wait for the ring gave, {@link RingPoll} bits
     */
    public void attend(final int answer, final long nowNs) {
        if (failed) {
            return;
        }
        if ((answer & RingPoll.DOWN) != 0) {
            final int before = notes;
            look(nowNs);
            if (notes == before && isUp()) {
                restarts++;
                note("the interface was down for a moment");
            }
        } else if ((answer & RingPoll.FAULT) != 0) {
            note("the socket reported an error");
        } else if (!isUp() && nextLookNs - nowNs <= 0) {
            look(nowNs);
        }
    }

    /** Looks now: for rings whose socket does not report that the interface went down. */
    public void look(final long nowNs) {
        if (failed) {
            return;
        }
        final int found = ring.state();
        final int now = found == WatchedRing.GONE ? comeBack() : found;
        if (failed) {
            return;
        }
        if (now == WatchedRing.DOWN && state != WatchedRing.DOWN) {
            note("the interface is down");
        } else if (now == WatchedRing.UP && state == WatchedRing.DOWN) {
            restarts++;
            note("the interface is up again");
        }
        if (now != state) {
            state = now;
            pauseNs = MIN_PAUSE_NS;
        }
        nextLookNs = nowNs + pauseNs;
        pauseNs = Math.min(MAX_PAUSE_NS, 2 * pauseNs);
    }

    /** Tries to bind to the successor of an interface that is gone; returns the new state. */
    private int comeBack() {
        if (state != WatchedRing.GONE) {
            note("the interface was removed");
        }
        final int result = ring.rebind();
        failed = result == -Errno.EMEDIUMTYPE;
        if (result < 0 && !failed) {
            return WatchedRing.GONE;
        }
        restarts += failed ? 0 : 1;
        note(failed ? "the interface came back as a device of another kind" : "the interface is back");
        return ring.state();
    }

    private void note(final String what) {
        notes++;
        if (damages.size() < MAX_DAMAGES) {
            damages.add(new CaptureStatistics.Damage(name, -1, what));
        }
    }

    /** Times the interface came back. */
    public long restarts() {
        return restarts;
    }

    /** What happened, oldest first. */
    public List<CaptureStatistics.Damage> damages() {
        return damages;
    }
}
