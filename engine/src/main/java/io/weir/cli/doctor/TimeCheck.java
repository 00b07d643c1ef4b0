package io.weir.cli.doctor;

import java.util.Optional;

/** Clocks: right, so that records of several machines agree, and cheap to read. */
public final class TimeCheck implements Check {
    private static final String SOURCE = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        findings.topic("time");
        final Optional<String> told = machine.output("timedatectl", "show", "-p", "NTPSynchronized", "--value");
        if (told.map(String::strip).filter("yes"::equals).isPresent()
            || machine.has("/run/systemd/timesync/synchronized")) {
            findings.ok("the clock is synchronised");
        } else if (machine.output("chronyc", "-n", "tracking").filter(text -> text.contains("Leap status     : Normal"))
            .isPresent()) {
            findings.ok("the clock is synchronised by chrony");
        } else {
            findings.warning("the clock is not known to be synchronised",
                "Records cannot be joined with those of other machines; a clock that is set later makes time leap",
                "sudo timedatectl set-ntp true");
        }
        machine.text(SOURCE).ifPresent(source -> {
            if ("hpet".equals(source) || "acpi_pm".equals(source) || "jiffies".equals(source)) {
                findings.warning("clock source " + source,
                    "Reading the clock takes about a microsecond, and the kernel stamps every frame",
                    "echo tsc | sudo tee " + SOURCE);
            } else {
                findings.ok("clock source " + source);
            }
        });
    }
}
