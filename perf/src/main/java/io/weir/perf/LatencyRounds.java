package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.engine.EngineContext;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what measuring costs: {@code LatencyRounds TRACE [ROUNDS]}.
 *
 * <p>Rounds go over an engine without latencies, with them, and with pauses beside them, both written to a log. They
 * are short and many, because the machine's speed changes from second to second more than what is measured here. A
 * figure is the median of the rounds; so is a ratio, which is taken within each round. Beside it stand quartiles, and
 * between which rounds the median lies with a probability of 95 %.
 */
public final class LatencyRounds {
    private static final int ROUNDS = 101;
    /** Of a binomial distribution, which is that of the rounds below the median: 95 % of it lie within so many. */
    private static final double DEVIATIONS = 1.96;
    private static final int WARM_UP = 5;

    private LatencyRounds() {
    }

    /** Runs the rounds and prints one line for each kind. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: LatencyRounds TRACE [ROUNDS]");
            System.exit(2);
        }
        final Path trace = Path.of(arguments[0]);
        final int rounds = arguments.length == 2 ? Integer.parseInt(arguments[1]) : ROUNDS;
        final String[] names = {"no latencies", "latencies", "latencies and pauses"};
        final Pass[] passes = {pass(false, false), pass(true, false), pass(true, true)};
        final double[][] nsPerFrame = new double[passes.length][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < passes.length; i++) {
                // Not always in the same order: what runs behind another has its caches.
                final int kind = Math.floorMod(i + round, passes.length);
                final double perCpuSecond = Measured.of(passes[kind], trace, 1, 0).perCpuSecond();
                if (round >= 0) {
                    nsPerFrame[kind][round] = 1e9 / perCpuSecond;
                }
            }
        }
        for (int i = 0; i < passes.length; i++) {
            final double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = nsPerFrame[i][round] / nsPerFrame[0][round];
            }
            System.out.printf(Locale.ROOT, "weir latency %-14s %-20s %6.1f ns of CPU per frame; %.3f of none,"
                    + " 95 %% certain from %.3f to %.3f; half of the rounds from %.3f to %.3f%n", trace.getFileName(),
                names[i], quantile(nsPerFrame[i], 0.5), quantile(ratios, 0.5),
                quantile(ratios, 0.5 - DEVIATIONS / 2 / Math.sqrt(rounds)),
                quantile(ratios, 0.5 + DEVIATIONS / 2 / Math.sqrt(rounds)), quantile(ratios, 0.25),
                quantile(ratios, 0.75));
        }
    }

    private static double quantile(final double[] values, final double share) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round((sorted.length - 1) * Math.max(0, Math.min(1, share)))];
    }

    private static Pass pass(final boolean latency, final boolean pauses) {
        return (trace, workers) -> run(latency, pauses, trace, workers);
    }

    private static long run(final boolean latency, final boolean pauses, final Path trace, final int workers)
        throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("weir-perf");
        final Path log = directory.resolve("latency.hlog");
        try (FileSource source = FileSource.open(FileTrace.of(List.of(trace)), FileSource.DEFAULT_BLOCKS)) {
            return EnginePass.run(new EngineContext().source(source).workers(workers).latency(latency).pauses(pauses)
                .latencyLog(log).applications(ApplicationTable.standard())).count(Counter.FRAMES_PROCESSED);
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(directory.resolve("latency-worst.jsonl"));
            Files.deleteIfExists(directory);
        }
    }
}
