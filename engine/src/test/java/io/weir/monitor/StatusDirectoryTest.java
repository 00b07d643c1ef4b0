package io.weir.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusDirectoryTest {
    @TempDir
    private Path directory;
    private Path run;
    private Path temporary;
    private int self;

    @BeforeEach
    void makeFolders() throws IOException {
        run = Files.createDirectory(directory.resolve("run"));
        temporary = Files.createDirectory(directory.resolve("tmp"));
        self = (Integer) Files.getAttribute(directory, "unix:uid");
    }

    private StatusDirectory of(final int user, final Map<String, String> environment) {
        return new StatusDirectory(environment, run, temporary, user);
    }

    @Test
    void shouldTakeTheServicesDirectoryThenRootsThenTheUsers() throws IOException {
        final Path service = Files.createDirectory(run.resolve("weir-eth0"));
        assertEquals(service.resolve("7.status"),
            of(self, Map.of("RUNTIME_DIRECTORY", service + ":/elsewhere")).forProcess(7));
        assertEquals(run.resolve("weir/7.status"), of(0, Map.of()).forProcess(7));
        final Path session = Files.createDirectory(directory.resolve("session"));
        assertEquals(session.resolve("weir/7.status"), of(1, Map.of("XDG_RUNTIME_DIR", session.toString()))
            .forProcess(7));
        assertEquals(temporary.resolve("weir-1/7.status"), of(1, Map.of()).forProcess(7));
        assertEquals("rwx------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("weir-1"))));
    }

    @Test
    void shouldNotUseADirectoryThatOthersMayWriteTo() throws IOException {
        final Path open = Files.createDirectory(temporary.resolve("weir-" + (self + 1)));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createFile(open.resolve("1.status"));
        final StatusDirectory user = of(self + 1, Map.of());
        assertThrows(IOException.class, () -> user.forProcess(7));
        assertEquals(List.of(), user.files());
        Files.delete(open.resolve("1.status"));
        Files.delete(open);
        Files.createSymbolicLink(open, run);
        assertThrows(IOException.class, () -> user.forProcess(7), "a link is no directory");
    }

    @Test
    void shouldFindFilesAndRemoveThoseOfDeadProcessesAlone() throws IOException {
        final Path used = Files.createDirectory(run.resolve("weir"));
        final Instance gone = new Instance(5_000_000, 1, "1", true, List.of());
        final Path kept = directory.resolve("kept");
        try (StatusFile file = StatusFile.create(kept, gone)) {
            Files.copy(file.path(), used.resolve("5000000.status"));
        }
        Files.writeString(used.resolve("other.status"), "something else");
        try (StatusFile file = StatusFile.create(used.resolve("1.status"),
            Instance.current("1", true, List.of()))) {
            assertEquals(3, of(self, Map.of()).files().size());
            of(0, Map.of()).forProcess(8);
            assertFalse(Files.exists(used.resolve("5000000.status")));
            assertTrue(Files.exists(file.path()));
            assertTrue(Files.exists(used.resolve("other.status")));
        }
    }
}
