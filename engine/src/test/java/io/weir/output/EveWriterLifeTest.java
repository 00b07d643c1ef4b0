package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.base.Native;
import io.weir.base.NativeMemory;
import io.weir.monitor.FaultLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records while their file is moved away, removed, cut short or out of room. */
@Timeout(60)
class EveWriterLifeTest {
    private static final long BOUND_NS = 30_000_000_000L;

    @TempDir
    private Path directory;

    @AfterEach
    void shouldGiveMemoryBack() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.OUTPUT));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(final Condition condition) throws IOException {
        final long end = System.nanoTime() + BOUND_NS;
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static JsonWriter number(final int value) {
        return new JsonWriter().begin().number(value);
    }

    private static void write(final EveWriter writer, final int value) throws IOException {
        final long before = writer.writtenBytes() + writer.lost();
        writer.line(number(value));
        writer.flush();
        await(() -> writer.writtenBytes() + writer.lost() > before);
    }

    @Test
    void shouldGoOnInANewFileWhenTheFileWasMovedAway() throws IOException {
        final Path file = directory.resolve("eve.json");
        final EveWriter writer = new EveWriter(file, true, false);
        write(writer, 1);
        Files.move(file, directory.resolve("eve.json.1"));
        write(writer, 2);
        writer.reopen();
        await(() -> Files.exists(file));
        write(writer, 3);
        writer.close();
        assertEquals(List.of("1", "2"), Files.readAllLines(directory.resolve("eve.json.1")));
        assertEquals(List.of("3"), Files.readAllLines(file));
        assertEquals(0, writer.lost());
    }

    @Test
    void shouldNoticeWithoutASignalThatAnotherFileTookItsPlace() throws IOException {
        final Path file = directory.resolve("eve.json");
        final EveWriter writer = new EveWriter(file, true, false);
        write(writer, 1);
        Files.move(file, directory.resolve("eve.json.1"));
        Files.writeString(file, "");
        int value = 1;
        while (Files.size(file) == 0) {
            write(writer, ++value);
        }
        writer.close();
        assertEquals(List.of(Integer.toString(value)), Files.readAllLines(file));
        assertEquals(value - 1, Files.readAllLines(directory.resolve("eve.json.1")).size());
    }

    @Test
    void shouldMakeADirectoryAgainThatWasRemoved() throws IOException {
        final Path file = directory.resolve("out/eve.json");
        Files.createDirectory(file.getParent());
        final EveWriter writer = new EveWriter(file, true, false);
        write(writer, 1);
        Files.delete(file);
        Files.delete(file.getParent());
        writer.reopen();
        await(() -> Files.exists(file));
        write(writer, 2);
        writer.close();
        assertEquals(List.of("2"), Files.readAllLines(file));
    }

    @Test
    void shouldLoseAndCountWhatHasNowhereToGoAndGoOnOnceItHas() throws IOException {
        final Path file = directory.resolve("out/eve.json");
        Files.createDirectory(file.getParent());
        final EveWriter writer = new EveWriter(file, true, false);
        Files.delete(file);
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "a file where the directory was");
        writer.reopen();
        await(() -> {
            write(writer, 1);
            return writer.lost() > 0;
        });
        Files.delete(file.getParent());
        final long lost = writer.lost();
        write(writer, 2);
        writer.close();
        assertEquals(lost, writer.lost());
        assertEquals(List.of("2"), Files.readAllLines(file));
    }

    @Test
    void shouldGoOnBehindAFileThatWasCopiedAndCutShort() throws IOException {
        final Path file = directory.resolve("eve.json");
        final EveWriter writer = new EveWriter(file, true, false);
        write(writer, 1);
        Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE).truncate(0).close();
        write(writer, 2);
        writer.close();
        assertEquals(List.of("2"), Files.readAllLines(file));
    }

    @Test
    void shouldCloseOffTheLineThatACrashTore() throws IOException {
        final Path file = directory.resolve("eve.json");
        Files.writeString(file, "1\n{\"torn\":");
        for (int run = 2; run < 4; run++) {
            final EveWriter writer = new EveWriter(file, true, false);
            write(writer, run);
            writer.close();
        }
        assertEquals("1\n{\"torn\":\n2\n3\n", Files.readString(file));
    }

    @Test
    void shouldLoseWholeLinesOnAFullDiskAndGoOnWhenThereIsRoom() throws Exception {
        final Path disk = Files.createDirectory(directory.resolve("disk"));
        final Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "weir-test",
            disk.toString()).redirectErrorStream(true).start();
        mount.getInputStream().readAllBytes();
        assumeTrue(mount.waitFor() == 0, "SKIPPED: a small file system cannot be mounted here");
        try {
            final Path ballast = disk.resolve("ballast");
            Files.write(ballast, new byte[40 << 10]);
            final EveWriter writer = new EveWriter(disk.resolve("eve.json"), true, false);
            final FaultLog faults = new FaultLog(new UnsafeBuffer(new byte[64 * 1024]));
            writer.faults(faults);
            write(writer, 1);
            final JsonWriter line = new JsonWriter().begin().string("x".repeat(1_000));
            for (int i = 0; i < 30; i++) {
                writer.line(line);
            }
            writer.flush();
            await(() -> writer.lost() == 30);
            await(() -> faults.rows().size() == 1);
            assertTrue(faults.rows().get(0).title().endsWith("No space left on device"), faults.rows().toString());
            assertEquals("1\n", Files.readString(disk.resolve("eve.json")));
            Files.delete(ballast);
            writer.line(line);
            write(writer, 2);
            writer.close();
            assertEquals(30, writer.lost());
            final List<String> lines = Files.readAllLines(disk.resolve("eve.json"));
            assertEquals(List.of(1, 1_002, 1), lines.stream().map(String::length).toList());
        } finally {
            assertEquals(0, new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor());
        }
    }

    @Test
    void shouldWaitForNothingOnceItIsToHurry() throws Exception {
        final Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        final EveWriter writer = new EveWriter(pipe, false, true);
        final Thread hurry = new Thread(writer::hasten);
        final JsonWriter line = new JsonWriter().begin().string("x".repeat(1_000));
        final int lines = 12 * EveWriter.CHUNK_BYTES / 1_003;
        for (int i = 0; i < lines; i++) {
            writer.line(line);
            if (i == lines / 6) {
                hurry.start();
            }
        }
        hurry.join();
        writer.close();
        assertEquals(lines, writer.lost());
    }

    private List<Path> putAside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("eve-")).sorted().toList();
        }
    }

    @Test
    void shouldPutTheFileAsideBeforeItIsTooLongAndKeepSoMany() throws IOException {
        Files.writeString(directory.resolve("eve-20200101T000000.json"), "left by a crash\n");
        Files.writeString(directory.resolve("eve-20200101T000000.json.gz.part"), "and this half done");
        final FileRotation rotation = new FileRotation(10, 0, 3, FileRotation.Compression.GZIP);
        final EveWriter writer = new EveWriter(directory.resolve("eve.json"), true, false, rotation);
        await(() -> putAside().equals(List.of(directory.resolve("eve-20200101T000000.json.gz"))));
        for (int i = 0; i < 5; i++) {
            write(writer, 111_111 * (i + 1));
        }
        await(() -> putAside().size() == 3 && putAside().stream().allMatch(file -> file.toString().endsWith(".gz")));
        writer.close();
        assertEquals(List.of("555555"), Files.readAllLines(directory.resolve("eve.json")));
        final StringBuilder text = new StringBuilder();
        for (final Path file : putAside()) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                text.append(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            }
        }
        assertEquals(3, text.toString().lines().filter(line -> "222222 333333 444444".contains(line)).count(),
            text.toString());
    }

    @Test
    void shouldPutTheFileAsideAfterATimeUnlessItIsEmpty() throws IOException {
        assertTrue(Native.library().abi() > 0);
        final FileRotation rotation = new FileRotation(0, 1_000_000, 0, FileRotation.Compression.ZSTD);
        final EveWriter writer = new EveWriter(directory.resolve("eve.json"), true, false, rotation);
        write(writer, 1);
        await(() -> putAside().size() == 1 && putAside().get(0).toString().endsWith(".zst"));
        writer.close();
        assertEquals(0, Files.size(directory.resolve("eve.json")));
        try (InputStream in = new com.github.luben.zstd.ZstdInputStream(Files.newInputStream(putAside().get(0)))) {
            assertEquals("1\n", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }
}
