package io.weir.protocol.krb5;

import static io.weir.protocol.krb5.Der.field;
import static io.weir.protocol.krb5.Der.number;
import static io.weir.protocol.krb5.Der.sequence;
import static io.weir.protocol.krb5.Der.text;
import static io.weir.protocol.krb5.Der.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KerberosTest {
    private static final int AES256 = 18;
    private static final int RC4 = 23;
    private static final String ASKED = "\"krb5\":{\"msg_type\":\"KRB_AS_REQ\",\"cname\":\"ann\",\"realm\":\"EXAMPLE\","
        + "\"sname\":\"krbtgt/EXAMPLE\"}";

    private static byte[] name(final String... parts) {
        return sequence(field(0, number(1)),
            field(1, sequence(Stream.of(parts).map(part -> text(0x1b, part)).toArray(byte[][]::new))));
    }

    private static byte[] realm() {
        return text(0x1b, "EXAMPLE");
    }

    private static byte[] request(final int type) {
        return value(0x60 | type, sequence(field(1, number(5)), field(2, number(type)), field(3, sequence()),
            field(4, sequence(field(0, value(3, new byte[5])), field(1, name("ann")), field(2, realm()),
                field(3, name("krbtgt", "EXAMPLE")), field(7, number(1)), field(8, sequence(number(AES256)))))));
    }

    private static byte[] reply(final int type, final int encryption, final int ofTicket) {
        return reply(type, number(encryption), number(ofTicket));
    }

    private static byte[] reply(final int type, final byte[] encryption, final byte[] ofTicket) {
        return value(0x60 | type, sequence(field(0, number(5)), field(1, number(type)), field(3, realm()),
            field(4, name("ann")), field(5, value(0x61, sequence(field(0, number(5)), field(1, realm()),
                field(2, name("krbtgt", "EXAMPLE")), field(3, hidden(ofTicket))))), field(6, hidden(encryption))));
    }

    private static byte[] hidden(final byte[] encryption) {
        return sequence(field(0, encryption), field(2, value(4, new byte[40])));
    }

    private static byte[] error(final int code) {
        return error(number(code));
    }

    private static byte[] error(final byte[] code) {
        return value(0x7e, sequence(field(0, number(5)), field(1, number(30)), field(5, number(0)),
            field(6, code), field(9, realm()), field(10, name("krbtgt", "EXAMPLE"))));
    }

    private static byte[] framed(final byte[] message) {
        return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
    }

    @Test
    void shouldTellRequestsAndReplies() {
        final Talk talk = Talk.udp(88).client(request(10)).server(reply(11, AES256, RC4))
            .client(request(12)).server(reply(13, AES256, AES256));
        assertEquals("krb5", talk.protocol());
        final List<String> told = talk.objects();
        assertEquals(ASKED, told.get(0));
        assertEquals("\"krb5\":{\"msg_type\":\"KRB_AS_REP\",\"cname\":\"ann\",\"realm\":\"EXAMPLE\","
            + "\"sname\":\"krbtgt/EXAMPLE\",\"encryption\":\"AES256_CTS_HMAC_SHA1_96\",\"weak_encryption\":false,"
            + "\"ticket_encryption\":\"RC4_HMAC\",\"ticket_weak_encryption\":true}", told.get(1));
        assertTrue(told.get(2).contains("KRB_TGS_REQ"));
        assertTrue(told.get(3).contains("KRB_TGS_REP"));
        assertEquals(4, told.size());
    }

    @Test
    void shouldTellWhyWhichRequestFailed() {
        final Talk talk = Talk.tcp(88).client(framed(request(10))).server(framed(error(25)));
        assertEquals(List.of(ASKED, "\"krb5\":{\"msg_type\":\"KRB_ERROR\",\"failed_request\":\"KRB_AS_REQ\","
            + "\"error_code\":\"KDC_ERR_PREAUTH_REQUIRED\",\"realm\":\"EXAMPLE\",\"sname\":\"krbtgt/EXAMPLE\"}"),
            talk.objects());
        assertEquals(List.of("\"krb5\":{\"msg_type\":\"KRB_ERROR\",\"failed_request\":\"UNKNOWN\","
            + "\"error_code\":\"99\",\"realm\":\"EXAMPLE\",\"sname\":\"krbtgt/EXAMPLE\"}"),
            Talk.udp(88).server(error(99)).objects());
    }

    @Test
    void shouldTellTheSameHoweverTheStreamIsCut() {
        final Talk talk = Talk.tcp(88).client(framed(request(10))).server(framed(reply(11, AES256, AES256)))
            .client(framed(request(12))).server(framed(reply(13, AES256, AES256)));
        final List<String> whole = talk.objects();
        assertEquals(4, whole.size());
        assertEquals(whole, Talk.tcp(88).client(framed(request(10))).server(framed(reply(11, AES256, AES256)))
            .client(framed(request(12))).server(framed(reply(13, AES256, AES256))).segmented(1).objects());
    }

    @Test
    void shouldSayThatAnEncryptionIsWeak() {
        final List<String> told = Talk.udp(88).client(request(10)).server(reply(11, RC4, AES256)).records();
        assertTrue(told.stream().anyMatch(line -> line.contains("\"weak_encryption\":true")));
        assertTrue(told.stream().anyMatch(line -> line.contains("\"event\":\"weak_encryption\"")), told::toString);
    }

    private static long count(final List<String> lines, final String part) {
        return lines.stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void shouldReadLengthsOfFourBytes() {
        final byte[] content = Arrays.copyOfRange(request(10), 4, request(10).length);
        final byte[] message = ByteBuffer.allocate(12 + content.length).put((byte) 0x6a).put((byte) 0x84)
            .putInt(6 + content.length).put((byte) 0x30).put((byte) 0x84).putInt(content.length).put(content).array();
        final List<String> told = Talk.udp(88).client(message).records();
        assertEquals(1, count(told, ASKED), told::toString);
        assertEquals(0, count(told, "\"event\":\"malformed_data\""), told::toString);
    }

    @Test
    void shouldTellNumbersThatHaveNoNameWithTheirSign() {
        final byte[] negative = Talk.hex("0202 ff7b");
        final List<String> told = Talk.udp(88).client(request(10)).server(reply(11, negative, number(-1)))
            .client(request(10)).server(reply(11, number(0), Talk.hex("0203 00ff7b"))).server(error(-5)).records();
        assertEquals(1, count(told, "\"encryption\":\"-133\",\"weak_encryption\":true,"
            + "\"ticket_encryption\":\"-1\",\"ticket_weak_encryption\":true"), told::toString);
        assertEquals(1, count(told, "\"encryption\":\"0\",\"weak_encryption\":true,"
            + "\"ticket_encryption\":\"65403\",\"ticket_weak_encryption\":true"), told::toString);
        assertEquals(1, count(told, "\"error_code\":\"-5\""), told::toString);
        assertEquals(2, count(told, "\"event\":\"weak_encryption\""), told::toString);
        assertEquals(0, count(told, "\"event\":\"malformed_data\""), told::toString);
    }

    @Test
    void shouldTakeNumbersThatCannotBeReadForMalformedNotForWeak() {
        for (final String unread : List.of("0200", "0209 000000000000000012")) {
            final byte[] number = Talk.hex(unread);
            for (final byte[] bad : List.of(reply(11, number, number(AES256)), reply(11, number(AES256), number))) {
                final List<String> told = Talk.udp(88).client(request(10)).server(bad).records();
                assertEquals(1, count(told, "\"event\":\"malformed_data\""), told::toString);
                assertEquals(1, count(told, "KRB_AS_REP"), told::toString);
                assertEquals(0, count(told, "\"event\":\"weak_encryption\""), told::toString);
                assertEquals(0, count(told, "weak_encryption\":true"), told::toString);
                assertEquals(0, count(told, "\"0\""), told::toString);
            }
            final List<String> told = Talk.udp(88).client(request(10)).server(error(number)).records();
            assertEquals(1, count(told, "\"event\":\"malformed_data\""), told::toString);
            assertEquals(0, count(told, "error_code"), told::toString);
        }
    }

    @Test
    void shouldTakeFieldsThatComeTwiceOrOutOfOrderForMalformed() {
        final byte[] twice = value(0x7e, sequence(field(1, number(30)), field(6, number(24)), field(6, number(6))));
        final byte[] turned = value(0x6a, sequence(field(2, number(10)), field(1, number(5))));
        final byte[] inBody = value(0x6a, sequence(field(1, number(5)), field(2, number(10)),
            field(4, sequence(field(1, name("ann")), field(1, name("mallory"))))));
        final byte[] inTicket = value(0x6b, sequence(field(5, value(0x61, sequence(field(3, hidden(number(AES256))),
            field(3, hidden(number(RC4))))))));
        final byte[] inEncryption = value(0x6b, sequence(field(6, sequence(field(0, number(AES256)),
            field(0, number(RC4)), field(2, value(4, new byte[40]))))));
        for (final byte[] bad : List.of(twice, turned, inBody, inTicket, inEncryption)) {
            final List<String> told = Talk.udp(88).client(request(10)).server(bad).records();
            assertEquals(1, count(told, "\"event\":\"malformed_data\""), told::toString);
            assertEquals(0, count(told, "mallory") + count(told, "RC4") + count(told, "\"error_code\":\"KDC_ERR_C_"),
                told::toString);
        }
    }

    @Test
    void shouldSayThatAMessageEndsTooSoonAndTellWhatThereIs() {
        final byte[] whole = request(10);
        // the number of the encryption claims to go on behind the end
        whole[whole.length - 2] = 0x7f;
        final byte[] damaged = request(10);
        damaged[Talk.hex("6a00 3000 a103020105 a20302010a a3023000").length + 1] = 0x7f;
        final List<String> told = Talk.udp(88).client(whole).client(damaged).records();
        assertEquals(1, told.stream().filter(line -> line.contains("\"event\":\"malformed_data\"")).count(),
            told::toString);
        assertEquals(2, told.stream().filter(line -> line.contains("KRB_AS_REQ")).count());
        assertEquals(0, Talk.udp(88).client(whole).client(Arrays.copyOf(request(10), 40)).server(new byte[1])
            .faults());
    }

    @Test
    void shouldGoOnBehindAMessageThatIsNotToldAndGiveUpAtOneThatIsTooLong() {
        final byte[] toService = value(0x6e, sequence(field(0, number(5)), field(1, number(14))));
        assertEquals(List.of(ASKED), Talk.tcp(88).client(framed(toService)).client(framed(request(10))).objects());
        final List<String> told = Talk.tcp(88).client(framed(request(10))).client(Talk.hex("7fffffff 00"))
            .client(framed(request(10))).records();
        assertEquals(1, told.stream().filter(line -> line.contains("KRB_AS_REQ")).count());
    }
}
