package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.engine.EngineContext;
import io.weir.protocol.application.ApplicationTable;
import io.weir.rule.alert.AlertContext;
import io.weir.rule.alert.AlertWriter;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.yaml.YamlContext;
import io.weir.rule.yaml.YamlRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a loaded rule that captures costs while it matches nothing, which is what it always costs:
 * {@code CaptureRounds TRACE [ROUNDS]}.
 *
 * <p>Rounds go over an engine without rules, with a rule that does not capture, and with the same rule that does. A
 * figure is the median of the rounds; so is a difference, which is taken within each round.
 */
public final class CaptureRounds {
    private static final int ROUNDS = 11;
    private static final int WARM_UP = 2;

    private CaptureRounds() {
    }

    /** Runs the rounds and prints one line for each kind. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: CaptureRounds TRACE [ROUNDS]");
            System.exit(2);
        }
        final Path trace = Path.of(arguments[0]);
        final int rounds = arguments.length == 2 ? Integer.parseInt(arguments[1]) : ROUNDS;
        final String[] names = {"no rules", "a rule", "a rule that captures"};
        final Pass[] passes = {new EnginePass(false, 1), rule(""), rule(", do: capture")};
        final double[][] nsPerFrame = new double[passes.length][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < passes.length; i++) {
                final double perCpuSecond = Measured.of(passes[i], trace, 1, Measured.LEAST_NS).perCpuSecond();
                if (round >= 0) {
                    nsPerFrame[i][round] = 1e9 / perCpuSecond;
                }
            }
        }
        for (int i = 0; i < passes.length; i++) {
            final double[] more = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                more[round] = nsPerFrame[i][round] - nsPerFrame[1][round];
            }
            System.out.printf(Locale.ROOT, "weir capture %-14s %-21s %6.1f ns of CPU per frame; %+6.1f beside a rule"
                    + " (%+.1f to %+.1f)%n", trace.getFileName(), names[i], median(nsPerFrame[i]), median(more),
                Arrays.stream(more).min().orElse(0), Arrays.stream(more).max().orElse(0));
        }
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Pass rule(final String effect) {
        final String text = "rules: [{id: 1, alert: never, when: {tls.sni: never.invalid}" + effect + "}]";
        return (trace, workers) -> run(text, trace, workers);
    }

    private static long run(final String rule, final Path trace, final int workers)
        throws IOException, InterruptedException {
        final AlertContext alerts = new AlertContext().conclude();
        final RuleCompiler compiler = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.AUTO));
        final int blocks = workers == 1 ? FileSource.DEFAULT_BLOCKS : FileSource.MAX_BLOCKS;
        try (FileSource source = FileSource.open(FileTrace.of(List.of(trace)), blocks);
            ActiveRules active =
                new ActiveRules(compiler.compile(
                    YamlRules.parse("rule", rule, new YamlContext(LocalDate.EPOCH)).rules()))) {
            return EnginePass.run(new EngineContext().source(source).workers(workers).latency(false)
                .applications(ApplicationTable.standard())
                .rules(active, (worker, flows, classifier, events, counters) ->
                    new AlertWriter(alerts, flows, classifier, events, counters)))
                .count(Counter.FRAMES_PROCESSED);
        }
    }
}
