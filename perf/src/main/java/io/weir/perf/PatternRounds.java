package io.weir.perf;

import io.weir.base.NativeMemory;
import io.weir.capture.file.FileSource;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.rule.pattern.PatternDatabase;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.pattern.PatternScanner;
import io.weir.rule.pattern.PatternSet;
import io.weir.rule.pattern.ScanMode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.agrona.UnsafeApi;

/**
 * Measures finding patterns in the payloads of a trace: {@code PatternRounds TRACE [SIGNATURES]}. Each library scans
 * all payloads in turn, round after round; a figure is the median of the rounds, in CPU time of the scanning thread.
 */
public final class PatternRounds {
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 3;
    private static final int PATTERNS = 17_000;
    private static final int MOST_PAYLOADS = 200_000;
    private static final int MOST_BYTES = 64 << 20;
    /** Short fields of a transaction that are scanned in one call. */
    private static final int BATCH = 10;
    private static final int FIELD_BYTES = 24;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final NativeMemory.Region payloads =
        NativeMemory.allocateLazily(NativeMemory.Tag.OTHER, MOST_BYTES, NativeMemory.CACHE_LINE);
    private final long[] addresses = new long[MOST_PAYLOADS];
    private final int[] lengths = new int[MOST_PAYLOADS];
    private int count;
    private long bytes;

    private PatternRounds() {
    }

    /** One library with one set. */
    private static final class Side implements AutoCloseable {
        private final PatternLibrary library;
        private final PatternDatabase database;
        private final PatternScanner scanner;
        private final double compileSeconds;
        private final double[] nsForAPayload = new double[ROUNDS];
        private final double[] nsForAField = new double[ROUNDS];
        private long matches;

        Side(final PatternLibrary library, final PatternSet set) {
            this.library = library;
            final long before = THREADS.getCurrentThreadCpuTime();
            database = library.compile(set, ScanMode.BLOCK);
            compileSeconds = (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
            scanner = library.scanner();
            scanner.prepare(database);
        }

        @Override
        public void close() {
            scanner.close();
            database.close();
        }
    }

    /** Runs the rounds and prints one line for each set and library. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: PatternRounds TRACE [SIGNATURES]");
            System.exit(2);
        }
        final PatternRounds rounds = new PatternRounds();
        rounds.load(Path.of(arguments[0]));
        rounds.measure("like signatures", PatternSamples.likeSignatures(PATTERNS));
        rounds.measure("any bytes", PatternSamples.ofAnyBytes(PATTERNS));
        if (arguments.length == 2) {
            rounds.measure("contents", PatternSamples.contents(Path.of(arguments[1]), 1));
            rounds.measure("contents from 4 bytes", PatternSamples.contents(Path.of(arguments[1]), 4));
        }
        rounds.payloads.close();
    }

    private void load(final Path trace) throws Exception {
        final Decoder decoder = new Decoder();
        final Frame frame = new Frame();
        try (FileSource source = FileSource.open(trace, 1)) {
            while (!source.isExhausted() && count < MOST_PAYLOADS && bytes < MOST_BYTES - (1 << 18)) {
                if (source.next(frame)) {
                    decoder.decode(frame);
                    if (frame.payloadLength > 0) {
                        addresses[count] = payloads.address() + bytes;
                        lengths[count] = frame.payloadLength;
                        UnsafeApi.copyMemory(frame.address + frame.payloadOffset, addresses[count], lengths[count]);
                        bytes += lengths[count++];
                    }
                    source.release(0, frame.block);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%d payloads of %.0f bytes on average%n", count, (double) bytes / count);
    }

    private void measure(final String name, final PatternSet set) {
        final List<PatternLibrary> libraries = new ArrayList<>();
        libraries.add(PatternLibrary.choose(PatternLibrary.Choice.JAVA));
        if (PatternLibrary.hyperscanAbsence() == null) {
            libraries.add(PatternLibrary.choose(PatternLibrary.Choice.HYPERSCAN));
        } else {
            System.out.println(PatternLibrary.hyperscanAbsence());
        }
        final List<Side> sides = new ArrayList<>();
        for (final PatternLibrary library : libraries) {
            sides.add(new Side(library, set));
        }
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (final Side side : sides) {
                final double payload = scanPayloads(side);
                final double field = scanFields(side);
                if (round >= 0) {
                    side.nsForAPayload[round] = payload;
                    side.nsForAField[round] = field;
                }
            }
        }
        for (final Side side : sides) {
            report(name, set, side);
            side.close();
        }
    }

    private double scanPayloads(final Side side) {
        final PatternScanner scanner = side.scanner;
        long found = 0;
        final long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            found += scanner.scan(side.database, addresses[i], lengths[i]);
        }
        final long ns = THREADS.getCurrentThreadCpuTime() - before;
        side.matches = found;
        return (double) ns / count;
    }

    /** The beginnings of payloads as short fields, several in one call. */
    private double scanFields(final Side side) {
        final PatternScanner scanner = side.scanner;
        final long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i + BATCH <= count; i += BATCH) {
            scanner.clear();
            for (int k = i; k < i + BATCH; k++) {
                scanner.add(side.database, addresses[k], Math.min(lengths[k], FIELD_BYTES));
            }
            do {
                scanner.scan();
            } while (scanner.pending() > 0);
        }
        return (double) (THREADS.getCurrentThreadCpuTime() - before) / (count / BATCH * BATCH);
    }

    private void report(final String name, final PatternSet set, final Side side) {
        final double ns = median(side.nsForAPayload);
        System.out.printf(Locale.ROOT, "patterns %-22s %-22s %6d patterns, compiled in %5.2f s to %6.1f MB;"
            + " %6.0f ns for a payload (%.0f to %.0f), %5.0f MB/s, %.2f matches;"
            + " %4.0f ns for a field of %d bytes, %d in a call%n", name,
            side.library.description(), set.size(), side.compileSeconds, side.database.bytes() / 1e6, ns,
            Arrays.stream(side.nsForAPayload).min().orElse(0), Arrays.stream(side.nsForAPayload).max().orElse(0),
            bytes * 1e3 / count / ns, (double) side.matches / count, median(side.nsForAField), FIELD_BYTES, BATCH);
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
