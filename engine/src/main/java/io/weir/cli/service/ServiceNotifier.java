package io.weir.cli.service;

import io.weir.base.Errno;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Tells a service manager what it cannot see: when capture has begun, how it goes, that every packet thread still makes
 * progress, and when the end has begun. Without a manager it tells nobody, and costs nothing.
 *
 * <p>One thread looks, and gives the time; {@link #reloading}, {@link #reloaded} and {@link #stopping} are for any.
 */
public final class ServiceNotifier {
    private static final Logger LOG = LogManager.getLogger(ServiceNotifier.class);
    private static final long STATUS_NS = TimeUnit.SECONDS.toNanos(5);
    /** Signs of life for each watchdog interval: one may be late, and one lost. */
    private static final int SIGNS = 4;

    private final NotifySocket socket;
    private final long watchdogNs;
    private PacketThreads threads;
    private long[] seen = {};
    private long signNs;
    private long statusNs;
    private boolean stuckSaid;
    private boolean failureSaid;
    private volatile boolean ready;
    private volatile boolean stopping;

    /**
     * Makes one.
     *
     * @param socket     of the manager, or null for none
     * @param watchdogNs time after which the manager takes a silent process for stuck, or 0 if it does not watch
     */
    public ServiceNotifier(final NotifySocket socket, final long watchdogNs) {
        this.socket = socket;
        this.watchdogNs = watchdogNs;
    }

    /** As the manager asks for it in the environment of process {@code pid}: sd_notify(3), sd_watchdog_enabled(3). */
    public static ServiceNotifier of(final Map<String, String> environment, final long pid) {
        final String path = environment.getOrDefault("NOTIFY_SOCKET", "");
        final String watched = environment.getOrDefault("WATCHDOG_PID", "");
        final boolean watches = watched.isEmpty() || watched.equals(Long.toString(pid));
        return new ServiceNotifier(path.isEmpty() ? null : new NotifySocket(path),
            watches ? microseconds(environment.getOrDefault("WATCHDOG_USEC", "")) : 0);
    }

    private static long microseconds(final String text) {
        return text.matches("[0-9]{1,15}") ? TimeUnit.MICROSECONDS.toNanos(Long.parseLong(text)) : 0;
    }

    /** True if there is somebody to tell. */
    public boolean isHeard() {
        return socket != null;
    }

    /** True once the manager was told that capture runs. */
    public boolean isReady() {
        return ready;
    }

    /** From now on these are looked at. */
    public void watch(final PacketThreads value) {
        threads = value;
        seen = new long[value.count()];
    }

    /**
     * Looks at the threads and tells what there is to tell: ready once each has run a cycle, then the status every few
     * seconds, and a sign of life once each has made progress since the last one. Several times a second.
     *
     * @param nowNs  of a monotonic clock
     * @param status what goes on, in one line
     */
    public void look(final long nowNs, final Supplier<String> status) {
        if (socket == null) {
            return;
        }
        if (!ready) {
            if (allMoved() < 0) {
                ready = true;
                signNs = nowNs;
                statusNs = nowNs;
                markSeen();
                send("READY=1", "STATUS=" + status.get());
            }
            return;
        }
        if (nowNs - statusNs >= STATUS_NS) {
            statusNs = nowNs;
            send("STATUS=" + status.get());
        }
        if (watchdogNs > 0 && nowNs - signNs >= watchdogNs / SIGNS) {
            giveSign(nowNs);
        }
    }

    /** The time that stopping may take is the manager's to bound: threads that end by and by are not stuck. */
    private void giveSign(final long nowNs) {
        final int stuck = stopping ? -1 : allMoved();
        if (stuck < 0) {
            signNs = nowNs;
            stuckSaid = false;
            markSeen();
            send("WATCHDOG=1");
        } else if (!stuckSaid && nowNs - signNs >= watchdogNs / 2) {
            stuckSaid = true;
            LOG.error("{} makes no progress for {} ms; the service manager will end this process after {} ms",
                threads.name(stuck), TimeUnit.NANOSECONDS.toMillis(nowNs - signNs),
                TimeUnit.NANOSECONDS.toMillis(watchdogNs));
        }
    }

    /** The first thread that did not move since the last sign of life, or -1. */
    private int allMoved() {
        for (int i = 0; i < seen.length; i++) {
            if (threads.cycles(i) == seen[i]) {
                return i;
            }
        }
        return -1;
    }

    private void markSeen() {
        for (int i = 0; i < seen.length; i++) {
            seen[i] = threads.cycles(i);
        }
    }

    /** Tells that the configuration is being read again. */
    public void reloading(final long nowNs) {
        if (ready) {
            send("RELOADING=1", "MONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(nowNs));
        }
    }

    /** Tells that this is over, whatever came of it. */
    public void reloaded() {
        if (ready) {
            send("READY=1");
        }
    }

    /** Tells that the end has begun. */
    public void stopping() {
        if (!stopping && socket != null) {
            stopping = true;
            send("STOPPING=1", "STATUS=stopping: what was taken in is still inspected and written");
        }
    }

    private void send(final String... assignments) {
        final int result = socket == null ? 0 : socket.send(assignments);
        if (result < 0 && !failureSaid) {
            failureSaid = true;
            LOG.warn("the service manager at {} does not hear us: {}", socket, Errno.text(result));
        }
    }
}
