package io.weir.monitor;

import io.weir.protocol.application.ApplicationNames;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at a running engine once a second, on a thread of its own, and shows what it sees: in the status file, and to
 * whoever asks for {@link #newest()}. It asks no thread of the engine to wait; the aggregator may stand still, and the
 * counters still move.
 *
 * <p>One thread makes, starts and closes it.
 */
public final class Monitor implements AutoCloseable {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    /** Workers answer with their next batch; those without frames have nothing to tell. */
    private static final long ANSWER_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_MS = 2_000;

    private final StatusMaker maker;
    private final StatusFile file;
    private final FaultLog faults;
    private final History history = new History();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "weir-monitor");
    private volatile Snapshot newest;

    /**
     * Makes a monitor.
     *
     * @param instance     what it looks at
     * @param engine       answers what can be seen at the moment
     * @param records      is among the engine's outputs
     * @param applications names of applications
     * @param file         where to show it, or null; closed with the monitor
     * @param faults       that the engine survived
     */
    public Monitor(final Instance instance, final Supplier<Reading> engine, final RecordView records,
        final ApplicationNames applications, final StatusFile file, final FaultLog faults) {
        this.file = file;
        this.faults = faults;
        maker = new StatusMaker(instance, engine, records::newest, faults, applications);
        thread.setDaemon(true);
    }

    /** Takes the first snapshot, and starts its thread. */
    public void start() {
        look();
        thread.start();
    }

    /** The newest snapshot. Any thread. */
    Snapshot newest() {
        return newest;
    }

    /** How throughput went. Any thread. */
    History history() {
        return history;
    }

    private void run() {
        long nextNs = System.nanoTime() + INTERVAL_NS;
        try {
            while (!end.await(nextNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                maker.ask();
                if (end.await(ANSWER_NS, TimeUnit.NANOSECONDS)) {
                    return;
                }
                lookOrReport();
                nextNs += INTERVAL_NS;
                // Whoever comes late does not hurry after.
                nextNs = Math.max(nextNs, System.nanoTime() + INTERVAL_NS / 2);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOrReport() {
        try {
            look();
        } catch (final RuntimeException e) {
            // The engine goes on without it, and so does the next look.
            faults.onError(e);
        }
    }

    private void look() {
        final Status status = maker.make();
        final String json = StatusEncoder.encode(status);
        history.add(status);
        newest = new Snapshot(status, json);
        if (file != null) {
            file.show(json.getBytes(StandardCharsets.US_ASCII), status.reading().timeNs() / 1_000_000);
        }
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join(PATIENCE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (file != null) {
            file.close();
        }
    }
}
