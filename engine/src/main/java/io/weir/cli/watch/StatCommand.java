package io.weir.cli.watch;

import io.weir.cli.ExitStatus;
import io.weir.cli.Terminal;
import io.weir.monitor.StatusReader;
import io.weir.monitor.StatusTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir stat}: what a running engine stands at. */
@Command(
    name = "stat",
    header = "Show what a running engine stands at.",
    description = {
        "",
        "Reads the status file that 'weir run' writes anew each second; the engine does not notice. Without ENGINE it "
            + "is the only one that runs. Traffic by protocol, application and address is of the last second, and "
            + "flows in progress count. Exit status 1 if the engine died and this is the last it said.",
        ""
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir stat                         the engine that runs",
        "  weir stat eth0                    the one on eth0, if there are several; or its process",
        "  weir stat --json | jq .rates      for programs",
        "  weir stat /run/weir/4711.status   its status file; also of an engine that was killed"
    })
public final class StatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ENGINE", arity = "0..1", description = "Process, interface or status file.")
    private String engine;

    @Option(names = "--json", description = "Print one JSON object on one line.")
    private boolean json;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        try (StatusReader reader = Engines.open(engine)) {
            final byte[] snapshot = Engines.snapshot(reader);
            if (json) {
                out.println(new String(snapshot, StandardCharsets.US_ASCII));
            } else {
                out.print(StatusText.of(StatusTree.parse(snapshot), Terminal.wantsColour()));
            }
            out.flush();
            if (reader.isRunning()) {
                return ExitStatus.DONE;
            }
            spec.commandLine().getErr().println("weir: process " + reader.pid() + " does not run any more, or not on "
                + "this machine; this is the last it said");
            return ExitStatus.IMPAIRED;
        }
    }
}
