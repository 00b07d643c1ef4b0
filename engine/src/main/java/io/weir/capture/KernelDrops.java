package io.weir.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Frames that were lost before they reached the socket, since this object was made. The socket's own counter does not
 * know of them: behind a full veth queue a quarter of the traffic was lost while it stood at 0.
 */
public final class KernelDrops {
    private static final Path DEVICES = Path.of("/proc/thread-self/net/dev");
    private static final Path SOFTNET = Path.of("/proc/net/softnet_stat");

    private final String name;
    private long lastInterface;
    private long interfaceDropped;
    private final long softnetAtStart;

    /** Starts counting for an interface of this thread's network namespace. */
    public KernelDrops(final String name) {
        this.name = name;
        lastInterface = Math.max(0, readInterface());
        softnetAtStart = readSoftnet();
    }

    /** Drops, errors and FIFO overruns of the interface, 0 if the system does not tell. */
    public long interfaceDropped() {
        final long now = readInterface();
        if (now >= 0) {
            // An interface that was removed and made again counts from 0.
            interfaceDropped += now >= lastInterface ? now - lastInterface : now;
            lastInterface = now;
        }
        return interfaceDropped;
    }

    /** Drops in the backlogs of all CPUs. */
    public long softnetDropped() {
        return Math.max(0, readSoftnet() - softnetAtStart);
    }

    // Columns behind the name: bytes packets errs drop fifo frame ...; drop includes rx_missed_errors.
    private long readInterface() {
        for (final String line : lines(DEVICES)) {
            final String row = line.strip();
            if (row.startsWith(name) && row.startsWith(":", name.length())) {
                final StringTokenizer columns = new StringTokenizer(row.substring(name.length() + 1));
                columns.nextToken();
                columns.nextToken();
                return Long.parseLong(columns.nextToken()) + Long.parseLong(columns.nextToken())
                    + Long.parseLong(columns.nextToken());
            }
        }
        return -1;
    }

    // One row per CPU, hexadecimal; the second column is the number of drops.
    private static long readSoftnet() {
        long sum = 0;
        for (final String line : lines(SOFTNET)) {
            final StringTokenizer columns = new StringTokenizer(line);
            columns.nextToken();
            sum += Long.parseLong(columns.nextToken(), 16);
        }
        return sum;
    }

    private static List<String> lines(final Path path) {
        try {
            return Files.readAllLines(path);
        } catch (final IOException e) {
            return List.of();
        }
    }
}
