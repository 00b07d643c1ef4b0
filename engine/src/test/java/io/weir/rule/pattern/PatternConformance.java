package io.weir.rule.pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every library must do. */
abstract class PatternConformance {
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private PatternLibrary library;
    private PatternScanner scanner;
    private long memoryBefore;

    abstract PatternLibrary library();

    @BeforeEach
    void open() {
        library = library();
        memoryBefore = NativeMemory.inUse();
        scanner = library.scanner();
    }

    @AfterEach
    void shouldGiveAllMemoryBack() {
        if (scanner != null) {
            scanner.close();
            scanner.close();
            assertEquals(memoryBefore, NativeMemory.inUse());
        }
    }

    @Test
    void shouldFindWhatIsThereAndWhereItEndsFirst() {
        for (int seed = 0; seed < 200; seed++) {
            final PatternSamples samples = new PatternSamples(seed);
            final PatternSet set = samples.set(1 + samples.below(60), 1 + samples.below(5));
            try (PatternDatabase database = library.compile(set, ScanMode.BLOCK)) {
                scanner.prepare(database);
                for (int round = 0; round < 8; round++) {
                    final byte[] text = samples.text(set, 1 + samples.below(round == 0 ? 2000 : 200));
                    scanner.clear();
                    scanner.add(database, new UnsafeBuffer(text), 0, text.length);
                    assertEquals(PatternModel.scan(set, text, 0, 0, text.length, 0), answers().get(0), "seed " + seed);
                }
            }
        }
    }

    @Test
    void shouldHoldBackNoValueWithAPattern() {
        int held = 0;
        for (int seed = 0; seed < 400; seed++) {
            final PatternSamples samples = new PatternSamples(seed);
            final int patterns = 1 + samples.below(60);
            final int shortest = 3 + samples.below(4);
            final PatternSet set =
                seed % 2 == 0 ? samples.set(patterns, shortest) : samples.boundedSet(patterns, shortest);
            try (PatternDatabase database = library.compile(set, ScanMode.BLOCK)) {
                for (int round = 0; round < 40; round++) {
                    final byte[] text = samples.text(set, samples.below(round < 20 ? 70 : 300));
                    final UnsafeBuffer value = new UnsafeBuffer(text);
                    if (!database.mayHold(text, value.addressOffset(), text.length)) {
                        held++;
                        assertEquals(Map.of(), PatternModel.scan(set, text, 0, 0, text.length, 0), "seed " + seed);
                    }
                }
            }
        }
        assertTrue(held > 1000, held + " of 16000");
    }

    @Test
    void shouldFindInPiecesWhatIsThereInTheWhole() {
        for (int seed = 1000; seed < 1150; seed++) {
            final PatternSamples samples = new PatternSamples(seed);
            final PatternSet set = samples.set(1 + samples.below(60), 1 + samples.below(5));
            try (PatternDatabase database = library.compile(set, ScanMode.STREAM);
                PatternStreams streams = library.streams(database, 2)) {
                scanner.prepare(database);
                final int[] numbers = {streams.open(), streams.open()};
                for (int round = 0; round < 8; round++) {
                    final byte[] text = samples.text(set, 1 + samples.below(300));
                    scanInPieces(samples, set, streams, numbers[samples.below(2)], text, "seed " + seed);
                }
            }
        }
    }

    private void scanInPieces(final PatternSamples samples, final PatternSet set, final PatternStreams streams,
        final int stream, final byte[] text, final String message) {
        final UnsafeBuffer buffer = new UnsafeBuffer(text);
        final List<Map<Integer, Long>> expected = new ArrayList<>();
        streams.reset(stream);
        scanner.clear();
        int origin = 0;
        long base = 0;
        for (int from = 0; from < text.length;) {
            if (samples.below(8) == 0) {
                final int missing = samples.below(10);
                streams.skip(stream, missing);
                base += missing;
                origin = from;
            }
            final int to = from + samples.below(Math.min(text.length - from, 40) + 1);
            if (scanner.add(streams, stream, buffer, from, to - from) >= 0) {
                expected.add(PatternModel.scan(set, text, origin, from, to, base));
                from = to;
            }
            // What a skip follows must have been scanned.
            assertEquals(expected, answers(), message);
            scanner.clear();
            expected.clear();
        }
    }

