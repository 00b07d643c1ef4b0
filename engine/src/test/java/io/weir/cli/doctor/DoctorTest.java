package io.weir.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.NetworkInterfaces;
import io.weir.capture.NetworkInterfaces.Offload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks on machines that are made of a few files and the answers of a few programs. */
final class DoctorTest {
    private static final String SYMMETRIC = "    " + "6d:5a:".repeat(20).substring(0, 119) + "\n";
    private static final String PUBLISHED = "    6d:5a:56:da:25:5b:0e:c2:41:67:25:3d:43:a3:8f:b0:d0:ca:2b:cb:"
        + "ae:7b:30:b4:77:cb:2d:a3:80:30:f2:0c:6a:42:b7:3b:be:ac:01:fa\n";

    @TempDir
    private Path root;

    private final Map<String, String> answers = new HashMap<>();
    private final Findings findings = new Findings();
    private Machine machine;

    @BeforeEach
    void makeAHealthyMachine() throws IOException {
        machine = new Machine(root) {
            @Override
            public Optional<String> output(final String... command) {
                return Optional.ofNullable(answers.get(String.join(" ", command)));
            }
        };
        answers.put("ethtool --version", "ethtool version 6.1");
        answers.put("ethtool -g eth0", "Pre-set maximums:\nRX:\t\t4096\nCurrent hardware settings:\nRX:\t\t4096\n");
        answers.put("ethtool -a eth0", "Autonegotiate:\ton\nRX:\t\toff\nTX:\t\toff\n");
        answers.put("ethtool -x eth0", "RSS hash key:\n" + SYMMETRIC);
        answers.put("timedatectl show -p NTPSynchronized --value", "yes\n");
        file("/sys/class/net/eth0/statistics/rx_missed_errors", "0");
        file("/sys/class/net/eth0/queues/rx-0/rps_cpus", "0");
        file("/sys/class/net/eth0/queues/rx-1/rps_cpus", "0");
        file("/sys/devices/system/cpu/online", "0-7");
        for (int cpu = 0; cpu < 8; cpu++) {
            file("/sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor", "performance");
        }
        file("/proc/stat", "cpu  1000 0 1000 8000 0 0 0 0 0 0\n");
        file("/proc/meminfo", "MemTotal:  32000000 kB\nMemAvailable:  30000000 kB\n");
        file("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never");
        file("/proc/swaps", "Filename Type Size Used Priority\n");
        file("/proc/net/softnet_stat", "0000ffff 00000000 00000000 00000000\n");
        file("/proc/sys/net/core/netdev_max_backlog", "10000");
        file("/proc/self/status", "Name:\tjava\nCapEff:\t0000000000002000\n");
        file("/proc/self/limits", "Max open files            524288               524288               files\n");
        file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
    }

    @Test
    void shouldFindNothingToMendOnAHealthyMachine() {
        look(nic(Set.of()), plan(List.of(2, 3)));

        assertEquals(List.of(), faults());
        assertTrue(findings.count(Level.OK) > 10);
    }

    @Test
    void shouldNameTheOffloadsThatMergeFrames() {
        look(nic(EnumSet.of(Offload.GRO, Offload.LRO, Offload.TSO)), plan(List.of()));

        assertEquals(Set.of("sudo ethtool -K eth0 gro off lro off"), commands());
    }

    @Test
    void shouldGrowARingThatIsNotAtItsMost() {
        answers.put("ethtool -g eth0", "Pre-set maximums:\nRX:\t\t4096\nCurrent hardware settings:\nRX:\t\t512\n");

        look(nic(Set.of()), plan(List.of()));

        assertEquals(Set.of("sudo ethtool -G eth0 rx 4096"), commands());
    }

    @Test
    void shouldAskForASymmetricKeyWhereQueuesAreSeveral() {
        answers.put("ethtool -x eth0", "RSS hash key:\n" + PUBLISHED);

        look(nic(Set.of()), plan(List.of()));

        assertTrue(commands().iterator().next().startsWith("sudo ethtool -X eth0 hkey 6d:5a:6d:5a"));
        assertTrue(commands().iterator().next().endsWith("equal 2"));
    }

