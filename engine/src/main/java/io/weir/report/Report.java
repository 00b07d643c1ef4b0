package io.weir.report;

import io.weir.stats.LatencyStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** What an interval log says: the figures that text, JSON and plots show. */
public final class Report {
    /** Percentiles that are told. */
    static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
    /** Their names. */
    static final String[] PERCENTILE_NAMES = {"p50", "p90", "p99", "p99.9", "p99.99", "max"};
    /** Columns of the timeline in text. */
    static final int COLUMNS = 60;
    private static final int WORST = 5;
    private static final int FRAMES = 8;

    private final String name;
    private final IntervalLog log;
    private final WorstLog worst;
    private final Map<String, List<Series>> stages;
    private final String judged;
    private final long limitNs;
    private final Timeline timeline;
    private final Blame blame;

    /**
     * A line of the table.
     *
     * @param what  stage, pause or tag
     * @param who   thread, or empty for all together
     * @param total its histogram, values in ns
     */
    record Row(String what, String who, Histogram total) {
    }

    /**
     * Makes a report.
     *
     * @param name  of the log, for people
     * @param log   with at least one histogram
     * @param worst what was kept beside it
     * @param stage the only stage to show, or null for all
     * @param limitNs what takes longer in the stage that is judged is late; 0 if nobody asks
     */
    public Report(final String name, final IntervalLog log, final WorstLog worst, final String stage,
        final long limitNs) {
        this.name = name;
        this.limitNs = limitNs;
        this.log = log;
        this.worst = worst;
        stages = log.stages();
        if (stage != null) {
            stages.keySet().retainAll(Set.of(stage));
        }
        judged = stage != null ? stage : judged(stages);
        timeline = new Timeline(log, COLUMNS);
        blame = judged == null || !stages.containsKey(judged) ? null
            : new Blame(log, worst, stages.get(judged), timeline);
    }

    /** What people wait for: the verdict since the arrival, or since capture. */
    private static String judged(final Map<String, List<Series>> stages) {
        for (final LatencyStage stage
            : List.of(LatencyStage.ARRIVAL_TO_VERDICT, LatencyStage.CAPTURE_TO_VERDICT)) {
            if (stages.containsKey(stage.label())) {
                return stage.label();
            }
        }
        return stages.isEmpty() ? null : stages.keySet().iterator().next();
    }

    /** Names of the stages that a log has. */
    public static Set<String> stages(final IntervalLog log) {
        return log.stages().keySet();
    }

    String name() {
        return name;
    }

    IntervalLog log() {
        return log;
    }

    /** The stages to show, in the order of a frame's way. */
    Map<String, List<Series>> stages() {
        return stages;
    }

    /** The stage whose tail is looked into; null if there is none. */
    String judged() {
        return judged;
    }

    /** The stage that is judged, all threads together; there must be one. */
    Histogram total() {
        return IntervalLog.together(stages.get(judged));
    }

    /** What takes longer is late; 0 if nobody asks. */
    long limitNs() {
        return limitNs;
    }

    /** How many were late in the stage that is judged, to the resolution of a histogram. */
    long late() {
        final Histogram total = total();
        return total.getTotalCount() - total.getCountBetweenValues(0, limitNs);
    }

    Timeline timeline() {
        return timeline;
    }

    /** Each stage, all threads together and, if there are several, each of them. */
    List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        stages.forEach((stage, parts) -> {
            rows.add(new Row(stage, parts.size() == 1 ? parts.get(0).who() : "", IntervalLog.together(parts)));
            for (final Series part : parts) {
                if (parts.size() > 1) {
                    rows.add(new Row(stage, part.who(), part.total()));
                }
            }
        });
        return rows;
    }

    /** Each kind of pause, that of threads by thread. */
    List<Row> pauses() {
        final List<Row> rows = new ArrayList<>();
        for (final Series series : log.pauses()) {
            rows.add(new Row(series.pause().label(), series.who(), series.total()));
        }
        return rows;
    }

    /** Where the stage's tail is worst, and whose fault it is. */
    List<Blame.Verdict> verdicts() {
        return blame == null ? List.of() : blame.worst(WORST);
    }

    /** The slowest frames, or the batches that took longest. */
    List<WorstLog.Frame> slowest(final boolean batches) {
        return worst.frames().stream().filter(frame -> frame.isBatch() == batches).limit(FRAMES).toList();
    }

    /** What such a frame is owed to. */
    Cause cause(final WorstLog.Frame frame) {
        return blame == null ? Cause.UNKNOWN : blame.of(frame);
    }
}
