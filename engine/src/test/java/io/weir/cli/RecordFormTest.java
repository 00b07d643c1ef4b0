package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.packet.PacketBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a configuration chooses of the form of records. */
final class RecordFormTest {
    private static final int PORT = 40_000;

    @TempDir
    private Path directory;

    /** A connection whose client sends a rule's pattern, and then a reset that nobody takes. */
    private List<Map<String, Object>> records(final String configuration) throws IOException {
        final Path capture = new TcpCapture().open(PORT)
            .client(PORT, TcpCapture.ACK, 1_001, 5_001, "GET / HTTP/1.0\r\n\r\n")
            .server(PORT, TcpCapture.ACK, 5_001, 1_019, "HTTP/1.0 200 OK\r\n\r\n")
            .server(PORT, TcpCapture.RST, 6_001, 1_019, "")
            .write(directory.resolve("capture.pcap"));
        final Path rules = Files.writeString(directory.resolve("test.rules"),
            "alert tcp any any -> any any (content:\"GET\"; flowbits:set,seen.get; sid:1;)\n");
        final StringWriter err = new StringWriter();
        final CommandLine weir = Weir.commandLine();
        weir.setErr(new PrintWriter(err, true));
        assertEquals(ExitStatus.DONE, weir.execute(Stream.of("read", "-q", "-c",
            Files.writeString(directory.resolve("weir.yaml"), configuration), "-o", directory.resolve("out"), "-r",
            rules, capture).map(Object::toString).toArray(String[]::new)), err.toString());
        try (Stream<String> lines = Files.lines(directory.resolve("out/eve.json"))) {
            return lines.map(Json::object).toList();
        }
    }

    private static Map<String, Object> first(final List<Map<String, Object>> records, final String type) {
        return records.stream().filter(record -> type.equals(record.get("event_type"))).findFirst().orElseThrow();
    }

    @Test
    void shouldNameHardwareAddressesIfAsked() throws IOException {
        final List<Map<String, Object>> records = records("output: {ethernet: true}");
        final Map<?, ?> request = (Map<?, ?>) first(records, "alert").get("ether");
        assertEquals(List.of("src_mac", "dest_mac"), List.copyOf(request.keySet()));
        assertEquals(Map.of("src_macs", List.of(request.get("src_mac")), "dest_macs",
            List.of(request.get("dest_mac"))), first(records, "flow").get("ether"));
        assertEquals(request, first(records, "http").get("ether"));
        assertEquals(Map.of("src_mac", request.get("dest_mac"), "dest_mac", request.get("src_mac")),
            first(records, "anomaly").get("ether"), "the server sent the reset");
        assertTrue(records("{}").stream().noneMatch(record -> record.containsKey("ether")));
    }

    @Test
    void shouldTellFlowBitsWithAnomalies() throws IOException {
        assertEquals(Map.of("flowbits", List.of("seen.get")), first(records("{}"), "anomaly").get("metadata"));
    }

    @Test
    void shouldWriteOnlyTheKindsOfAnomaliesThatAreAskedFor() throws IOException {
        assertEquals(Map.of("type", "stream", "event", "stream.rst_invalid_ack"),
            first(records("output: {anomalies: [stream]}"), "anomaly").get("anomaly"));
        assertTrue(records("output: {anomalies: [decode, applayer]}").stream()
            .noneMatch(record -> "anomaly".equals(record.get("event_type"))));
    }

    @Test
    void shouldWriteAnAnomalyForEachTransactionThatIsOddAndNameItsProtocol() throws IOException {
        final String odd = "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n";
        final Path capture = new TcpCapture().open(PORT)
            .client(PORT, TcpCapture.ACK, 1_001, 5_001, odd + odd)
            .close(PORT, 1_001 + 2 * odd.length(), 5_001).write(directory.resolve("odd.pcap"));
        final Path output = directory.resolve("odd");
        assertEquals(ExitStatus.DONE, Weir.commandLine().execute("read", "-q", "-o", output.toString(),
            capture.toString()));
        try (Stream<String> lines = Files.lines(output.resolve("eve.json"))) {
            final List<Map<String, Object>> anomalies = lines.map(Json::object)
                .filter(record -> "anomaly".equals(record.get("event_type"))).toList();
            assertEquals(List.of(0, 1), anomalies.stream().map(record -> record.get("tx_id")).toList());
            assertEquals("http", ((Map<?, ?>) anomalies.get(0).get("anomaly")).get("app_proto"));
        }
    }

    @Test
    void shouldWriteARecordForEachDirectionIfAsked() throws IOException {
        final List<Map<String, Object>> records = records("output: {netflow: true}").stream()
            .filter(record -> "netflow".equals(record.get("event_type"))).toList();
        assertEquals(List.of("192.0.2.1", "198.51.100.2"), records.stream().map(each -> each.get("src_ip")).toList());
        assertEquals(List.of(3, 3), records.stream().map(each -> ((Map<?, ?>) each.get("netflow")).get("pkts"))
            .toList());
        assertEquals(80, records.get(1).get("src_port"));
    }

    @Test
    void shouldTellFlowsOfEspApartByTheirParameters() throws IOException {
        final Path capture = new TcpCapture().add(esp(TcpCapture.CLIENT, TcpCapture.SERVER, 0x5000_0050, 1))
            .add(esp(TcpCapture.CLIENT, TcpCapture.SERVER, 0x5000_0050, 2))
            .add(esp(TcpCapture.CLIENT, TcpCapture.SERVER, 7, 1)).add(esp(TcpCapture.SERVER, TcpCapture.CLIENT, 9, 1))
            .write(directory.resolve("esp.pcap"));
        final Path output = directory.resolve("esp");
        assertEquals(ExitStatus.DONE, Weir.commandLine().execute("read", "-q", "-o", output.toString(),
            capture.toString()));
        try (Stream<String> lines = Files.lines(output.resolve("eve.json"))) {
            assertEquals(List.of(TcpCapture.CLIENT + ' ' + 0x5000_0050 + " 2", TcpCapture.CLIENT + " 7 1",
                TcpCapture.SERVER + " 9 1"), lines.map(Json::object).filter(record -> record.containsKey("spi"))
                .map(record -> record.get("src_ip") + " " + record.get("spi") + ' '
                    + ((Map<?, ?>) record.get("flow")).get("pkts_toserver")).toList());
        }
    }

    private static PacketBuilder esp(final String from, final String to, final int parameters, final int sequence) {
        return PacketBuilder.ethernet().ipv4(from, to).esp(parameters, sequence).payload(30);
    }
}
