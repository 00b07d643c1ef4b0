package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.packet.TunnelType;
import io.weir.protocol.catalogue.Protocols;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProtocolsCommandTest {
    private static List<String> run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(out, true));
        assertEquals(ExitStatus.DONE, commandLine.execute(arguments), out::toString);
        return out.toString().lines().toList();
    }

    @Test
    void shouldListEveryProtocolInOrderOfNames() {
        final List<String> all = run("protocols");
        final List<String> lines = all.subList(0, all.indexOf(""));
        assertTrue(lines.get(0).matches("NAME +TCP +UDP +SCTP +RECORDS +FIELDS +TITLE"), lines.get(0));
        assertEquals(Protocols.all().size() + 1, lines.size());
        final List<String> names = lines.stream().skip(1).map(line -> line.split(" ")[0]).toList();
        assertEquals(names.stream().sorted().toList(), names);
        assertTrue(lines.stream().anyMatch(line -> line.matches("dns +53 +53 +- +dns +\\d+ +Domain Name System.*")),
            lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("icmp +- +- +- +- +- +.*")), lines.toString());
    }

    @Test
    void shouldMarkPortsThatDatagramsAreBoundTo() {
        assertTrue(run("protocols").stream().anyMatch(line -> line.matches("mdns +- +5353\\* .*")));
        final List<String> plain = run("protocols", "--json");
        assertEquals(true, named("mdns", plain).get("only_on_udp_ports"));
        assertEquals(false, named("dns", plain).get("only_on_udp_ports"));
    }

    @Test
    void shouldListFieldsWithTypeAndMeaning() {
        final List<String> lines = run("protocols", "--fields");
        assertTrue(lines.get(0).matches("PROTOCOL +FIELD +TYPE +MEANING"), lines.get(0));
        // protocols of one family share fields, which are listed for each
        assertEquals(Protocols.all().stream().mapToInt(protocol -> protocol.fields().size()).sum() + 1, lines.size());
        assertTrue(lines.stream().anyMatch(line -> line.matches("ssh +ssh\\.client\\.hassh +group +\\S.*")),
            lines.toString());
    }

    @Test
    void shouldPrintOneJsonObjectPerProtocol() {
        final List<String> plain = run("protocols", "--json");
        assertEquals(Protocols.all().size(), plain.stream().filter(line -> line.startsWith("{\"name\"")).count());
        final Map<String, Object> dns = named("dns", plain);
        assertEquals(List.of(53), dns.get("tcp_ports"));
        assertEquals(List.of("dns"), dns.get("records"));
        assertFalse(dns.containsKey("fields"));
        final List<?> fields = (List<?>) named("dns", run("protocols", "--json", "--fields")).get("fields");
        final Map<?, ?> first = (Map<?, ?>) fields.get(0);
        assertEquals(Set.of("name", "key", "type", "list", "optional", "meaning"), first.keySet());
        assertTrue(first.get("name").toString().startsWith("dns."), first.toString());
    }

    @Test
    void shouldListTunnelsThatAreLookedThrough() {
        final List<String> all = run("protocols");
        final List<String> lines = all.subList(all.indexOf("") + 1, all.size());
        assertTrue(lines.get(0).matches("TUNNEL +IP +UDP +TITLE"), lines.get(0));
        assertEquals(TunnelType.values().length, lines.size());
        assertTrue(lines.stream().anyMatch(line -> line.matches("vxlan +- +4789,8472,4790 +Virtual .*")),
            lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("gre +47 +- +Generic .*")), lines.toString());
        final List<Map<String, Object>> tunnels = run("protocols", "--json").stream().map(Json::object)
            .filter(object -> object.containsKey("tunnel")).toList();
        assertEquals(lines.size() - 1, tunnels.size());
        assertEquals(Map.of("tunnel", "gre", "title", "Generic Routing Encapsulation", "ip_protocols", List.of(47),
            "udp_ports", List.of()), tunnels.get(0));
    }

    private static Map<String, Object> named(final String name, final List<String> lines) {
        return lines.stream().map(Json::object).filter(object -> name.equals(object.get("name"))).findFirst()
            .orElseThrow();
    }

    @Test
    void shouldPrintHelpWithAnExample() {
        assertTrue(run("protocols", "--help").toString().contains("weir protocols --fields"));
    }
}
