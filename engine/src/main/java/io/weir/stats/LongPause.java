package io.weir.stats;

/** A single pause. A plain record of public fields that is reused. */
public final class LongPause {
    /** What it was. */
    public Pause kind = Pause.HICCUP;
    /** The thread it held up, by its place among those that are watched; -1 for all. */
    public int thread = -1;
    /** How long, in ns. */
    public long durationNs;
    /**
     * When it was noticed, ns since 1970: it ended within the meter's period before, a run delay ten times.
     */
    public long noticedNs;
}
