package io.weir.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a NIC spreads frames over queues, and which CPUs its interrupts use. */
public final class QueueCheck implements Check {
    private static final Pattern KEY = Pattern.compile("(?m)^\\s*((?:[0-9a-f]{2}:){39}[0-9a-f]{2})");
    /** Both directions of a flow fall into one queue if all pairs of bytes of the key are equal. */
    private static final String SYMMETRIC = "6d:5a:".repeat(20).substring(0, 119);

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        for (final String name : plan.interfaces()) {
            findings.topic(name);
            final long queues = machine.names("/sys/class/net/" + name + "/queues").stream()
                .filter(queue -> queue.startsWith("rx-")).count();
            if (queues > 1) {
                spread(machine, name, queues, findings);
            }
            interrupts(machine, plan, name, findings);
        }
    }

    private static void spread(final Machine machine, final String name, final long queues, final Findings findings) {
        final Optional<String> text = machine.output("ethtool", "-x", name);
        final Matcher key = KEY.matcher(text.orElse(""));
        if (!key.find()) {
            findings.note(queues + " receive queues; how frames are spread over them cannot be read",
                "Directions of a flow in different queues may change places", "sudo ethtool -L " + name
                    + " combined 1");
        } else if (isSymmetric(key.group(1))) {
            findings.ok(queues + " receive queues, spread by a symmetric key");
        } else {
            findings.warning(queues + " receive queues, and a key that spreads the directions of a flow differently",
                "An answer may be captured before its question, and streams then wait for each other",
                "sudo ethtool -X " + name + " hkey " + SYMMETRIC + " equal " + queues);
        }
    }

    static boolean isSymmetric(final String key) {
        for (int i = 6; i + 5 <= key.length(); i += 6) {
            if (!key.startsWith(key.substring(0, 5), i)) {
                return false;
            }
        }
        return true;
    }

    private static void interrupts(final Machine machine, final Plan plan, final String name,
        final Findings findings) {
        if (plan.cpus().isEmpty()) {
            return;
        }
        final List<String> commands = new ArrayList<>();
        for (final String number : machine.names("/sys/class/net/" + name + "/device/msi_irqs")) {
            final String file = "/proc/irq/" + number + "/smp_affinity_list";
            final List<Integer> cpus = machine.text(file).map(Machine::cpus).orElse(List.of());
            if (cpus.stream().anyMatch(plan.cpus()::contains)) {
                commands.add(number);
            }
        }
        if (!commands.isEmpty()) {
            findings.warning(commands.size() + " of its interrupts may use the CPUs that weir is pinned to",
                "Each interrupt takes the packet thread off its CPU for some microseconds",
                "for irq in " + String.join(" ", commands) + "; do echo " + others(machine, plan)
                    + " | sudo tee /proc/irq/$irq/smp_affinity_list; done");
        }
        if (machine.has("/run/irqbalance") || machine.has("/run/irqbalance.pid")) {
            findings.note("irqbalance runs", "It moves interrupts back onto the CPUs of weir's threads",
                "sudo systemctl disable --now irqbalance");
        }
    }

    private static String others(final Machine machine, final Plan plan) {
        final List<Integer> online = machine.text("/sys/devices/system/cpu/online").map(Machine::cpus)
            .orElse(List.of(0));
        final List<String> free = online.stream().filter(cpu -> !plan.cpus().contains(cpu)).map(String::valueOf)
            .toList();
        return free.isEmpty() ? "0" : String.join(",", free);
    }
}
