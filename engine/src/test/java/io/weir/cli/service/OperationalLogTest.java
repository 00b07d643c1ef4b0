package io.weir.cli.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.cli.LogLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
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
        final LogWriter writer = new LogWriter();
        try (LogLines log = new LogLines(); PrintWriter err = new PrintWriter(writer, true)) {
            err.print("weir: one ");
            err.print("thing");
            err.println();
            err.println("weir: another\n\nweir: a third");
            writer.failure();
            err.println("weir: the end");
            assertEquals(List.of("WARN one thing", "WARN another", "WARN a third", "ERROR the end"), log.lines());
        }
    }

    @Test
    void shouldPutThePriorityInFrontOfALineForTheJournal() {
        final Appender journal =
            ((LoggerContext) LogManager.getContext(false)).getConfiguration().getAppender("journal");
        final Map<Level, String> priorities = Map.of(Level.FATAL, "<2>", Level.ERROR, "<3>", Level.WARN, "<4>",
            Level.INFO, "<6>", Level.DEBUG, "<7>", Level.TRACE, "<7>");
        priorities.forEach((level, priority) -> assertEquals(priority + "an entry\\nof one line\n",
            new String(journal.getLayout().toByteArray(Log4jLogEvent.newBuilder().setLevel(level)
                .setMessage(new SimpleMessage("an entry\nof one line")).build()), StandardCharsets.UTF_8)));
    }
}
