package io.weir.rule.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.detect.ActiveRules;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data sets go with the last rules that name them. */
final class DatasetReleaseTest {
    private final RuleCompiler compiler = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA));

    private RuleSet compile(final String options) {
        final List<Rule> rules = new SignatureLoader(new SignatureContext())
            .load("x.rules", List.of("alert http any any -> any any (" + options + " sid:1;)")).rules();
        assertEquals(1, rules.size());
        return compiler.compile(rules);
    }

    @Test
    void shouldHoldASetUntilTheLastRulesAreFreedThatNameIt() {
        final RuleSet first = compile("http.uri; dataset:set,seen,type string;");
        assertTrue(first.changesDatasets());
        assertEquals(0, compiler.datasets(), "the rules are not in force yet");
        final ActiveRules active = new ActiveRules(first);
        assertEquals(1, compiler.datasets());
        assertTrue(first.retain());
        final RuleSet second = compile("http.uri; content:\"a\";");
        assertFalse(second.changesDatasets());
        active.replace(second);
        assertEquals(1, compiler.datasets(), "a stream uses it");
        first.release();
        assertEquals(0, compiler.datasets());
        active.replace(compile("http.uri; dataset:set,more,type string;"));
        assertEquals(1, compiler.datasets());
        active.close();
        assertEquals(0, compiler.datasets());
    }
}
