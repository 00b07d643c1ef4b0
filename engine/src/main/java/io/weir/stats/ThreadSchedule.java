package io.weir.stats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the kernel's scheduler keeps about one thread: how long it was ready and had no CPU ({@code schedstat}), and how
 * often it was put off one while it had work ({@code status}). Read by one thread; allocates nothing per reading.
 */
final class ThreadSchedule implements AutoCloseable {
    private static final byte[] SWITCHES = "nonvoluntary_ctxt_switches:".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final RandomAccessFile delays;
    private final RandomAccessFile status;
    private final byte[] text = new byte[4096];
    private int length;
    private int at;
    private long delayNs;
    private long switches;

    /**
     * Opens the files of the calling thread.
     *
     * @throws IOException if the system has none
     */
    static ThreadSchedule ofCaller(final String name) throws IOException {
        return new ThreadSchedule(name, Path.of("/proc/thread-self"));
    }

    /** Opens the files in a directory of a thread. */
    ThreadSchedule(final String name, final Path directory) throws IOException {
        this.name = name;
        delays = new RandomAccessFile(directory.resolve("schedstat").toFile(), "r");
        try {
            status = new RandomAccessFile(directory.resolve("status").toFile(), "r");
        } catch (final IOException e) {
            delays.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** Time ready without a CPU so far, as it was read last. */
    long delayNs() {
        return delayNs;
    }

    /** How often it had to leave a CPU so far, as it was read last. */
    long switches() {
        return switches;
    }

    /** Reads the delay anew; a thread that has ended keeps what was read last. */
    void readDelay() {
        if (read(delays)) {
            at = 0;
            number();
            delayNs = Math.max(delayNs, number());
        }
    }

    /** Reads the switches anew. */
    void readSwitches() {
        if (read(status)) {
            at = 0;
            while (at < length && !isAt(SWITCHES)) {
                at++;
            }
            at += SWITCHES.length;
            switches = Math.max(switches, number());
        }
    }

    private boolean read(final RandomAccessFile file) {
        try {
            file.seek(0);
            length = Math.max(0, file.read(text));
            return length > 0;
        } catch (final IOException e) {
            // ESRCH: the thread has ended; what it had is known.
            return false;
        }
    }

    private boolean isAt(final byte[] word) {
        if (at + word.length > length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (text[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** The next number of the text, 0 if there is none. */
    private long number() {
        while (at < length && (text[at] < '0' || text[at] > '9')) {
            at++;
        }
        long value = 0;
        while (at < length && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at++] - '0';
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        delays.close();
        status.close();
    }
}
