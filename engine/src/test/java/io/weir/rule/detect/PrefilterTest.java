package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.TestContent;
import io.weir.rule.TestRule;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Patterns choose which rules are asked, ports and fields divide them, workers share them: nothing of it is seen. */
final class PrefilterTest {
    @ParameterizedTest
    @EnumSource(value = PatternLibrary.Choice.class, names = {"AUTO", "JAVA"})
    void shouldFindWhatAskingEveryRuleEverywhereFinds(final PatternLibrary.Choice library) {
        int found = 0;
        for (int seed = 0; seed < 12; seed++) {
            final RandomRules random = new RandomRules(seed);
            final List<Rule> rules = random.rules(60);
            final DetectedTrace trace = random.trace(40).library(library);
            final List<DetectedTrace.Match> expected = trace.matches(rules, false);
            found += expected.size();
            assertEquals(text(expected), text(trace.matches(rules, true)), "seed " + seed);
        }
        assertTrue(found > 1_000, "only " + found + " matches");
    }

    @ParameterizedTest
    @EnumSource(value = PatternLibrary.Choice.class, names = {"AUTO", "JAVA"})
    void shouldFindInFieldsWhatAskingEveryRuleFinds(final PatternLibrary.Choice library) {
        int found = 0;
        for (int seed = 100; seed < 112; seed++) {
            final RandomRules random = new RandomRules(seed);
            final List<Rule> rules = random.fieldRules(1 + seed % 4 * 5);
            final DetectedTrace trace = random.requests(30).library(library);
            final List<DetectedTrace.Match> expected = trace.matches(rules, false);
            found += expected.size();
            assertEquals(text(expected), text(trace.matches(rules, true)), "seed " + seed);
            // one that asks all frames
            rules.add(TestRule.rule(1_000).payload(TestContent.content("not to be found").step()).build());
            assertEquals(text(expected), text(trace.matches(rules, true)), "seed " + seed);
        }
        assertTrue(found > 1_000, "only " + found + " matches");
    }

    @Test
    void shouldFindTheSameWithOneTwoAndFourWorkers() {
        final RandomRules random = new RandomRules(77);
        final List<Rule> rules = random.rules(100);
        final DetectedTrace trace = random.trace(200);
        final List<String> one = text(trace.matches(rules, true));
        assertTrue(one.size() > 1_000, "only " + one.size() + " matches");
        assertEquals(one, text(trace.workers(2).matches(rules, true)));
        assertEquals(one, text(trace.workers(4).matches(rules, true)));
    }

    private static List<String> text(final List<DetectedTrace.Match> matches) {
        return matches.stream().map(match -> match.frame() + " " + match.sid() + " " + match.toServer()).sorted()
            .toList();
    }
}
