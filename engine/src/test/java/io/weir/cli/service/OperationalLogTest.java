package io.weir.cli.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.cli.LogLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationalLogTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKnowTheJournalByDeviceAndInode() throws IOException {
        final Path stream = Files.createFile(directory.resolve("stream"));
        final Path other = Files.createFile(directory.resolve("other"));
        final String name = Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");
        assertTrue(OperationalLog.isJournal(name, stream));
        assertFalse(OperationalLog.isJournal(name, other));
        assertFalse(OperationalLog.isJournal("", stream));
        assertFalse(OperationalLog.isJournal(name, directory.resolve("missing")));
    }

    @Test
    void shouldMakeAnEntryOfEachLineAndAnErrorOfWhatEndsTheCommand() {
        try (LogLines log = new LogLines(); PrintWriter err = new PrintWriter(new LogWriter(), true)) {
            err.print("weir: one ");
            err.print("thing");
            err.println();
            err.println("weir: another\n\nweir: a third");
            assertEquals(List.of("WARN one thing", "WARN another", "WARN a third"), log.lines());
        }
    }

    /** The whole of it, as a service runs it: standard error is a file that JOURNAL_STREAM names. */
    @Test
    void shouldGiveTheJournalPriorities() throws IOException, InterruptedException {
        final Path journal = Files.createFile(directory.resolve("journal"));
        final ProcessBuilder weir = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), "io.weir.cli.Weir", "run", "-c",
            directory.resolve("missing.yaml").toString()).redirectError(journal.toFile());
        weir.environment().put("JOURNAL_STREAM",
            Files.getAttribute(journal, "unix:dev") + ":" + Files.getAttribute(journal, "unix:ino"));
        final Process process = weir.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(2, process.exitValue());
        assertEquals(List.of("<3>" + directory.resolve("missing.yaml") + ": no such file"),
            Files.readAllLines(journal));
    }
}
