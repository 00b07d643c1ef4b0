package io.weir.output;

import io.weir.base.Counter;
import io.weir.rule.detect.RuleCost;
import io.weir.rule.model.Rule;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import io.weir.stats.Ledger;
import io.weir.stats.Pause;
import io.weir.stats.PauseTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The end of a run as a table for people. */
public final class SummaryTable {
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    /** Rules that are shown for what they cost. */
    private static final int DEAREST_RULES = 5;
    /** Rules that are shown at most. */
    private static final int MOST_RULES = 20;
    private static final int LONGEST_TITLE = 60;
    private static final long LEAST_PAUSE_NS = 500_000;

    private final StringBuilder text = new StringBuilder(2_048);
    private final boolean colour;

    private SummaryTable(final boolean colour) {
        this.colour = colour;
    }

    /** The summary on several lines, with colour if the terminal wants it. */
    public static String of(final Summary summary, final boolean colour) {
        final SummaryTable table = new SummaryTable(colour);
        table.head(summary);
        table.protocols(summary);
        table.applications(summary);
        table.streams(summary);
        table.anomalies(summary.anomalies());
        table.rules(summary);
        table.latencies(summary.latency());
        table.drops(summary);
        table.ledger(summary.ledger());
        return table.text.toString();
    }

    private void head(final Summary summary) {
        line(paint(BOLD, HumanUnits.count(summary.frames()) + " frames, " + HumanUnits.bytes(summary.bytes()) + ", "
            + HumanUnits.count(summary.flows().flows()) + " flows in "
            + HumanUnits.duration(summary.elapsedNs())) + paint(DIM, "  (" + HumanUnits.duration(summary.cpuNs())
            + " CPU, " + HumanUnits.large(summary.framesPerCpuSecond()) + " frames per CPU second)"));
    }

