package io.weir.cli.service;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * The log of what happens while weir runs, on standard error: lines for people, or entries of the journal with their
 * priorities (sd-daemon(3)) where standard error leads there.
 */
public final class OperationalLog {
    /** Selects the appender in log4j2.xml. */
    private static final String APPENDER_PROPERTY = "weir.log.appender";
    /** Level where the configuration names none. */
    private static final String LEVEL_PROPERTY = "weir.log.level";
    private static final String ROOT_PACKAGE = "io.weir.";
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private static final Set<String> LEVELLED = new HashSet<>();

    private OperationalLog() {
    }

    /** Chooses the form; before anything logs. Answers whether standard error is the journal. */
    public static boolean open() {
        // log4j would add a shutdown hook when it is first used, which throws once a signal has come.
        System.setProperty("log4j2.shutdownHookEnabled", "false");
        final boolean journal = isJournal(System.getenv().getOrDefault("JOURNAL_STREAM", ""), STANDARD_ERROR);
        if (journal) {
            System.setProperty(APPENDER_PROPERTY, "journal");
        }
        return journal;
    }

    /**
     * True if a file is the stream to the journal that a process was started with: a child that inherits the variable
     * may have another standard error.
     *
     * @param stream value of JOURNAL_STREAM: numbers of device and inode, with a colon between
     */
    static boolean isJournal(final String stream, final Path file) {
        if (stream.isEmpty()) {
            return false;
        }
        try {
            return stream.equals(Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino"));
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Puts the levels of a configuration in force, in place of those before. Any thread. */
    public static synchronized void levels(final Configuration configuration) {
        final String usual = configuration.isSet(Settings.LOG_LEVEL) ? configuration.get(Settings.LOG_LEVEL)
            : System.getProperty(LEVEL_PROPERTY, configuration.get(Settings.LOG_LEVEL));
        Configurator.setRootLevel(level(usual));
        final LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LEVELLED.forEach(context.getConfiguration()::removeLogger);
        LEVELLED.clear();
        context.updateLoggers();
        for (final Map.Entry<String, String> part : configuration.get(Settings.LOG_PACKAGES).entrySet()) {
            Configurator.setLevel(ROOT_PACKAGE + part.getKey(), level(part.getValue()));
            LEVELLED.add(ROOT_PACKAGE + part.getKey());
        }
    }

    private static Level level(final String word) {
        return Level.toLevel(word, Level.INFO);
    }
}
