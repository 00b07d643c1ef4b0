package io.weir.cli.doctor;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * What the machine is meant to do.
 *
 * @param interfaces     to capture from
 * @param workers        threads that inspect
 * @param fansOut        each of them captures too
 * @param cpus           that threads are pinned to; empty for none
 * @param ringBytes      of all rings
 * @param inspectedBytes most memory of flows, streams and protocols beside the Java heap
 * @param output         directory that records go to, or null
 * @param matcher        of patterns that is asked for
 */
public record Plan(List<String> interfaces, int workers, boolean fansOut, List<Integer> cpus, long ringBytes,
    long inspectedBytes, Path output, String matcher) {
    private static final long LOW_LATENCY_RING = 64L << 20;

    /** As a configuration has it. */
    public static Plan of(final Configuration configuration, final List<String> interfaces, final Path output) {
        final boolean lowLatency = "low-latency".equals(configuration.get(Settings.PROFILE));
        final boolean sized = configuration.isSet(Settings.BLOCK_SIZE) || configuration.isSet(Settings.BLOCKS);
        final long ring = lowLatency && !sized ? LOW_LATENCY_RING
            : configuration.get(Settings.BLOCK_SIZE) * configuration.get(Settings.BLOCKS);
        final int workers = configuration.get(Settings.WORKERS);
        final boolean fansOut = workers > 1 && "fanout".equals(configuration.get(Settings.MODE));
        return new Plan(interfaces, workers, fansOut, configuration.get(Settings.CPUS),
            ring * Math.max(1, interfaces.size()) * (fansOut ? workers : 1),
            configuration.get(Settings.FLOW_MEMORY) + configuration.get(Settings.STREAM_MEMORY)
                + configuration.get(Settings.FRAGMENT_MEMORY) + configuration.get(Settings.PROTOCOL_MEMORY),
            output, configuration.get(Settings.MATCHER));
    }

    /** Threads that should each have a CPU: workers, and a dispatcher if there is one. */
    public int busyThreads() {
        return workers == 1 || fansOut ? workers : workers + 1;
    }
}
