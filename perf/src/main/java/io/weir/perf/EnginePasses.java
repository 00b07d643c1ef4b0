package io.weir.perf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures passes over a trace: {@code EnginePasses MODE TRACE [WORKERS]}, see {@link Pass} for the modes.
 *
 * <p>A figure is frames divided by the CPU time, user and system, of every thread of the process. Each pass uses a
 * fresh engine in the same JVM; after {@link #WARM_UP} of them, passes go on until three in a row agree within 5 %.
 * They may agree before that as well, while the compiler still works. The first is cold: it pays for the compiler.
 */
public final class EnginePasses {
    private static final int WARM_UP = 10;
    private static final int AGREEING = 3;
    private static final double AGREEMENT = 0.05;
    private static final int MAX_PASSES = WARM_UP + 25;
    private static final long MAX_NS = 120_000_000_000L;

    private final List<Double> figures = new ArrayList<>();

    private EnginePasses() {
    }

    /** Runs the passes and prints one line for each and one for the result. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("usage: EnginePasses " + Pass.NAMES + " TRACE [WORKERS]");
            System.exit(2);
        }
        final int workers = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 1;
        new EnginePasses().measure(arguments[0], Path.of(arguments[1]), workers);
    }

    private void measure(final String mode, final Path trace, final int workers) throws Exception {
        final long deadlineNs = System.nanoTime() + MAX_NS;
        long frames = 0;
        while (!agree() && figures.size() < MAX_PASSES && System.nanoTime() < deadlineNs) {
            final Measured pass =
                Measured.of(Pass.named(mode), trace, workers, figures.isEmpty() ? 0 : Measured.LEAST_NS);
            frames = pass.frames();
            final double perCpuSecond = pass.perCpuSecond();
            figures.add(perCpuSecond);
            System.out.printf(Locale.ROOT, "  pass %2d: %6.2f M frames per CPU-second, %.2f s CPU, %.2f s wall%n",
                figures.size(), perCpuSecond / 1e6, pass.cpuNs() / 1e9, pass.wallNs() / 1e9);
        }
        System.out.printf(Locale.ROOT,
            "weir %-7s %-14s %d worker%s: %6.2f M frames per CPU-second; cold first pass %.2f M; %d frames; %s%n",
            mode, trace.getFileName(), workers, workers == 1 ? "" : "s", newest() / 1e6, figures.get(0) / 1e6, frames,
            agree() ? "3 passes within 5 %" : "PASSES DO NOT AGREE within 5 %: the machine is busy");
    }

    private boolean agree() {
        if (figures.size() < WARM_UP + AGREEING) {
            return false;
        }
        final List<Double> last = figures.subList(figures.size() - AGREEING, figures.size());
        final double least = last.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        final double most = last.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return most - least <= AGREEMENT * most;
    }

    /** Median of the newest passes. */
    private double newest() {
        final List<Double> last = figures.subList(Math.max(0, figures.size() - AGREEING), figures.size());
        return last.stream().sorted().skip(last.size() / 2).findFirst().orElse(0.0);
    }
}
