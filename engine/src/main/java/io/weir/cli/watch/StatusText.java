package io.weir.cli.watch;

import io.weir.base.Counter;
import io.weir.monitor.StatusTree;
import io.weir.output.HumanUnits;
import io.weir.output.PrintableText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A status on lines, for people: what {@code weir stat} prints. Nothing in it steers a terminal but its colours. */
final class StatusText {
    static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final int ROWS = 10;
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";

    private final StringBuilder text = new StringBuilder(4_096);
    private final boolean colour;

    private StatusText(final boolean colour) {
        this.colour = colour;
    }

    /** The lines, with colour if wanted. */
    static String of(final StatusTree status, final boolean colour) {
        final StatusText made = new StatusText(colour);
        made.head(status);
        made.traffic("protocol", status.rows("protocols"));
        made.traffic("application", status.rows("applications"));
        made.talkers(status.rows("talkers"));
        made.listed("newest alerts", status.rows("alerts"), StatusText::alert);
        made.listed("newest elephants", status.rows("elephants"), StatusText::elephant);
        made.latencies(status.rows("latencies"));
        made.pauses(status.rows("pauses"));
        made.listed("slowest frames of the last minute", status.rows("slowest"), StatusText::slow);
        made.workers(status);
        made.counters(status.in("counters"));
        made.faults(status.rows("faults"));
        return made.text.toString();
    }

    /** Process, interfaces and age on one line. */
    static String title(final StatusTree status) {
        return PrintableText.of("weir " + status.number("pid")
            + (status.texts("interfaces").isEmpty() ? "" : " on " + String.join(", ", status.texts("interfaces")))
            + ", up " + HumanUnits.duration(status.number("uptime_ns")));
    }

    /** Throughput and flows on one line. */
    static String rates(final StatusTree status) {
        final StatusTree rates = status.in("rates");
        return HumanUnits.large(rates.real("frames")) + " frames/s  " + HumanUnits.large(rates.real("bits"))
            + "bit/s  " + HumanUnits.count(status.in("flows").number("live")) + " flows  "
            + HumanUnits.large(rates.real("flows")) + " new/s  " + HumanUnits.large(rates.real("transactions"))
            + " transactions/s  " + HumanUnits.large(rates.real("alerts")) + " alerts/s";
    }

    private void head(final StatusTree status) {
        line(paint(BOLD, title(status)) + paint(DIM, "  as of " + TIME.format(
            Instant.ofEpochMilli(status.number("time_ms")))));
        line("  " + rates(status));
        final StatusTree ledger = status.in("ledger");
        line("  processed " + HumanUnits.count(ledger.number("processed")) + ", dropped "
            + HumanUnits.count(ledger.number("dropped")));
        for (final StatusTree drop : status.rows("drops")) {
            if (drop.number("frames") > 0) {
                line("  " + paint(RED, pad(HumanUnits.count(drop.number("frames")), 14)) + "  "
                    + PrintableText.of(drop.text("reason"))
                    + paint(DIM, "  " + PrintableText.of(drop.text("what"))));
            }
        }
        beside("interface", "counted as dropped by the interface", status.in("beside").number("interface"));
        beside("softnet", "dropped in the machine's softnet backlogs", status.in("beside").number("softnet"));
    }

    private void beside(final String where, final String what, final long dropped) {
        if (dropped > 0) {
            line("  " + pad(HumanUnits.count(dropped), 14) + "  " + where + paint(DIM, "  " + what));
        }
    }

