package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.file.FileSource;
import io.weir.engine.EngineContext;
import io.weir.output.Summary;
import io.weir.protocol.application.ApplicationTable;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Severity;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A whole engine that throws its records away, with rules whose matches nobody takes, or without any. One thread.
 */
final class RulesPass implements Pass {
    private static final int MANY = 1_000;

    private final RuleSet rules;
    private Summary last;

    /** A thousand signatures, or those of the file that {@code PERF_RULES} names; made when asked for. */
    static final class Signatures {
        static final RulesPass PASS = of(System.getenv("PERF_RULES") == null ? SignatureSamples.rules(MANY)
            : signatures(Path.of(System.getenv("PERF_RULES"))));

        private Signatures() {
        }
    }

    /** A thousand rules on fields; made when asked for. */
    static final class Fields {
        static final RulesPass PASS = of(FieldRuleSamples.rules(MANY));

        private Fields() {
        }
    }

    /** With these rules, which stay the caller's; null for none. */
    RulesPass(final RuleSet rules) {
        this.rules = rules;
    }

    private static RulesPass of(final List<Rule> rules) {
        return new RulesPass(new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.AUTO)).compile(rules));
    }

    /** The signatures of a file, and how many of them load. */
    static List<Rule> signatures(final Path file) {
        try {
            final LoadedRules loaded = new SignatureLoader(new SignatureContext()).load(file);
            System.err.printf(Locale.ROOT, "%s: %d of %d signatures load, %d are not supported%n",
                file.getFileName(), loaded.rules().size(), loaded.written(), loaded.count(Severity.UNSUPPORTED));
            return loaded.rules();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long run(final Path trace, final int workers) throws IOException, InterruptedException {
        try (FileSource source = FileSource.open(trace, FileSource.DEFAULT_BLOCKS)) {
            final EngineContext context = new EngineContext().source(source).workers(workers).latency(false)
                .applications(ApplicationTable.standard());
            if (rules != null) {
                // never closed: that would let go of the set, which the next pass needs
                context.rules(new ActiveRules(rules), (worker, flows, classifier, events, counters) ->
                    MatchListener.NONE);
            }
            last = EnginePass.run(context);
            return last.counters().get(Counter.FRAMES_PROCESSED);
        }
    }

    /** A counter of the last pass. */
    long counter(final Counter counter) {
        return last.counters().get(counter);
    }
}
