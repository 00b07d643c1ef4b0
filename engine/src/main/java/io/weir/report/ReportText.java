package io.weir.report;

import io.weir.output.HumanUnits;
import io.weir.output.PrintableText;
import io.weir.stats.Pause;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A report for a terminal. */
public final class ReportText {
    private static final DateTimeFormatter DAY_AND_TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int WIDTH = 48;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";
    private static final int US_PER_MS = 1_000;

    private final StringBuilder text = new StringBuilder();
    private final Report report;
    private final boolean colour;

    private ReportText(final Report report, final boolean colour) {
        this.report = report;
        this.colour = colour;
    }

    /** The report on several lines, with colour if the terminal wants it. */
    public static String of(final Report report, final boolean colour) {
        final ReportText made = new ReportText(report, colour);
        made.head();
        made.table("stage", report.rows());
        made.table("pause", report.pauses());
        made.percentiles();
        made.timeline();
        made.fault();
        made.slowest("slowest frames", false);
        made.slowest("longest batches", true);
        return made.text.toString();
    }

    private void head() {
        final IntervalLog log = report.log();
        line(bold(PrintableText.of(report.name())) + "  " + DAY_AND_TIME.format(Instant.ofEpochMilli(log.startMs()))
            + " UTC, " + HumanUnits.duration((log.endMs() - log.startMs()) * 1_000_000));
    }

    private void table(final String title, final List<Report.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        final List<String[]> cells = new ArrayList<>();
        final List<String> head = new ArrayList<>(List.of(title, "", "count"));
        head.addAll(List.of(Report.PERCENTILE_NAMES));
        cells.add(head.toArray(new String[0]));
        for (final Report.Row row : rows) {
            final List<String> cell = new ArrayList<>(List.of(words(row.what()), PrintableText.of(row.who()),
                HumanUnits.count(row.total().getTotalCount())));
            for (final double percentile : Report.PERCENTILES) {
                cell.add(HumanUnits.duration(row.total().getValueAtPercentile(percentile)));
            }
            cells.add(cell.toArray(new String[0]));
        }
        rows(cells);
    }

