package io.weir.protocol.tls;

import static io.weir.protocol.tls.Handshakes.CERTIFICATE;
import static io.weir.protocol.tls.Handshakes.DONE;
import static io.weir.protocol.tls.Handshakes.SERVER_HELLO;
import static io.weir.protocol.tls.Handshakes.certificate;
import static io.weir.protocol.tls.Handshakes.handshake12;
import static io.weir.protocol.tls.Handshakes.hello13;
import static io.weir.protocol.tls.Handshakes.message;
import static io.weir.protocol.tls.Handshakes.record;
import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a handshake says of the protocol that is encrypted. */
class TlsLabelsTest {
    @Test
    void shouldLabelWhatStandsBehindIt() {
        assertEquals(List.of("tls", "imaps"), hello13(993, Hellos.hello().sni("mail.example")).protocols());
        assertEquals(List.of("tls", "ldaps"), hello13(636, Hellos.hello().sni("dc.example")).protocols());
        assertEquals(List.of("tls", "nts-ke"), hello13(4460, Hellos.hello()).protocols());
        assertEquals(List.of("tls", "nts-ke"), hello13(9, Hellos.hello().alpn("ntske/1")).protocols());
        assertEquals(List.of("tls", "dot"), hello13(853, Hellos.hello()).protocols());
        assertEquals(List.of("tls", "dot"), hello13(443, Hellos.hello().alpn("dot")).protocols());
        assertEquals(List.of("tls", "apns"), hello13(5223, Hellos.hello().alpn("apns-security-v3")).protocols());
        assertEquals(List.of("tls", "doh"), hello13(443, Hellos.hello().sni("dns.google").alpn("h2")).protocols());
        assertEquals(List.of("tls", "doh"), hello13(443, Hellos.hello().sni("Doh.Pub").alpn("h2")).protocols());
        assertEquals(List.of("tls", "doh"),
            hello13(443, Hellos.hello().sni("a.cloudflare-dns.com").alpn("h2")).protocols());
        assertEquals(List.of("tls", "http2"), hello13(443, Hellos.hello().sni("xdns.google").alpn("h2")).protocols());
        assertEquals(List.of("tls", "http2"), hello13(443, Hellos.hello().sni("oh.pub").alpn("h2")).protocols());
        assertEquals(List.of("tls"), hello13(443, Hellos.hello().alpn("h2", "http/1.1")).protocols());
        assertEquals(List.of("tls", "http2"), handshake12(record(22, join(SERVER_HELLO, DONE))).protocols());
    }

    @Test
    void shouldTellTorByNamesThatAreMadeUpOnBothSides() {
        final byte[] relay = relayCertificate("www.mvpqtvqjbjtbs.com", "www.2bzf5r4zqtlpq.net");
        final byte[] hello = message(1, Hellos.hello().sni("www.axvbv4rrtmhgb3.com").clientBody());

        assertEquals(List.of("tls", "tor"), Talk.tcp(9001).client(record(22, hello))
            .server(record(22, join(message(2, Hellos.hello().ciphers(0xc02f).serverBody()), certificate(relay), DONE)))
            .protocols());
        assertEquals(List.of("tls"), Talk.tcp(9001).client(record(22, hello))
            .server(record(22, join(message(2, Hellos.hello().ciphers(0xc02f).serverBody()), CERTIFICATE, DONE)))
            .protocols());
    }

    @Test
    void shouldKnowAServiceInTheMiddleOfItsConnection() {
        final byte[] data = Talk.hex("1703030020" + "5a".repeat(32));
        assertEquals(List.of("tls", "imaps"), Talk.tcp(993).midStream().server(data).server(data).protocols());
        assertEquals(List.of("tls"), Talk.tcp(444).midStream().server(data).server(data).protocols());
    }

    @Test
    void shouldTellTorByItsHelloWhereCertificatesAreHidden() {
        final int[] ciphers = {0x1301, 0x1303, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc02c, 0xc030, 0xc00a, 0xc009,
            0xc013, 0xc014, 0x9c, 0x9d, 0x2f, 0x35, 0xff};
        final String name = "www.odol6hppjtngbogud.com";
        assertEquals(List.of("tls", "tor"), hello13(9001, Hellos.hello().ciphers(ciphers).sni(name)).protocols());
        assertEquals(List.of("tls", "tor"),
            hello13(9001, Hellos.hello().ciphers(ciphers).sni("www.rb7b2nw4xthrtsf3xdtng.com")).protocols());
        assertEquals(List.of("tls", "http2"),
            hello13(443, Hellos.hello().ciphers(ciphers).sni(name).alpn("h2")).protocols());
        assertEquals(List.of("tls"), hello13(443, Hellos.hello().ciphers(ciphers).sni("example.com")).protocols());
        assertEquals(List.of("tls"), hello13(443, Hellos.hello().sni(name)).protocols());
    }

    /** The beginning of a certificate with nothing but common names. */
    private static byte[] relayCertificate(final String issuer, final String subject) {
        final byte[] times = hex("301e 170d 323630313031303030303030 5a 170d 323730313031303030303030 5a");
        final byte[] body = element(0x30, join(hex("0201 05 3005 06032b6570"), name(issuer), times, name(subject)));
        return element(0x30, body);
    }

    private static byte[] name(final String commonName) {
        final byte[] attribute = element(0x30, join(hex("0603550403"), element(0x0c, Talk.text(commonName))));
        return element(0x30, element(0x31, attribute));
    }

    private static byte[] element(final int tag, final byte... content) {
        return join(new byte[] {(byte) tag, (byte) 0x82}, u16(content.length), content);
    }
}
