package io.weir.protocol;

import static io.weir.protocol.Talk.hex;

import io.weir.protocol.quic.Initials;
import io.weir.protocol.tls.Hellos;
import java.util.List;

/** Exchanges over UDP besides those of {@link SampleTalk}. */
final class DatagramTalks {
    /** Smallest datagram with an Initial packet of a client, RFC 9000, 14.1. */
    static final int LEAST_INITIAL = 1200;

    private DatagramTalks() {
    }

    static List<SampleTalk> all() {
        return List.of(quic(), ike(), oldIke(), ciscoVpn(), mdns(), llmnr());
    }

    /** The first flight of each side: the client's hello in pieces, on two datagrams. */
    private static SampleTalk quic() {
        final byte[] hello = quicHello();
        final byte[] answer = Initials.message(2, Hellos.hello().ciphers(0x1301).extension(43, "0304").serverBody());
        final Initials client = new Initials(1, true);
        return new SampleTalk("quic", true, 443)
            .client(client.seal(LEAST_INITIAL, Initials.crypto(hello, 40, 60), hex("01"),
                Initials.crypto(hello, 0, 20)))
            .client(client.seal(LEAST_INITIAL, Initials.crypto(hello, 60, hello.length),
                Initials.crypto(hello, 20, 40)))
            .server(new Initials(1, false).seal(0, hex("02 01 00 00 00"), Initials.crypto(answer, 0, answer.length)));
    }

    /** A client's hello with its header. */
    static byte[] quicHello() {
        return Initials.message(1, Hellos.hello().ciphers(0x1301, 0x1302).sni("www.example.org").alpn("h3")
            .extension(43, "020304").clientBody());
    }

    /** IKE_SA_INIT: a proposal, a key, a nonce and a notification; RFC 7296. */
    private static SampleTalk ike() {
        final String body = "22 00 0030 00 00 002c 01 01 00 04 03 00 000c 01 00 000c 800e 0100 03 00 0008 02 00 0005"
            + "03 00 0008 03 00 000c 00 00 0008 04 00 000e" + "28 00 0010 000e 0000 1122334455667788"
            + "29 00 0014 000102030405060708090a0b0c0d0e0f" + "00 00 0008 00 00 4014";
        return new SampleTalk("ike", true, 500)
            .client(hex("0123456789abcdef 0000000000000000 21 20 22 08 00000000 00000078" + body))
            .server(hex("0123456789abcdef fedcba9876543210 21 20 22 20 00000000 00000078" + body));
    }

    /** Main mode with a vendor's mark, then what is encrypted; RFC 2408. */
    private static SampleTalk oldIke() {
        final String association = "0d 00 0034 00000001 00000001 00 00 0028 01 01 00 01 00 00 0020 01 01 0000"
            + "8001 0007 8002 0002 8003 0001 8004 000e 800b 0001 800c 7080" + "00 00 0014" + "5a".repeat(16);
        return new SampleTalk("ike", true, 500)
            .client(hex("0123456789abcdef 0000000000000000 01 10 02 00 00000000 00000064" + association))
            .server(hex("0123456789abcdef fedcba9876543210 01 10 02 00 00000000 00000064" + association))
            .client(hex("0123456789abcdef fedcba9876543210 05 10 02 01 00000000 0000002c" + "a5".repeat(16)));
    }

    /** A hello in the version before DTLS 1.0. */
    private static SampleTalk ciscoVpn() {
        return new SampleTalk("cisco-vpn", true, 443).client(hex("16 0100 0000 000000000000 0038 01 00002c 0000 000000"
            + "00002c 0100" + "5a".repeat(32) + "00 00 0004 002f0035 0100"));
    }

    /** A service that is asked for, with what is known of it; RFC 6762. */
    private static SampleTalk mdns() {
        return new SampleTalk("mdns", true, 5353)
            .client(hex("0000 0000 0001 0000 0000 0000 045f697070 056c6f63616c 00 000c 0001"))
            .server(hex("0000 8400 0000 0003 0000 0001 045f697070 056c6f63616c 00 000c 0001 00000078 0004 0161c011"
                + "c00c 0021 8001 00000078 0008 0000 0000 0277 c022 c022 0001 8001 00000078 0004 c0000201"
                + "c022 001c 8001 00000078 0010 20010db8 000000000000000000000001"));
    }

    private static SampleTalk llmnr() {
        return new SampleTalk("llmnr", true, 5355).client(hex("1234 0000 0001 0000 0000 0000 0161 00 0001 0001"))
            .server(hex("1234 8000 0001 0001 0000 0000 0161 00 0001 0001 c00c 0001 0001 0000001e 0004 c0000201"));
    }
}
