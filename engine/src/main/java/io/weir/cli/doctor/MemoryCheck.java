package io.weir.cli.doctor;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory: enough of it, in huge pages, never on disk. */
public final class MemoryCheck implements Check {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private static final String HUGE_PAGES = "/sys/kernel/mm/transparent_hugepage/enabled";
    private static final long MIB = 1 << 20;

    private final long heapBytes;

    /**
     * Checks for an engine.
     *
     * @param heapBytes most that the Java heap takes
     */
    public MemoryCheck(final long heapBytes) {
        this.heapBytes = heapBytes;
    }

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        findings.topic("memory");
        amount(machine, plan, findings);
        hugePages(machine, findings);
        swap(machine, findings);
    }

    private void amount(final Machine machine, final Plan plan, final Findings findings) {
        final long wanted = plan.ringBytes() + plan.inspectedBytes() + heapBytes;
        final Matcher available = AVAILABLE.matcher(machine.text("/proc/meminfo").orElse(""));
        long there = available.find() ? Long.parseLong(available.group(1)) * 1024 : Long.MAX_VALUE;
        final OptionalLong limit = machine.number("/sys/fs/cgroup/memory.max");
        there = Math.min(there, limit.orElse(Long.MAX_VALUE));
        if (there == Long.MAX_VALUE) {
            return;
        }
        final String sum = "rings " + plan.ringBytes() / MIB + ", flows, streams and protocols at most "
            + plan.inspectedBytes() / MIB + ", Java heap at most " + heapBytes / MIB + " MiB";
        if (wanted > there) {
            findings.problem(there / MIB + " MiB available for " + sum,
                "The kernel ends the process when memory runs out",
                "lower flow.memory, reassembly.memory and protocols.memory in the configuration");
        } else {
            findings.ok(there / MIB + " MiB available for " + sum);
        }
    }

    private static void hugePages(final Machine machine, final Findings findings) {
        final Optional<String> modes = machine.text(HUGE_PAGES);
        final Matcher chosen = CHOSEN.matcher(modes.orElse(""));
        if (!chosen.find()) {
            return;
        }
        if ("always".equals(chosen.group(1))) {
            findings.ok("huge pages for all memory");
        } else if ("madvise".equals(chosen.group(1))) {
            findings.ok("huge pages for memory that asks for them, as weir's does");
        } else {
            findings.warning("transparent huge pages: " + chosen.group(1),
                "Flow tables of hundreds of MiB in 4 KiB pages cost a TLB miss for almost every look-up",
                "echo madvise | sudo tee " + HUGE_PAGES);
        }
    }

    private static void swap(final Machine machine, final Findings findings) {
        final boolean swaps = machine.text("/proc/swaps").map(text -> text.lines().count() > 1).orElse(false);
        final long swappiness = machine.number("/proc/sys/vm/swappiness").orElse(0);
        if (swaps && swappiness > 10) {
            findings.warning("swap is on, vm.swappiness " + swappiness,
                "A page that is fetched from disk stops a worker for milliseconds", "sudo sysctl vm.swappiness=1");
        } else if (swaps) {
            findings.ok("swap is on, vm.swappiness " + swappiness);
        }
    }
}
