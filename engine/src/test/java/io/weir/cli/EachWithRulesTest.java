package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.PacketBuilder;
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

/** {@code weir read --each} with rules: loaded once, while nothing of a capture is known to the next. */
final class EachWithRulesTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private void read(final TcpCapture capture, final String... rules) throws IOException {
        final Path trace = capture.write(directory.resolve("trace.pcap"));
        final Path file = Files.write(directory.resolve("x.rules"), List.of(rules));
        final CommandLine weir = Weir.commandLine();
        weir.setErr(new PrintWriter(err, true));
        assertEquals(ExitStatus.DONE, weir.execute("read", "-q", "--each", "-o", directory.resolve("out").toString(),
            "-r", file.toString(), trace.toString(), trace.toString(), trace.toString()), err.toString());
    }

    private static PacketBuilder datagram(final String payload) {
        return PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.1.1").udp(40_000, 4000)
            .payload(payload.getBytes(StandardCharsets.US_ASCII));
    }

    /** Numbers of rules and frames of alerts, for each capture. */
    private List<String> alerts() throws IOException {
        try (Stream<Path> outputs = Files.list(directory.resolve("out"))) {
            return outputs.sorted().map(EachWithRulesTest::alerts).toList();
        }
    }

    private static String alerts(final Path output) {
        try (Stream<String> records = Files.lines(output.resolve("eve.json"))) {
            return records.filter(line -> line.contains("\"event_type\":\"alert\""))
                .map(line -> line.replaceAll(".*\"pcap_cnt\":(\\d+).*\"signature_id\":(\\d+).*", "$2@$1")).sorted()
                .collect(Collectors.joining(" "));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldLoadRulesOnceAndForgetWhatTheyHaveSeen() throws IOException {
        read(new TcpCapture().add(datagram("one")).add(datagram("two")).add(datagram("one")),
            "alert udp any any -> any any (content:\"one\"; threshold:type limit,track by_src,count 1,seconds 60; "
            + "sid:1;)",
            "alert udp any any -> any any (content:\"two\"; xbits:isset,a,track ip_src; sid:2;)",
            "alert udp any any -> any any (content:\"two\"; flowbits:isset,b; sid:3;)",
            "alert udp any any -> any any (content:\"one\"; xbits:set,a,track ip_src; flowbits:set,b; noalert; sid:4;)",
            "alert udp any any -> any any (content:\"one\"; xbits:isnotset,c,track ip_src; "
            + "xbits:set,c,track ip_src; sid:5;)",
            "alert udp any any -> any any (no_such_keyword; sid:6;)");
        assertEquals(3, alerts().size());
        assertEquals(List.of("1@1 2@2 3@2 5@1"), alerts().stream().distinct().toList());
        assertEquals(1, err.toString().split("no keyword", -1).length - 1, err.toString());
    }

    @Test
    void shouldBeginAnewWithDataSetsThatRulesChange() throws IOException {
        final String request = "GET /one HTTP/1.1\r\nHost: x\r\n\r\n";
        final long next = 1_001L + request.length();
        read(new TcpCapture().open(40_000).client(40_000, TcpCapture.ACK, 1_001, 5_001, request)
            .client(40_000, TcpCapture.ACK, next, 5_001, request),
            "alert http any any -> any any (http.uri; dataset:isnotset,seen,type string; sid:1;)",
            "alert http any any -> any any (http.host; content:\"x\"; http.uri; dataset:set,seen,type string; sid:2;)");
        assertEquals(3, alerts().size(), err.toString());
        assertEquals(List.of("1@4 2@4"), alerts().stream().distinct().toList(), err.toString());
    }
}
