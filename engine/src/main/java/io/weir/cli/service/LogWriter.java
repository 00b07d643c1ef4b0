package io.weir.cli.service;

import java.io.Writer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Makes an entry of the log from each line that a command says on standard error. A service has nobody who reads along,
 * and the journal wants each line with its priority. What commands say there beside their output are problems that they
 * go on in spite of, warnings, unless they end with it: {@link #failure}.
 */
public final class LogWriter extends Writer {
    private static final Logger LOG = LogManager.getLogger(LogWriter.class);
    private static final String NAME = "weir: ";
    private final StringBuilder line = new StringBuilder();
    private Level level = Level.WARN;

    /** From now on the lines are what ended the command. */
    public void failure() {
        synchronized (lock) {
            level = Level.ERROR;
        }
    }

    @Override
    public void write(final char[] text, final int from, final int length) {
        synchronized (lock) {
            for (int i = from; i < from + length; i++) {
                if (text[i] == '\n') {
                    log();
                } else {
                    line.append(text[i]);
                }
            }
        }
    }

    private void log() {
        final int start = line.indexOf(NAME) == 0 ? NAME.length() : 0;
        if (line.length() > start) {
            LOG.log(level, "{}", line.substring(start));
        }
        line.setLength(0);
    }

    @Override
    public void flush() {
        // An entry is made when its line ends.
    }

    @Override
    public void close() {
        synchronized (lock) {
            log();
        }
    }
}
