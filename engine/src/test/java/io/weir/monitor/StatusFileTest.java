package io.weir.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StatusFileTest {
    private static final Instance SELF = Instance.current("1", true, List.of("eth0"));
    /** No process has so high a number: the kernel's limit is 4 Mi. */
    private static final Instance GONE = new Instance(5_000_000, 1, "1", true, List.of());

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve("1.status");
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldShowTheNewestSnapshotToAReader() throws IOException {
        try (StatusFile file = StatusFile.create(path(), SELF); StatusReader reader = StatusReader.open(path())) {
            assertNull(reader.snapshot());
            file.show(ascii("{\"a\":1}"), 1);
            assertArrayEquals(ascii("{\"a\":1}"), reader.snapshot());
            file.show(ascii("{}"), 2);
            assertArrayEquals(ascii("{}"), reader.snapshot());
            assertEquals(SELF.pid(), reader.pid());
            assertTrue(reader.isRunning());
        }
        assertFalse(Files.exists(path()), "it is removed at the end");
    }

    @Test
    void shouldKeepTheLastSnapshotWhenOneIsTooLong() throws IOException {
        try (StatusFile file = StatusFile.create(path(), SELF); StatusReader reader = StatusReader.open(path())) {
            file.show(ascii("{}"), 1);
            file.show(new byte[StatusLayout.SLOT_LENGTH], 2);
            assertArrayEquals(ascii("{}"), reader.snapshot());
        }
    }

    @Test
    void shouldNeverShowHalfASnapshot() throws Exception {
        try (StatusFile file = StatusFile.create(path(), SELF); StatusReader reader = StatusReader.open(path())) {
            file.show(ascii("a".repeat(50_000)), 1);
            final Thread writer = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    file.show(ascii(Character.toString('a' + i % 26).repeat(40_000 + i % 10_000)), i);
                }
            });
            writer.start();
            int read = 0;
            while (writer.isAlive() || read == 0) {
                try {
                    final byte[] snapshot = reader.snapshot();
                    for (final byte one : snapshot) {
                        assertEquals(snapshot[0], one);
                    }
                    read++;
                } catch (final IOException e) {
                    // Written a hundred times while it was read: this writer does not pause for a second, as weir does.
                    read++;
                }
            }
            writer.join();
        }
    }

    @Test
    void shouldReplaceTheFileOfADeadProcessAndNoOther() throws IOException {
        try (StatusFile file = StatusFile.create(path(), SELF)) {
            assertThrows(FileAlreadyExistsException.class, () -> StatusFile.create(file.path(), SELF), "it is in use");
        }
        Files.writeString(path(), "precious");
        assertThrows(FileAlreadyExistsException.class, () -> StatusFile.create(path(), SELF));
        assertEquals("precious", Files.readString(path()));
        Files.delete(path());
        final Path left = directory.resolve("2.status");
        try (StatusFile file = StatusFile.create(left, GONE)) {
            file.show(ascii("{\"last\":1}"), 1);
            Files.copy(left, path());
        }
        try (StatusReader reader = StatusReader.open(path())) {
            assertFalse(reader.isRunning());
            assertArrayEquals(ascii("{\"last\":1}"), reader.snapshot());
        }
        StatusFile.create(path(), SELF).close();
    }

    @Test
    void shouldFollowNoLinkAndLetNobodyElseRead() throws IOException {
        final Path target = directory.resolve("target");
        Files.createSymbolicLink(path(), target);
        assertThrows(FileAlreadyExistsException.class, () -> StatusFile.create(path(), SELF));
        assertFalse(Files.exists(target));
        assertThrows(IOException.class, () -> StatusReader.open(path()));
        Files.delete(path());
        try (StatusFile file = StatusFile.create(path(), SELF)) {
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
        }
    }

    @Test
    void shouldCallNothingAStatusFileThatIsNone() throws IOException {
        assertThrows(IOException.class, () -> StatusReader.open(directory));
        for (final byte[] bytes : List.of(new byte[0], new byte[100], new byte[8_192],
            ascii("weirstat" + "\u0001".repeat(8_192)))) {
            Files.write(path(), bytes);
            assertThrows(IOException.class, () -> StatusReader.open(path()).snapshot());
            assertFalse(StatusReader.isStale(path()));
        }
    }

    @Test
    void shouldKeepEachKindOfFaultOnceInTheFile() throws IOException {
        try (StatusFile file = StatusFile.create(path(), SELF); StatusReader reader = StatusReader.open(path())) {
            final FaultLog faults = new FaultLog(file.faults());
            final IllegalStateException fault = new IllegalStateException("broken");
            faults.onError(fault);
            faults.onError(fault);
            faults.onError(new IllegalArgumentException("other"));
            assertEquals(faults.rows(), reader.faults());
            assertEquals(2, faults.rows().size());
            assertEquals(2, faults.rows().get(0).count());
            assertTrue(faults.rows().get(0).title().contains("broken"));
            for (int i = 0; i < 10_000; i++) {
                faults.onError(new IllegalStateException("kind " + i));
            }
            assertTrue(reader.faults().size() < 1_000, "the log is bounded");
            file.faults().putInt(0, -8);
            assertEquals(List.of(), reader.faults());
        }
    }
}
