package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Suricata's public test cases through the whole engine, in one process. {@code suricata-failures.tsv} names those that
 * fail, each with the reason; no other may.
 */
class SuricataCasesTest {
    private static final int FIRST_TIER_PERCENT = 80;
    private static final int FIRST_TWO_TIERS_PERCENT = 65;
    private static final int EVASION_PERCENT = 75;
    /** Of the tiers that are mostly about Suricata's own settings, keywords and protocols. */
    private static final int OTHER_CASES = 135;

    @TempDir
    private Path directory;

    @Test
    void shouldPassWhatAnEngineThatIsNotSuricataCan() throws IOException {
        final Map<SuricataCase, List<String>> results = run("T1", "T2");
        assertEquals(Map.of(), unexpected(results), "cases that are not known to fail");
        final Map<SuricataCase, List<String>> first = results.entrySet().stream()
            .filter(entry -> "T1".equals(entry.getKey().tier()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertTrue(percentPassed(first) >= FIRST_TIER_PERCENT, "of T1 " + percentPassed(first) + " %");
        assertTrue(percentPassed(results) >= FIRST_TWO_TIERS_PERCENT, "of both " + percentPassed(results) + " %");
    }

    @Test
    void shouldSeeThroughEvasionsOverHttp() throws IOException {
        final Map<SuricataCase, List<String>> results = run("T4-http-evader");
        assertEquals(Map.of(), unexpected(results), "cases that are not known to fail");
        assertTrue(percentPassed(results) >= EVASION_PERCENT, "passed: " + percentPassed(results) + " %");
    }

    /** Cases about protocols, keywords and settings of all kinds, many of which only Suricata has. */
    @Test
    void shouldPassWhatIsNotAboutSuricataAlone() throws IOException {
        final Map<SuricataCase, List<String>> results = run("T3a", "T3b", "T4-config", "T4-stream-args");
        assertEquals(Map.of(), unexpected(results), "cases that are not known to fail");
        final long passed = results.values().stream().filter(List::isEmpty).count();
        assertTrue(passed >= OTHER_CASES, "passed: " + passed);
    }

    /** What each case misses; cases without a check for this engine are left out. */
    private Map<SuricataCase, List<String>> run(final String... tiers) throws IOException {
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        final Map<SuricataCase, List<String>> results = new LinkedHashMap<>();
        for (final SuricataCase each : SuricataCase.of(corpus.get(), List.of(tiers))) {
            final Path output = directory.resolve(each.name().replace('/', '_'));
            final StringWriter said = new StringWriter();
            final CommandLine weir = Weir.commandLine();
            weir.setErr(new PrintWriter(said, true));
            weir.execute(each.command(output).toArray(String[]::new));
            final SuricataCase.Verdict verdict = each.judge(output.resolve("eve.json"));
            if (verdict.passed() > 0 || !verdict.failed().isEmpty()) {
                results.put(each, verdict.failed());
            }
        }
        return results;
    }

    private static int percentPassed(final Map<SuricataCase, List<String>> results) {
        return (int) (100 * results.values().stream().filter(List::isEmpty).count() / results.size());
    }

    private static Map<String, String> unexpected(final Map<SuricataCase, List<String>> results) throws IOException {
        final Set<String> known = knownFailures();
        final Map<String, String> unexpected = new TreeMap<>();
        results.forEach((each, failed) -> {
            if (!failed.isEmpty() && !known.contains(each.name())) {
                unexpected.put(each.name(), failed.get(0));
            }
        });
        return unexpected;
    }

    private static Set<String> knownFailures() throws IOException {
        try (InputStream in = SuricataCasesTest.class.getResourceAsStream("suricata-failures.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.startsWith("#")).map(line -> line.split("\t")[0]).collect(Collectors.toSet());
        }
    }
}
