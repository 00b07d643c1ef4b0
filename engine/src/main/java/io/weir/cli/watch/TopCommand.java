package io.weir.cli.watch;

import io.weir.cli.CommandException;
import io.weir.cli.ExitStatus;
import io.weir.cli.Terminal;
import io.weir.monitor.StatusReader;
import io.weir.monitor.StatusTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir top}: a running engine, drawn anew each second. */
@Command(
    name = "top",
    header = "Watch a running engine, as top(1) does processes.",
    description = {
        "",
        "Draws each second what 'weir stat' prints: throughput, protocols, applications, talkers, alerts, drops by "
            + "reason, latencies and load. The engine does not notice. Keys: o overview, p protocols, a applications, "
            + "t talkers, l latencies, pauses and slow frames, w load of workers and elephants, e alerts, d drops and "
            + "counters; s sorts by what passes now or has passed in all; q ends. Where the output is no terminal it "
            + "prints once.",
        ""
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir top                 the engine that runs",
        "  weir top eth0            the one on eth0; or its process, or its status file",
        "  weir top -n 1 | cat      once, without a terminal"
    })
public final class TopCommand implements Callable<Integer> {
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;
    private static final int LEAST_COLUMNS = 60;
    private static final int LEAST_ROWS = 10;
    private static final long INTERVAL_MS = 1_000;
    private static final int END_OF_INPUT = 4;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ENGINE", arity = "0..1", description = "Process, interface or status file.")
    private String engine;

    @Option(names = {"-n", "--count"}, paramLabel = "COUNT",
        description = "Print so many times, a second apart, as plain text, and end.")
    private Integer count;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count != null && count < 1) {
            throw CommandException.usage("-n " + count + ": must be 1 or more");
        }
        try (StatusReader reader = Engines.open(engine)) {
            if (count != null || !Terminal.isInteractive()) {
                return print(reader, count == null ? 1 : count);
            }
            return watch(reader);
        }
    }

    private int print(final StatusReader reader, final int times) throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final TopView view = new TopView(Screen.takesUnicode(System.getenv()));
        for (int i = 0; i < times; i++) {
            if (i > 0) {
                Thread.sleep(INTERVAL_MS);
                out.println();
            }
            out.print(view.draw(Engines.status(reader), TopView.Page.OVERVIEW, COLUMNS, ROWS).plain());
            out.flush();
        }
        return ended(reader) ? ExitStatus.IMPAIRED : ExitStatus.DONE;
    }

    private int watch(final StatusReader reader) throws IOException, InterruptedException {
        final boolean unicode = Screen.takesUnicode(System.getenv());
        final boolean colour = Terminal.wantsColour();
        final TopView view = new TopView(unicode);
        TopView.Page page = TopView.Page.OVERVIEW;
        try (Screen screen = new Screen(unicode)) {
            while (reader.isRunning()) {
                final StatusTree status = Engines.status(reader);
                final int[] size = screen.size();
                screen.show(view.draw(status, page, Math.max(LEAST_COLUMNS, size[0]), Math.max(LEAST_ROWS, size[1])),
                    colour);
                final int key = screen.key(INTERVAL_MS);
                if (key == 'q' || key == 'Q' || key == END_OF_INPUT) {
                    return ExitStatus.DONE;
                }
                if (key == 's') {
                    view.toggleSort();
                }
                page = TopView.Page.of(key) == null ? page : TopView.Page.of(key);
            }
        }
        ended(reader);
        return ExitStatus.DONE;
    }

    private boolean ended(final StatusReader reader) {
        if (reader.isRunning()) {
            return false;
        }
        spec.commandLine().getErr().println("weir: process " + reader.pid() + " has ended, or runs elsewhere");
        return true;
    }
}