    @Test
    void shouldScanPiecesOfOneStreamInOneBatch() {
        final PatternSet set = new PatternSet();
        final int early = set.add(bytes("abcdef"), false, 0, 10);
        final int late = set.add(bytes("CDefgh"), true);
        try (PatternDatabase database = library.compile(set, ScanMode.STREAM);
            PatternStreams streams = library.streams(database, 1)) {
            scanner.prepare(database);
            final int stream = streams.open();
            final UnsafeBuffer text = new UnsafeBuffer(bytes("..abcdefghij...abcdefgh"));
            for (int i = 0; i < 23; i++) {
                scanner.add(streams, stream, text, i, 1);
            }
            final List<Map<Integer, Long>> answers = answers();
            assertEquals(Map.of(early, 8L), answers.get(7));
            assertEquals(Map.of(late, 10L), answers.get(9));
            assertEquals(Map.of(late, 23L), answers.get(22));
            assertEquals(3, answers.stream().mapToInt(Map::size).sum());
        }
    }

    @Test
    void shouldAnswerABatchOverSeveralDatabasesInTheOrderOfItsJobs() {
        final PatternSamples samples = new PatternSamples(1);
        final List<PatternSet> sets = new ArrayList<>();
        final List<PatternDatabase> databases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sets.add(samples.set(10 + 300 * i, 1 + i));
            databases.add(library.compile(sets.get(i), ScanMode.BLOCK));
            scanner.prepare(databases.get(i));
        }
        final List<Map<Integer, Long>> expected = new ArrayList<>();
        for (int i = 0; i < PatternScanner.MAX_JOBS; i++) {
            final PatternSet set = sets.get(i % 5);
            final byte[] text = i % 7 == 0 ? new byte[0] : samples.text(set, 1 + samples.below(900));
            assertEquals(i, scanner.add(databases.get(i % 5), new UnsafeBuffer(text), 0, text.length));
            expected.add(PatternModel.scan(set, text, 0, 0, text.length, 0));
        }
        assertEquals(-1, scanner.add(databases.get(0), new UnsafeBuffer(new byte[1]), 0, 1));
        assertEquals(expected, answers());
        databases.forEach(PatternDatabase::close);
    }

    @Test
    void shouldKeepJobsPendingWhoseMatchesFindNoRoom() {
        final PatternSet set = new PatternSet();
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            final String word = "<" + i + ">";
            set.add(bytes(word), false);
            text.append(word);
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes(text.toString()));
        try (PatternDatabase database = library.compile(set, ScanMode.BLOCK)) {
            scanner.prepare(database);
            for (int i = 0; i < 4; i++) {
                scanner.add(database, buffer, 0, buffer.capacity());
            }
            assertEquals(5000, scanner.scan());
            assertEquals(3, scanner.pending());
            assertEquals(0, scanner.job(4999));
            for (int i = 1; i < 4; i++) {
                assertEquals(5000, scanner.scan());
                assertEquals(i, scanner.job(0));
            }
            assertEquals(0, scanner.pending());
            assertEquals(0, scanner.scan());
        }
    }

    @Test
    void shouldOpenNoMoreStreamsThanAllowedAndBeginAnewInTheOnesGivenBack() {
        final PatternSet set = new PatternSet();
        set.add(bytes("ab"), false);
        try (PatternDatabase database = library.compile(set, ScanMode.STREAM);
            PatternStreams streams = library.streams(database, 2)) {
            scanner.prepare(database);
            final int first = streams.open();
            final int second = streams.open();
            assertEquals(-1, streams.open());
            assertEquals(2L * database.streamBytes(), streams.bytes());
            try (NativeMemory.Region text = NativeMemory.allocate(NativeMemory.Tag.OTHER, 2, 1)) {
                text.byteBuffer().put(bytes("ab"));
                assertEquals(0, scanner.scan(streams, first, text.address(), 1));
                streams.close(first);
                assertEquals(1, streams.openCount());
                assertEquals(first, streams.open());
                assertEquals(0, scanner.scan(streams, first, text.address() + 1, 1), "of another stream's beginning");
                assertEquals(0, scanner.scan(streams, second, text.address(), 1));
                assertEquals(1, scanner.scan(streams, second, text.address() + 1, 1));
                assertEquals(2, scanner.end(0));
            }
        }
    }

    @Test
    void shouldRefuseWhatItIsNotPreparedFor() {
        final PatternSet set = new PatternSet();
        set.add(bytes("ab"), false);
        assertThrows(IllegalArgumentException.class, () -> library.compile(new PatternSet(), ScanMode.BLOCK));
        try (PatternDatabase blocks = library.compile(set, ScanMode.BLOCK);
            PatternDatabase pieces = library.compile(set, ScanMode.STREAM)) {
            assertThrows(IllegalArgumentException.class, () -> scanner.add(blocks, 0, 0));
            scanner.prepare(pieces);
            assertThrows(IllegalArgumentException.class, () -> scanner.add(pieces, 0, 0));
            assertThrows(IllegalArgumentException.class, () -> library.streams(blocks, 1));
            assertTrue(blocks.bytes() > 0);
            assertEquals(0, blocks.streamBytes());
        }
    }

    @Test
    void shouldCopyAsideWhatLiesInArrays() {
        final PatternSet set = new PatternSet();
        set.add(bytes("needle"), false);
        try (PatternDatabase database = library.compile(set, ScanMode.BLOCK)) {
            scanner.prepare(database);
            final byte[] text = new byte[9000];
            for (int i = 0; i < 20; i++) {
                Arrays.fill(text, (byte) 'x');
                System.arraycopy(bytes("needle"), 0, text, 100 * i, 6);
                scanner.add(database, new UnsafeBuffer(text), 0, text.length);
            }
            final List<Map<Integer, Long>> answers = answers();
            for (int i = 0; i < 20; i++) {
                assertEquals(Map.of(0, 100L * i + 6), answers.get(i));
            }
        }
    }

    @Test
    void shouldServeSeveralThreadsFromOneDatabase() throws InterruptedException {
        final PatternSamples samples = new PatternSamples(4);
        final PatternSet set = samples.set(300, 2);
        try (PatternDatabase database = library.compile(set, ScanMode.BLOCK)) {
            final List<Thread> threads = new ArrayList<>();
            final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 3; i++) {
                final byte[] text = samples.text(set, 500);
                final Map<Integer, Long> expected = PatternModel.scan(set, text, 0, 0, text.length, 0);
                threads.add(new Thread(() -> {
                    try (PatternScanner own = library.scanner()) {
                        own.prepare(database);
                        for (int round = 0; round < 200; round++) {
                            own.clear();
                            own.add(database, new UnsafeBuffer(text), 0, text.length);
                            if (!answers(own).get(0).equals(expected)) {
                                wrong.add(expected.toString());
                            }
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (final Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    void shouldAllocateNothingWhileItScans() {
        final PatternSamples samples = new PatternSamples(5);
        final PatternSet set = samples.set(300, 2);
        final byte[] bytes = samples.text(set, 500);
        try (PatternDatabase blocks = library.compile(set, ScanMode.BLOCK);
            PatternDatabase pieces = library.compile(set, ScanMode.STREAM);
            PatternStreams streams = library.streams(pieces, 1)) {
            scanner.prepare(blocks);
            scanner.prepare(pieces);
            final UnsafeBuffer text = new UnsafeBuffer(bytes);
            long sum = scanRepeatedly(blocks, streams, text);
            final long thread = Thread.currentThread().getId();
            final long before = THREADS.getThreadAllocatedBytes(thread);
            sum += scanRepeatedly(blocks, streams, text);
            final long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
            assertTrue(sum > 0);
            assertTrue(allocated < 4096, "allocated " + allocated + " bytes in 3000 scans");
        }
    }

    private long scanRepeatedly(final PatternDatabase blocks, final PatternStreams streams, final UnsafeBuffer text) {
        long sum = 0;
        for (int round = 0; round < 1000; round++) {
            scanner.clear();
            final int stream = streams.open();
            scanner.add(blocks, text, 0, text.capacity());
            scanner.add(streams, stream, text, 0, 250);
            scanner.add(streams, stream, text, 250, 250);
            do {
                final int matches = scanner.scan();
                for (int i = 0; i < matches; i++) {
                    sum += scanner.end(i) + scanner.pattern(i) + scanner.job(i);
                }
            } while (scanner.pending() > 0);
            streams.close(stream);
        }
        return sum;
    }

    private List<Map<Integer, Long>> answers() {
        return answers(scanner);
    }

    /** What all pending jobs say; a pattern that is told twice is a fault. */
    static List<Map<Integer, Long>> answers(final PatternScanner scanner) {
        final List<Map<Integer, Long>> answers = new ArrayList<>();
        for (int i = 0; i < scanner.pending(); i++) {
            answers.add(new TreeMap<>());
        }
        int last = 0;
        while (scanner.pending() > 0) {
            final int matches = scanner.scan();
            for (int i = 0; i < matches; i++) {
                assertTrue(scanner.job(i) >= last, "jobs in order");
                last = scanner.job(i);
                assertEquals(null, answers.get(last).put(scanner.pattern(i), scanner.end(i)));
            }
        }
        return answers;
    }

    static byte[] bytes(final String text) {
        return text.getBytes(ISO_8859_1);
    }
}
