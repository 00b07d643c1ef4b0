package io.weir.rule.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.RuleFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the page about rules to the loader. */
final class RulesPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

    private static String page() throws IOException {
        return Files.readString(RuleSchemaTest.config().resolveSibling("docs").resolve("rules.md"));
    }

    @Test
    void shouldLoadEveryExample(@TempDir final Path folder) throws IOException {
        final Path lists = Files.createDirectories(folder.resolve("config/rules/lists"));
        for (final String list : List.of("ja3.txt", "domains.txt", "addresses.txt")) {
            Files.copy(RuleSchemaTest.config().resolve("rules/lists").resolve(list), lists.resolve(list));
        }
        final Path docs = Files.createDirectory(folder.resolve("docs"));
        final Matcher example = EXAMPLE.matcher(page());
        final List<String> faults = new ArrayList<>();
        int examples = 0;
        while (example.find()) {
            final String text = example.group(1);
            final LoadedRules loaded =
                YamlRules.load(List.of(Files.writeString(docs.resolve("example.yaml"), text)), YamlRulesTest.context());
            loaded.faults().stream().map(RuleFault::toString).forEach(faults::add);
            assertFalse(loaded.rules().isEmpty(), text);
            faults.addAll(RuleSchemaTest.schema().faults(RuleSchemaTest.yaml(text)));
            examples++;
        }
        assertEquals(List.of(), faults);
        assertTrue(examples >= 10, "examples: " + examples);
    }

    @Test
    void shouldShowEveryKeyOfARule() throws IOException {
        final String page = page();
        for (final String key : Vocabulary.RULE_KEYS) {
            assertTrue(page.contains(key + ":"), key);
        }
        for (final String key : Texts.KEYS) {
            assertTrue(page.contains(key + ":"), key);
        }
        for (final String word : Vocabulary.WORDS) {
            assertTrue(page.contains(word + ":"), word);
        }
        for (final String effect : States.PLAIN_EFFECTS) {
            assertTrue(page.contains("- " + effect), effect);
        }
    }
}
