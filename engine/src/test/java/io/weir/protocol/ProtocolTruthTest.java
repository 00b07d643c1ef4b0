package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.InspectedTrace;
import io.weir.SharedFolder;
import io.weir.base.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Fields of public captures against what Wireshark reads from them: precision and recall over the whole corpus.
 * {@code truth-errors.tsv} lists where the reference is wrong, tells of what no receiver read, or of what lies inside a
 * protocol that is recognised here but not parsed. With {@code -Dweir.truth.print=true} every difference is printed.
 */
final class ProtocolTruthTest {
    private static final double LEAST = 0.97;
    private static final boolean PRINT = Boolean.getBoolean("weir.truth.print");

    private final Map<Facts.Kind, int[]> sums = new EnumMap<>(Facts.Kind.class);
    private final List<String> differences = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    @Test
    void shouldReadTheFieldsThatWiresharkReads() throws IOException {
        final Optional<Path> truth = SharedFolder.find("corpora/truth");
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(truth.isPresent() && corpus.isPresent(), "SKIPPED: no corpora in a shared folder");
        final List<String[]> errors = ReasonedTable.rows("truth-errors.tsv", 4);
        long faults = 0;
        for (final CorpusManifest.Entry entry : CorpusManifest.entries(corpus.get())) {
            final String capture = corpus.get().relativize(entry.file()).toString();
            final Path file = truth.get().resolve(capture + ".json.gz");
            if (!Files.exists(file)) {
                continue;
            }
            final InspectedTrace trace = InspectedTrace.of(entry.file());
            faults += trace.summary().count(Counter.PARSER_FAULTS);
            final Facts told = Facts.ofRecords(trace.transactions());
            final Facts expected = Facts.ofTruth(file);
            if (expected != null) {
                errors.stream().filter(row -> row[0].equals(capture)).forEach(row -> leaveOut(row, expected, told));
                compare(capture, expected, told);
            }
        }
        final List<String> wrong = new ArrayList<>();
        sums.forEach((kind, sum) -> judge(kind, sum, wrong));
        errors.stream().filter(row -> !used.contains(String.join("\t", row)))
            .forEach(row -> wrong.add("listed, but no difference: " + String.join(" ", row)));
        if (PRINT) {
            differences.forEach(System.out::println);
        }
        assertEquals(0, faults, "parsers threw");
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    /** A row names capture, field, value, and why; a value of {@code *} stands for all. */
    private void leaveOut(final String[] row, final Facts expected, final Facts told) {
        final Facts.Kind kind = Facts.Kind.valueOf(row[1].toUpperCase(Locale.ROOT));
        final Tally reference = expected.of(kind);
        final Tally ours = told.of(kind);
        final String value = row[2];
        final boolean differs = "*".equals(value)
            ? !reference.without(ours).isEmpty() || !ours.without(reference).isEmpty()
            : reference.without(ours).containsKey(value) || ours.without(reference).containsKey(value);
        if (differs) {
            used.add(String.join("\t", row));
        }
        if ("*".equals(value)) {
            reference.clear();
            ours.clear();
        } else {
            reference.remove(value);
            ours.remove(value);
        }
    }

    private void compare(final String capture, final Facts expected, final Facts told) {
        for (final Facts.Kind kind : Facts.Kind.values()) {
            final Tally reference = expected.of(kind);
            final Tally ours = told.of(kind);
            final int[] sum = sums.computeIfAbsent(kind, unused -> new int[3]);
            sum[0] += reference.size();
            sum[1] += ours.size();
            sum[2] += reference.common(ours);
            reference.without(ours).forEach((value, count) ->
                differences.add(kind + "\tmissing\t" + capture + "\t" + count + " x " + value));
            ours.without(reference).forEach((value, count) ->
                differences.add(kind + "\ttoo many\t" + capture + "\t" + count + " x " + value));
        }
    }

    private static void judge(final Facts.Kind kind, final int[] sum, final List<String> wrong) {
        assertTrue(sum[0] > 0, kind + " has no reference");
        final double recall = (double) sum[2] / sum[0];
        final double precision = sum[1] == 0 ? 0 : (double) sum[2] / sum[1];
        final String line = String.format(Locale.ROOT, "%-22s reference %5d  ours %5d  precision %.4f  recall %.4f",
            kind, sum[0], sum[1], precision, recall);
        System.out.println(line);
        if (recall < LEAST || precision < LEAST) {
            wrong.add(line);
        }
    }
}
