package io.weir.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** CPUs: enough of them, undisturbed, at full clock, near the NIC. */
public final class CpuCheck implements Check {
    private static final String CPU = "/sys/devices/system/cpu/";
    /** Share of time that the hypervisor may take before it is said. */
    private static final double STEAL_SHARE = 0.01;

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        findings.topic("cpu");
        final List<Integer> online = machine.text(CPU + "online").map(Machine::cpus).orElse(List.of());
        if (!online.isEmpty()) {
            count(plan, online, findings);
        }
        quota(machine, findings);
        steal(machine, findings);
        governor(machine, online, findings);
        if (!plan.cpus().isEmpty()) {
            isolation(machine, plan, findings);
            siblings(machine, plan, findings);
            node(machine, plan, findings);
        }
    }

    private static void count(final Plan plan, final List<Integer> online, final Findings findings) {
        final List<Integer> missing = plan.cpus().stream().filter(cpu -> !online.contains(cpu)).toList();
        if (!missing.isEmpty()) {
            findings.problem("workers.cpus names " + words(missing) + ", which this machine does not have",
                "Threads stay where the kernel puts them", "lscpu --extended");
        }
        // One more for the aggregator, the outputs and the kernel's own work.
        if (plan.busyThreads() + 1 > online.size()) {
            findings.warning(online.size() + " CPUs for " + plan.busyThreads()
                + " packet threads and everything else", "Threads that take turns lose frames in bursts",
                plan.workers() == 1 ? "" : "weir run -w " + Math.max(1, online.size() - (plan.fansOut() ? 1 : 2)));
        } else {
            findings.ok(online.size() + " CPUs for " + plan.busyThreads() + " packet thread"
                + (plan.busyThreads() == 1 ? "" : "s"));
        }
    }

    private static void quota(final Machine machine, final Findings findings) {
        final String[] limit = machine.text("/sys/fs/cgroup/cpu.max").orElse("max").split(" ");
        if (limit.length == 2 && !"max".equals(limit[0])) {
            findings.warning("the control group limits this process to " + limit[0] + " us of every " + limit[1],
                "When the quota is used up every thread stands still for the rest of the period",
                "echo max | sudo tee /sys/fs/cgroup/cpu.max");
        }
    }

    private static void steal(final Machine machine, final Findings findings) {
        final Optional<String> line = machine.text("/proc/stat").flatMap(text -> text.lines().findFirst());
        final String[] words = line.orElse("").split("\\s+");
        if (words.length < 9) {
            return;
        }
        double all = 0;
        for (int i = 1; i < 9; i++) {
            all += Machine.parsed(words[i]).orElse(0);
        }
        final double share = Machine.parsed(words[8]).orElse(0) / Math.max(1, all);
        if (share > STEAL_SHARE) {
            findings.warning(
                String.format(Locale.ROOT, "the hypervisor took %.1f %% of the CPU time since boot", share * 100),
                "Gaps that no setting in this machine can mend; the ring must bridge them",
                "give the virtual machine CPUs of its own");
        }
    }

    private static void governor(final Machine machine, final List<Integer> online, final Findings findings) {
        final TreeSet<String> governors = new TreeSet<>();
        for (final int cpu : online) {
            machine.text(CPU + "cpu" + cpu + "/cpufreq/scaling_governor").ifPresent(governors::add);
        }
        if (governors.isEmpty()) {
            return;
        }
        if (governors.size() == 1 && governors.contains("performance")) {
            findings.ok("frequency governor performance");
        } else {
            findings.warning("frequency governor " + String.join(", ", governors),
                "A CPU that slowed down takes milliseconds to come back, while frames wait",
                "echo performance | sudo tee " + CPU + "cpu*/cpufreq/scaling_governor");
        }
    }

    private static void isolation(final Machine machine, final Plan plan, final Findings findings) {
        final List<Integer> isolated = machine.text(CPU + "isolated").map(Machine::cpus).orElse(List.of());
        final List<Integer> shared = plan.cpus().stream().filter(cpu -> !isolated.contains(cpu)).toList();
        if (shared.isEmpty()) {
            findings.ok("the pinned CPUs are isolated");
        } else {
            findings.note("CPUs " + words(shared) + " are pinned to, but not isolated",
                "Other processes are scheduled there too, and add gaps of milliseconds",
                "add to the kernel command line: isolcpus=" + words(plan.cpus()) + " nohz_full=" + words(plan.cpus())
                    + " rcu_nocbs=" + words(plan.cpus()));
        }
    }

    private static void siblings(final Machine machine, final Plan plan, final Findings findings) {
        final List<Integer> shared = new ArrayList<>();
        for (final int cpu : plan.cpus()) {
            final List<Integer> threads = machine.text(CPU + "cpu" + cpu + "/topology/thread_siblings_list")
                .map(Machine::cpus).orElse(List.of());
            if (threads.stream().anyMatch(other -> other != cpu && plan.cpus().contains(other))) {
                shared.add(cpu);
            }
        }
        if (!shared.isEmpty()) {
            findings.warning("CPUs " + words(shared) + " are threads of the same cores",
                "Two busy threads of a core do about 1.3 times the work of one, not twice",
                "choose workers.cpus from different cores: lscpu --extended");
        }
    }

    private static void node(final Machine machine, final Plan plan, final Findings findings) {
        for (final String name : plan.interfaces()) {
            final OptionalLong node = machine.number("/sys/class/net/" + name + "/device/numa_node");
            if (node.orElse(-1) < 0) {
                continue;
            }
            final String list = "/sys/devices/system/node/node" + node.getAsLong() + "/cpulist";
            final List<Integer> near = machine.text(list).map(Machine::cpus).orElse(List.of());
            final List<Integer> far = plan.cpus().stream().filter(cpu -> !near.contains(cpu)).toList();
            if (!near.isEmpty() && !far.isEmpty()) {
                findings.warning("CPUs " + words(far) + " are far from " + name + ", which is on node "
                    + node.getAsLong(), "Every frame crosses the link between the sockets",
                    "choose workers.cpus from " + machine.text(list).orElse(""));
            }
        }
    }

    private static String words(final List<Integer> cpus) {
        return cpus.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
