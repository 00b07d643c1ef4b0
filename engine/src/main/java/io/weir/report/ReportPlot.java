package io.weir.report;

import io.weir.output.HumanUnits;
import io.weir.stats.Pause;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A report as a picture: percentiles of each stage over an axis of nines, as HdrHistogram's plots have it, and below it
 * the tail over time with the pauses beside it. Colours are those of Okabe and Ito, which everybody can tell apart;
 * lines differ in their dashes too.
 */
public final class ReportPlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 720;
    private static final int LEFT = 76;
    private static final int RIGHT = 736;
    private static final int TOP = 70;
    private static final int MIDDLE = 380;
    private static final int LOWER_TOP = 460;
    private static final int BOTTOM = 650;
    private static final int LEGEND = 752;
    private static final int LINE_HEIGHT = 19;
    private static final int COLUMNS = 330;
    private static final int MOST_STAGES = 7;
    private static final double LEAST_PAUSE_NS = 200_000;
    private static final double STEPS_PER_DECADE = 60;
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String STYLE = """
        svg{font:13px system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}
        .paper{fill:#fff}text{fill:#333}.title{font-size:17px;font-weight:600}.dim{fill:#666;font-size:12px}
        .end{text-anchor:end}.mid{text-anchor:middle}.grid{stroke:#e3e3e3}.axis{stroke:#888}
        .l{fill:none;stroke-width:2;stroke-linejoin:round}.dot{stroke:none;fill-opacity:.85}.stem{stroke-opacity:.45}
        .c0{stroke:#0072b2}.c1{stroke:#d55e00;stroke-dasharray:7 3}.c2{stroke:#009e73;stroke-dasharray:2 3}
        .c3{stroke:#cc79a7;stroke-dasharray:10 3 2 3}.c4{stroke:#b8860b;stroke-dasharray:4 2}
        .c5{stroke:#56b4e9;stroke-dasharray:12 4}.c6{stroke:#777;stroke-dasharray:1 2}
        .p0{fill:#d55e00;stroke:#d55e00}.p1{fill:#cc79a7;stroke:#cc79a7}.p2{fill:#56b4e9;stroke:#56b4e9}
        .p3{fill:#009e73;stroke:#009e73}.p4{fill:#b8860b;stroke:#b8860b}
        @media (prefers-color-scheme:dark){.paper{fill:#1c1c1e}text{fill:#ddd}.dim{fill:#a0a0a0}.grid{stroke:#38383a}
        .c0{stroke:#4aa8e0}.c4,.p4{stroke:#e69f00}.p4{fill:#e69f00}}
        """;

    private final Report report;
    private final Svg svg;

    private ReportPlot(final Report report) {
        this.report = report;
        svg = new Svg(WIDTH, HEIGHT, "Latencies of " + report.name(), description(report), STYLE);
    }

    /** The picture, an SVG document. */
    public static String of(final Report report) {
        final ReportPlot plot = new ReportPlot(report);
        plot.svg.words("title", LEFT, 30, report.name());
        plot.svg.words("dim", LEFT, 49, Instant.ofEpochMilli(report.log().startMs()) + ", "
            + HumanUnits.duration((report.log().endMs() - report.log().startMs()) * 1_000_000));
        plot.percentiles();
        plot.timeline();
        return plot.svg.done();
    }

    private static String description(final Report report) {
        final StringBuilder words = new StringBuilder("Percentiles of stages of a frame's way, and pauses over time.");
        for (final Report.Row row : report.rows()) {
            words.append(' ').append(row.what().replace('_', ' ')).append(' ').append(row.who()).append(": p50 ")
                .append(HumanUnits.duration(row.total().getValueAtPercentile(50))).append(", p99 ")
                .append(HumanUnits.duration(row.total().getValueAtPercentile(99))).append(", max ")
                .append(HumanUnits.duration(row.total().getMaxValue())).append('.');
        }
        return words.toString();
    }

    private void percentiles() {
        final List<String> names = new ArrayList<>();
        final List<Histogram> histograms = new ArrayList<>();
        long most = 10;
        double least = Double.MAX_VALUE;
        double greatest = 1;
        for (final Map.Entry<String, List<Series>> stage : report.stages().entrySet()) {
            if (names.size() < MOST_STAGES) {
                final Histogram total = IntervalLog.together(stage.getValue());
                names.add(stage.getKey().replace('_', ' '));
                histograms.add(total);
                most = Math.max(most, total.getTotalCount());
                least = Math.min(least, (double) Math.max(10, total.getValueAtPercentile(0)));
                greatest = Math.max(greatest, (double) total.getMaxValue());
            }
        }
        final int nines = (int) Math.max(2, Math.min(7, Math.ceil(Math.log10((double) most))));
        final Axis axis = Axis.of(least, greatest, MIDDLE, TOP);
        grid(axis);
        for (int i = 0; i <= nines; i++) {
            final double x = LEFT + (double) (RIGHT - LEFT) * i / nines;
            svg.line("grid", x, TOP, x, MIDDLE);
            svg.words("mid", x, MIDDLE + 18, percentile(i));
        }
        svg.words("dim mid", (LEFT + RIGHT) / 2.0, MIDDLE + 38, "percentile of frames");
        for (int i = 0; i < names.size(); i++) {
            svg.path("l c" + i, curve(histograms.get(i), nines, axis));
            legend("l c" + i, TOP + 8 + i * 2 * LINE_HEIGHT, names.get(i), "p50 "
                + HumanUnits.duration(histograms.get(i).getValueAtPercentile(50)) + ", p99 "
                + HumanUnits.duration(histograms.get(i).getValueAtPercentile(99)));
        }
    }

    private static String percentile(final int nines) {
        return switch (nines) {
            case 0 -> "0 %";
            case 1 -> "90 %";
            case 2 -> "99 %";
            default -> "99." + "9".repeat(nines - 2) + " %";
        };
    }

    /** Values over log10(1 / (1 - percentile)), up to the last percentile that the count can tell. */
    private static String curve(final Histogram histogram, final int nines, final Axis axis) {
        final StringBuilder points = new StringBuilder();
        final double end = Math.min(nines, Math.log10((double) Math.max(10, histogram.getTotalCount())));
        for (double decades = 0; decades <= end + 1e-9; decades += 1 / STEPS_PER_DECADE) {
            final long value = histogram.getValueAtPercentile(100 * (1 - Math.pow(10, -decades)));
            points.append(String.format(Locale.ROOT, "%s%.1f %.1f", points.length() == 0 ? "M" : "L",
                LEFT + (RIGHT - LEFT) * decades / nines, axis.at(value)));
        }
        return points.toString();
    }

    private void grid(final Axis axis) {
        for (double value = axis.least(); value <= axis.greatest() * 1.001; value *= 10) {
            svg.line("grid", LEFT, axis.at(value), RIGHT, axis.at(value));
            svg.words("end", LEFT - 8, axis.at(value) + 4, decade(value));
        }
        svg.line("axis", LEFT, axis.from(), RIGHT, axis.from());
    }

    private static String decade(final double ns) {
        final String[] units = {" ns", " us", " ms", " s"};
        final int unit = (int) Math.min(units.length - 1, Math.floor(Math.log10(ns * 1.001) / 3));
        return Math.round(ns / Math.pow(1_000, unit)) + units[unit];
    }

    private void legend(final String classes, final double y, final String words, final String below) {
        svg.line(classes, LEGEND, y, LEGEND + 26, y);
        svg.words("", LEGEND + 34, y + 4, words);
        svg.words("dim", LEGEND + 34, y + LINE_HEIGHT, below);
    }

    private void timeline() {
        if (report.judged() == null || !report.stages().containsKey(report.judged())) {
            return;
        }
        final Timeline timeline = new Timeline(report.log(), COLUMNS);
        final List<Series> judged = report.stages().get(report.judged());
        final long[] p99 = timeline.p99(judged);
        final List<Pause> kinds = new ArrayList<>();
        double greatest = max(p99);
        for (final Series series : report.log().pauses()) {
            if (!kinds.contains(series.pause()) && series.total().getMaxValue() >= LEAST_PAUSE_NS) {
                kinds.add(series.pause());
            }
            greatest = Math.max(greatest, (double) series.total().getMaxValue());
        }
        final Axis axis = Axis.of(Math.min(LEAST_PAUSE_NS, least(p99)), greatest, BOTTOM, LOWER_TOP);
        svg.words("", LEFT, LOWER_TOP - 14, report.judged().replace('_', ' ')
            + ", p99 of each interval, and the longest pauses in it");
        grid(axis);
        times(timeline);
        for (int i = 0; i < kinds.size(); i++) {
            pauses(kinds.get(i), i, timeline, axis);
        }
        final StringBuilder points = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < p99.length; i++) {
            if (p99[i] > 0) {
                points.append(String.format(Locale.ROOT, "%s%.1f %.1f", open ? "L" : "M", x(i, timeline),
                    axis.at(p99[i])));
                if (!open) {
                    // A single interval between gaps would be no line.
                    points.append("h0.1");
                }
            }
            open = p99[i] > 0;
        }
        svg.path("l c0", points.toString());
        legend("l c0", LOWER_TOP + 8, "p99", "greatest " + HumanUnits.duration((long) max(p99)));
    }

    private void pauses(final Pause kind, final int colour, final Timeline timeline, final Axis axis) {
        final List<Series> parts =
            report.log().pauses().stream().filter(each -> each.pause() == kind).toList();
        final long[] longest = timeline.max(parts);
        for (int i = 0; i < longest.length; i++) {
            if (longest[i] >= LEAST_PAUSE_NS) {
                // Kinds stand a little apart, so that none hides another.
                final double x = x(i, timeline) + (colour - 2) * 1.6;
                svg.line("stem p" + kind.ordinal(), x, BOTTOM, x, axis.at(longest[i]));
                svg.circle("dot p" + kind.ordinal(), x, axis.at(longest[i]), 2.6, kind.label().replace('_', ' ') + " "
                    + HumanUnits.duration(longest[i]));
            }
        }
        svg.circle("dot p" + kind.ordinal(), LEGEND + 13, LOWER_TOP + 8 + (colour + 1) * 2.0 * LINE_HEIGHT, 3.5, "");
        legend("l p" + kind.ordinal(), LOWER_TOP + 8 + (colour + 1) * 2 * LINE_HEIGHT, kind.label().replace('_', ' '),
            "longest " + HumanUnits.duration((long) max(longest)));
    }

    private void times(final Timeline timeline) {
        final int marks = 5;
        for (int i = 0; i <= marks; i++) {
            final double x = LEFT + (double) (RIGHT - LEFT) * i / marks;
            final double spanMs = timeline.columns() * timeline.columnMs();
            svg.words(i == 0 ? "" : i == marks ? "end" : "mid", x, BOTTOM + 18,
                TIME.format(Instant.ofEpochMilli(Math.round(timeline.startMs(0) + spanMs * i / marks))));
        }
        svg.words("dim mid", (LEFT + RIGHT) / 2.0, BOTTOM + 38, "time, UTC");
    }

    private static double x(final int column, final Timeline timeline) {
        return LEFT + (RIGHT - LEFT) * (column + 0.5) / timeline.columns();
    }

    private static double max(final long[] values) {
        long max = 1;
        for (final long value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static double least(final long[] values) {
        long least = Long.MAX_VALUE;
        for (final long value : values) {
            least = value > 0 ? Math.min(least, value) : least;
        }
        return least == Long.MAX_VALUE ? 1 : least;
    }
}
