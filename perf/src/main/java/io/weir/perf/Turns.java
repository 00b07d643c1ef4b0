package io.weir.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares builds: {@code Turns MODE TRACE ROUNDS CLASSPATH...}. A JVM for each class path is warmed up, then they take
 * turns pass by pass, so that what the machine does meanwhile falls on all of them alike. Prints the CPU time of a
 * frame and the ratio of the first build's to it, which is above 1 where a build is cheaper; medians and quartiles.
 *
 * <p>The JVMs get the flags of this one.
 */
public final class Turns {
    private static final int WARM_UP = 15;

    private final List<Build> builds = new ArrayList<>();

    private Turns() {
    }

    /** Runs the rounds. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4) {
            System.err.println("usage: Turns " + Pass.NAMES + " TRACE ROUNDS CLASSPATH...");
            System.exit(2);
        }
        final Turns turns = new Turns();
        try {
            for (int i = 3; i < arguments.length; i++) {
                turns.builds.add(new Build(arguments[i], arguments[0], Path.of(arguments[1])));
            }
            turns.run(Integer.parseInt(arguments[2]));
        } finally {
            for (final Build build : turns.builds) {
                build.end();
            }
        }
    }

    private void run(final int rounds) throws IOException {
        for (final Build build : builds) {
            for (int i = 0; i < WARM_UP; i++) {
                build.pass();
            }
        }
        final double[][] frameNs = new double[builds.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < builds.size(); i++) {
                // every second round the other way round: the one behind another always meets the same caches
                final int build = round % 2 == 0 ? i : builds.size() - 1 - i;
                frameNs[build][round] = builds.get(build).pass();
            }
        }
        for (int build = 0; build < builds.size(); build++) {
            final double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = frameNs[0][round] / frameNs[build][round];
            }
            final double[] ns = quartiles(frameNs[build]);
            final double[] ratio = quartiles(ratios);
            System.out.printf(Locale.ROOT,
                "build %d: %.0f ns of CPU a frame (%.0f to %.0f), ratio of the first to it %.3f (%.3f to %.3f)%n",
                build + 1, ns[1], ns[0], ns[2], ratio[1], ratio[0], ratio[2]);
        }
    }

    private static double[] quartiles(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new double[] {sorted[sorted.length / 4], sorted[sorted.length / 2], sorted[sorted.length * 3 / 4]};
    }

    /** A JVM that makes a pass when asked. */
    private static final class Build {
        private final Process process;
        private final Writer ask;
        private final BufferedReader answer;

        Build(final String classPath, final String mode, final Path trace) throws IOException {
            final List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", classPath, TurnPasses.class.getName(), mode, trace.toString()));
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            ask = process.outputWriter();
            answer = process.inputReader();
        }

        /** CPU time of a frame, in ns. */
        double pass() throws IOException {
            ask.write("\n");
            ask.flush();
            final String line = answer.readLine();
            if (line == null) {
                throw new IOException("a build ended: does it have " + TurnPasses.class.getName() + "?");
            }
            final int space = line.indexOf(' ');
            return Double.parseDouble(line.substring(space + 1)) / Double.parseDouble(line.substring(0, space));
        }

        void end() throws IOException, InterruptedException {
            ask.close();
            process.waitFor();
        }
    }
}
