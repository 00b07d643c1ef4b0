package io.weir.cli;

import io.weir.cli.demo.DemoCapture;
import io.weir.cli.demo.DemoRun;
import io.weir.cli.demo.VirtualWire;
import io.weir.output.PrintableText;
import io.weir.output.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir demo}: the whole engine live, without a network. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
        "Show the whole engine live, without a network.",
        "",
        "Makes a virtual wire in a network namespace of its own, replays made-up traffic onto one end, captures and"
            + " inspects it at the other, and shows the flow records. Without the privilege for that, it says so and"
            + " reads the same traffic as a file."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir demo                        about ten seconds; nothing outside the namespace is touched",
        "  weir demo --save demo.pcapng     only write the traffic to a new capture file"
    })
public final class DemoCommand implements Callable<Integer> {
    private static final long GRACE_SECONDS = 8;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR",
        description = "Directory for the records (default: a new one for temporary files).")
    private Path output;

    @Option(names = "--save", paramLabel = "FILE", description = "Write the traffic to this new pcapng file and end.")
    private Path save;

    /** Set by this command when it starts itself again inside the namespace. */
    @Option(names = "--on-wire", hidden = true)
    private boolean onWire;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        if (save != null) {
            final int frames = DemoCapture.write(save);
            out.println(frames + " frames written to " + PrintableText.of(save.toString()));
            out.flush();
            return ExitStatus.DONE;
        }
        final Path directory =
            output == null ? Files.createTempDirectory("weir-demo-") : Files.createDirectories(output);
        if (onWire) {
            return inspect(directory, true);
        }
        out.println("weir demo: a virtual wire, made-up traffic, and the whole engine in between");
        out.flush();
        final List<String> privateNetwork = VirtualWire.privateNetwork();
        if (privateNetwork.isEmpty()) {
            spec.commandLine().getErr().println("weir: no virtual wire can be made here (that takes iproute2, and root"
                + " or user namespaces); reading the same traffic as a file instead");
            spec.commandLine().getErr().flush();
            return inspect(directory, false);
        }
        return again(privateNetwork, directory);
    }

    private int inspect(final Path directory, final boolean live) throws IOException, InterruptedException {
        final boolean colour = Terminal.wantsColour();
        final DemoRun run =
            new DemoRun(spec.commandLine().getOut(), colour, colour && Terminal.showsProgress(), directory);
        final CountDownLatch shown = new CountDownLatch(1);
        final Thread interrupted = new Thread(() -> {
            run.stop();
            awaitQuietly(shown);
        }, "weir-demo-interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            final Summary summary = live ? run.live() : run.fromFile();
            run.show(summary);
            return summary.isImpaired() ? ExitStatus.IMPAIRED : ExitStatus.DONE;
        } finally {
            shown.countDown();
        }
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the same Java with the same flags inside a private network namespace and passes its status on. */
    private static int again(final List<String> privateNetwork, final Path directory)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(privateNetwork);
        command.add(ProcessHandle.current().info().command()
            .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Weir.class.getName(), "demo", "--on-wire",
            "-o", directory.toString()));
        final Process child = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child), "weir-demo-end"));
        return child.waitFor();
    }

    /** A signal ends the child too, which then shows what it has; the wire goes with it. */
    private static void end(final Process child) {
        child.destroy();
        try {
            if (!child.waitFor(GRACE_SECONDS + 2, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
