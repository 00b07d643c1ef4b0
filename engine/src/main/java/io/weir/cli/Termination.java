package io.weir.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGINT and SIGTERM end a command in order: the command is asked to stop, finishes what it has taken in, and its
 * exit status is that of the process.
 *
 * <p>The Java machine begins to shut down when such a signal comes, and would exit with 128 plus the signal's number
 * while the command is at work. A shutdown hook holds that up until the command has ended, within bounds.
 */
final class Termination {
    private static final CountDownLatch ENDED = new CountDownLatch(1);
    private static volatile long patienceNs = TimeUnit.SECONDS.toNanos(20);
    private static volatile Runnable stop;
    private static volatile boolean requested;
    private static volatile int exitStatus = ExitStatus.IMPAIRED;
    private static volatile boolean ownsProcess;
    private static boolean hooked;

    private Termination() {
    }

    /**
     * Sets what stops the running command; null while nothing needs to be stopped: a signal then lets the command come
     * to its end by itself. Called at once if too late.
     */
    static synchronized void onRequest(final Runnable stopping) {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(Termination::shutDown, "weir-shutdown"));
        }
        stop = stopping;
        if (requested && stopping != null) {
            stopping.run();
        }
    }

    /** Sets how long a command that was asked to stop may take; after that the process ends all the same. */
    static void patienceNs(final long value) {
        patienceNs = value;
    }

    /** Tells that this process lives for one command: it may end when the command has, and not before. */
    static void ownProcess() {
        ownsProcess = true;
    }

    /** True if a signal asked for the end. */
    static boolean isRequested() {
        return requested;
    }

    /** Ends the process. */
    static void exit(final int status) {
        exitStatus = status;
        ENDED.countDown();
        System.exit(status);
    }

    private static void shutDown() {
        if (ENDED.getCount() == 0) {
            return;
        }
        requested = true;
        final Runnable stopping = stop;
        if (stopping != null) {
            stopping.run();
        } else if (!ownsProcess) {
            return;
        }
        try {
            if (!ENDED.await(patienceNs, TimeUnit.NANOSECONDS)) {
                System.err.println("weir: did not come to an end within "
                    + TimeUnit.NANOSECONDS.toSeconds(patienceNs) + " s; giving up");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitStatus);
    }
}
