package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.stats.LatencyCollector;
import io.weir.stats.LatencyRecorder;
import io.weir.stats.LatencyStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyWorstFileTest {
    private final LatencyRecorder recorder = new LatencyRecorder("worker-0");
    private final List<Throwable> faults = new ArrayList<>();
    @TempDir
    private Path directory;

    private void interval(final LatencyCollector collector) {
        for (int i = 1; i <= 9; i++) {
            recorder.begin().slowest().add(i).length = 60 + i;
            recorder.end();
            recorder.record(LatencyStage.WORK, i);
        }
        collector.collect(1_000);
    }

    @Test
    void shouldKeepTheSlowestOfEachIntervalAndGoOnInANewFileWhenItWasMovedAway() throws IOException {
        final Path file = directory.resolve("latency-worst.jsonl");
        final LatencyWorstFile worst = new LatencyWorstFile(file, faults::add);
        try (LatencyCollector collector = new LatencyCollector(List.of(recorder), null, null, worst, 0)) {
            interval(collector);
            assertEquals(4, Files.readAllLines(file).size());
            assertTrue(Files.readAllLines(file).get(0).contains("\"length\":69"), Files.readString(file));
            Files.move(file, directory.resolve("aside"));
            worst.reopen();
            interval(collector);
        }
        assertEquals(4, Files.readAllLines(file).size());
        assertFalse(worst.failed());
        assertEquals(List.of(), faults);
    }

    @Test
    void shouldTellWhenItCannotBeWritten() throws IOException {
        final LatencyWorstFile worst = new LatencyWorstFile(Path.of("/dev/full"), faults::add);
        try (LatencyCollector collector = new LatencyCollector(List.of(recorder), null, null, worst, 0)) {
            interval(collector);
        }
        assertTrue(worst.failed());
        assertEquals("No space left on device", faults.get(0).getMessage());
    }
}
