package io.weir.cli;

import io.weir.output.PrintableText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules reload}: asks a running engine to load its rule files again. */
@Command(
    name = "reload",
    header = "Let a running engine load its rule files again.",
    description = {
        "",
        "Sends SIGHUP. The engine compiles the rules beside those in force, swaps them between two batches of "
            + "frames, and says on its standard error what it has loaded; rules that cannot be used change "
            + "nothing.",
        ""
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sudo weir rules reload 4711"})
final class RulesReloadCommand implements Callable<Integer> {
    private static final long PATIENCE_S = 10;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", description = "Process of the engine.")
    private long pid;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Optional<ProcessHandle> engine = ProcessHandle.of(pid);
        if (engine.isEmpty()) {
            throw CommandException.usage("no process " + pid);
        }
        // SIGHUP ends most other programs: better to look twice
        final String command = engine.get().info().commandLine().orElse("");
        if (!command.contains("weir") || !command.contains(" run")) {
            throw CommandException.usage("process " + pid + " is no running engine of weir"
                + (command.isEmpty() ? "" : ": " + PrintableText.of(command)));
        }
        final Process kill = signal().inheritIO().start();
        if (!kill.waitFor(PATIENCE_S, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw CommandException.device("process " + pid + " cannot be signalled; try again with sudo");
        }
        spec.commandLine().getOut().println("asked process " + pid + " to load its rules again");
        return ExitStatus.DONE;
    }

    /** Of the shell: a small system has no program of that name. */
    private ProcessBuilder signal() {
        return new ProcessBuilder(List.of("sh", "-c", "kill -HUP \"$0\"", Long.toString(pid)));
    }
}
