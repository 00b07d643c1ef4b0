package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged until this is closed, as {@code LEVEL text}. */
public final class LogLines implements AutoCloseable {
    private final List<String> lines = new ArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("test", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(final LogEvent event) {
            synchronized (lines) {
                lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
            }
        }
    };

    /** Listens from now on. */
    public LogLines() {
        appender.start();
        context().getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
    }

    private static LoggerContext context() {
        return (LoggerContext) LogManager.getContext(false);
    }

    /** What came so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        context().getConfiguration().getRootLogger().removeAppender(appender.getName());
        appender.stop();
    }
}
