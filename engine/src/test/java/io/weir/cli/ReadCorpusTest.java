package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.Json;
import io.weir.base.NativeMemory;
import io.weir.capture.file.FileTrace;
import io.weir.output.EveSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every public capture in the shared folder through the whole engine, in one process, each for itself. */
class ReadCorpusTest {
    @TempDir
    private Path directory;

    @Test
    void shouldInspectEveryCaptureWithAsManyFramesAsTheManifestCounts() throws IOException {
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        final long memoryBefore = NativeMemory.inUse();
        final Path captures = corpus.get().resolve("pcap");
        final StringWriter err = new StringWriter();
        final CommandLine weir = Weir.commandLine();
        weir.setErr(new PrintWriter(err, true));
        final int status = weir.execute("read", "--each", "-q", "-o", directory.toString(), captures.toString());
        assertEquals(ExitStatus.IMPAIRED, status, "some of these captures are damaged, none is unreadable");
        assertTrue(err.toString().lines().allMatch(line -> line.startsWith("weir: ")), err.toString());

        final Map<Path, Path> outputs = outputs(captures);
        final List<String> wrong = new ArrayList<>();
        for (final CorpusManifest.Entry entry : CorpusManifest.entries(corpus.get())) {
            final Map<String, Object> summary =
                Json.object(Files.readString(outputs.get(entry.file()).resolve("summary.json")));
            final Map<?, ?> ledger = (Map<?, ?>) summary.get("ledger");
            if (!Integer.valueOf(entry.frames()).equals(summary.get("frames"))
                || !Boolean.TRUE.equals(ledger.get("balanced"))) {
                wrong.add(entry.file() + ": " + summary.get("frames") + " frames instead of " + entry.frames() + ", "
                    + ledger);
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
        assertEquals(Map.of(), schemaFaults(outputs.values()), "records against EVE's schema, and how often");
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    /** What the schema of EVE says against the records, with the event type, and how often. */
    private static Map<String, Integer> schemaFaults(final Collection<Path> outputs) throws IOException {
        final EveSchema schema = EveSchema.find().orElseThrow();
        final Map<String, Integer> faults = new TreeMap<>();
        for (final Path output : outputs) {
            for (final String line : Files.readAllLines(output.resolve("eve.json"))) {
                final Map<String, Object> record = Json.object(line);
                for (final String fault : schema.faults(record)) {
                    faults.merge(record.get("event_type") + fault, 1, Integer::sum);
                }
            }
        }
        return faults;
    }

    /** Where the outputs of each capture went: captures of one name get a number, in the order of the trace. */
    private Map<Path, Path> outputs(final Path captures) {
        final Map<String, Integer> seen = new HashMap<>();
        final Map<Path, Path> outputs = new HashMap<>();
        for (final Path file : FileTrace.of(List.of(captures)).files()) {
            final String name = file.getFileName().toString();
            final int number = seen.merge(name, 1, Integer::sum);
            outputs.put(file, directory.resolve(number == 1 ? name : name + "-" + number));
        }
        return outputs;
    }
}