    private void protocols(final Summary summary) {
        final List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"protocol", "flows", "frames", "bytes", "share"});
        rows(summary.flows().rows(), summary, rows);
        final long without = summary.frames() - summary.flows().frames();
        final long bytesWithout = summary.bytes() - summary.flows().bytes();
        if (without > 0) {
            rows.add(new String[] {"no flow", "", HumanUnits.count(without), HumanUnits.bytes(bytesWithout),
                HumanUnits.share(bytesWithout, summary.bytes())});
        }
        table(rows);
    }

    private void applications(final Summary summary) {
        final List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"application", "flows", "frames", "bytes", "share"});
        rows(summary.flows().applications(), summary, rows);
        table(rows);
    }

    private static void rows(final List<FlowTotals.Row> totals, final Summary summary, final List<String[]> rows) {
        for (final FlowTotals.Row row : totals) {
            rows.add(new String[] {row.name(), HumanUnits.count(row.flows()), HumanUnits.count(row.frames()),
                HumanUnits.bytes(row.bytes()), HumanUnits.share(row.bytes(), summary.bytes())});
        }
    }

    private void streams(final Summary summary) {
        if (summary.count(Counter.TCP_CONNECTIONS) > 0) {
            line("");
            line("  TCP streams  " + HumanUnits.bytes(summary.count(Counter.TCP_BYTES_DELIVERED)) + " of "
                + HumanUnits.count(summary.count(Counter.TCP_CONNECTIONS)) + " connections, "
                + HumanUnits.count(summary.count(Counter.TCP_GAPS)) + " gaps"
                + (summary.count(Counter.TCP_GAPS) == 0 ? ""
                    : " with " + HumanUnits.bytes(summary.count(Counter.TCP_GAP_BYTES))));
        }
        if (summary.count(Counter.IP_FRAGMENTS) > 0) {
            line("");
            line("  IP fragments  " + HumanUnits.count(summary.count(Counter.IP_FRAGMENTS)) + ", "
                + HumanUnits.count(summary.count(Counter.IP_DATAGRAMS_REBUILT)) + " datagrams put together");
        }
    }

    private void anomalies(final AnomalyTotals anomalies) {
        final List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"anomaly", "count"});
        for (final AnomalyTotals.Row row : anomalies.rows()) {
            rows.add(new String[] {row.anomaly().eventName(), HumanUnits.count(row.count())});
        }
        table(rows);
    }

    /** Rules that matched, and those that cost most. */
    private void rules(final Summary summary) {
        final List<RuleCost> costs = summary.rules();
        final List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"rule", "matches", "asked", "time", "each"});
        for (int i = 0; i < costs.size(); i++) {
            final RuleCost cost = costs.get(i);
            if (i < DEAREST_RULES || cost.matches() > 0 && rows.size() <= MOST_RULES) {
                final boolean timed = cost.samples() > 0;
                rows.add(new String[] {title(cost.rule()), HumanUnits.count(cost.matches()),
                    HumanUnits.count(cost.candidates()), timed ? HumanUnits.duration(cost.totalNs()) : "-",
                    timed ? HumanUnits.duration(cost.meanNs()) : "-"});
            }
        }
        table(rows);
        if (!costs.isEmpty()) {
            line("");
            line("  " + HumanUnits.count(summary.count(Counter.ALERTS)) + " alerts, "
                + HumanUnits.count(summary.count(Counter.ALERTS_WITHHELD)) + " matches withheld by thresholds");
        }
    }

    private static String title(final Rule rule) {
        final String text = PrintableText.of(rule.id() + "  " + rule.metadata().message());
        return text.length() <= LONGEST_TITLE ? text : text.substring(0, LONGEST_TITLE - 3) + "...";
    }

    private void latencies(final LatencyTotals latency) {
        final List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"latency", "p50", "p99", "p99.9", "max"});
        for (final LatencyStage stage : LatencyStage.values()) {
            if (latency.count(stage) > 0) {
                rows.add(new String[] {stage.label().replace('_', ' '),
                    HumanUnits.duration(latency.percentile(stage, 50)),
                    HumanUnits.duration(latency.percentile(stage, 99)),
                    HumanUnits.duration(latency.percentile(stage, 99.9)),
                    HumanUnits.duration(latency.max(stage))});
            }
        }
        table(rows);
        pauses(latency.pauses());
    }

    /** Pauses that were long enough to be seen in a latency. */
    private void pauses(final PauseTotals pauses) {
        final List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"pause", "count", "p99", "max", "sum"});
        for (final Pause kind : Pause.values()) {
            if (pauses.max(kind) >= LEAST_PAUSE_NS) {
                rows.add(new String[] {kind.label().replace('_', ' '), HumanUnits.count(pauses.count(kind)),
                    HumanUnits.duration(pauses.percentile(kind, 99)), HumanUnits.duration(pauses.max(kind)),
                    HumanUnits.duration(pauses.sumNs(kind))});
            }
        }
        table(rows);
    }

    private void drops(final Summary summary) {
        if (summary.ledger().dropped() > 0) {
            line("");
            line("  " + paint(BOLD, "dropped"));
            for (final Counter counter : Counter.values()) {
                final long count = summary.counters().get(counter);
                if (counter.kind() == Counter.Kind.DROP && count > 0) {
                    line("  " + paint(RED, pad(HumanUnits.count(count), 14)) + "  "
                        + counter.label() + paint(DIM, "  " + counter.sentence()));
                }
            }
        }
        beside("interface", "counted as dropped by the interface: frames no protocol wanted are among them",
            summary.capture().interfaceDropped);
        beside("softnet", "dropped in the machine's softnet backlogs", summary.capture().softnetDropped);
    }

    /** What stands beside the ledger: counted outside the socket. */
    private void beside(final String where, final String what, final long dropped) {
        if (dropped > 0) {
            line("  " + pad(HumanUnits.count(dropped), 14) + "  " + where + paint(DIM, "  " + what));
        }
    }

    private void ledger(final Ledger ledger) {
        line("");
        line("  ledger  received " + HumanUnits.count(ledger.received()) + " = processed "
            + HumanUnits.count(ledger.processed()) + " + dropped " + HumanUnits.count(ledger.dropped()) + "  "
            + (ledger.balanced() ? paint(GREEN, "balanced")
                : paint(RED, "DOES NOT BALANCE, " + HumanUnits.count(ledger.missing()) + " frames missing")));
    }

    /** Rows with the first column to the left, the others to the right; left out if there is only a head. */
    private void table(final List<String[]> rows) {
        if (rows.size() < 2) {
            return;
        }
        final int[] widths = new int[rows.get(0).length];
        for (final String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        widths[0] = Math.max(widths[0], 20);
        line("");
        for (final String[] row : rows) {
            final StringBuilder built = new StringBuilder("  ");
            built.append(row[0]).append(" ".repeat(widths[0] - row[0].length()));
            for (int i = 1; i < widths.length; i++) {
                built.append("  ").append(pad(row[i], Math.max(widths[i], 10)));
            }
            line(Arrays.equals(row, rows.get(0)) ? paint(BOLD, built.toString()) : built.toString());
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
