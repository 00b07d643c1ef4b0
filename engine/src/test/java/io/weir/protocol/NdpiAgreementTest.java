package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.InspectedTrace;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names of flows against nDPI's own results on its captures: the share of the flows nDPI names that carry the same
 * protocol here, and the share of its labels that some flow carries. {@code ndpi-labels.tsv} says which names mean the
 * same, {@code ndpi-errors.tsv} where nDPI is wrong. With {@code -Dweir.ndpi.report=FILE} all gaps are written there.
 */
final class NdpiAgreementTest {
    private static final double LEAST_FLOWS = 0.95;
    private static final double LEAST_LABELS = 0.90;
    private static final String RESULTS = "expected/ntop+nDPI/tests/cfgs/default/result";
    private static final String CAPTURES = "pcap/ntop+nDPI/tests/cfgs/default/pcap";
    private static final Set<String> BY_CONTENT = Set.of("DPI", "DPI (cache)", "DPI (partial)");

    private final Map<String, Set<String>> meanings = new TreeMap<>();
    private final Map<String, Integer> labels = new TreeMap<>();
    private final Set<String> covered = new TreeSet<>();
    private final Map<String, List<String>> differences = new TreeMap<>();
    private final Set<String> listed = new TreeSet<>();
    private final Set<String> used = new HashSet<>();
    private int named;
    private int agreed;
    private int namedByContent;
    private int agreedByContent;

    @Test
    void shouldNameFlowsAsNdpiDoes() throws IOException {
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        for (final String[] row : ReasonedTable.rows("ndpi-labels.tsv", 2)) {
            meanings.put(row[0], Set.of(row[1].split(",")));
        }
        for (final String[] row : ReasonedTable.rows("ndpi-errors.tsv", 4)) {
            listed.add(row[0] + "\t" + row[1] + "\t" + row[2]);
        }
        try (Stream<Path> files = Files.list(corpus.get().resolve(RESULTS))) {
            for (final Path results : files.sorted().toList()) {
                final String capture = results.getFileName().toString().replaceFirst("\\.out$", "");
                final Path file = corpus.get().resolve(CAPTURES).resolve(capture);
                if (Files.exists(file)) {
                    compare(capture, NdpiFlow.of(results), NdpiFlow.names(
                        InspectedTrace.of(file, 1, ApplicationTable.standard()).flows()));
                }
            }
        }
        judge();
    }

    private void compare(final String capture, final List<NdpiFlow> flows, final Map<String, Set<String>> names) {
        for (final NdpiFlow flow : flows) {
            final List<String> meant = flow.labels().stream().filter(meanings::containsKey).toList();
            if (!meanings.containsKey(flow.protocol())) {
                continue;
            }
            final Set<String> told = new TreeSet<>(names.getOrDefault(flow.key(), Set.of()));
            told.addAll(names.getOrDefault(flow.tunnelKey(), Set.of()));
            for (final String label : meant) {
                if (told.stream().anyMatch(meanings.get(label)::contains)) {
                    covered.add(label);
                }
            }
            final boolean agrees = told.stream().anyMatch(meanings.get(flow.protocol())::contains);
            if (isError(capture, flow, agrees)) {
                continue;
            }
            meant.forEach(label -> labels.merge(label, 1, Integer::sum));
            final boolean byContent = BY_CONTENT.contains(flow.confidence());
            named++;
            namedByContent += byContent ? 1 : 0;
            if (agrees) {
                agreed++;
                agreedByContent += byContent ? 1 : 0;
            } else {
                differences.computeIfAbsent(flow.protocol(), unused -> new ArrayList<>()).add(capture + "\t"
                    + flow.transport() + " " + flow.ends() + "\t" + String.join(".", flow.labels()) + " ("
                    + flow.confidence() + ")\tours: " + (names.containsKey(flow.key()) ? told : "no such flow"));
            }
        }
    }

    private boolean isError(final String capture, final NdpiFlow flow, final boolean agrees) {
        for (final String ends : List.of(flow.ends(), "*")) {
            final String row = capture + "\t" + ends + "\t" + flow.protocol();
            if (listed.contains(row)) {
                if (!agrees) {
                    used.add(row);
                }
                return true;
            }
        }
        return false;
    }

    private void judge() throws IOException {
        final Set<String> uncovered = new TreeSet<>(labels.keySet());
        uncovered.removeAll(covered);
        final double flowShare = (double) agreed / named;
        final double labelShare = 1 - (double) uncovered.size() / labels.size();
        final String figures = String.format(Locale.ROOT, "flows named as nDPI does: %d of %d, %.4f (by content: %d of "
            + "%d, %.4f); labels covered: %d of %d, %.4f", agreed, named, flowShare, agreedByContent, namedByContent,
            (double) agreedByContent / namedByContent, labels.size() - uncovered.size(), labels.size(), labelShare);
        System.out.println(figures);
        final String report = System.getProperty("weir.ndpi.report");
        if (report != null) {
            Files.writeString(Path.of(report), figures + "\n\nLABELS NO FLOW CARRIES (flows of nDPI)\n"
                + uncovered.stream().map(label -> label + "\t" + labels.get(label) + "\tmeans "
                    + meanings.get(label)).collect(Collectors.joining("\n"))
                + "\n\nFLOWS NAMED OTHERWISE, BY LABEL\n" + differences.entrySet().stream()
                    .sorted((x, y) -> y.getValue().size() - x.getValue().size())
                    .map(entry -> entry.getKey() + ": " + entry.getValue().size() + "\n  "
                        + String.join("\n  ", entry.getValue())).collect(Collectors.joining("\n")) + "\n");
        }
        assertTrue(named > 1_500, "only " + named + " flows");
        assertEquals(Set.of(), listed.stream().filter(row -> !used.contains(row)).collect(Collectors.toSet()),
            "listed, but no difference");
        assertTrue(flowShare >= LEAST_FLOWS && labelShare >= LEAST_LABELS, figures + "\nuncovered: "
            + Arrays.toString(uncovered.toArray()));
    }
}
