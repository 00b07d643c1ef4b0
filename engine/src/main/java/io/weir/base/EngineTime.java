package io.weir.base;

/**
 * The engine's time: the greatest frame stamp so far, kept from being dragged away by a wrong one.
 *
 * <p>A stamp more than an hour ahead is a leap. It is taken up once {@value #AGREEING_FRAMES} frames in a row agree on
 * it to the hour; until then such frames count as if they had come now, but for the flows they belong to, see
 * {@link #claimed}. Stamps that go back leave engine time alone. Whole seconds that pass are ticks. One thread, the
 * dispatching one.
 */
public final class EngineTime {
    static final long SECOND_NS = 1_000_000_000L;
    static final long LEAP_NS = 3_600 * SECOND_NS;
    static final int AGREEING_FRAMES = 16;
    /** Later stamps count as this one, so that ticks and time-outs behind them can still be told: in April 2262. */
    static final long LATEST_NS = Long.MAX_VALUE - 30 * 24 * LEAP_NS;

    private long nowNs;
    private long nextTickNs;
    private boolean started;
    private long leapNs;
    private int agreeing;
    /** Engine time when stamps moved it last, as far as {@link #keepPace} knows, and the steady clock then. */
    private long restNs;
    private long restedAtNs;
    private long pacedNs;

    /**
     * Takes note of a frame's stamp.
     *
     * @param claimedNs the stamp, whatever a file says; before 1970 counts as 1970
     * @return the stamp as the engine takes it
     */
    public long observe(final long claimedNs) {
        final long stampNs = claimed(claimedNs);
        final long aheadNs = stampNs - nowNs;
        if (started && aheadNs <= LEAP_NS) {
            if (aheadNs > 0) {
                nowNs = stampNs;
            }
            agreeing = 0;
            return stampNs;
        }
        return observeLeap(stampNs);
    }

    /**
     * A stamp as it stands in the trace, but not before 1970 and not so late that no time-out can be added to it. It
     * dates a flow that starts, so that the first flows behind a leap are not taken for flows from before it.
     */
    public static long claimed(final long claimedNs) {
        return Math.max(0, Math.min(claimedNs, LATEST_NS));
    }

    private long observeLeap(final long stampNs) {
        if (!started) {
            started = true;
            leapTo(stampNs);
            return stampNs;
        }
        if (agreeing > 0 && Math.abs(stampNs - leapNs) <= LEAP_NS) {
            agreeing++;
            leapNs = Math.max(leapNs, stampNs);
        } else {
            agreeing = 1;
            leapNs = stampNs;
        }
        if (agreeing < AGREEING_FRAMES) {
            return nowNs;
        }
        agreeing = 0;
        leapTo(leapNs);
        return stampNs;
    }

    /** One tick stands for all the seconds leapt over. */
    private void leapTo(final long toNs) {
        final boolean first = nextTickNs == 0;
        nowNs = toNs;
        nextTickNs = Math.floorDiv(toNs, SECOND_NS) * SECOND_NS + (first ? SECOND_NS : 0);
    }

    /** Moves time on while no frames come; never back, and not before the first frame. */
    public void advanceTo(final long toNs) {
        if (started && toNs > nowNs) {
            nowNs = toNs;
        }
    }

    /**
     * Moves time on at the pace of a steady clock while stamps do not: after the clock they come from was set back, its
     * frames are of the past until it has caught up, and flows must end all the same. For live frames, now and then.
     *
     * @param steadyNs a monotonic clock
     * @param graceNs  how long stamps may take to move time on
     */
    public void keepPace(final long steadyNs, final long graceNs) {
        if (nowNs != pacedNs) {
            restNs = nowNs;
            restedAtNs = steadyNs;
        } else {
            advanceTo(restNs + steadyNs - restedAtNs - graceNs);
        }
        pacedNs = nowNs;
    }

    /** True if a whole second has passed that was not yet answered by {@link #takeTick()}. */
    public boolean tickDue() {
        return started && nowNs >= nextTickNs;
    }

    /** The next tick, due once engine time is there; 0 before the first frame. */
    public long nextTickNs() {
        return nextTickNs;
    }

    /** The next due tick; asks for {@link #tickDue()} first. */
    public long takeTick() {
        final long tickNs = nextTickNs;
        nextTickNs += SECOND_NS;
        return tickNs;
    }

    /** Engine time in ns since 1970; 0 before the first frame. */
    public long nowNs() {
        return nowNs;
    }
}
