package io.weir.rule.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that come with weir. */
final class StarterPackTest {
    static LoadedRules load() throws IOException {
        try (Stream<Path> files = Files.list(RuleSchemaTest.config().resolve("rules"))) {
            return YamlRules.load(files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList(),
                YamlRulesTest.context());
        }
    }

    @Test
    void shouldLoadWithoutFaults() throws IOException {
        final LoadedRules loaded = load();
        assertEquals(List.of(), loaded.faults().stream().map(RuleFault::toString).toList());
        assertTrue(loaded.rules().size() >= 40, "rules: " + loaded.rules().size());
    }

    @Test
    void shouldSayWhatEachRuleIsAbout() throws IOException {
        for (final Rule rule : load().rules()) {
            assertTrue(rule.metadata().message().length() > 2, rule.id().toString());
            assertTrue(!rule.metadata().category().isEmpty(), rule.id().toString());
        }
    }
}
