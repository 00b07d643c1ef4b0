package io.weir.stats;

import io.weir.base.WallClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;

/**
 * Notices what holds threads up besides their work. It sleeps for as long at a time as the threads do that wait for
 * frames or records; what it oversleeps, they do.
 *
 * <p>An agent on a thread of its own, that idles by parking for {@link #PERIOD_NS}, or {@link #LONG_PERIOD_NS}: pauses
 * of the JVM that come within one are told as one. Another thread takes the intervals.
 */
public final class PauseMeter implements Agent {
    /** Time between two looks. */
    public static final long PERIOD_NS = 1_000_000;
    /** The same where frames come from files: nobody waits for any, and each look takes time from them. */
    public static final long LONG_PERIOD_NS = 5_000_000;

    private static final int LOOKS_PER_SCHEDULE = 10;
    private static final int LOOKS_PER_SWITCHES = 1_000;

    private final List<String> threads;
    private final JvmPauses jvm;
    private final NanoClock clock;
    private final WallClock wall;
    private final Alternating<PauseInterval> intervals;
    private final AtomicReferenceArray<ThreadSchedule> schedules;
    private final long[] delaysNs;
    private final AtomicLongArray switches;
    private volatile boolean finishing;
    private boolean begun;
    private long lookedNs;
    private long shortestNs = Long.MAX_VALUE;
    private long safepointNs;
    private long collectionNs;
    private long compilationNs;
    private int looks;

    /**
     * Makes a meter of this JVM.
     *
     * @param threads names of the threads that will be watched, as in the tags of the log
     */
    public PauseMeter(final List<String> threads, final NanoClock clock) {
        this(threads, clock, new JvmCounters());
    }

    PauseMeter(final List<String> threads, final NanoClock clock, final JvmPauses jvm) {
        threads.forEach(LatencyLog::checkTag);
        this.threads = List.copyOf(threads);
        this.clock = clock;
        this.jvm = jvm;
        wall = new WallClock();
        intervals = new Alternating<>(new PauseInterval(threads.size()), new PauseInterval(threads.size()));
        schedules = new AtomicReferenceArray<>(threads.size());
        switches = new AtomicLongArray(threads.size());
        delaysNs = new long[threads.size()];
    }

    /** Names of the threads, by their places. */
    public List<String> threads() {
        return threads;
    }

    /** Watches the calling thread, if its name is among the threads and the system keeps books about it. */
    public void watchCaller(final String name) {
        try {
            watch(ThreadSchedule.ofCaller(name));
        } catch (final IOException e) {
            // A kernel without schedstat: the meter's own oversleeping still tells of the host.
            return;
        }
    }

    void watch(final ThreadSchedule schedule) {
        final int place = threads.indexOf(schedule.name());
        if (place < 0 || !schedules.compareAndSet(place, null, schedule)) {
            CloseHelper.quietClose(schedule);
        }
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        if (finishing) {
            throw new AgentTerminationException("enough");
        }
        if (begun) {
            look(nowNs);
        } else {
            begun = true;
            safepointNs = jvm.safepointNs();
            collectionNs = jvm.collectionNs();
            compilationNs = jvm.compilationNs();
        }
        lookedNs = clock.nanoTime();
        return 0;
    }

    private void look(final long nowNs) {
        final long sleptNs = nowNs - lookedNs;
        final long epochNs = wall.epochNs();
        final long stoodStillNs = jvm.safepointNs() - safepointNs;
        final long collectedNs = jvm.collectionNs() - collectionNs;
        shortestNs = Math.min(shortestNs, sleptNs);
        final PauseInterval interval = intervals.enter();
        interval.add(Pause.HICCUP, sleptNs - shortestNs - stoodStillNs, epochNs);
        if (stoodStillNs > 0) {
            safepointNs += stoodStillNs;
            interval.add(Pause.SAFEPOINT, stoodStillNs, epochNs);
        }
        if (collectedNs > 0) {
            collectionNs += collectedNs;
            interval.add(Pause.GC, collectedNs, epochNs);
        }
        looks++;
        if (looks % LOOKS_PER_SCHEDULE == 0) {
            lookAtCompiler(interval, epochNs);
            lookAtThreads(interval, epochNs, looks % LOOKS_PER_SWITCHES == 0);
        }
        intervals.leave();
    }

    private void lookAtCompiler(final PauseInterval interval, final long epochNs) {
        final long compiledNs = jvm.compilationNs() - compilationNs;
        if (compiledNs > 0) {
            compilationNs += compiledNs;
            interval.add(Pause.COMPILER, compiledNs, epochNs);
        }
    }

    private void lookAtThreads(final PauseInterval interval, final long epochNs, final boolean atSwitches) {
        for (int i = 0; i < delaysNs.length; i++) {
            final ThreadSchedule schedule = schedules.get(i);
            if (schedule == null) {
                continue;
            }
            schedule.readDelay();
            if (schedule.delayNs() > delaysNs[i]) {
                // What it waited before anybody looked was for its start.
                if (delaysNs[i] > 0) {
                    interval.addRunDelay(i, schedule.delayNs() - delaysNs[i], epochNs);
                }
                delaysNs[i] = schedule.delayNs();
            }
            if (atSwitches) {
                schedule.readSwitches();
                switches.set(i, schedule.switches());
            }
        }
    }

    /** Asks the agent to end. Any thread. */
    public void finish() {
        finishing = true;
    }

    /** How often a thread had to leave a CPU so far; some seconds old. Any thread. */
    long switches(final int thread) {
        return switches.get(thread);
    }

    /** Takes the pauses since the last call. They are valid until the next. One thread. */
    PauseInterval take() {
        intervals.spare().clear();
        return intervals.swap();
    }

    @Override
    public void onClose() {
        for (int i = 0; i < schedules.length(); i++) {
            CloseHelper.quietClose(schedules.get(i));
        }
    }

    @Override
    public String roleName() {
        return "weir-meter";
    }
}
