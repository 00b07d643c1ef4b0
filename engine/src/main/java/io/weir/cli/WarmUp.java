package io.weir.cli;

import io.weir.base.ThreadPriority;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.cli.demo.DemoCapture;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.output.PrintableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Runs made-up traffic through an engine that is thrown away, with the rules of the one that counts: what the JIT
 * compiler has not seen yet is ten times slower, and at a high rate the kernel's ring overflows before it has.
 *
 * <p>Either before the ring is opened, or beside the capture on threads of low priority.
 */
final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(WarmUp.class);
    /** Enough for the packet path to reach the optimizing compiler; about a second of CPU time. */
    private static final int ROUNDS = 100;
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LOWER_PRIORITY = 5;
    private static final int LOW_PRIORITY = 15;
    private static final Path NOWHERE = Path.of("/dev/null");

    private final ContextFactory contexts;
    private final int workers;
    /** Null if there are none. */
    private final LiveRules rules;
    private Thread thread;
    private volatile boolean replaying;
    private volatile boolean closed;

    /** Prepares it; {@code rules} may be null. */
    WarmUp(final ContextFactory contexts, final int workers, final LiveRules rules) {
        this.contexts = contexts;
        this.workers = workers;
        this.rules = rules;
    }

    /** Warms up now. */
    void run() {
        replaying = true;
        if (closed) {
            return;
        }
        try {
            final Path directory = Files.createTempDirectory("weir-warm-up");
            final Path capture = directory.resolve("traffic.pcapng");
            try {
                DemoCapture.write(capture);
                replay(capture);
            } finally {
                Files.deleteIfExists(capture);
                Files.deleteIfExists(directory);
            }
        } catch (final IOException e) {
            LOG.warn("no warm-up: {}", PrintableText.of(String.valueOf(e.getMessage())));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void goOn(final Throwable fault) {
        LOG.warn("warms up at the priority of all threads: {}", fault.getMessage());
    }

    /**
     * Warms up on threads of low priority from now on, until it is done or closed.
     *
     * @param first what is to be done before, at a priority somewhat lower than that of the capture
     */
    void runBeside(final Runnable first) {
        thread = new Thread(() -> {
            ThreadPriority.lower(LOWER_PRIORITY, WarmUp::goOn);
            first.run();
            // The threads of the engine are started by this one and have its priority.
            ThreadPriority.lower(LOW_PRIORITY, WarmUp::goOn);
            run();
        }, "weir-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void replay(final Path capture) throws IOException, InterruptedException {
        final EngineContext context = contexts.engine(workers, true).cpus();
        // In data sets that rules change, made-up traffic would leave its traces.
        if (rules != null && !rules.changeDatasets()) {
            rules.attach(context);
        }
        try (FileSource source = FileSource.open(
            FileTrace.of(Collections.nCopies(ROUNDS, capture)), FileSource.MAX_BLOCKS);
            EveOutput nowhere =
                new EveOutput(NOWHERE, false, 0, EveForm.of(index -> ""), contexts.applications());
            Engine engine = new Engine(context.source(source).output(nowhere).conclude())) {
            final long endNs = System.nanoTime() + BOUND_NS;
            engine.start();
            while (!engine.await(LOOK_NS) && !closed && System.nanoTime() < endNs) {
                Thread.onSpinWait();
            }
        }
    }

    /**
     * Ends a warm-up that is not over, and waits for that a moment. What it holds is its own, so that it may take
     * longer; and what is done before it, which nothing can cut short, is not waited for.
     */
    @Override
    public void close() {
        closed = true;
        if (thread != null && replaying) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, CLOSE_NS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
