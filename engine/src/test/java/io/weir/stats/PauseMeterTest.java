package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseMeterTest {
    private static final long MS = 1_000_000;

    @TempDir
    private Path directory;

    private final Jvm jvm = new Jvm();
    private long nowNs;
    private final PauseMeter meter = new PauseMeter(List.of("worker-0", "aggregate"), () -> nowNs, jvm);

    /** Counters that the test sets. */
    private static final class Jvm implements JvmPauses {
        private long safepointNs = 7_000;
        private long collectionNs;
        private long compilationNs;

        @Override
        public long safepointNs() {
            return safepointNs;
        }

        @Override
        public long collectionNs() {
            return collectionNs;
        }

        @Override
        public long compilationNs() {
            return compilationNs;
        }
    }

    private void sleep(final long ns) {
        nowNs += ns;
        meter.doWork();
    }

    private void sleepSoundly(final int times) {
        for (int i = 0; i < times; i++) {
            sleep(MS);
        }
    }

    private static void assertNear(final long expectedNs, final long ns) {
        assertEquals((double) expectedNs, (double) ns, 0.02 * expectedNs);
    }

    @Test
    void shouldCallWhatItOversleepsAHiccup() {
        sleepSoundly(3);
        sleep(5 * MS);
        final PauseInterval interval = meter.take();
        assertEquals(3, interval.histogram(Pause.HICCUP).getTotalCount());
        assertNear(4 * MS, interval.histogram(Pause.HICCUP).getMaxValue());
        assertEquals(0, interval.histogram(Pause.SAFEPOINT).getTotalCount());
        assertEquals(1, interval.size());
        assertEquals(Pause.HICCUP, interval.get(0).kind);
        assertEquals(4 * MS, interval.get(0).durationNs);
    }

    @Test
    void shouldTakeSafepointsOffWhatItOversleeps() {
        sleepSoundly(2);
        jvm.safepointNs += 6 * MS;
        jvm.collectionNs += 5 * MS;
        sleep(8 * MS);
        final PauseInterval interval = meter.take();
        assertNear(1 * MS, interval.histogram(Pause.HICCUP).getMaxValue());
        assertNear(6 * MS, interval.histogram(Pause.SAFEPOINT).getMaxValue());
        assertNear(5 * MS, interval.histogram(Pause.GC).getMaxValue());
        assertEquals(3, interval.size());
        assertEquals(Pause.SAFEPOINT, interval.get(0).kind);
        assertEquals(Pause.GC, interval.get(1).kind);
        assertEquals(Pause.HICCUP, interval.get(2).kind);
    }

    @Test
    void shouldBeginEachIntervalEmpty() {
        sleepSoundly(2);
        jvm.safepointNs += 2 * MS;
        sleep(3 * MS);
        assertEquals(1, meter.take().histogram(Pause.SAFEPOINT).getTotalCount());
        sleepSoundly(1);
        assertEquals(0, meter.take().histogram(Pause.SAFEPOINT).getTotalCount());
        assertEquals(0, meter.take().size());
    }

    @Test
    void shouldReadTheSchedulersBooksOfEachThread() throws IOException {
        final Path thread = Files.createDirectory(directory.resolve("thread"));
        books(thread, 3 * MS, 5);
        meter.watch(new ThreadSchedule("worker-0", thread));
        sleepSoundly(11);
        assertEquals(0, meter.take().runDelays(0).getTotalCount(), "what went before is not the engine's");
        books(thread, 5 * MS, 9);
        sleepSoundly(1_000);
        final PauseInterval interval = meter.take();
        assertEquals(1, interval.runDelays(0).getTotalCount());
        assertNear(2 * MS, interval.runDelays(0).getMaxValue());
        assertEquals(0, interval.runDelays(1).getTotalCount());
        assertEquals(0, interval.get(0).thread);
        assertEquals(Pause.RUN_DELAY, interval.get(0).kind);
        assertEquals(9, meter.switches(0));
        meter.onClose();
    }

    private static void books(final Path thread, final long delayNs, final int switches) throws IOException {
        Files.writeString(thread.resolve("schedstat"), "123456 " + delayNs + " 78\n");
        Files.writeString(thread.resolve("status"),
            "Name:\tjava\nvoluntary_ctxt_switches:\t77\nnonvoluntary_ctxt_switches:\t" + switches + "\n");
    }

    @Test
    void shouldLogAndAddUpPausesUnderTheirTags() throws IOException {
        final Path file = directory.resolve("latency.hlog");
        final Path thread = Files.createDirectory(directory.resolve("thread"));
        books(thread, MS, 1);
        meter.watch(new ThreadSchedule("aggregate", thread));
        final LatencyLog log = new LatencyLog(file, 0, fault -> { });
        final LatencyCollector collector = new LatencyCollector(List.of(), meter, log, null, 0);
        sleepSoundly(11);
        books(thread, 4 * MS, 1);
        jvm.safepointNs += 2 * MS;
        jvm.collectionNs += MS;
        jvm.compilationNs += 3 * MS;
        sleepSoundly(10);
        collector.collect(1_000);
        collector.close();
        meter.onClose();
        final List<String> tags = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram(); next != null;
                next = reader.nextIntervalHistogram()) {
                tags.add(next.getTag());
            }
        }
        assertEquals(List.of("jvm/gc", "jvm/safepoint", "jvm/compiler", "host/hiccup", "thread/aggregate/run-delay"),
            tags);
        final PauseTotals totals = collector.totals().pauses();
        assertNear(3 * MS, totals.sumNs(Pause.RUN_DELAY));
        assertNear(3 * MS, totals.sumNs(Pause.COMPILER));
        assertEquals(List.of("worker-0", "aggregate"),
            totals.threads().stream().map(PauseTotals.ThreadRow::name).toList());
        assertNear(3 * MS, totals.threads().get(1).runDelayNs());
    }

    @Test
    void shouldWatchTheThreadThatAsks() {
        meter.watchCaller("worker-0");
        meter.watchCaller("nobody");
        sleepSoundly(1_001);
        assertTrue(meter.switches(0) >= 0);
        meter.onClose();
    }

    @Test
    void shouldEndWhenAsked() {
        sleepSoundly(1);
        meter.finish();
        assertThrows(AgentTerminationException.class, meter::doWork);
    }
}
