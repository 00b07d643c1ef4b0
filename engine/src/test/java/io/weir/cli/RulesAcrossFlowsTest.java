package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Rules that count over time and over flows, from files of rules and captures to alerts, with one worker and more. */
final class RulesAcrossFlowsTest {
    private final TcpCapture capture = new TcpCapture();
    private int port = 20_000;
    /** Flows that say that there was an alert, in the order of their beginning, from 1 on. */
    private String alerted;

    @TempDir
    private Path directory;

    /** A host asks for a name, in a flow of its own. */
    private RulesAcrossFlowsTest asks(final int host, final String name) {
        final ByteArrayOutputStream query = new ByteArrayOutputStream();
        query.writeBytes(new byte[] {0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (final String label : name.split("\\.")) {
            query.write(label.length());
            query.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        query.writeBytes(new byte[] {0, 0, 1, 0, 1});
        capture.add(PacketBuilder.ethernet().ipv4("10.0.0." + host, "10.0.1.1").udp(port++, 53)
            .payload(query.toByteArray()));
        return this;
    }

    private RulesAcrossFlowsTest later(final int seconds) {
        capture.later(seconds);
        return this;
    }

    /** Numbers of the frames with an alert of a rule with this condition across flows. */
    private String alerts(final String across) throws IOException {
        final Path trace = capture.write(directory.resolve("trace.pcap"));
        final Path rules = Files.writeString(directory.resolve("rules.yaml"),
            "rules: [{id: 1, alert: a, when: {dns.type: request}, " + across + "}]");
        final String one = alerts(trace, rules, 1);
        assertEquals(one, alerts(trace, rules, 3), "with three workers");
        return one;
    }

    private String alerts(final Path trace, final Path rules, final int workers) throws IOException {
        final Path output = directory.resolve("out-" + workers);
        final StringWriter err = new StringWriter();
        final CommandLine weir = Weir.commandLine();
        weir.setErr(new PrintWriter(err, true));
        final List<Object> arguments = List.of("read", "-q", "-w", workers, "-o", output, "-r", rules, trace);
        assertEquals(ExitStatus.DONE, weir.execute(arguments.stream().map(Object::toString).toArray(String[]::new)),
            err.toString());
        try (Stream<String> records = Files.lines(output.resolve("eve.json"))) {
            alerted = records.filter(line -> line.contains("\"alerted\":true"))
                .map(line -> Integer.parseInt(line.replaceAll(".*\"src_port\":(\\d+).*", "$1")) - 19_999).sorted()
                .map(String::valueOf).collect(Collectors.joining(" "));
        }
        try (Stream<String> records = Files.lines(output.resolve("eve.json"))) {
            return records.filter(line -> line.contains("\"event_type\":\"alert\""))
                .map(line -> line.replaceAll(".*\"pcap_cnt\":(\\d+).*", "$1")).collect(Collectors.joining(" "));
        }
    }

    @Test
    void shouldCountWithinAWindowForEachSource() throws IOException {
        asks(1, "a.test").asks(1, "a.test").asks(2, "a.test").asks(1, "a.test").asks(1, "a.test");
        later(11).asks(1, "a.test").asks(2, "a.test").asks(1, "a.test");
        later(9).asks(1, "a.test").later(2).asks(1, "a.test");
        assertEquals("4 9", alerts("count: {by: source, over: 2, within: 10 s}"));
        assertEquals("4 9", alerted, "flows of matches that became no alert do not say that they have one");
    }

    @Test
    void shouldCountDistinctValuesOfAField() throws IOException {
        asks(1, "a.test").asks(1, "b.test").asks(1, "a.test").asks(2, "c.test").asks(1, "b.test").asks(1, "c.test");
        asks(1, "d.test").asks(2, "a.test").asks(2, "c.test");
        assertEquals("6", alerts("count: {by: source, distinct: dns.queries.rrname, over: 2, within: 60 s}"));
    }

    @Test
    void shouldSayWhenAValueIsSeenForTheFirstTime() throws IOException {
        asks(1, "a.test").asks(1, "b.test").asks(2, "a.test").asks(1, "a.test");
        later(59).asks(1, "a.test");
        later(61).asks(1, "a.test").asks(2, "a.test").asks(1, "b.test");
        assertEquals("1 2 6 8", alerts("first_seen: {by: [dns.queries.rrname], within: 60 s}"));
        assertEquals("1 3 6 7", alerts("first_seen: {by: source, within: 60 s}"));
    }
}
