package io.weir.output;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.base.NativeMemory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EveWriterTest {
    private static final long BOUND_NS = SECONDS.toNanos(20);
    private static final int LINES_OF_A_CHUNK = EveWriter.CHUNK_BYTES / 1_003;

    @TempDir
    private Path directory;

    private final JsonWriter record = new JsonWriter().begin().string("x".repeat(1_000));

    @AfterEach
    void shouldGiveMemoryBack() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.OUTPUT));
    }

    private Path pipe() throws IOException, InterruptedException {
        final Path pipe = directory.resolve("pipe");
        final Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertTrue(mkfifo.waitFor(5, SECONDS));
        assertEquals(0, mkfifo.exitValue());
        return pipe;
    }

    @Test
    void shouldWriteMoreThanAllChunksHold() throws IOException {
        final Path file = directory.resolve("lines");
        final EveWriter writer = new EveWriter(file, false, true);
        for (int i = 0; i < 20 * LINES_OF_A_CHUNK; i++) {
            writer.line(record);
        }
        writer.close();
        assertEquals(0, writer.lost());
        assertEquals(20L * LINES_OF_A_CHUNK * 1_003, Files.size(file));
        assertEquals(Files.size(file), writer.writtenBytes());
        try (var lines = Files.lines(file)) {
            assertTrue(lines.allMatch(line -> line.length() == 1_002));
        }
    }

    @Test
    void shouldGoOnInANewFileOnceTheOldOneWasMovedAway() throws IOException {
        final Path file = directory.resolve("lines");
        final Path moved = directory.resolve("lines.1");
        final EveWriter writer = new EveWriter(file, true, true);
        writer.line(record);
        writer.flush();
        final long beginNs = System.nanoTime();
        while (writer.writtenBytes() < 1_003) {
            assertTrue(System.nanoTime() - beginNs < BOUND_NS, "the line was not written");
            Thread.onSpinWait();
        }
        Files.move(file, moved);
        writer.reopen();
        writer.line(record);
        writer.line(record);
        writer.close();
        assertEquals(1_003, Files.size(moved));
        assertEquals(2_006, Files.size(file));
        assertEquals(0, writer.lost());
    }

    @Test
    void shouldCountWhatAFullDeviceRefusesAndGoOn() throws IOException {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "SKIPPED: no /dev/full here");
        final EveWriter writer = new EveWriter(full, false, true);
        for (int i = 0; i < 3 * LINES_OF_A_CHUNK; i++) {
            writer.line(record);
        }
        writer.close();
        assertEquals(3L * LINES_OF_A_CHUNK, writer.lost());
    }

    @Test
    void shouldEndThoughNobodyOpensThePipe() throws IOException, InterruptedException {
        final EveWriter writer = new EveWriter(pipe(), false, false);
        for (int i = 0; i < 12 * LINES_OF_A_CHUNK; i++) {
            writer.line(record);
        }
        writer.close();
        assertEquals(12L * LINES_OF_A_CHUNK, writer.lost());
    }

    @Test
    void shouldEndThoughNobodyReadsThePipe() throws IOException, InterruptedException {
        final Path pipe = pipe();
        try (FileChannel reader =
            FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertTrue(reader.isOpen());
            final EveWriter writer = new EveWriter(pipe, false, false);
            for (int i = 0; i < 12 * LINES_OF_A_CHUNK; i++) {
                writer.line(record);
            }
            writer.close();
            assertEquals(12L * LINES_OF_A_CHUNK, writer.lost());
        }
    }

    @Test
    void shouldLetAWaitingRunGoOnWhenToldNotToWait() throws IOException, InterruptedException {
        final EveWriter writer = new EveWriter(pipe(), false, true);
        final Thread stopper = new Thread(writer::captureEnded);
        for (int i = 0; i < 12 * LINES_OF_A_CHUNK; i++) {
            if (i == 2 * LINES_OF_A_CHUNK) {
                stopper.start();
            }
            writer.line(record);
        }
        stopper.join();
        writer.close();
        assertEquals(12L * LINES_OF_A_CHUNK, writer.lost());
    }

    @Test
    void shouldRefuseAFileThatCannotBeCreated() {
        assertThrows(IOException.class, () -> new EveWriter(directory.resolve("missing/eve.json"), false, true));
    }
}
