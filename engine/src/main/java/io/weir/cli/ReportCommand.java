package io.weir.cli;

import io.weir.output.LatencyWorstFile;
import io.weir.output.PrintableText;
import io.weir.report.IntervalLog;
import io.weir.report.Report;
import io.weir.report.ReportJson;
import io.weir.report.ReportPlot;
import io.weir.report.ReportText;
import io.weir.report.WorstLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir report}: what a latency log says. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    header = "Show latencies of a run, and whose fault its tail is.",
    description = {
        "",
        "Reads an interval log as 'weir run' and 'weir read' write it, or any other in HdrHistogram's format, and what "
            + "lies beside it in FILE-worst.jsonl: percentiles of each stage, pauses of the JVM, the machine and the "
            + "scheduler, what coincided with the worst intervals, and the slowest frames.",
        ""
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir report out/latency.hlog",
        "  weir report out/latency.hlog --svg latency.svg        and a plot",
        "  weir report out/latency.hlog --stage work --from 10 --to 20",
        "  weir report out/latency.hlog --to 30 --late 20        frames of the first 30 s that took over 20 ms",
        "  weir report out/latency.hlog --json | jq .worst_intervals"
    })
final class ReportCommand implements Callable<Integer> {
    private static final double MOST_LATE_MS = 60_000;
    private static final double NS_PER_MS = 1e6;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Interval log, as DIR/latency.hlog.")
    private Path file;

    @Option(names = "--svg", paramLabel = "OUT", description = "Write a plot to this file as well.")
    private Path svg;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--stage", paramLabel = "STAGE",
        description = "Only this stage, and whose fault its tail is; default arrival_to_verdict for the latter.")
    private String stage;

    @Option(names = "--from", paramLabel = "SECONDS", defaultValue = "0",
        description = "Leave out what was before, in seconds since the start of the log.")
    private double from;

    @Option(names = "--to", paramLabel = "SECONDS", defaultValue = "Infinity",
        description = "Leave out what was after.")
    private double to;

    @Option(names = "--late", paramLabel = "MS",
        description = "Count how many took longer than so many milliseconds, in the stage whose tail is judged.")
    private double lateMs;

    @Override
    public Integer call() throws IOException {
        if (!(from >= 0 && from < to)) {
            throw CommandException.usage("--from " + from + " --to " + to + ": seconds since the start of the log, the "
                + "first less than the second");
        }
        if (!(lateMs >= 0 && lateMs <= MOST_LATE_MS)) {
            throw CommandException.usage("--late " + lateMs + ": milliseconds, up to a minute");
        }
        if (Files.isDirectory(file)) {
            throw CommandException.usage(file + " is a directory; the log in it is " + file.resolve("latency.hlog"));
        }
        if (!Files.isReadable(file)) {
            throw CommandException.usage(file + (Files.exists(file) ? " cannot be read" : " does not exist"));
        }
        final IntervalLog log = IntervalLog.read(file, from, to);
        checkContent(log);
        final WorstLog worst = WorstLog.read(LatencyWorstFile.beside(file), log.startMs(), log.endMs());
        final Report report = new Report(file.toString(), log, worst, stage,
            Math.round(lateMs * NS_PER_MS));
        if (svg != null) {
            writePlot(report);
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.print(json ? ReportJson.of(report) + "\n" : ReportText.of(report, Terminal.wantsColour()));
        out.flush();
        return verdict(log, worst);
    }

    private void checkContent(final IntervalLog log) {
        if (log.histograms() == 0) {
            throw CommandException.usage(file + " has no histogram that can be read"
                + (log.damagedLines() == 0 ? "" : "; the first faulty line is " + log.firstDamagedLine()));
        }
        if (log.isEmpty()) {
            throw CommandException.usage(file + " has " + log.histograms() + " histograms, but none from " + from
                + " to " + to + " s");
        }
        final Set<String> stages = Report.stages(log);
        if (stage != null && !stages.contains(stage)) {
            throw CommandException.usage("--stage " + stage + ": " + file + " has "
                + String.join(", ", stages));
        }
    }

    private void writePlot(final Report report) {
        try {
            Files.writeString(svg, ReportPlot.of(report));
        } catch (final IOException e) {
            throw CommandException.usage("--svg " + svg + " cannot be written: " + e.getMessage());
        }
    }

    private int verdict(final IntervalLog log, final WorstLog worst) {
        final PrintWriter err = spec.commandLine().getErr();
        if (log.damagedLines() > 0) {
            err.println("weir: " + PrintableText.of(file.toString()) + ": " + log.damagedLines() + " of its lines, "
                + "the first at line " + log.firstDamagedLine() + ", cannot be read; " + log.histograms()
                + " histograms are whole");
        }
        if (worst.damagedLines() > 0) {
            err.println("weir: " + PrintableText.of(LatencyWorstFile.beside(file).toString()) + ": "
                + worst.damagedLines() + " of its lines cannot be read");
        }
        err.flush();
        return log.damagedLines() + worst.damagedLines() == 0 ? ExitStatus.DONE : ExitStatus.IMPAIRED;
    }
}
