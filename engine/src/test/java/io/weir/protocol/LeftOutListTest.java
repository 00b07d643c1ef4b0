package io.weir.protocol;

import static io.weir.protocol.krb5.Der.field;
import static io.weir.protocol.krb5.Der.number;
import static io.weir.protocol.krb5.Der.sequence;
import static io.weir.protocol.krb5.Der.text;
import static io.weir.protocol.krb5.Der.value;
import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.tls.Hellos;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as {@link LeftOutTest} of lists that binary protocols have. */
final class LeftOutListTest {
    private static final int MORE_THAN_ANY = 300;
    private static final int TOO_LONG = 2100;

    record Case(String name, int count, IntFunction<Talk> talk) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
            new Case("options of Telnet", MORE_THAN_ANY, count -> Talk.tcp(23).server(times(count, hex("fffd18")))
                .client(hex("fffb18")).server("login: ").client("ann\r\n").server("Password: ").client("x\r\n")),
            new Case("user of Telnet", MORE_THAN_ANY, count -> Talk.tcp(23).server(hex("fffd18"))
                .client(hex("fffb18")).server("login: ").client("a".repeat(count) + "\r\n").server("Password: ")
                .client("x\r\n")),
            new Case("terminal of Telnet", MORE_THAN_ANY, count -> Talk.tcp(23).server(hex("fffd18"))
                .client(join(hex("fffb18 fffa1800"), Talk.text("x".repeat(count)), hex("fff0"))).server("login: ")),
            new Case("dialects of SMB 1", MORE_THAN_ANY, count -> Talk.tcp(445).client(netbios(
                "ff534d42 72 00000000 18 0128 0000 0000000000000000 0000 0000 0000 0000 0000 00",
                u16le(3 * count), times(count, hex("025800"))))),
            new Case("dialects of SMB 2", MORE_THAN_ANY, count -> Talk.tcp(445).client(netbios("fe534d42 4000 0000"
                + "00000000 0000 0100 00000000 00000000 0000000000000000 00000000 00000000 0000000000000000"
                + "00".repeat(16) + "2400", u16le(count), new byte[32], times(count, hex("1003"))))),
            new Case("names of a certificate", MORE_THAN_ANY, count -> flight(certificate("a",
                value(0xa3, sequence(sequence(value(6, hex("551d11")),
                    value(4, sequence(times(count, text(0x82, "a")))))))))),
            new Case("subject of a certificate", TOO_LONG, count -> flight(certificate("a".repeat(count)))),
            new Case("certificates of a chain", 40, count -> {
                final byte[][] chain = new byte[count][];
                Arrays.fill(chain, certificate("a"));
                return flight(chain);
            }),
            new Case("extensions of TLS", MORE_THAN_ANY, count -> {
                final Hellos hello = Hellos.hello();
                for (int i = 0; i < count; i++) {
                    hello.extension(0x6000 + i, "");
                }
                return Talk.tcp(443).fields("tls.client_handshake").client(handshake(1, hello.clientBody()))
                    .server(handshake(2, Hellos.hello().serverBody()));
            }),
            new Case("channels of RDP", MORE_THAN_ANY, LeftOutListTest::channels),
            new Case("parts of a name of Kerberos", MORE_THAN_ANY, count -> Talk.udp(88).client(value(0x6a, sequence(
                field(1, number(5)), field(2, number(10)), field(3, sequence()), field(4, sequence(
                    field(0, value(3, new byte[5])), field(1, sequence(field(0, number(1)),
                        field(1, sequence(times(count, text(0x1b, "x")))))), field(2, text(0x1b, "E")),
                    field(7, number(1)), field(8, sequence(number(18))))))))),
            new Case("payloads of IKE", MORE_THAN_ANY, count -> {
                final byte[] rest = join(times(count - 1, hex("2b000004")), hex("00000004"));
                return Talk.udp(500).client(join(hex("0123456789abcdef 0000000000000000 2b 20 22 08 00000000 0000"),
                    u16(28 + rest.length), rest));
            }),
            new Case("attributes of STUN", MORE_THAN_ANY, count -> Talk.udp(3478).client(join(hex("0001"),
                u16(4 * count), hex("2112a442 b7e7a701bc34d686fa87dfae"), times(count, hex("80700000"))))),
            new Case("headers of HTTP/2", MORE_THAN_ANY, count -> http2(times(count, hex("00016101 62")))),
            new Case("settings of HTTP/2", MORE_THAN_ANY, count -> Talk.tcp(80).client(join(
                hex("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a 00"), u16(6 * count), hex("0400 00000000"),
                times(count, hex("0003 00000064")))).server(hex("000000040000000000"))),
            new Case("a value of HTTP/2", TOO_LONG, count -> http2(join(hex("000161 7f"),
                length(count), Talk.text("b".repeat(count))))));
    }

    /** A number of two bytes behind seven bits that are full. */
    private static byte[] length(final int count) {
        return count < 127 ? new byte[0] : new byte[] {(byte) (count - 127 & 0x7f | 0x80), (byte) (count - 127 >> 7)};
    }

    private static Talk http2(final byte[] headers) {
        final byte[] block = join(hex("828684"), headers);
        return Talk.tcp(80).client(join(hex("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a 000000040000000000 00"),
            u16(block.length), hex("0105 00000001"), block))
            .server(hex("000000040000000000 000001010500000001 88"));
    }

    private static byte[] u16le(final int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    private static byte[] netbios(final String head, final byte[]... rest) {
        final byte[] message = join(hex(head), join(rest));
        return join(new byte[2], u16(message.length), message);
    }

    private static byte[] handshake(final int type, final byte[] body) {
        return join(hex("160303"), u16(body.length + 4), new byte[] {(byte) type, 0}, u16(body.length), body);
    }

    private static byte[] certificate(final String subject, final byte[]... extensions) {
        return sequence(sequence(value(0xa0, number(2)), number(1), sequence(), sequence(),
            sequence(text(0x17, "260101000000Z"), text(0x17, "360101000000Z")), sequence(value(0x31,
                sequence(value(6, hex("550403")), text(0x0c, subject)))), sequence(), join(extensions)));
    }

    private static Talk flight(final byte[]... certificates) {
        byte[] all = {};
        for (final byte[] one : certificates) {
            all = join(all, new byte[1], u16(one.length), one);
        }
        return Talk.tcp(443).client(handshake(1, Hellos.hello().clientBody()))
            .server(handshake(2, Hellos.hello().serverBody()))
            .server(handshake(11, join(new byte[1], u16(all.length), all))).server(handshake(14, new byte[0]));
    }

    private static Talk channels(final int count) {
        final byte[] list = times(count, hex("7264706472000000 00000000"));
        final byte[] packet = join(hex("02f080 7f65 82 0100 0000 44756361 82 00 03c0"), u16le(list.length + 8),
            u16le(count), new byte[2], list);
        return Talk.tcp(3389).client(hex("0300 0013 0e e0 0000 0000 00 01 00 0800 00000000"))
            .server(hex("0300 0013 0e d0 0000 1234 00 02 00 0800 00000000"))
            .client(join(hex("0300"), u16(packet.length + 4), packet));
    }

    private static byte[] times(final int count, final byte[] one) {
        final byte[][] all = new byte[count][];
        Arrays.fill(all, one);
        return join(all);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldSayThatAListEndsEarly(final Case one) {
        final Talk few = one.talk.apply(2);
        assertTrue(few.records().stream().anyMatch(told -> !told.contains("\"flow\"")), few.records()::toString);
        assertEquals(0, few.count(Counter.TRANSACTIONS_CUT), few.records()::toString);
        final Talk many = one.talk.apply(one.count);
        assertEquals(1, many.count(Counter.TRANSACTIONS_CUT), many.records()::toString);
        assertEquals(1, many.records().stream().filter(told -> told.contains("\"cut\":true")).count());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldCountMessagesThatAreLeftOut(final Case one) {
        assertEquals(0, one.talk.apply(2).count(Counter.PARSER_BYTES_SKIPPED));
        assertTrue(one.talk.apply(one.count).count(Counter.PARSER_BYTES_SKIPPED) > 0);
    }

    static List<Case> messages() {
        return List.of(
            new Case("messages of STUN", 24, count -> {
                final Talk talk = Talk.udp(3478);
                for (int i = 0; i < count; i++) {
                    talk.client(join(hex("0001 0008 2112a442 b7e7a701bc34d686fa87dfae 0006 0004 7878"),
                        u16(0x6161 + i)));
                }
                return talk;
            }),
            new Case("commands of SMB 2 in one message", 40, count -> {
                final String echo = "fe534d42 4000 0000 00000000 0d00 0100 00000000 48000000 0000000000000000"
                    + "00000000 00000000 0000000000000000" + "00".repeat(16) + "04000000 00000000";
                return Talk.tcp(445).client(netbios("", times(count, hex(echo)), hex(echo.replace("48000000",
                    "00000000"))));
            }));
    }
}
