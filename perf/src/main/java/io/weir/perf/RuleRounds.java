package io.weir.perf;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Measures what rules cost: {@code RuleRounds TRACE ROUNDS [SIGNATURES [alone]]}. The engine without rules and with
 * several sets of them, or with the signatures alone, goes over the trace in turn, in one JVM; a figure is the median
 * of the rounds, and so is the ratio to the engine without rules, which is taken within each round.
 */
public final class RuleRounds {
    private static final int WARM_UP = 2;
    private static final int REAL = 1_000;
    private static final int MANY = 17_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path trace;
    private final int rounds;
    private final List<Side> sides = new ArrayList<>();

    private RuleRounds(final Path trace, final int rounds) {
        this.trace = trace;
        this.rounds = rounds;
    }

    /** One set of rules. */
    private static final class Side {
        final String name;
        final RuleSet rules;
        final RulesPass pass;
        final double[] figures;
        final double[] ratios;

        Side(final String name, final RuleSet rules, final int rounds) {
            this.name = name;
            this.rules = rules;
            pass = new RulesPass(rules);
            figures = new double[rounds];
            ratios = new double[rounds];
        }
    }

    /** Runs the rounds and prints a line for each set. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length < 2 || arguments.length > 4) {
            System.err.println("usage: RuleRounds TRACE ROUNDS [SIGNATURES [alone]]");
            System.exit(2);
        }
        final RuleRounds rounds = new RuleRounds(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        rounds.sides.add(new Side("none", null, rounds.rounds));
        if (arguments.length > 2) {
            rounds.add("real signatures", () -> RulesPass.signatures(Path.of(arguments[2])));
        } else {
            System.out.println("no file of real signatures is named: the first thousand of the samples stand for them");
            rounds.add("sample signatures", () -> SignatureSamples.rules(REAL));
        }
        if (arguments.length < 4) {
            rounds.add("field rules", () -> FieldRuleSamples.rules(REAL));
            rounds.add("many signatures", () -> SignatureSamples.rules(MANY));
        }
        rounds.measure();
        rounds.report();
    }

    /** Loads and compiles a set, and says what that took. */
    private void add(final String name, final Supplier<List<Rule>> rules) {
        final long heapBefore = usedHeap();
        final long nativeBefore = NativeMemory.inUse();
        final long cpuBefore = THREADS.getCurrentThreadCpuTime();
        final long startNs = System.nanoTime();
        final List<Rule> loaded = rules.get();
        final long loadedNs = System.nanoTime();
        final RuleSet set = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.AUTO)).compile(loaded);
        final long compiledNs = System.nanoTime();
        final long cpuNs = THREADS.getCurrentThreadCpuTime() - cpuBefore;
        System.out.printf(Locale.ROOT, "rules %-18s %6d rules: %.2f s to load, %.2f s to compile, %.2f s of CPU;"
            + " %.0f MB of heap more"
            + " (%.0f estimated), %.0f MB of patterns, %.0f MB of native memory more; %d databases of %s%n", name,
            set.size(), (loadedNs - startNs) / 1e9, (compiledNs - loadedNs) / 1e9, cpuNs / 1e9,
            (usedHeap() - heapBefore) / 1e6, set.heapBytes() / 1e6, set.nativeBytes() / 1e6,
            (NativeMemory.inUse() - nativeBefore) / 1e6, set.databases().size(), set.library().description());
        sides.add(new Side(name, set, rounds));
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void measure() throws Exception {
        for (int round = -WARM_UP; round < rounds; round++) {
            for (final Side side : sides) {
                final double figure = Measured.of(side.pass, trace, 1, Measured.LEAST_NS).perCpuSecond();
                if (round >= 0) {
                    side.figures[round] = figure;
                    side.ratios[round] = sides.get(0).figures[round] / figure;
                }
            }
        }
    }

    private void report() {
        for (final Side side : sides) {
            System.out.printf(Locale.ROOT, "weir rules %-14s %-18s %5.2f M frames per CPU-second (%.2f to %.2f);"
                + " CPU time %.2f times that without rules (%.2f to %.2f); %d matches%n", trace.getFileName(),
                side.name, median(side.figures) / 1e6, Arrays.stream(side.figures).min().orElse(0) / 1e6,
                Arrays.stream(side.figures).max().orElse(0) / 1e6, median(side.ratios),
                Arrays.stream(side.ratios).min().orElse(0), Arrays.stream(side.ratios).max().orElse(0),
                side.pass.counter(Counter.RULE_MATCHES));
            if (side.rules != null) {
                side.rules.close();
            }
        }
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