    @Test
    void shouldBeContentWithHugePagesForMemoryThatAsksAndNotWithNone() throws IOException {
        file("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        look(nic(Set.of()), plan(List.of()));
        assertEquals(Set.of(), commands());

        file("/sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]");
        look(nic(Set.of()), plan(List.of()));
        assertEquals(Set.of("echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"), commands());
    }

    @Test
    void shouldTurnFlowControlOff() {
        answers.put("ethtool -a eth0", "Autonegotiate:\ton\nRX:\t\ton\nTX:\t\ton\n");

        look(nic(Set.of()), plan(List.of()));

        assertEquals(Set.of("sudo ethtool -A eth0 rx off tx off"), commands());
    }

    @Test
    void shouldMoveInterruptsOffThePinnedCpus() throws IOException {
        file("/sys/class/net/eth0/device/msi_irqs/41", "msix");
        file("/sys/class/net/eth0/device/msi_irqs/42", "msix");
        file("/proc/irq/41/smp_affinity_list", "3");
        file("/proc/irq/42/smp_affinity_list", "5-6");

        look(nic(Set.of()), plan(List.of(2, 3)));

        assertEquals(Set.of("for irq in 41; do echo 0,1,4,5,6,7 | sudo tee /proc/irq/$irq/smp_affinity_list; done"),
            commands());
    }

    @Test
    void shouldFindWhatDisturbsTheCpus() throws IOException {
        file("/sys/devices/system/cpu/cpu3/cpufreq/scaling_governor", "powersave");
        file("/proc/stat", "cpu  1000 0 1000 7000 0 0 0 1000 0 0\n");
        file("/sys/fs/cgroup/cpu.max", "150000 100000");
        file("/sys/devices/system/cpu/cpu2/topology/thread_siblings_list", "2-3");
        file("/sys/devices/system/cpu/cpu3/topology/thread_siblings_list", "2-3");

        look(nic(Set.of()), plan(List.of(2, 3)));

        assertEquals(List.of("the control group limits this process to 150000 us of every 100000",
            "the hypervisor took 10.0 % of the CPU time since boot", "frequency governor performance, powersave",
            "CPUs 2,3 are threads of the same cores"), faults());
    }

    @Test
    void shouldRefuseCpusThatAreNotThere() {
        look(nic(Set.of()), plan(List.of(7, 8)));

        assertEquals(List.of("workers.cpus names 8, which this machine does not have"), faults());
    }

    @Test
    void shouldFindCpusFarFromTheNic() throws IOException {
        file("/sys/class/net/eth0/device/numa_node", "1");
        file("/sys/devices/system/node/node1/cpulist", "4-7");

        look(nic(Set.of()), plan(List.of(3, 4)));

        assertEquals(List.of("CPUs 3 are far from eth0, which is on node 1"), faults());
    }

    @Test
    void shouldSayThatMemoryDoesNotSuffice() throws IOException {
        file("/sys/fs/cgroup/memory.max", "104857600");

        look(nic(Set.of()), plan(List.of()));

        assertEquals(List.of("100 MiB available for rings 64, flows, streams and protocols at most 800, "
            + "Java heap at most 256 MiB"), faults());
    }

    @Test
    void shouldFindSwapLossesBeforeTheSocketSlowClocksAndAClockThatNobodySets() throws IOException {
        file("/proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n");
        file("/proc/sys/vm/swappiness", "60");
        file("/proc/net/softnet_stat", "0000ffff 0000000a 00000000\n0000ffff 00000001 00000000\n");
        file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");
        answers.remove("timedatectl show -p NTPSynchronized --value");

        look(nic(Set.of()), plan(List.of()));

        assertEquals(List.of("swap is on, vm.swappiness 60",
            "11 frames were lost before any socket since boot, net.core.netdev_max_backlog 10000",
            "the clock is not known to be synchronised", "clock source hpet"), faults());
    }

    @Test
    void shouldSayThatThePrivilegeIsMissing() throws IOException {
        file("/proc/self/status", "Name:\tjava\nCapEff:\t0000000000000000\n");

        look(nic(Set.of()), plan(List.of()));

        assertEquals(List.of("CAP_NET_RAW is missing"), faults());
    }

    @Test
    void shouldFindAnInterfaceThatIsMissingOrDown() {
        new InterfaceCheck(List.of()).look(machine, plan(List.of()), findings);
        new InterfaceCheck(List.of(new NetworkInterfaces.Entry("eth0", 2, false, false, false, 1500, "", "ixgbe", 1,
            List.of(), Set.of(), ""))).look(machine, plan(List.of()), findings);

        assertEquals(List.of("no such interface", "is down"), faults());
    }

    @Test
    void shouldWriteToTheDiskAndLeaveNothing() throws IOException {
        final Path output = Files.createDirectory(root.resolve("output"));
        new DiskCheck().look(machine, new Plan(List.of(), 1, false, List.of(), 0, 0, output, "auto"), findings);

        assertTrue(findings.all().get(1).what().startsWith("writes "));
        try (var left = Files.list(output)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void shouldSayWhyEachFaultMatters() throws IOException {
        file("/proc/self/status", "CapEff:\t0\n");
        file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "acpi_pm");

        look(nic(EnumSet.of(Offload.GRO)), plan(List.of(9)));

        findings.all().stream().filter(finding -> finding.level() != Level.OK).forEach(finding -> {
            assertFalse(finding.why().isEmpty(), finding.what());
            assertFalse(finding.command().isEmpty(), finding.what());
        });
    }

    @Test
    void shouldReadListsOfCpusAsTheKernelWritesThem() {
        assertEquals(List.of(0, 1, 2, 8), Machine.cpus("0-2,8\n"));
        assertEquals(List.of(), Machine.cpus(""));
        assertEquals(List.of(), Machine.cpus("x-"));
    }

    private void look(final NetworkInterfaces.Entry nic, final Plan plan) {
        for (final Check check : List.of(new InterfaceCheck(List.of(nic)), new QueueCheck(), new CpuCheck(),
            new MemoryCheck(256L << 20), new KernelCheck(), new PrivilegeCheck(), new TimeCheck())) {
            check.look(machine, plan, findings);
        }
    }

    private static Plan plan(final List<Integer> cpus) {
        return new Plan(List.of("eth0"), 1, false, cpus, 64L << 20, 800L << 20, null, "auto");
    }

    private static NetworkInterfaces.Entry nic(final Set<Offload> offloads) {
        return new NetworkInterfaces.Entry("eth0", 2, true, true, false, 1500, "", "ixgbe", 1, List.of(), offloads, "");
    }

    private List<String> faults() {
        return findings.all().stream().filter(finding -> finding.level().isFault()).map(Finding::what).toList();
    }

    private Set<String> commands() {
        return Set.copyOf(findings.all().stream().filter(finding -> finding.level().isFault()).map(Finding::command)
            .toList());
    }

    private void file(final String path, final String text) throws IOException {
        final Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