    /** Rows under each other: the first two columns to the left, the others to the right. */
    private void rows(final List<String[]> cells) {
        final int[] widths = new int[cells.get(0).length];
        for (final String[] row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        line("");
        for (final String[] row : cells) {
            final StringBuilder built = new StringBuilder(" ");
            for (int i = 0; i < widths.length; i++) {
                final String gap = " ".repeat(widths[i] - row[i].length());
                built.append(' ').append(i < 2 ? row[i] + gap : ' ' + gap + row[i]);
            }
            line(row == cells.get(0) ? bold(built.toString()) : built.toString());
        }
    }

    private void percentiles() {
        if (report.judged() == null || report.stages().isEmpty()) {
            return;
        }
        final Histogram total = report.total();
        line("");
        line(bold("  " + words(report.judged())) + "  bars on a logarithmic scale");
        final double lowest = Math.max(1, total.getValueAtPercentile(0) / 2.0);
        for (int i = 0; i < Report.PERCENTILES.length; i++) {
            final long value = total.getValueAtPercentile(Report.PERCENTILES[i]);
            line(String.format(Locale.ROOT, "  %7s  %8s  %s", Report.PERCENTILE_NAMES[i], HumanUnits.duration(value),
                bar(Math.log(Math.max(1, value) / lowest) / Math.log(Math.max(2, total.getMaxValue() / lowest)))));
        }
        if (report.limitNs() > 0) {
            line(String.format(Locale.ROOT, "  late, over %s: %s of %s, %.2f %%", HumanUnits.duration(report.limitNs()),
                HumanUnits.count(report.late()), HumanUnits.count(total.getTotalCount()),
                100.0 * report.late() / Math.max(1, total.getTotalCount())));
        }
    }

    private static String bar(final double share) {
        final int eighths = (int) Math.round(Math.max(0, Math.min(1, share)) * WIDTH * 8);
        final String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return "█".repeat(eighths / 8) + rest;
    }

    private void timeline() {
        final Timeline timeline = report.timeline();
        if (timeline.columns() < 2 || report.judged() == null || report.stages().isEmpty()) {
            return;
        }
        line("");
        line(bold("  over time") + "  one column is " + HumanUnits.duration(Math.round(timeline.columnMs() * 1e6))
            + "; heights logarithmic, each row by its own least and greatest");
        spark(words(report.judged()) + " p99", timeline.p99(report.stages().get(report.judged())));
        for (final Pause kind : Pause.values()) {
            final List<Series> parts =
                report.log().pauses().stream().filter(each -> each.pause() == kind).toList();
            if (!parts.isEmpty()) {
                spark(words(kind.label()) + " max", timeline.max(parts));
            }
        }
    }

    private void spark(final String what, final long[] values) {
        long least = Long.MAX_VALUE;
        long greatest = 1;
        for (final long value : values) {
            least = value > 0 ? Math.min(least, value) : least;
            greatest = Math.max(greatest, value);
        }
        final StringBuilder columns = new StringBuilder();
        for (final long value : values) {
            if (value == 0) {
                columns.append(' ');
            } else {
                final double share = greatest == least ? 1 : Math.log((double) value / least)
                    / Math.log((double) greatest / least);
                columns.append(HEIGHTS.charAt((int) Math.round(share * (HEIGHTS.length() - 1))));
            }
        }
        line(String.format(Locale.ROOT, "  %-24s %s  to %s", what, columns, HumanUnits.duration(greatest)));
    }

    private void fault() {
        final List<Blame.Verdict> verdicts = report.verdicts();
        if (verdicts.isEmpty()) {
            return;
        }
        line("");
        line(bold("  whose fault") + "  the worst of " + words(report.judged()));
        for (final Blame.Verdict verdict : verdicts) {
            line("  " + TIME.format(Instant.ofEpochMilli(verdict.startMs())) + "  p99 "
                + HumanUnits.duration(verdict.p99Ns()) + ", max " + HumanUnits.duration(verdict.maxNs()) + ": "
                + verdict.cause().sentence()
                + (verdict.cause() == Cause.USUAL ? "" : ", " + HumanUnits.duration(verdict.shareNs())));
            final StringBuilder beside = new StringBuilder();
            verdict.pauses().forEach((kind, ns) -> beside.append(beside.length() == 0 ? "" : ", ")
                .append(words(kind.label())).append(' ').append(HumanUnits.duration(ns)));
            if (beside.length() > 0) {
                line("                longest then: " + beside);
            }
        }
    }

    private void slowest(final String title, final boolean batches) {
        final List<WorstLog.Frame> frames = report.slowest(batches);
        if (frames.isEmpty()) {
            return;
        }
        line("");
        line(bold("  " + title));
        for (final WorstLog.Frame frame : frames) {
            line("  " + TIME.format(Instant.ofEpochMilli(frame.number("to_us") / US_PER_MS)) + "  "
                + HumanUnits.duration(frame.number("ns")) + "  frame " + frame.number("frame") + ", "
                + PrintableText.of(what(frame)) + ": " + report.cause(frame).sentence());
            line("                " + stages(frame));
        }
    }

    private static String what(final WorstLog.Frame frame) {
        final String ports = frame.text("src_port").isEmpty() ? "" : ":" + frame.text("src_port");
        final String answer = frame.text("dest_port").isEmpty() ? "" : ":" + frame.text("dest_port");
        final String between = frame.text("src_ip").isEmpty() ? "no IP" : frame.text("src_ip") + ports + " > "
            + frame.text("dest_ip") + answer + " " + frame.text("proto");
        return between + (frame.text("app_proto").isEmpty() ? "" : " " + frame.text("app_proto")) + ", "
            + frame.number("length") + " bytes";
    }

    private static String stages(final WorstLog.Frame frame) {
        final String[] names = {"block_wait", "capture_to_dispatch", "queue_wait", "batch"};
        final StringBuilder built = new StringBuilder();
        for (final String name : names) {
            if (!frame.text(name + "_ns").isEmpty()) {
                built.append(words(name)).append(' ').append(HumanUnits.duration(frame.number(name + "_ns")))
                    .append(", ");
            }
        }
        return built.append("of ").append(frame.number("batch_frames")).append(" frames on worker ")
            .append(frame.number("worker")).toString();
    }

    private static String words(final String label) {
        return PrintableText.of(label.replace('_', ' '));
    }

    private String bold(final String part) {
        return colour ? "\u001b[1m" + part + "\u001b[0m" : part;
    }

    private void line(final String line) {
        text.append(line).append('\n');
    }
}
