package io.weir.report;

import io.weir.stats.LatencyStage;
import io.weir.stats.Pause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whose fault a tail is. What the latency has in excess of the usual, its median over the whole log, is laid at the
 * door of the pause that explains at least half of it; if there is none, of the stage that has grown most.
 */
final class Blame {
    /** CPU time that the compiler took for a single piece of code, from which on it counts. */
    private static final long COMPILING_MS = 50;
    /** In excess of its median by less than this factor, a latency is usual. */
    private static final double USUAL = 2;
    /** A wait so many times the usual one is for no block to fill. */
    private static final int BACKLOG = 10;
    /** The thread that writes records holds no verdict up. */
    private static final String RECORDING = "thread/aggregate";
    private static final long US_PER_MS = 1_000;
    private static final double NS_PER_MS = 1e6;

    private static final Map<LatencyStage, Cause> STAGES = new EnumMap<>(Map.of(
        LatencyStage.BLOCK_WAIT, Cause.RING, LatencyStage.CAPTURE_TO_DISPATCH, Cause.DISPATCH,
        LatencyStage.QUEUE_WAIT, Cause.QUEUE, LatencyStage.WORK, Cause.WORK));

    private final IntervalLog log;
    private final WorstLog worst;
    private final List<Series> judged;
    private final Timeline timeline;
    private final long usualNs;

    /**
     * A stretch of time with a tail.
     *
     * @param startMs when it began, ms since 1970
     * @param endMs   when it ended
     * @param p99Ns   p99 of the latency in it
     * @param maxNs   the greatest
     * @param cause   what it is owed to
     * @param shareNs how much of it the cause accounts for
     * @param pauses  the longest pause of each kind in it, in ns
     */
    record Verdict(long startMs, long endMs, long p99Ns, long maxNs, Cause cause, long shareNs,
        Map<Pause, Long> pauses) {
    }

    /**
     * Prepares.
     *
     * @param judged   the latency that is judged: the series of one stage
     * @param timeline what is judged is one of its columns
     */
    Blame(final IntervalLog log, final WorstLog worst, final List<Series> judged, final Timeline timeline) {
        this.log = log;
        this.worst = worst;
        this.judged = judged;
        this.timeline = timeline;
        usualNs = IntervalLog.together(judged).getValueAtPercentile(50);
    }

