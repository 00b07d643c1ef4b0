package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyLogTest {
    private static final long START_MS = 1_700_000_000_000L;

    @TempDir
    private Path directory;
    private final List<Throwable> faults = new ArrayList<>();

    @Test
    void shouldBeReadByTheLibrarysOwnReader() throws IOException {
        final Path file = directory.resolve("latency.hlog");
        final LatencyRecorder worker = new LatencyRecorder("worker-0");
        final LatencyRecorder other = new LatencyRecorder("worker-1", LatencyStage.BLOCK_WAIT);
        try (LatencyCollector collector =
            new LatencyCollector(List.of(worker, other), new LatencyLog(file, START_MS, faults::add), START_MS)) {
            worker.record(LatencyStage.WORK, 1_000);
            worker.record(LatencyStage.WORK, 3_000, 2);
            other.record(LatencyStage.BLOCK_WAIT, 50_000);
            collector.collect(START_MS + 1_000);
            worker.record(LatencyStage.WORK, 7_000);
            collector.collect(START_MS + 2_000);
        }
        final List<String> tags = new ArrayList<>();
        final List<Long> counts = new ArrayList<>();
        final HistogramLogReader reader = new HistogramLogReader(file.toFile());
        for (EncodableHistogram next = reader.nextIntervalHistogram(); next != null;
            next = reader.nextIntervalHistogram()) {
            tags.add(next.getTag());
            counts.add(((Histogram) next).getTotalCount());
            assertTrue(next.getStartTimeStamp() >= START_MS, "start " + next.getStartTimeStamp());
        }
        reader.close();
        assertEquals(List.of("worker-0/work", "worker-1/block_wait", "worker-0/work"), tags);
        assertEquals(List.of(3L, 1L, 1L), counts);
    }

    @Test
    void shouldBeReadByTheToolOfTheLibrary() throws IOException, InterruptedException {
        final Path file = directory.resolve("latency.hlog");
        final Path processed = directory.resolve("processed");
        final LatencyRecorder worker = new LatencyRecorder("worker-0");
        try (LatencyCollector collector =
            new LatencyCollector(List.of(worker), new LatencyLog(file, START_MS, faults::add), START_MS)) {
            worker.record(LatencyStage.ARRIVAL_TO_VERDICT, 1_000_000, 99);
            worker.record(LatencyStage.ARRIVAL_TO_VERDICT, 5_000_000);
            worker.record(LatencyStage.WORK, 300);
            collector.collect(START_MS + 1_000);
        }
        final Thread tool = new HistogramLogProcessor(new String[] {"-i", file.toString(), "-o", processed.toString(),
            "-tag",
            "worker-0/arrival_to_verdict", "-outputValueUnitRatio", "1000000"});
        tool.start();
        tool.join();
        final String percentiles = Files.readString(directory.resolve("processed.hgrm"));
        assertTrue(percentiles.contains("Total count    =          100]"), percentiles);
        assertTrue(percentiles.contains("#[Max     =         5."), percentiles);
    }

    @Test
    void shouldTellTheSlowestFramesOfAllWorkersSlowestFirst() {
        final LatencyRecorder first = new LatencyRecorder("worker-0");
        final LatencyRecorder second = new LatencyRecorder("worker-1");
        final LatencyCollector collector = new LatencyCollector(List.of(first, second), null, START_MS);
        for (int i = 1; i <= 2 * SlowFrames.CAPACITY; i++) {
            final LatencyRecorder recorder = i % 2 == 0 ? first : second;
            final SlowFrames slowest = recorder.begin().slowest();
            if (slowest.wants(i * 1_000L)) {
                slowest.add(i * 1_000L).number = i;
            }
            recorder.end();
            if (i % 10 == 0) {
                collector.collect(START_MS + i);
            }
        }
        collector.collect(START_MS + 1_000);
        final SlowFrames slowest = collector.totals().slowest();
        assertEquals(SlowFrames.CAPACITY, slowest.size());
        for (int i = 0; i < slowest.size(); i++) {
            assertEquals(2 * SlowFrames.CAPACITY - i, slowest.get(i).number);
            assertEquals(1_000L * slowest.get(i).number, slowest.get(i).rankNs);
        }
    }

    @Test
    void shouldAddIntervalsOfAllThreadsToTotals() {
        final LatencyRecorder first = new LatencyRecorder("worker-0");
        final LatencyRecorder second = new LatencyRecorder("worker-1");
        final LatencyCollector collector = new LatencyCollector(List.of(first, second), null, START_MS);
        assertTrue(collector.totals().isEmpty());
        for (int i = 1; i <= 100; i++) {
            first.record(LatencyStage.QUEUE_WAIT, i);
            second.record(LatencyStage.QUEUE_WAIT, 100);
            collector.collect(START_MS + i);
        }
        final LatencyTotals totals = collector.totals();
        assertEquals(200, totals.count(LatencyStage.QUEUE_WAIT));
        assertEquals(100, totals.max(LatencyStage.QUEUE_WAIT));
        assertEquals(50, totals.percentile(LatencyStage.QUEUE_WAIT, 25));
        assertEquals(0, totals.count(LatencyStage.WORK));
    }

    @Test
    void shouldCountNegativeValuesAndClampHugeOnes() {
        final LatencyRecorder recorder = new LatencyRecorder("worker-0");
        final LatencyCollector collector = new LatencyCollector(List.of(recorder), null, START_MS);
        recorder.record(LatencyStage.WORK, -1, 5);
        recorder.record(LatencyStage.WORK, Long.MAX_VALUE);
        collector.collect(START_MS + 1);
        assertEquals(5, collector.totals().negative());
        assertEquals(1, collector.totals().count(LatencyStage.WORK));
        assertEquals(1.0, (double) collector.totals().max(LatencyStage.WORK) / LatencyRecorder.HIGHEST_NS, 0.02);
    }

    @Test
    void shouldRefuseThreadNamesThatBreakTheLog() {
        assertThrows(IllegalArgumentException.class, () -> new LatencyRecorder("worker 0"));
        assertThrows(IllegalArgumentException.class, () -> new LatencyRecorder("a,b"));
    }

    @Test
    void shouldBeginAWholeLogAgainWhenTheFileWasRemoved() throws IOException {
        final Path file = directory.resolve("out/latency.hlog");
        Files.createDirectory(file.getParent());
        final LatencyRecorder worker = new LatencyRecorder("worker-0");
        final LatencyLog log = new LatencyLog(file, START_MS, faults::add);
        try (LatencyCollector collector = new LatencyCollector(List.of(worker), log, START_MS)) {
            Files.delete(file);
            Files.delete(file.getParent());
            log.reopen();
            worker.record(LatencyStage.WORK, 1_000);
            collector.collect(START_MS + 1_000);
        }
        assertFalse(log.failed());
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            assertEquals(START_MS, reader.nextIntervalHistogram().getStartTimeStamp());
        }
    }

    @Test
    void shouldTellWhenItCannotBeWritten() throws IOException {
        final LatencyLog log = new LatencyLog(Path.of("/dev/full"), START_MS, faults::add);
        assertTrue(log.failed());
        assertEquals("No space left on device", faults.get(0).getMessage());
        log.close();
    }

    @Test
    void shouldMakeAnEmptyLogThatReads() throws IOException {
        final Path file = directory.resolve("empty.hlog");
        new LatencyLog(file, START_MS, faults::add).close();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            assertNull(reader.nextIntervalHistogram());
        }
    }
}
