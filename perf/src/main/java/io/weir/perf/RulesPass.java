package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.file.FileSource;
import io.weir.engine.EngineContext;
import io.weir.output.Summary;
import io.weir.protocol.application.ApplicationTable;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.MatchListener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A whole engine that throws its records away, with rules whose matches nobody takes, or without any. One thread.
 */
final class RulesPass implements Pass {
    private final RuleSet rules;
    private Summary last;

    /** With these rules, which stay the caller's; null for none. */
    RulesPass(final RuleSet rules) {
        this.rules = rules;
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
