package io.weir.cli.doctor;

/** May this process capture. */
public final class PrivilegeCheck implements Check {
    private static final int CAP_NET_RAW = 13;

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        findings.topic("privilege");
        for (final String line : machine.text("/proc/self/status").orElse("").lines().toList()) {
            if (line.startsWith("CapEff:")) {
                final long effective = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                if ((effective >> CAP_NET_RAW & 1) != 0) {
                    findings.ok("CAP_NET_RAW is there");
                } else {
                    findings.problem("CAP_NET_RAW is missing", "Packet sockets need it, and nothing else does",
                        "sudo weir doctor, or run weir as a service: it gets this capability alone");
                }
            }
        }
    }
}