    private void traffic(final String kind, final List<StatusTree> rows) {
        final List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {kind, "bit/s", "frames/s", "bytes in all"});
        for (final StatusTree row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            lines.add(new String[] {row.text("name"), HumanUnits.large(row.real("bits")),
                HumanUnits.large(row.real("frames")), HumanUnits.bytes(row.number("bytes_total"))});
        }
        table(lines);
    }

    private void talkers(final List<StatusTree> rows) {
        final List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"address", "sends bit/s", "gets bit/s", "frames/s"});
        for (final StatusTree row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            lines.add(new String[] {row.text("address"), HumanUnits.large(row.real("sent_bits")),
                HumanUnits.large(row.real("received_bits")), HumanUnits.large(row.real("frames"))});
        }
        table(lines);
    }

    private void listed(final String title, final List<StatusTree> rows, final Function<StatusTree, String> text) {
        if (!rows.isEmpty()) {
            line("");
            line("  " + paint(BOLD, title));
        }
        for (final StatusTree row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            line("  " + text.apply(row));
        }
    }

    /** An alert on one line. */
    static String alert(final StatusTree row) {
        return PrintableText.of(time(row) + "  " + row.text("rule") + "  " + row.text("message") + "  " + flow(row)
            + (row.text("subject").isEmpty() ? "" : "  " + row.text("subject")));
    }

    /** A flow with a large share of the traffic, on one line. */
    static String elephant(final StatusTree row) {
        return PrintableText.of(time(row) + "  " + flow(row));
    }

    /** A slow frame on one line: when, how long, what took longest of that, and what it was. */
    static String slow(final StatusTree row) {
        return PrintableText.of(time(row) + pad(HumanUnits.duration(row.number("ns")), 10) + ", "
            + HumanUnits.duration(row.number("part_ns")) + " of it " + row.text("part") + "  worker "
            + row.number("worker") + ", " + row.number("length") + " bytes " + row.text("protocol")
            + (row.text("source").isEmpty() ? "" : "  " + row.text("source") + " > " + row.text("destination")));
    }

    private static String time(final StatusTree row) {
        return TIME.format(Instant.ofEpochMilli(row.number("time_ms")));
    }

    private static String flow(final StatusTree row) {
        return row.text("source") + " > " + row.text("destination") + "  " + row.text("protocol");
    }

    /** The longest pause of each kind in the last interval, on one line. */
    static String pauses(final StatusTree status) {
        return status.rows("pauses").stream().filter(row -> row.in("recent").number("count") > 0)
            .map(row -> row.text("kind").replace('_', ' ') + " " + figure(row.in("recent"), "max"))
            .collect(Collectors.joining("  "));
    }

    private void latencies(final List<StatusTree> rows) {
        final List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"latency", "p50", "p99", "p99.9", "max", "last interval: p50", "p99"});
        for (final StatusTree row : rows) {
            final StatusTree total = row.in("total");
            final StatusTree recent = row.in("recent");
            lines.add(new String[] {row.text("stage").replace('_', ' '), HumanUnits.duration(total.number("p50")),
                HumanUnits.duration(total.number("p99")), HumanUnits.duration(total.number("p99.9")),
                HumanUnits.duration(total.number("max")), figure(recent, "p50"), figure(recent, "p99")});
        }
        table(lines);
    }

    /** A duration out of an interval, if there was any. */
    static String figure(final StatusTree figures, final String name) {
        return figures.number("count") == 0 ? "-" : HumanUnits.duration(figures.number(name));
    }

    private void pauses(final List<StatusTree> rows) {
        final List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"pause", "count", "p99", "max", "last interval: count", "max"});
        for (final StatusTree row : rows) {
            final StatusTree total = row.in("total");
            final StatusTree recent = row.in("recent");
            lines.add(new String[] {row.text("kind").replace('_', ' '), HumanUnits.count(total.number("count")),
                HumanUnits.duration(total.number("p99")), HumanUnits.duration(total.number("max")),
                HumanUnits.count(recent.number("count")), figure(recent, "max")});
        }
        table(lines);
    }

    private void workers(final StatusTree status) {
        final List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"worker", "busy", "frames/s", "bit/s", "flows", "waiting", "passed late"});
        int number = 0;
        for (final StatusTree row : status.rows("workers")) {
            lines.add(new String[] {Integer.toString(number++), percent(row.real("busy")),
                HumanUnits.large(row.real("frames")), HumanUnits.large(row.real("bits")),
                HumanUnits.count(row.number("flows")), HumanUnits.count(row.number("waiting")),
                HumanUnits.count(row.number("late_total"))});
        }
        table(lines);
        final List<String[]> threads = new ArrayList<>();
        threads.add(new String[] {"thread", "of a CPU", "CPU in all"});
        for (final StatusTree row : status.rows("threads")) {
            threads.add(new String[] {row.text("name"), percent(row.real("cpu")),
                HumanUnits.duration(row.number("cpu_ns"))});
        }
        table(threads);
    }

    static String percent(final double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private void counters(final StatusTree counters) {
        final Map<String, Counter> known = new HashMap<>();
        for (final Counter counter : Counter.values()) {
            known.put(counter.label(), counter);
        }
        line("");
        line("  " + paint(BOLD, "counters that are not 0"));
        for (final String name : counters.names()) {
            if (counters.number(name) != 0) {
                line("  " + pad(HumanUnits.count(counters.number(name)), 20) + "  " + PrintableText.of(name)
                    + (known.containsKey(name) ? paint(DIM, "  " + known.get(name).sentence()) : ""));
            }
        }
    }

    private void faults(final List<StatusTree> rows) {
        if (!rows.isEmpty()) {
            line("");
            line("  " + paint(BOLD, "faults that were survived"));
        }
        for (final StatusTree row : rows) {
            line("  " + paint(RED, HumanUnits.count(row.number("count")) + " times") + ", last at "
                + TIME.format(Instant.ofEpochMilli(row.number("last_ms"))));
            row.text("what").lines().forEach(fault ->
                line("    " + PrintableText.of(fault.replace('\t', ' '))));
        }
    }

    /** Rows with the first column to the left, the others to the right; left out if there is only a head. */
    private void table(final List<String[]> rows) {
        if (rows.size() < 2) {
            return;
        }
        final int[] widths = new int[rows.get(0).length];
        for (final String[] row : rows) {
            row[0] = PrintableText.of(row[0]);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        line("");
        for (int number = 0; number < rows.size(); number++) {
            final String[] row = rows.get(number);
            final StringBuilder built = new StringBuilder("  ").append(row[0])
                .append(" ".repeat(Math.max(20, widths[0]) - row[0].length()));
            for (int i = 1; i < widths.length; i++) {
                built.append("  ").append(pad(row[i], Math.max(widths[i], 9)));
            }
            line(number == 0 ? paint(BOLD, built.toString()) : built.toString());
        }
    }

    private static String pad(final String value, final int width) {
        return " ".repeat(Math.max(0, width - value.length())) + value;
    }

    private String paint(final String code, final String painted) {
        return colour ? "\u001b[" + code + "m" + painted + "\u001b[0m" : painted;
    }

    private void line(final String line) {
        text.append(line).append('\n');
    }
}
