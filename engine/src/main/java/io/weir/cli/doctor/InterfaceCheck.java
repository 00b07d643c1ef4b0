package io.weir.cli.doctor;

import io.weir.capture.NetworkInterfaces;
import io.weir.capture.NetworkInterfaces.Offload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each interface: can it be captured from, does it show frames as they were on the wire, does it lose any. */
public final class InterfaceCheck implements Check {
    private static final List<String> LOSSES =
        List.of("rx_missed_errors", "rx_fifo_errors", "rx_over_errors", "rx_dropped", "rx_errors");
    private static final Pattern RX = Pattern.compile("(?m)^RX:\\s+(\\d+)");

    private final List<NetworkInterfaces.Entry> entries;

    /** Checks those of these interfaces that the plan names. */
    public InterfaceCheck(final List<NetworkInterfaces.Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        for (final String name : plan.interfaces()) {
            findings.topic(name);
            final Optional<NetworkInterfaces.Entry> entry =
                entries.stream().filter(one -> one.name().equals(name)).findFirst();
            if (entry.isPresent()) {
                capture(entry.get(), findings);
                offloads(entry.get(), findings);
                ring(machine, name, findings);
                pause(machine, name, findings);
                losses(machine, name, findings);
            } else {
                findings.problem("no such interface", "There is nothing to capture from", "weir interfaces");
            }
        }
    }

    private static void capture(final NetworkInterfaces.Entry entry, final Findings findings) {
        if (!entry.up()) {
            findings.problem("is down", "Nothing arrives on it", "sudo ip link set dev " + entry.name() + " up");
        } else if (!entry.running()) {
            findings.warning("is up, but has no carrier",
                "Nothing arrives: cable, optics or the switch's mirror session", "");
        } else {
            findings.ok("up, with carrier, MTU " + entry.mtu()
                + (entry.driver().isEmpty() ? "" : ", driver " + entry.driver()));
        }
        if (!entry.capture().isEmpty()) {
            findings.problem("cannot be captured from: " + entry.capture(), "weir run ends at once",
                entry.capture().contains("CAP_NET_RAW") ? "sudo weir run -i " + entry.name() : "");
        }
    }

    private static void offloads(final NetworkInterfaces.Entry entry, final Findings findings) {
        final List<String> hurtful =
            entry.offloads().stream().filter(Offload::isHurtful).map(Offload::label).toList();
        if (hurtful.isEmpty()) {
            findings.ok("frames are not merged before they are captured");
        } else if (!entry.loopback()) {
            findings.warning(String.join(" and ", hurtful) + " on: frames of a flow are merged before capture",
                "Sizes, counts and times are not those of the wire, and frames grow beyond the MTU",
                "sudo ethtool -K " + entry.name() + " " + String.join(" off ", hurtful) + " off");
        }
    }

    // Not every NIC has a ring or lets it be read: then there is nothing to say.
    private static void ring(final Machine machine, final String name, final Findings findings) {
        if (machine.output("ethtool", "--version").isEmpty()) {
            findings.note("ethtool is not installed", "Ring size, flow control and queues cannot be looked at",
                "sudo apt-get install ethtool");
            return;
        }
        final Matcher sizes = RX.matcher(machine.output("ethtool", "-g", name).orElse(""));
        if (sizes.find()) {
            final long most = Long.parseLong(sizes.group(1));
            if (sizes.find()) {
                final long now = Long.parseLong(sizes.group(1));
                if (now < most) {
                    findings.warning("the NIC's ring has " + now + " of " + most + " entries",
                        "A burst that the kernel takes up late is lost in the NIC",
                        "sudo ethtool -G " + name + " rx " + most);
                } else {
                    findings.ok("the NIC's ring has its most, " + now + " entries");
                }
            }
        }
    }

    private static void pause(final Machine machine, final String name, final Findings findings) {
        if (machine.output("ethtool", "-a", name).filter(text -> text.matches("(?s).*RX:\\s+on.*")).isPresent()) {
            findings.warning("flow control is on",
                "A NIC under load asks the switch to pause, and the switch then drops mirrored frames unseen",
                "sudo ethtool -A " + name + " rx off tx off");
        }
    }

    private static void losses(final Machine machine, final String name, final Findings findings) {
        final StringBuilder lost = new StringBuilder();
        for (final String counter : LOSSES) {
            final OptionalLong count = machine.number("/sys/class/net/" + name + "/statistics/" + counter);
            if (count.orElse(0) > 0) {
                lost.append(lost.isEmpty() ? "" : ", ").append(counter).append(' ').append(count.getAsLong());
            }
        }
        if (lost.isEmpty()) {
            findings.ok("the NIC has lost nothing since it came up");
        } else {
            findings.note("lost before capture since it came up: " + lost,
                "The NIC or driver dropped these; no engine saw them", "ethtool -S " + name);
        }
    }
}
