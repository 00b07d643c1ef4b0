package io.weir.protocol.tls;

import static io.weir.protocol.tls.Handshakes.CLIENT_HELLO;
import static io.weir.protocol.tls.Handshakes.DONE;
import static io.weir.protocol.tls.Handshakes.SERVER_HELLO;
import static io.weir.protocol.tls.Handshakes.certificate;
import static io.weir.protocol.tls.Handshakes.message;
import static io.weir.protocol.tls.Handshakes.record;
import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Talk;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is odd about a session. */
class TlsEventsTest {
    private static final Pattern EVENT = Pattern.compile("\"event\":\"([A-Z0-9_]+)\"");
    private static final byte[] HELLO = record(22, CLIENT_HELLO);

    @Test
    void shouldSeeNamesThatAreNone() {
        assertEquals(List.of("INVALID_SNI_TYPE"), events(client(Hellos.hello().extension(0, "0006 01 0003 616263"))));
        assertEquals(List.of("INVALID_SNI_LENGTH"), events(client(Hellos.hello().sni("a".repeat(256)))));
        assertEquals(List.of(), events(client(Hellos.hello().sni("a".repeat(255)))));
    }

    @Test
    void shouldSeeHeartbeatsAndWhatIsWrongWithThem() {
        final byte[] request = heartbeat(1, 4, 20);
        final byte[] response = heartbeat(2, 4, 20);
        assertEquals(List.of("HEARTBEAT_MESSAGE"),
            events(Talk.tcp(443).client(HELLO).client(request).server(response).client(request).server(response)));
        assertEquals(List.of("HEARTBEAT_MESSAGE", "INVALID_HEARTBEAT_MESSAGE"),
            events(Talk.tcp(443).client(HELLO).client(request).client(request)));
        assertEquals(List.of("HEARTBEAT_MESSAGE", "INVALID_HEARTBEAT_MESSAGE"),
            events(Talk.tcp(443).client(HELLO).client(heartbeat(1, 4, 19))));
        assertEquals(List.of("HEARTBEAT_MESSAGE", "INVALID_HEARTBEAT_MESSAGE"),
            events(Talk.tcp(443).client(HELLO).client(heartbeat(3, 4, 20))));
        assertEquals(List.of("HEARTBEAT_MESSAGE", "INVALID_HEARTBEAT_MESSAGE"),
            events(Talk.tcp(443).client(HELLO).client(Talk.hex("1803030001 01"))));
        assertEquals(List.of("HEARTBEAT_MESSAGE", "OVERFLOW_HEARTBEAT_MESSAGE"),
            events(Talk.tcp(443).client(HELLO).client(heartbeat(1, 0x4000, 0))));
    }

    @Test
    void shouldSeeAlertsThatSayNothing() {
        assertEquals(List.of("INVALID_ALERT_MESSAGE"),
            events(Talk.tcp(443).client(HELLO).server(record(21, (byte) 2))));
    }

    @Test
    void shouldSeeWhatIsWrongInSsl2() {
        final byte[] hello = hex("801c 01 0002 0003 0000 0010 010080" + "00".repeat(16));
        assertEquals(List.of("ERROR_MESSAGE_ENCOUNTERED"),
            events(Talk.tcp(443).client(hello).server(hex("8003 00 0001"))));
        assertEquals(List.of("INVALID_SSLV2_HEADER"), events(Talk.tcp(443).client(hello).server(hex("8000 0000 00"))));
        assertEquals(List.of("INVALID_SSL_RECORD"), events(Talk.tcp(443).client(hello).server(hex("8004 04 0001 00"))));
        assertEquals(List.of("INVALID_RECORD_TYPE"),
            events(Talk.tcp(443).client(hello).server(hex("8004 77 0001 00"))));
    }

    @Test
    void shouldSayWhatIsWrongWithACertificate() {
        assertEquals(List.of(), events(withCertificate(Certificates.SERVER)));
        assertEquals(List.of("INVALID_CERTIFICATE"), events(withCertificate(changed(0, 0x31))));
        assertEquals(List.of("CERTIFICATE_INVALID_VERSION"), events(withCertificate(changed(12, 7))));
        assertEquals(List.of("CERTIFICATE_INVALID_SERIAL"), events(withCertificate(changed(13, 4))));
        assertEquals(List.of("CERTIFICATE_INVALID_ALGORITHMIDENTIFIER"), events(withCertificate(changed(21, 4))));
        assertEquals(List.of("CERTIFICATE_INVALID_X509NAME"), events(withCertificate(changed(28, 4))));
        assertEquals(List.of("CERTIFICATE_INVALID_DATE"), events(withCertificate(changed(90, 4))));
        assertEquals(List.of("CERTIFICATE_INVALID_LENGTH"), events(withCertificate(changed(3, 0xff))));
        assertEquals(List.of("CERTIFICATE_INVALID_LENGTH"), events(withCertificate(hex("308201"))));
    }

    @Test
    void shouldNotBlameACertificateForWhatTheCaptureLacks() {
        final byte[] flight = join(record(22, SERVER_HELLO), record(22, certificate(Certificates.SERVER)));
        final byte[] there = Arrays.copyOf(flight, flight.length - 200);
        assertEquals(List.of(), events(Talk.tcp(443).client(HELLO).server(there).gap(false, 200).server(
            record(22, DONE))));
    }

    private static byte[] heartbeat(final int type, final int announced, final int length) {
        return record(24, join(new byte[] {(byte) type}, u16(announced), new byte[length]));
    }

    private static Talk client(final Hellos hello) {
        return Talk.tcp(443).client(record(22, message(1, hello.clientBody())));
    }

    private static Talk withCertificate(final byte[] der) {
        return Talk.tcp(443).client(HELLO).server(join(record(22, SERVER_HELLO), record(22, certificate(der)),
            record(22, DONE)));
    }

    /** The certificate of a server with one other byte. */
    private static byte[] changed(final int at, final int value) {
        final byte[] der = Certificates.SERVER.clone();
        der[at] = (byte) value;
        return der;
    }

    private static List<String> events(final Talk talk) {
        return talk.records().stream().map(EVENT::matcher).filter(Matcher::find).map(found -> found.group(1)).toList();
    }
}
