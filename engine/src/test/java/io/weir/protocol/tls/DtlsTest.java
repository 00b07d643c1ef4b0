package io.weir.protocol.tls;

import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Confidence;
import io.weir.protocol.Talk;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DtlsTest {
    private static final byte[] HELLO = hello("").clientBody();
    private static final byte[] SECOND_HELLO = hello("0102030405060708").clientBody();
    private static final byte[] VERIFY = hex("feff 08 0102030405060708");
    private static final byte[] SERVER_HELLO = Hellos.hello().version(0xfefd).ciphers(0xc02b).serverBody();
    private static final byte[] CERTIFICATES = join(new byte[1], u16(Certificates.SERVER.length + 3), new byte[1],
        u16(Certificates.SERVER.length), Certificates.SERVER);
    private static final byte[] DATA = record(23, 1, new byte[40]);

    private static final String OBJECT = "\"tls\":{\"sni\":\"example.org\",\"ja3\":{\"hash\":"
        + "\"b0481bbf0ee1c2da9690c98ba75d1848\",\"string\":\"65277,49195,0,,\"},"
        + "\"ja4\":\"dd2d010100_648b5c445417_000000000000\","
        + "\"ja3s\":{\"hash\":\"c77eb4dd3434ddfeb4d88b08cdbd8906\",\"string\":\"65277,49195,\"},"
        + "\"subject\":\"C=DE, O=Example, Inc., OU=Research, CN=example.org, Email=info@example.org\","
        + "\"issuerdn\":\"C=US, O=Example Trust, CN=Example CA\",\"serial\":\"00:9A:3F:00:C1:D2\","
        + "\"fingerprint\":\"b7:3a:41:47:01:6b:b6:40:bf:a2:fc:fc:60:6c:d0:70:89:42:eb:d7\","
        + "\"notbefore\":\"2026-11-23T08:15:02\",\"notafter\":\"2036-11-20T08:15:02\",\"subjectaltname\":"
        + "[\"example.org\",\"*.example.org\",\"192.0.2.1\",\"2001:db8::1\",\"https://example.org/\"],"
        + "\"version\":\"DTLS 1.2\"}";

    @Test
    void shouldTellAHandshakeInFragments() {
        final Talk talk = begun()
            .server(join(message(2, 1, SERVER_HELLO), part(11, 2, CERTIFICATES, 0, 200)))
            .server(part(11, 2, CERTIFICATES, 200, 200))
            .server(join(part(11, 2, CERTIFICATES, 400, CERTIFICATES.length - 400), message(14, 3)));

        assertEquals(List.of(OBJECT), ended(talk).objects());
        assertEquals("dtls", talk.protocol());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertTrue(talk.isEncrypted());
    }

    @Test
    void shouldTellTheSameOfFragmentsInAnyOrderThatOverlap() {
        final Talk talk = begun()
            .server(part(11, 2, CERTIFICATES, 350, CERTIFICATES.length - 350))
            .server(message(2, 1, SERVER_HELLO)).server(message(2, 1, SERVER_HELLO))
            .server(part(11, 2, CERTIFICATES, 350, CERTIFICATES.length - 350))
            .server(part(11, 2, CERTIFICATES, 100, 200)).server(part(11, 2, CERTIFICATES, 100, 200))
            .server(part(11, 2, CERTIFICATES, 0, 150)).server(part(11, 2, CERTIFICATES, 280, 100))
            .server(message(14, 3));

        assertEquals(List.of(OBJECT), ended(talk).objects());
    }

    @Test
    void shouldHaveLearntAllWhenAServerChoosesDtls13() {
        final byte[] server = Hellos.hello().version(0xfefd).chosen(0xfefc).serverBody();
        final Talk talk = Talk.udp(4433).client(message(1, 0, HELLO)).server(join(message(2, 0, server), hex("2e0011")))
            .client(DATA);

        assertTrue(talk.objects().get(0).endsWith("\"version\":\"DTLS 1.3\"}"), talk.objects().get(0));
        assertTrue(talk.isEncrypted());
    }

    @Test
    void shouldRecordAHelloThatNobodyAnswers() {
        final Talk talk =
            Talk.udp(9999).client(part(1, 0, HELLO, 0, 30)).client(part(1, 0, HELLO, 30, HELLO.length - 30));

        assertEquals("dtls", talk.protocol());
        assertEquals(Confidence.CONTENT, talk.confidence());
        assertTrue(talk.objects().get(0).endsWith("\"version\":\"UNDETERMINED\"}"), talk.objects().get(0));
    }

    @Test
    void shouldTurnAFlowWhoseServerIsTakenForTheClient() {
        final Talk talk = Talk.udp(9999).client(message(2, 1, SERVER_HELLO));

        assertTrue(talk.records().get(0).contains("\"src_ip\":\"10.0.0.2\""), talk.records().get(0));
        assertTrue(talk.objects().get(0).endsWith("\"version\":\"DTLS 1.2\"}"), talk.objects().get(0));
    }

    @Test
    void shouldRecogniseRecordsInTheMiddle() {
        final Talk talk = Talk.udp(9999).client(join(DATA, DATA));

        assertEquals("dtls", talk.protocol());
        assertTrue(talk.isEncrypted());
        assertTrue(talk.records().isEmpty());
        assertEquals("dtls", Talk.udp(9999).client(hex("19 fefd 0001 000000000005 aabb 0010" + "00".repeat(16)))
            .protocol());
    }

    @Test
    void shouldNotTakeOtherDatagramsForDtls() {
        final byte[] hello = message(1, 0, HELLO);
        assertNotEquals("dtls", Talk.udp(4433).client(join(hello, new byte[5])).protocol());
        assertNotEquals("dtls", Talk.udp(4433).client(Arrays.copyOf(hello, hello.length - 1)).protocol());
        // Where the length of a record with a connection id would be is nothing.
        for (int length = 0; length < 40; length++) {
            final byte[] record = join(hex("19 fefd 0001 000000000005"), hex("aa".repeat(length)));
            assertNotEquals("dtls", Talk.udp(4433).client(record).protocol());
        }
        final Random random = new Random(4);
        int taken = 0;
        for (final String beginning : new String[] {"16", "16fe", "16fefd", "16fefd00", "17fefd00", "19fefd00"}) {
            for (int round = 0; round < 100; round++) {
                final byte[] rest = new byte[20 + random.nextInt(600)];
                random.nextBytes(rest);
                taken += "dtls".equals(Talk.udp(4433).client(join(hex(beginning), rest)).protocol()) ? 1 : 0;
            }
        }
        assertTrue(taken < 6, taken + " taken");
    }

    @Test
    void shouldSurviveDamageInEveryPlace() {
        final Random random = new Random(8);
        final byte[] flight = join(message(2, 1, SERVER_HELLO), part(11, 2, CERTIFICATES, 0, 200),
            part(11, 2, CERTIFICATES, 200, CERTIFICATES.length - 200), message(14, 3));
        for (int round = 0; round < 500; round++) {
            final byte[] damaged = flight.clone();
            for (int i = 0; i < 1 + round % 5; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            final int cut = 1 + random.nextInt(damaged.length - 1);
            final Talk talk = Talk.udp(4433).client(message(1, 0, HELLO)).server(Arrays.copyOf(damaged, cut))
                .server(damaged);
            assertEquals(0, talk.faults());
        }
    }

    private static Hellos hello(final String cookie) {
        return Hellos.hello().version(0xfefd).cookie(cookie).ciphers(0xc02b).sni("example.org");
    }

    private static Talk begun() {
        return Talk.udp(4433).client(message(1, 0, HELLO)).server(message(3, 0, VERIFY))
            .client(message(1, 1, SECOND_HELLO));
    }

    private static Talk ended(final Talk talk) {
        return talk.client(join(message(16, 2, new byte[66]), record(20, 0, new byte[] {1}), DATA)).server(DATA);
    }

    private static byte[] message(final int type, final int sequence, final byte... body) {
        return part(type, sequence, body, 0, body.length);
    }

    private static byte[] part(final int type, final int sequence, final byte[] body, final int from,
        final int length) {
        return record(22, 0, join(new byte[] {(byte) type, 0}, u16(body.length), u16(sequence), new byte[1], u16(from),
            new byte[1], u16(length), Arrays.copyOfRange(body, from, from + length)));
    }

    private static byte[] record(final int type, final int epoch, final byte... content) {
        return join(new byte[] {(byte) type}, u16(0xfefd), u16(epoch), new byte[6], u16(content.length), content);
    }
}
