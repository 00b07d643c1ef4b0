package io.weir.cli.doctor;

import java.util.OptionalLong;

/** The kernel's part of the way: queues before the socket, compiled filters, limits of a process. */
public final class KernelCheck implements Check {
    private static final String SOFTNET = "/proc/net/softnet_stat";
    private static final long BACKLOG = 10_000;
    private static final long FILES = 4_096;

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        findings.topic("kernel");
        backlog(machine, findings);
        filters(machine, findings);
        files(machine, findings);
    }

    private static void backlog(final Machine machine, final Findings findings) {
        long dropped = 0;
        long squeezed = 0;
        for (final String line : machine.text(SOFTNET).orElse("").lines().toList()) {
            final String[] words = line.strip().split("\\s+");
            if (words.length > 2) {
                dropped += hex(words[1]);
                squeezed += hex(words[2]);
            }
        }
        final OptionalLong backlog = machine.number("/proc/sys/net/core/netdev_max_backlog");
        final boolean small = backlog.isPresent() && backlog.getAsLong() < BACKLOG;
        if (dropped > 0) {
            findings.warning(dropped + " frames were lost before any socket since boot, net.core.netdev_max_backlog "
                + backlog.orElse(0), "The queue between driver and protocol ran over; no capture tool counts that",
                "sudo sysctl net.core.netdev_max_backlog=" + Math.max(BACKLOG, 2 * backlog.orElse(0)));
        } else if (small) {
            findings.note("net.core.netdev_max_backlog " + backlog.getAsLong() + "; nothing was lost there since boot",
                "It matters for virtual interfaces and packet steering alone",
                "sudo sysctl net.core.netdev_max_backlog=" + BACKLOG);
        } else {
            findings.ok("the kernel's queues have lost nothing since boot");
        }
        if (squeezed > 0) {
            // Other network namespaces than the first one do not show the budget.
            final OptionalLong budget = machine.number("/proc/sys/net/core/netdev_budget");
            findings.note("the kernel had to stop with frames left, times " + squeezed
                + (budget.isPresent() ? ", net.core.netdev_budget " + budget.getAsLong() : ""),
                "Frames wait in the NIC meanwhile; harmless while the NIC loses nothing",
                "sudo sysctl net.core.netdev_budget=600 net.core.netdev_budget_usecs=8000");
        }
    }

    private static void filters(final Machine machine, final Findings findings) {
        if (machine.number("/proc/sys/net/core/bpf_jit_enable").orElse(1) == 0) {
            findings.note("filters are interpreted", "A filter costs several times as much for every frame",
                "sudo sysctl net.core.bpf_jit_enable=1");
        }
    }

    private static void files(final Machine machine, final Findings findings) {
        final String limits = machine.text("/proc/self/limits").orElse("");
        for (final String line : limits.lines().toList()) {
            if (line.startsWith("Max open files")) {
                final long most = Machine.parsed(line.substring(14).strip().split("\\s+")[0]).orElse(Long.MAX_VALUE);
                if (most < FILES) {
                    findings.note("a process may open " + most + " files",
                        "Captures and stream files beyond that are not written", "ulimit -n " + FILES);
                } else {
                    findings.ok("a process may open " + most + " files");
                }
            }
        }
    }

    private static long hex(final String word) {
        try {
            return Long.parseLong(word, 16);
        } catch (final NumberFormatException e) {
            return 0;
        }
    }
}