    /** The columns with the greatest latencies, worst first. */
    List<Verdict> worst(final int most) {
        final long[] max = timeline.max(judged);
        final long[] p99 = timeline.p99(judged);
        final List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < max.length; i++) {
            if (max[i] > 0) {
                columns.add(i);
            }
        }
        columns.sort(Comparator.comparingLong((Integer i) -> max[i]).reversed());
        final Map<Pause, long[]> pauses = new EnumMap<>(Pause.class);
        for (final Pause kind : Pause.values()) {
            pauses.put(kind, timeline.max(log.pauses().stream()
                .filter(each -> each.pause() == kind && !each.who().equals(RECORDING)).toList()));
        }
        final List<Verdict> verdicts = new ArrayList<>();
        for (final int column : columns.subList(0, Math.min(most, columns.size()))) {
            verdicts.add(judge(column, p99[column], max[column], pauses));
        }
        return verdicts;
    }

    private Verdict judge(final int column, final long p99, final long max, final Map<Pause, long[]> pauses) {
        final Map<Pause, Long> held = new EnumMap<>(Pause.class);
        pauses.forEach((kind, longest) -> {
            if (longest[column] > 0) {
                held.put(kind, longest[column]);
            }
        });
        final long excess = max - usualNs;
        Cause cause = excess < usualNs * (USUAL - 1) ? Cause.USUAL : ofPauses(held, excess);
        long share = cause == Cause.USUAL ? max : share(cause, held);
        if (cause == Cause.UNKNOWN) {
            long grown = excess / 2;
            for (final Map.Entry<LatencyStage, Cause> stage : STAGES.entrySet()) {
                final long more = grownBy(stage.getKey(), column);
                if (more > grown) {
                    grown = more;
                    share = more;
                    cause = stage.getValue();
                }
            }
            if (cause == Cause.RING && max > BACKLOG * usualNs) {
                cause = Cause.BACKLOG;
            }
            if (cause != Cause.RING && cause != Cause.QUEUE && isCompiling(column)) {
                cause = Cause.COLD;
            }
        }
        return new Verdict(timeline.startMs(column), timeline.startMs(column + 1), p99, max, cause, share, held);
    }

    /** The pause that explains half of what is to be explained, the most particular first. */
    private static Cause ofPauses(final Map<Pause, Long> held, final long excess) {
        final long enough = Math.max(1, excess / 2);
        if (held.getOrDefault(Pause.GC, 0L) >= enough) {
            return Cause.COLLECTOR;
        }
        if (held.getOrDefault(Pause.SAFEPOINT, 0L) >= enough) {
            return Cause.SAFEPOINT;
        }
        if (held.getOrDefault(Pause.RUN_DELAY, 0L) >= enough) {
            return Cause.SCHEDULER;
        }
        return held.getOrDefault(Pause.HICCUP, 0L) >= enough ? Cause.HOST : Cause.UNKNOWN;
    }

    private static long share(final Cause cause, final Map<Pause, Long> held) {
        return switch (cause) {
            case COLLECTOR -> held.get(Pause.GC);
            case SAFEPOINT -> held.get(Pause.SAFEPOINT);
            case SCHEDULER -> held.get(Pause.RUN_DELAY);
            case HOST -> held.get(Pause.HICCUP);
            default -> 0;
        };
    }

    /** How much longer than usual a stage took; work counts per batch, which is what the next frame waits for. */
    private long grownBy(final LatencyStage stage, final int column) {
        final LatencyStage seen = stage == LatencyStage.WORK ? LatencyStage.CAPTURE_TO_VERDICT : stage;
        final List<Series> parts = log.stages().get(seen.label());
        if (parts == null) {
            return 0;
        }
        final long more =
            timeline.max(parts)[column] - IntervalLog.together(parts).getValueAtPercentile(50);
        return stage == LatencyStage.WORK ? more - Math.max(0, grownBy(LatencyStage.CAPTURE_TO_DISPATCH, column))
            - Math.max(0, grownBy(LatencyStage.QUEUE_WAIT, column)) : more;
    }

    private boolean isCompiling(final int column) {
        double ms = 0;
        for (final Series series : log.pauses()) {
            for (int i = 0; series.pause() == Pause.COMPILER && i < series.intervals(); i++) {
                if (timeline.column(series, i) == column) {
                    ms = Math.max(ms, series.max(i) / NS_PER_MS);
                }
            }
        }
        return ms >= COMPILING_MS;
    }

    /** What a single frame was held up by: the pauses that fell into its time, else its longest stage. */
    Cause of(final WorstLog.Frame frame) {
        final Map<Pause, Long> held = new EnumMap<>(Pause.class);
        final long from = frame.number("from_us");
        final long to = frame.number("to_us");
        for (final WorstLog.Held pause : worst.pauses()) {
            // A pause is noticed up to a millisecond after its end.
            if (concerns(pause, frame) && pause.toUs() >= from && pause.fromUs() - US_PER_MS <= to) {
                final long overlap = Math.min(to, pause.toUs()) - Math.max(from, pause.fromUs() - US_PER_MS);
                held.merge(pause.kind(), Math.min(pause.durationNs(), overlap * US_PER_MS), Long::sum);
            }
        }
        final Cause byPause = ofPauses(held, frame.number("ns") - (frame.isBatch() ? 0 : usualNs));
        if (byPause != Cause.UNKNOWN) {
            return byPause;
        }
        if (frame.isBatch()) {
            return Cause.WORK;
        }
        final long[] waits = {frame.number("block_wait_ns"), frame.number("capture_to_dispatch_ns"),
            frame.number("queue_wait_ns"), frame.number("batch_ns")};
        final Cause[] causes = {Cause.RING, Cause.DISPATCH, Cause.QUEUE, Cause.WORK};
        int longest = 0;
        for (int i = 1; i < waits.length; i++) {
            longest = waits[i] > waits[longest] ? i : longest;
        }
        return longest == 0 && waits[0] > BACKLOG * usualNs ? Cause.BACKLOG : causes[longest];
    }

    private static boolean concerns(final WorstLog.Held pause, final WorstLog.Frame frame) {
        return pause.thread().isEmpty() || "dispatch".equals(pause.thread())
            || pause.thread().equals("worker-" + frame.number("worker"));
    }
}
