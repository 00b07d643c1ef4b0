package io.weir.perf;

import io.weir.perf.trace.TraceFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures reassembly on traces of one kind with more and more disorder:
 * {@code StreamRounds IN_ORDER LIGHT HEAVY [ROUNDS]}.
 *
 * <p>After two passes over each to warm up, rounds go over all of them in turn, so that whatever else the machine does
 * meets all alike. A figure is the median of the rounds; so is a ratio, which is taken within each round.
 */
public final class StreamRounds {
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 2;

    private StreamRounds() {
    }

    /** Runs the rounds and prints one line for each trace. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length < 3 || arguments.length > 4) {
            System.err.println("usage: StreamRounds IN_ORDER LIGHT HEAVY [ROUNDS]");
            System.exit(2);
        }
        final Path[] traces = Arrays.stream(arguments, 0, 3).map(Path::of).toArray(Path[]::new);
        final int rounds = arguments.length == 4 ? Integer.parseInt(arguments[3]) : ROUNDS;
        final double[][] figures = new double[traces.length][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < traces.length; i++) {
                final double figure =
                    Measured.of(new StreamsPass(), traces[i], 1, Measured.LEAST_NS).perCpuSecond();
                if (round >= 0) {
                    figures[i][round] = figure;
                }
            }
        }
        for (int i = 0; i < traces.length; i++) {
            report(traces[i], figures[i], figures[0]);
        }
    }

    private static void report(final Path trace, final double[] figures, final double[] inOrder) throws IOException {
        final TraceFacts facts = TraceFacts.of(trace);
        final double[] ratios = new double[figures.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figures[i] / inOrder[i];
        }
        final double frames = median(figures);
        System.out.printf(Locale.ROOT,
            "weir streams %-22s %6.2f M frames (%.2f to %.2f), %.2f M segments with data, %.2f GB of streams"
                + " per CPU-second; %.2f of in order;"
                + " payload %d bytes on average, %.0f %% of the frames only acknowledge%n",
            trace.getFileName(), frames / 1e6, Arrays.stream(figures).min().orElse(0) / 1e6,
            Arrays.stream(figures).max().orElse(0) / 1e6, frames * facts.segments() / facts.frames() / 1e6,
            frames * facts.streamBytes() / facts.frames() / 1e9, median(ratios),
            facts.streamBytes() / (facts.segments() - facts.repeats()), 100.0 * facts.acks() / facts.frames());
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
