package io.weir.protocol.tls;

import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;

import io.weir.protocol.Talk;
import java.util.Random;

/** Messages and records of TLS, and what two sides say to each other. */
final class Handshakes {
    static final byte[] CLIENT_HELLO = message(1, Hellos.hello().ciphers(0x1301, 0xc02f).sni("example.org")
        .alpn("h2", "http/1.1").groups(29).points("00").algorithms(0x0403).clientBody());
    static final byte[] SERVER_HELLO = message(2, Hellos.hello().ciphers(0xc02f).empty(0xff01).alpn("h2")
        .serverBody());
    static final byte[] SERVER_HELLO_13 =
        message(2, Hellos.hello().ciphers(0x1301).chosen(0x0304).empty(51).serverBody());
    static final byte[] CERTIFICATE = certificate(Certificates.SERVER);
    static final byte[] KEY_EXCHANGE = message(12, new byte[200]);
    static final byte[] DONE = message(14);
    static final byte[] CLIENT_KEYS = record(22, message(16, new byte[64]));
    static final byte[] CHANGE_CIPHER = hex("1403030001 01");
    static final byte[] FINISHED = record(22, random(40));
    static final byte[] DATA = record(23, random(300));

    private Handshakes() {
    }

    static Talk handshake12(final byte[]... flight) {
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO));
        for (final byte[] part : flight) {
            talk.server(part);
        }
        return talk.client(join(CLIENT_KEYS, CHANGE_CIPHER, FINISHED)).server(join(CHANGE_CIPHER, FINISHED))
            .client(DATA);
    }

    static Talk hello13(final int port, final Hellos hello) {
        return Talk.tcp(port).client(record(22, message(1, hello.clientBody()))).server(record(22, SERVER_HELLO_13));
    }

    static byte[] certificate(final byte[]... list) {
        byte[] all = {};
        for (final byte[] der : list) {
            all = join(all, new byte[1], u16(der.length), der);
        }
        return message(11, join(new byte[1], u16(all.length), all));
    }

    static byte[] message(final int type, final byte... body) {
        return join(new byte[] {(byte) type, (byte) (body.length >> 16)}, u16(body.length), body);
    }

    static byte[] record(final int type, final byte... content) {
        return join(new byte[] {(byte) type}, u16(0x0303), u16(content.length), content);
    }

    static byte[] random(final int length) {
        final byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
