package io.weir.stats;

/**
 * One worker's latencies.
 *
 * <p>The owning thread alone records, without allocating, waiting or throwing. One thread takes the intervals: another,
 * or the owning one where it does everything, but never between {@link #begin()} and {@link #end()}. Values are in ns.
 * Negative ones are counted, not recorded; those above {@link #HIGHEST_NS} are recorded as that.
 */
public final class LatencyRecorder {
    /** The longest latency told apart, in ns: a minute. */
    public static final long HIGHEST_NS = 60_000_000_000L;

    static final int DIGITS = 2;

    private final String name;
    private final Alternating<LatencyInterval> intervals;

    /** Makes a recorder of all stages. */
    public LatencyRecorder(final String name) {
        this(name, LatencyStage.values());
    }

    /**
     * Makes the recorder of some stages; no other may be recorded.
     *
     * @param name in front of the stage in the tags of the log; no comma, no space
     */
    public LatencyRecorder(final String name, final LatencyStage... stages) {
        this.name = LatencyLog.checkTag(name);
        intervals = new Alternating<>(new LatencyInterval(stages), new LatencyInterval(stages));
    }

    /** Name in the tags of the log. */
    public String name() {
        return name;
    }

    /** Begins to record: what is answered takes values until {@link #end()}. Owning thread only. */
    public LatencyInterval begin() {
        return intervals.enter();
    }

    /** Ends what {@link #begin()} began. */
    public void end() {
        intervals.leave();
    }

    /** Records a single value. Owning thread only. */
    public void record(final LatencyStage stage, final long valueNs) {
        record(stage, valueNs, 1);
    }

    /** Records a value that {@code count} frames share. Owning thread only. */
    public void record(final LatencyStage stage, final long valueNs, final long count) {
        begin().add(stage, valueNs, count);
        end();
    }

    /** Takes what was recorded since the last call. It is valid until the next. Thread that takes intervals only. */
    LatencyInterval take() {
        intervals.spare().clear();
        return intervals.swap();
    }
}
