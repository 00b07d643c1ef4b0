package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.VethPair;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InterfacesCommandTest {
    private static List<String> run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(out, true));
        assertEquals(ExitStatus.DONE, commandLine.execute(arguments), out::toString);
        return out.toString().lines().toList();
    }

    @Test
    void shouldListInterfacesWithoutAddressesAndThoseThatAreDown() {
        try (VethPair wire = VethPair.create()) {
            wire.ip("addr", "add", "192.0.2.1/24", "dev", VethPair.LEFT);
            wire.ip("link", "set", VethPair.RIGHT, "down", "mtu", "9000");
            wire.awaitCarrierLost();
            wire.shell("ethtool -K " + VethPair.LEFT + " gro on");
            final List<String> lines = wire.inside(() -> run("interfaces"));
            assertEquals(4, lines.size(), lines.toString());
            assertTrue(lines.get(0).matches("NAME +STATE +MTU +DRIVER +CAPTURE +HURTS +ADDRESSES"), lines.get(0));
            assertTrue(lines.get(1).matches("lo +up +65536 +.*127\\.0\\.0\\.1/8.*"), lines.get(1));
            final String both = lines.get(2) + "\n" + lines.get(3);
            assertTrue(both.matches("(?s).*weir0 +no carrier +1500 +veth +tpacket_v3 +gro +192\\.0\\.2\\.1/24.*"),
                both);
            assertTrue(both.matches("(?s).*weir1 +down +9000 +veth +tpacket_v3 +\\S+ +-.*"), both);
        }
    }

    @Test
    void shouldPrintOneJsonObjectPerInterface() {
        try (VethPair wire = VethPair.create()) {
            final List<String> lines = wire.inside(() -> run("interfaces", "--json"));
            assertEquals(3, lines.size());
            assertTrue(lines.get(0).startsWith("{\"name\":\"lo\",\"index\":1,\"state\":\"up\",\"loopback\":true,"
                + "\"mtu\":65536,\"mac\":\"00:00:00:00:00:00\""), lines.get(0));
            assertTrue(lines.get(0).contains("\"addresses\":[\"127.0.0.1/8\""), lines.get(0));
            assertTrue(lines.get(0).contains("\"tpacket_v3\":{\"works\":true,"), lines.get(0));
            assertTrue(lines.get(1).contains("\"backends\":{\"af_xdp\":{\"works\":true,\"reason\":\"veth has no zero"
                + " copy, and copying costs more than tpacket_v3\"},\"pf_ring\":{"), lines.get(1));
            assertTrue(lines.get(1).contains("\"choice\":\"tpacket_v3\",\"choice_reason\":\"af_xdp: veth has no zero"
                + " copy, and copying costs more than tpacket_v3"), lines.get(1));
        }
    }

    @Test
    void shouldPrintHelpWithAnExample() {
        assertTrue(run("interfaces", "--help").toString().contains("weir interfaces --json"));
    }
}
