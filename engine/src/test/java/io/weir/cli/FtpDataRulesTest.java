package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Signatures about what data connections of FTP carry, which only their control connection says they are. */
final class FtpDataRulesTest {
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.1.1";
    private static final int CONTROL = 30_000;
    private static final String SECRET = "secret";

    private final TcpCapture capture = new TcpCapture();
    private final long[] next = new long[2];

    @TempDir
    private Path directory;

    private void connect(final int client, final int server) {
        segment(true, client, server, 1000, 0, TcpFlags.SYN, "");
        segment(false, client, server, 5000, 1001, TcpFlags.SYN | TcpFlags.ACK, "");
        segment(true, client, server, 1001, 5001, TcpFlags.ACK, "");
    }

    private void segment(final boolean byClient, final int client, final int server, final long sequence,
        final long acknowledged, final int flags, final String text) {
        capture.add(PacketBuilder.ethernet().ipv4(byClient ? CLIENT : SERVER, byClient ? SERVER : CLIENT)
            .tcp(byClient ? client : server, byClient ? server : client).seq(sequence).ack(acknowledged).flags(flags)
            .payload(text));
    }

    /** Says a line on the control connection. */
    private void says(final boolean byClient, final String line) {
        final int side = byClient ? 0 : 1;
        segment(byClient, CONTROL, 21, (byClient ? 1001 : 5001) + next[side],
            (byClient ? 5001 : 1001) + next[1 - side], TcpFlags.PSH | TcpFlags.ACK, line + "\r\n");
        next[side] += line.length() + 2;
    }

    /** Agrees on a port and asks for a transfer. */
    private void asks(final String command, final int port) {
        says(true, "PASV");
        says(false, "227 Entering Passive Mode (10,0,1,1," + (port >> 8) + ',' + (port & 0xff) + ')');
        says(true, command);
        says(false, "150 here it comes");
    }

    /** A connection on which one side says something; its frame is the fourth of it. */
    private void carries(final int client, final int port, final boolean byClient, final String text) {
        connect(client, port);
        segment(byClient, client, port, byClient ? 1001 : 5001, byClient ? 5001 : 1001, TcpFlags.PSH | TcpFlags.ACK,
            text);
    }

    private List<String> alerts(final int workers, final String... rules) throws IOException {
        final Path trace = capture.write(directory.resolve("trace.pcap"));
        final Path file = Files.write(directory.resolve("x.rules"), List.of(rules));
        final Path output = directory.resolve("out-" + workers);
        final StringWriter err = new StringWriter();
        final CommandLine weir = Weir.commandLine();
        weir.setErr(new PrintWriter(err, true));
        assertEquals(ExitStatus.DONE, weir.execute("read", "-q", "-w", Integer.toString(workers), "-o",
            output.toString(), "-r", file.toString(), trace.toString()), err.toString());
        try (Stream<String> records = Files.lines(output.resolve("eve.json"))) {
            return records.filter(line -> line.contains("\"event_type\":\"alert\"")).toList();
        }
    }

    private static String numbers(final List<String> alerts) {
        return alerts.stream()
            .map(line -> line.replaceAll(".*\"pcap_cnt\":(\\d+).*\"signature_id\":(\\d+).*", "$2@$1")).sorted()
            .collect(Collectors.joining(" "));
    }

