package io.weir.engine;

import io.weir.base.Affinity;
import io.weir.monitor.Reading;
import io.weir.stats.PauseMeter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;

/** One thread of an engine: pins itself, then runs its agent until that is done or any thread of the engine fails. */
final class EngineThread implements Agent {
    /** Name of the aggregator's thread. */
    static final String AGGREGATOR = "aggregate";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final VarHandle CYCLES;

    static {
        try {
            CYCLES = MethodHandles.lookup().findVarHandle(EngineThread.class, "cycles", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Agent agent;
    private final int cpu;
    private final StopSignal stop;
    private final PauseMeter meter;
    private final AgentRunner runner;
    private final Thread thread;
    /** Written by the thread itself alone, once a cycle: an opaque write costs what a plain one does. */
    private long cycles;

    /**
     * Makes a thread; {@link #start()} starts it.
     *
     * @param cpu   to pin to, or -1
     * @param meter watches it, or null
     */
    EngineThread(final Agent agent, final int cpu, final IdleStrategy idle, final StopSignal stop,
        final PauseMeter meter) {
        this.agent = agent;
        this.cpu = cpu;
        this.stop = stop;
        this.meter = meter;
        this.runner = new AgentRunner(idle, this::onError, null, this);
        this.thread = new Thread(runner, agent.roleName());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** CPU time it has taken so far; 0 once it has ended. Any thread. */
    Reading.ThreadTime time() {
        return new Reading.ThreadTime(thread.getName(), Math.max(0, THREADS.getThreadCpuTime(thread.getId())));
    }

    /** Ends its sleep, if its idle strategy is to park. Any thread. */
    void wakeup() {
        LockSupport.unpark(thread);
    }

    /** Waits for the end of the thread; answers whether it has ended. */
    boolean join(final long timeoutNs) throws InterruptedException {
        if (timeoutNs > 0) {
            TimeUnit.NANOSECONDS.timedJoin(thread, timeoutNs);
        }
        return !thread.isAlive();
    }

    @Override
    public void onStart() {
        if (cpu >= 0) {
            Affinity.pin(cpu);
        }
        if (meter != null) {
            meter.watchCaller(name(agent));
        }
        agent.onStart();
    }

    /** Name of an agent's thread among those that a meter watches: its role, less the name of the program. */
    static String name(final Agent agent) {
        return agent.roleName().substring(agent.roleName().indexOf('-') + 1);
    }

    @Override
    public int doWork() throws Exception {
        if (stop.failure() != null) {
            throw new AgentTerminationException("another thread failed");
        }
        final int work = agent.doWork();
        CYCLES.setOpaque(this, cycles + 1);
        return work;
    }

    /** Duty cycles that came to an end so far: moves while the thread runs, with work or without. Any thread. */
    long cycles() {
        return (long) CYCLES.getOpaque(this);
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }

    private void onError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            stop.fail(error);
        }
    }
}
