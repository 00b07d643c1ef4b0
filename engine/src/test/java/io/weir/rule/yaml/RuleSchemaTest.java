package io.weir.rule.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.weir.Json;
import io.weir.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the committed schema to the loader. */
final class RuleSchemaTest {
    static final Path FILE = config().resolve("rules.schema.json");

    static Path config() {
        final Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("config/checkstyle.xml")) ? here.resolve("config")
            : here.resolveSibling("config");
    }

    /** The schema that is committed. */
    static JsonSchema schema() throws IOException {
        return new JsonSchema(Json.object(Files.readString(FILE)));
    }

    static Object yaml(final String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @Test
    void shouldBeTheOneThatTheVocabularyMakes() throws IOException {
        if (Boolean.getBoolean("weir.schema.write")) {
            Files.writeString(FILE, RuleSchema.text());
        }
        assertEquals(RuleSchema.text(), Files.readString(FILE),
            "the vocabulary has changed: run this test once with -Dweir.schema.write=true");
    }

    @Test
    void shouldKnowEveryWordThatTheLoaderKnows() throws IOException {
        final JsonSchema schema = schema();
        for (final String word : Vocabulary.get().conditions()) {
            assertEquals(true, schema.knows("definitions/when/properties/" + word), word);
        }
        for (final String key : Vocabulary.RULE_KEYS) {
            assertEquals(true, schema.knows("definitions/rule/properties/" + key), key);
        }
    }

    @Test
    void shouldAcceptEveryRuleOfTheStarterPack() throws IOException {
        final JsonSchema schema = schema();
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> list = Files.list(config().resolve("rules"))) {
            list.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
        }
        assertFalse(files.isEmpty());
        for (final Path file : files) {
            assertEquals(List.of(), schema.faults(yaml(Files.readString(file))), file.toString());
        }
    }

    @Test
    void shouldRefuseWhatTheLoaderRefuses() throws IOException {
        final JsonSchema schema = schema();
        for (final String when : List.of("{http.hots: a}", "{http.host: {start: a}}", "{http.status: {above: 3}}",
            "{protocol: htp}", "{tls.notafter: now}", "{destination.port: high}", "{payload: abc}")) {
            final String text = "rules: [{id: 1, alert: a, when: " + when + "}]";
            assertFalse(YamlRules.parse("t.yaml", text, YamlRulesTest.context()).faults().isEmpty(), when);
            assertFalse(schema.faults(yaml(text)).isEmpty(), when);
        }
    }
}
