package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.SharedFolder;
import io.weir.protocol.Field;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule files of the field: how many of their rules load, and why the others do not. */
final class RuleFilesTest {
    private static final double LEAST = 0.95;

    @Test
    void shouldLoadRulesInWideUse() throws IOException {
        assumeTrue(!FieldNames.ofCatalogue().find("file.data").isEmpty(), "SKIPPED: no parser tells file.data");
        check(new SignatureContext());
    }

    @Test
    void shouldReadAllKeywordsOfRulesInWideUse() throws IOException {
        final List<Field> fields = new ArrayList<>(Protocols.fields());
        for (final String name : List.of("file.data", "http.header", "http.header_names", "http.request_body",
            "http.stat_msg")) {
            fields.add(Field.inspected(name, "A field that is told by a parser."));
        }
        check(new SignatureContext(new FieldNames(fields)));
    }

    private static void check(final SignatureContext context) throws IOException {
        final Optional<Path> file = SharedFolder.find("rules/et-1000.rules");
        assumeTrue(file.isPresent(), "SKIPPED: no rules in a shared folder");
        final LoadedRules loaded = new SignatureLoader(context).load(file.get());
        final Map<String, Integer> unsupported = loaded.unsupported();
        assertEquals(0, loaded.count(Severity.ERROR), loaded.faults()::toString);
        assertTrue(loaded.rules().size() >= LEAST * loaded.written(),
            () -> loaded.rules().size() + " of " + loaded.written() + " rules load; unsupported: " + unsupported);
    }

    @Test
    void shouldSayOfEveryRuleOfPublicTestsWhetherItLoads() throws IOException {
        final Optional<Path> folder = SharedFolder.find("corpora/dev/expected");
        assumeTrue(folder.isPresent(), "SKIPPED: no corpora in a shared folder");
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder.get())) {
            all.filter(path -> path.toString().endsWith(".rules")).forEach(files::add);
        }
        final SignatureLoader loader = new SignatureLoader(new SignatureContext());
        int rules = 0;
        for (final Path file : files) {
            final LoadedRules loaded = loader.load(file);
            final int lost = loaded.written() - loaded.rules().size();
            assertTrue(lost <= loaded.faults().size(), () -> file + " loses rules without a fault");
            rules += loaded.rules().size();
        }
        assertTrue(rules > 500, rules + " rules of " + files.size() + " files load");
    }
}
