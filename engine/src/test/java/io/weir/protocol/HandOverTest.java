package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.tls.Hellos;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TLS behind everything that hands a connection over: it gets its record, which says who did. */
class HandOverTest {
    private static final byte[] CLIENT_HELLO =
        handshake(1, Hellos.hello().ciphers(0x1301).sni("inner.example").alpn("h2").clientBody());
    private static final byte[] SERVER_HELLO = handshake(2, Hellos.hello().ciphers(0x1301).chosen(0x0304).serverBody());
    private static final byte[] NOTHING = {};

    private static byte[] handshake(final int type, final byte... body) {
        return Hellos.join(Hellos.hex("160303"), Hellos.u16(body.length + 4), new byte[] {(byte) type, 0},
            Hellos.u16(body.length), body);
    }

    /** What both sides say in turns, the client first; then TLS. */
    private static void hasTlsBehind(final String outer, final int port, final byte[]... said) {
        Talk talk = Talk.tcp(port);
        for (int i = 0; i < said.length; i++) {
            if (said[i].length > 0) {
                talk = i % 2 == 0 ? talk.client(said[i]) : talk.server(said[i]);
            }
        }
        talk = talk.client(CLIENT_HELLO).server(SERVER_HELLO);
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 7}) {
            final Talk cut = talk.segmented(bytes);
            assertEquals(outer, cut.protocols().get(0), "in pieces of " + bytes);
            assertTrue(cut.protocols().contains("tls"), "in pieces of " + bytes);
            final List<String> tls =
                cut.records().stream().filter(line -> line.contains("\"event_type\":\"tls\"")).toList();
            assertEquals(1, tls.size());
            assertTrue(tls.get(0).contains("\"sni\":\"inner.example\""), tls::toString);
            assertTrue(tls.get(0).contains("\"version\":\"TLS 1.3\",\"from_proto\":\"" + outer + "\""), tls::toString);
            assertEquals(0, cut.faults());
        }
    }

    @Test
    void shouldReadTlsBehindProxyHeaders() {
        hasTlsBehind("proxy-protocol", 443, Talk.text("PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n"));
        hasTlsBehind("proxy-protocol", 443, Talk.text("PROXY UNKNOWN\r\n"));
        final String signature = "0d0a0d0a000d0a515549540a";
        hasTlsBehind("proxy-protocol", 443, Talk.hex(signature + "21 11 000c c0000201 c0000202 dc04 01bb"));
        // With the checksum that may follow the addresses, and without addresses.
        hasTlsBehind("proxy-protocol", 443,
            Talk.hex(signature + "21 11 0013 c0000201 c0000202 dc04 01bb 03 0004 fd16eeb7"));
        hasTlsBehind("proxy-protocol", 443, Talk.hex(signature + "20 00 0000"));
    }

    @Test
    void shouldReadTlsBehindAProxyHeaderInOneSegmentWithIt() {
        final Talk talk = Talk.tcp(443).client(Hellos.join(Talk.text("PROXY TCP4 192.0.2.1 192.0.2.2 1 443\r\n"),
            CLIENT_HELLO)).server(SERVER_HELLO);
        assertEquals("tls", talk.protocols().get(1));
        assertEquals(1, talk.objects().size());
    }

    @Test
    void shouldReadTlsBehindSocks() {
        hasTlsBehind("socks", 1080, Talk.hex("04 01 01bb c0000201 616e6e 00"), Talk.hex("00 5a 0000 00000000"));
        hasTlsBehind("socks", 1080, Talk.hex("04 01 01bb 00000001 00 696e6e6572 00"), Talk.hex("00 5a 0000 00000000"));
        hasTlsBehind("socks", 1080, Talk.hex("05 01 00"), Talk.hex("05 00"), Talk.hex("05 01 00 01 c0000201 01bb"),
            Talk.hex("05 00 00 01 00000000 0000"));
        hasTlsBehind("socks", 1080, Talk.hex("05 01 02"), Talk.hex("05 02"), Talk.hex("01 03 616e6e 01 78"),
            Talk.hex("01 00"), Talk.hex("05 01 00 03 05 696e6e6572 01bb"), Talk.hex("05 00 00 01 00000000 0000"));
    }

    @Test
    void shouldReadTlsBehindConnect() {
        hasTlsBehind("http", 3128, Talk.text("CONNECT inner.example:443 HTTP/1.1\r\nHost: inner.example:443\r\n\r\n"),
            Talk.text("HTTP/1.1 200 Connection established\r\n\r\n"));
    }

    @Test
    void shouldReadTlsBehindStartTls() {
        hasTlsBehind("smtp", 25, NOTHING, Talk.text("220 mx ESMTP\r\n"), Talk.text("EHLO me\r\n"),
            Talk.text("250-mx\r\n250 STARTTLS\r\n"), Talk.text("STARTTLS\r\n"), Talk.text("220 go\r\n"));
        hasTlsBehind("imap", 143, NOTHING, Talk.text("* OK IMAP4rev1\r\n"), Talk.text("a STARTTLS\r\n"),
            Talk.text("a OK go\r\n"));
        hasTlsBehind("pop3", 110, NOTHING, Talk.text("+OK POP3 ready\r\n"), Talk.text("STLS\r\n"),
            Talk.text("+OK go\r\n"));
        hasTlsBehind("ftp", 21, NOTHING, Talk.text("220 FTP server\r\n"), Talk.text("AUTH TLS\r\n"),
            Talk.text("234 go\r\n"));
    }

    @Test
    void shouldReadBehindSeveral() {
        final Talk talk = Talk.tcp(443).client("PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n")
            .client(Talk.hex("05 01 00")).server(Talk.hex("05 00"))
            .client(Talk.hex("05 01 00 01 c0000201 01bb")).server(Talk.hex("05 00 00 01 00000000 0000"))
            .client("CONNECT inner.example:443 HTTP/1.1\r\nHost: inner.example:443\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\n\r\n").client(CLIENT_HELLO).server(SERVER_HELLO);
        assertEquals(List.of("proxy-protocol", "socks", "http"), talk.protocols().subList(0, 3));
        assertTrue(talk.objects().get(1).contains("\"from_proto\":\"http\""), () -> talk.objects().toString());
    }
}
