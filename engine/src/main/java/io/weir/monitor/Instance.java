package io.weir.monitor;

import java.util.List;

/**
 * Which engine it is that is looked at.
 *
 * @param pid        its process
 * @param startedMs  when that process started, ms since 1970; with the pid it names one process for good
 * @param version    of weir
 * @param live       true if frames come from the wire
 * @param interfaces or files it reads
 */
public record Instance(long pid, long startedMs, String version, boolean live, List<String> interfaces) {
    /** Copies what it is given. */
    public Instance {
        interfaces = List.copyOf(interfaces);
    }

    /** This process. */
    public static Instance current(final String version, final boolean live, final List<String> interfaces) {
        final ProcessHandle process = ProcessHandle.current();
        return new Instance(process.pid(), startedMs(process), version, live, interfaces);
    }

    /** True if the process runs that this instance names. */
    public boolean isRunning() {
        return isRunning(pid, startedMs);
    }

    /** True if a process with this pid runs that started at this time. */
    static boolean isRunning(final long pid, final long startedMs) {
        return ProcessHandle.of(pid).filter(process -> process.isAlive() && startedMs(process) == startedMs)
            .isPresent();
    }

    private static long startedMs(final ProcessHandle process) {
        return process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
    }
}
