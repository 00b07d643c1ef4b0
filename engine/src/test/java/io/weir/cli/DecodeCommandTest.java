package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.packet.PacketBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DecodeCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void writeCapture() throws IOException {
        final ByteBuffer pcap = ByteBuffer.allocate(4096);
        pcap.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65535).putInt(1);
        frame(pcap, 1, PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2").tcp(1234, 80).payload("GET /"));
        frame(pcap, 2, PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2").udp(5000, 53).payload("query"));
        frame(pcap, 3, PacketBuilder.ethernet().vlan(7).ipv6("2001:db8::1", "2001:db8::2").udp(5000, 53));
        file = directory.resolve("trace.pcap");
        final byte[] bytes = new byte[pcap.flip().remaining()];
        pcap.get(bytes);
        Files.write(file, bytes);
    }

    @Test
    void shouldPrintEveryFrameAsText() {
        assertEquals(ExitStatus.DONE, run("decode", file.toString()));
        final String text = out.toString();
        assertTrue(text.startsWith("1  1970-01-01T00:00:01.000000000Z  59 bytes  192.0.2.1:1234 > 198.51.100.2:80 TCP"),
            text);
        assertTrue(text.contains("\n3  1970-01-01T00:00:03.000000000Z"), text);
        assertFalse(text.contains("\u001b"), "no colours unless on a terminal");
        assertEquals("", err.toString());
    }

    @Test
    void shouldPrintOneJsonObjectPerLineAndKeepNumbersUnderAFilter() {
        assertEquals(ExitStatus.DONE, run("decode", "--json", "-f", "udp", file.toString()));
        final List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        final Map<String, Object> second = Json.object(lines.get(0));
        assertEquals(2, second.get("n"));
        assertEquals("1970-01-01T00:00:02.000000000Z", second.get("ts"));
        assertEquals(3, Json.object(lines.get(1)).get("n"));
    }

    @Test
    void shouldStopAfterTheCountAndPrintBytes() {
        assertEquals(ExitStatus.DONE, run("decode", "-x", "-n", "1", file.toString()));
        assertTrue(out.toString().contains("    0030   ff ff "), out.toString());
        assertFalse(out.toString().contains("\n2  "), out.toString());
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() {
        assertEquals(ExitStatus.USAGE, run("decode", directory.resolve("missing").toString()));
        assertEquals(ExitStatus.USAGE, run("decode", "-n", "0", file.toString()));
        assertEquals(ExitStatus.USAGE, run("decode", "-f", "nonsense (", file.toString()));
        assertEquals(ExitStatus.USAGE, run("decode"));
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void shouldNameTheDamageOfAFileThatEndsInTheMiddle() throws IOException {
        final byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        assertEquals(ExitStatus.IMPAIRED, run("decode", "--json", file.toString()));
        assertTrue(out.toString().lines().count() >= 2, out.toString());
        assertTrue(err.toString().contains("trace.pcap"), err.toString());
    }

    private static void frame(final ByteBuffer pcap, final int second, final PacketBuilder packet) {
        final byte[] bytes = packet.build();
        pcap.putInt(second).putInt(0).putInt(bytes.length).putInt(bytes.length).put(bytes);
    }

    private int run(final String... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