    @Test
    void shouldAskWhatAnnouncedConnectionsCarry() throws IOException {
        connect(CONTROL, 21);
        says(false, "220 ready");
        says(true, "USER anonymous");
        says(false, "230 in");
        asks("RETR passwd", 40_000);
        carries(30_001, 40_000, false, "xx root:x:0:0:secret");
        carries(30_002, 40_001, false, "xx root:x:0:0:secret");
        says(false, "226 done");
        asks("STOR passwd", 40_002);
        carries(30_003, 40_002, true, "root:x:0:0:secret");
        final String[] rules = {
            "alert ftp-data any any -> any any (file_data; content:\"root\"; sid:1;)",
            "alert ftp-data any any -> any any (flow:to_server; file_data; content:\"root\"; startswith; sid:2;)",
            "alert ftp-data any any -> any any (flow:to_client; file.data; content:\"root\"; offset:3; sid:3;)",
            "alert ftp-data any any -> any any (ftpdata_command:retr; content:\"secret\"; sid:4;)",
            "alert ftp-data any any -> any any (ftpdata_command:STOR; file_data; content:\"secret\"; sid:5;)",
            "alert ftp-data any any -> any any (file_data; content:\"root\"; threshold:type limit, track by_rule, "
                + "count 1; sid:6;)",
            "alert ftp-data any any -> any any (file_data; content:\"root\"; startswith; flow:to_client; sid:7;)"};
        final List<String> one = alerts(1, rules);
        assertEquals("1@14 1@27 2@27 3@14 4@14 5@27 6@14", numbers(one));
        assertTrue(one.stream().allMatch(line -> line.contains("\"app_proto\":\"ftp-data\"")), one.toString());
        assertTrue(one.stream().allMatch(line -> line.contains(",\"ftp_data\":{\"filename\":\"passwd\",\"command\":\""
            + (line.contains("\"pcap_cnt\":27") ? "STOR" : "RETR") + "\"},\"app_proto\"")), one.toString());
        assertEquals(one, alerts(3, rules));
    }

    @Test
    void shouldAskOnceWhichCommandAnAnnouncedConnectionServes() throws IOException {
        connect(CONTROL, 21);
        says(false, "220 ready");
        says(true, "USER anonymous");
        says(false, "230 in");
        asks("RETR passwd", 40_000);
        carries(30_001, 40_000, false, SECRET);
        segment(true, 30_001, 40_000, 1001, 5001 + SECRET.length(), TcpFlags.ACK, "");
        segment(false, 30_001, 40_000, 5001 + SECRET.length(), 1001, TcpFlags.ACK, SECRET);
        segment(true, 30_001, 40_000, 1001, 5001 + 2 * SECRET.length(), TcpFlags.ACK, "");
        carries(30_002, 40_001, false, SECRET);
        final String[] rules = {
            "alert ftp-data any any -> any any (flow:established,to_client; ftpdata_command:retr; sid:1;)",
            "alert ftp-data any any -> any any (flow:to_server; ftpdata_command:RETR; sid:2;)",
            "alert ftp-data any any -> any any (ftpdata_command:stor; sid:3;)"};
        final List<String> one = alerts(1, rules);
        assertEquals("1@14 2@15", numbers(one));
        assertTrue(one.stream().allMatch(line -> line.contains(",\"ftp_data\":{\"filename\":\"passwd\",\"command\":"
            + "\"RETR\"},\"app_proto\":\"ftp-data\"")), one.toString());
        assertEquals(one, alerts(3, rules));
    }

    @Test
    void shouldTellInAnyAlertWhatAnAnnouncedConnectionCarries() throws IOException {
        connect(CONTROL, 21);
        says(false, "220 ready");
        says(true, "USER anonymous");
        says(false, "230 in");
        asks("RETR passwd", 40_000);
        carries(30_001, 40_000, false, "xx secret");
        carries(30_002, 40_001, false, "xx secret");
        final List<String> alerts = alerts(1, "alert tcp any any -> any any (content:\"secret\"; sid:1;)");
        assertEquals("1@14 1@18", numbers(alerts));
        assertTrue(alerts.get(0).contains("\"ftp_data\":{\"filename\":\"passwd\",\"command\":\"RETR\"},"
            + "\"app_proto\":\"ftp-data\","), alerts.get(0));
        assertFalse(alerts.get(1).contains("ftp"), alerts.get(1));
    }

    @Test
    void shouldTakeNoAlertsPlaceWithMatchesThatNobodyAnnounced() throws IOException {
        carries(30_002, 40_001, false, "xx root:x:0:0:secret");
        final List<String> rules = new ArrayList<>();
        for (int sid = 1; sid <= 20; sid++) {
            rules.add("alert ftp-data any any -> any any (file_data; content:\"root\"; sid:" + sid + ";)");
        }
        rules.add("alert tcp any any -> any any (content:\"secret\"; sid:99;)");
        assertEquals("99@4", numbers(alerts(1, rules.toArray(String[]::new))));
    }
}
