package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureStatistics;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTraceTest {
    @TempDir
    private Path folder;

    @AfterEach
    void shouldFreeEveryBlock() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FILE_BLOCKS));
    }

    private Path pcap(final String name, final long... seconds) throws IOException {
        final CaptureBytes bytes = CaptureBytes.little().pcapMicros();
        for (final long second : seconds) {
            bytes.record(second, 0, CaptureBytes.data((int) second, 40));
        }
        final Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return CaptureBytes.write(file, name.endsWith(".gz") ? bytes.gzipped() : bytes.bytes());
    }

    private static List<Long> seconds(final FileSource source) {
        return ReadFrame.all(source).stream().map(frame -> frame.timestampNs() / 1_000_000_000L).toList();
    }

    @Test
    void shouldReadRotatedFilesInOrderOfTheirFirstStamp() throws IOException {
        final Path last = pcap("a.pcap", 30, 31);
        final Path first = pcap("z.pcap", 10, 11);
        final Path middle = pcap("m.pcap.gz", 20, 5);
        final Path empty = pcap("empty.pcap");

        final FileTrace trace = FileTrace.of(List.of(empty, last, first, middle));

        assertEquals(List.of(first, middle, last, empty), trace.files());
        try (FileSource source = FileSource.open(trace, 2)) {
            assertEquals(List.of(10L, 11L, 20L, 5L, 30L, 31L), seconds(source));
            assertEquals(1, source.interfaces().size());
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            assertEquals(List.of(), statistics.damages);
            assertEquals(trace.bytes(), statistics.bytesTotal);
            assertEquals(trace.bytes(), statistics.bytesRead);
        }
    }

    @Test
    void shouldTakeTheCapturesOutOfADirectory() throws IOException {
        final Path second = pcap("sub/deep/x.pcap3", 2);
        final Path first = pcap("unusual-name", 1);
        Files.writeString(folder.resolve("notes.txt"), "these are notes and nothing else at all");
        Files.writeString(folder.resolve(".keep"), "");
        final Path broken = Files.writeString(folder.resolve("broken.pcapng"), "this is no capture whatever it says");

        final FileTrace trace = FileTrace.of(List.of(folder));

        assertEquals(List.of(first, second), trace.files());
        try (FileSource source = FileSource.open(trace, 1)) {
            assertEquals(List.of(1L, 2L), seconds(source));
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            assertEquals(List.of(new CaptureStatistics.Damage(broken.toString(), -1,
                "neither a pcap nor a pcapng file")), statistics.damages);
        }
    }

    @Test
    void shouldRefuseADirectoryWithoutCapturesAndNamedFilesThatAreNone() throws IOException {
        final Path text = Files.writeString(folder.resolve("notes.txt"), "these are notes and nothing else at all");
        final CaptureException none =
            assertThrows(CaptureException.class, () -> FileTrace.of(List.of(folder)));
        assertEquals(folder + ": no capture file in this directory", none.getMessage());
        final Path good = pcap("sub/good.pcap", 1);
        assertThrows(CaptureException.class, () -> FileTrace.of(List.of(good, text)));
    }

    @Test
    void shouldGoOnWhenALaterFileHasVanished() throws IOException {
        final Path first = pcap("a.pcap", 1);
        final Path second = pcap("b.pcap", 2);
        final Path third = pcap("c.pcap", 3);
        final FileTrace trace = FileTrace.of(List.of(first, second, third));
        try (FileSource source = FileSource.open(trace, 2)) {
            Files.delete(second);
            assertEquals(List.of(1L, 3L), seconds(source));
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            assertEquals(List.of("no such file"),
                statistics.damages.stream().map(CaptureStatistics.Damage::what).toList());
        }
    }

    @Test
    void shouldReadThousandsOfFilesThroughOneBlock() throws IOException {
        for (int i = 0; i < 3000; i++) {
            pcap("f" + i + ".pcap", i);
        }
        final Frame frame = new Frame();
        int frames = 0;
        try (FileSource source = FileSource.open(FileTrace.of(List.of(folder)), 1)) {
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    assertEquals(frames * 1_000_000_000L, frame.timestampNs);
                    frames++;
                    source.release(0, frame.block);
                }
            }
        }
        assertEquals(3000, frames);
    }

    @Test
    void shouldHandOutNothingMoreThanItsBlocksHold() throws IOException {
        for (int i = 0; i < 4; i++) {
            pcap("f" + i + ".pcap", i);
        }
        final Frame frame = new Frame();
        try (FileSource source = FileSource.open(FileTrace.of(List.of(folder)), 3)) {
            assertEquals(3, source.blockCount(0));
            for (int i = 0; i < 3; i++) {
                assertTrue(source.next(frame));
                assertEquals(i, frame.block);
            }
            assertTrue(!source.next(frame) && !source.isExhausted());
            source.release(0, 0);
            assertTrue(source.next(frame));
            assertEquals(3_000_000_000L, frame.timestampNs);
            assertTrue(!source.next(frame) && source.isExhausted());
        }
    }
}
