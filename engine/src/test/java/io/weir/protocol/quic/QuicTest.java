package io.weir.protocol.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import io.weir.protocol.Confidence;
import io.weir.protocol.Talk;
import io.weir.protocol.tls.Hellos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicTest {
    private static final byte[] CLIENT_HELLO = Initials.message(1, Hellos.hello().ciphers(0x1301, 0x1302)
        .sni("example.org").alpn("h3").extension(43, "020304").clientBody());
    private static final byte[] SERVER_HELLO = Initials.message(2, Hellos.hello().ciphers(0x1301)
        .extension(43, "0304").serverBody());
    private static final String CLIENT_RECORD = "\"quic\":{\"version\":\"1\",\"sni\":\"example.org\","
        + "\"ja3\":{\"hash\":\"HASH\",\"string\":\"771,4865-4866,0-16-43,,\"},\"ja4\":\"q13d0203h3_62ed6f6ca7ad_ID\","
        + "\"extensions\":[{\"name\":\"server_name\",\"type\":0,\"values\":[\"example.org\"]},"
        + "{\"name\":\"alpn\",\"type\":16,\"values\":[\"h3\"]},{\"name\":\"supported_versions\",\"type\":43}]}";

    private static String normal(final String object) {
        return object.replaceAll("\"hash\":\"[0-9a-f]{32}\"", "\"hash\":\"HASH\"")
            .replaceAll("_[0-9a-f]{12}\",\"ext", "_ID\",\"ext");
    }

    private static byte[] whole(final byte[] message) {
        return Initials.crypto(message, 0, message.length);
    }

    @Test
    void shouldDeriveTheKeysOfRfc9001AndRfc9369() {
        assertArrayEquals(Talk.hex("1f369613dd76d5467730efcbe3b1a22d"), new Initials(1, true).key());
        assertArrayEquals(Talk.hex("fa044b2f42a3fd3b46fb255c"), new Initials(1, true).iv());
        assertArrayEquals(Talk.hex("9f50449e04a0e810283a1e9933adedd2"), new Initials(1, true).headerKey());
        assertArrayEquals(Talk.hex("cf3a5331653c364c88f0f379b6067e37"), new Initials(1, false).key());
        assertArrayEquals(Talk.hex("8b1a0bc121284290a29e0971b5cd045d"), new Initials(0x6b3343cf, true).key());
        assertArrayEquals(Talk.hex("45b95e15235d6f45a6b19cbcb0294ba9"), new Initials(0x6b3343cf, true).headerKey());
    }

    @Test
    void shouldOpenTheServersPacketOfRfc9001() {
        final byte[] packet = Talk.hex("cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f3"
            + "7a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b5"
            + "62bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee");
        final Bytes datagram = new Bytes().wrap(packet, 0, packet.length);
        final LongHeader header = new LongHeader();
        assertTrue(header.wrap(datagram, 0, packet.length));
        final Bytes text = new InitialOpener().open(datagram, 0, header, Version.V1, Initials.ID, 8, false);
        assertEquals(99, text.length());
        assertEquals(0x0200_0000_0006_0040L, text.u64(0));
    }

    @Test
    void shouldTellBothHellos() {
        final Talk talk = Talk.udp(443).client(new Initials(1, true).seal(1200, whole(CLIENT_HELLO)))
            .server(new Initials(1, false).seal(0, whole(SERVER_HELLO)));
        assertEquals(List.of("quic", "http3"), talk.protocols());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertTrue(talk.isEncrypted());
        assertEquals(CLIENT_RECORD, normal(talk.objects().get(0)));
        assertEquals("\"quic\":{\"version\":\"1\",\"ja3s\":{\"hash\":\"HASH\",\"string\":\"771,4865,43\"},"
            + "\"extensions\":[{\"name\":\"supported_versions\",\"type\":43}]}", normal(talk.objects().get(1)));
        assertEquals(2, talk.records().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0x6b3343cf, 0x709a50c4, 0xff000016, 0xff00001b, 0xff00001d, 0xff000022, 0xfaceb001,
        0xfaceb002, 0x54303530, 0x54303531})
    void shouldReadTheHelloOfEveryVersion(final int version) {
        final Talk talk = Talk.udp(4433).client(new Initials(version, true).seal(1200, whole(CLIENT_HELLO)));
        assertEquals("quic", talk.protocol());
        assertTrue(talk.objects().get(0).contains("\"sni\":\"example.org\""), talk.objects().get(0));
    }

    @Test
    void shouldReadTheHelloOfAVersionThatAsksForOthers() {
        for (final Version keys : List.of(Version.V1, Version.DRAFT_29)) {
            final Talk talk = Talk.udp(443).client(new Initials(0x1a2a3a4a, keys, true).seal(1200, whole(CLIENT_HELLO)))
                .server(Talk.hex("80 00000000 00 08 8394c8f03e515708 00000001 ff00001d"));
            assertEquals("quic", talk.protocol());
            assertEquals(CLIENT_RECORD.replace("\"version\":\"1\"", "\"version\":\"1a2a3a4a\""),
                normal(talk.objects().get(0)));
        }
    }

    @Test
    void shouldPutTheHelloTogetherFromPiecesInAnyOrder() {
        final Random random = new Random(3);
        for (int run = 0; run < 50; run++) {
            final List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < CLIENT_HELLO.length;) {
                final int end = Math.min(CLIENT_HELLO.length, at + 1 + random.nextInt(9));
                pieces.add(Initials.crypto(CLIENT_HELLO, Math.max(0, at - random.nextInt(3)), end));
                at = end;
            }
            Collections.shuffle(pieces, random);
            final Initials client = new Initials(1, true);
            final int half = pieces.size() / 2;
            final Talk talk = Talk.udp(443)
                .client(client.seal(1200, pieces.subList(0, half).toArray(byte[][]::new)))
                .client(client.seal(1200, pieces.subList(half, pieces.size()).toArray(byte[][]::new)));
            assertEquals(CLIENT_RECORD, normal(talk.objects().get(0)));
        }
    }

    @Test
    void shouldReadPacketsThatShareADatagram() {
        final Initials client = new Initials(1, true);
        final byte[] first = client.seal(0, Initials.crypto(CLIENT_HELLO, 0, 40));
        final byte[] second = client.seal(1200, Initials.crypto(CLIENT_HELLO, 40, CLIENT_HELLO.length));
        final byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertEquals(CLIENT_RECORD, normal(Talk.udp(443).client(both).objects().get(0)));
    }

    @Test
    void shouldBeginAnewAfterRetryAndVersionNegotiation() {
        final byte[] hello = new Initials(1, true).seal(1200, whole(CLIENT_HELLO));
        final byte[] retry = Talk.hex("f0 00000001 00 08 0102030405060708 746f6b656e 000102030405060708090a0b0c0d0e0f");
        final byte[] versions = Talk.hex("80 00000000 00 08 8394c8f03e515708 00000001 6b3343cf");
        final Talk talk = Talk.udp(443).client(hello).server(versions).client(hello).server(retry).client(hello);
        assertEquals(List.of("\"quic\":{\"version\":\"0\"}", "\"quic\":{\"version\":\"1\"}"),
            talk.objects().stream().filter(o -> !o.contains("sni")).toList());
        assertEquals(5, talk.records().size());
    }

    @Test
    void shouldNotBeginAnewAfterASecondRetry() {
        final byte[] hello = new Initials(1, true).seal(1200, whole(CLIENT_HELLO));
        final byte[] retry = Talk.hex("f0 00000001 00 08 0102030405060708 746f6b656e 000102030405060708090a0b0c0d0e0f");
        final Talk talk = Talk.udp(443).client(hello).server(retry).client(hello).server(retry)
            .server(new Initials(1, false).seal(0, whole(SERVER_HELLO)));
        assertEquals(5, talk.objects().size());
        assertTrue(talk.objects().get(4).contains("ja3s"), talk.objects().get(4));
    }

    @Test
    void shouldTellTheVersionOfAHelloThatStaysHalf() {
        final Talk talk = Talk.udp(443).client(new Initials(1, true).seal(1200, Initials.crypto(CLIENT_HELLO, 0, 50)));
        assertEquals(List.of("\"quic\":{\"version\":\"1\"}"), talk.objects());
    }

    @Test
    void shouldTurnAFlowWhoseServerIsSeenFirst() {
        final Talk talk = Talk.udp(443, 40001).client(new Initials(1, false).seal(0, whole(SERVER_HELLO)));
        assertEquals("quic", talk.protocol());
        assertEquals(List.of(), talk.objects());
    }

    @Test
    void shouldReportAPacketThatDoesNotOpen() {
        final byte[] damaged = new Initials(1, true).seal(1200, whole(CLIENT_HELLO));
        damaged[200] ^= 1;
        final Talk talk = Talk.udp(443).client(damaged).client(damaged).client(damaged).client(damaged);
        assertEquals("quic", talk.protocol());
        assertTrue(talk.records().stream().anyMatch(r -> r.contains("failed_decrypt")), talk.records().toString());
        assertTrue(talk.records().stream().anyMatch(r -> r.contains("\"quic\":{\"version\":\"1\"}")));
    }

    @Test
    void shouldReadGooglesHello() {
        final byte[] values = Talk.text("example.org" + "Browser/1");
        final byte[] head = Talk.hex("0d e83c77bd8f8915f9 51303433 01 000102030405060708090a0b a001 0000"
            + "43484c4f 0300 0000 50414400 00000000 534e4900 0b000000 55414944 14000000");
        final byte[] hello = Arrays.copyOf(head, head.length + values.length);
        System.arraycopy(values, 0, hello, head.length, values.length);
        final Talk talk = Talk.udp(443).client(hello);
        assertEquals(List.of("\"quic\":{\"version\":\"Q043\",\"sni\":\"example.org\",\"ua\":\"Browser/1\","
            + "\"cyu\":[{\"hash\":\"HASH\",\"string\":\"43,PAD-SNI-UAID\"}]}"),
            talk.objects().stream().map(QuicTest::normal).toList());
    }

    /** A packet of Google's in the clear with part of a hello. */
    private static byte[] google(final String version, final String frame, final byte[] hello, final int from,
        final int to) {
        final byte[] head = Talk.hex("0d e83c77bd8f8915f9 " + version + " 01 a0010203c4050607080900a0" + frame);
        final byte[] packet = Arrays.copyOf(head, head.length + to - from);
        System.arraycopy(hello, from, packet, head.length, to - from);
        return packet;
    }

    private static byte[] googleHello() {
        final byte[] head = Talk.hex("43484c4f 0300 0000 50414400 08030000 534e4900 13030000 55414944 1c030000");
        final byte[] hello = Arrays.copyOf(head, head.length + 776 + 20);
        System.arraycopy(Talk.text("example.org" + "Browser/1"), 0, hello, head.length + 776, 20);
        return hello;
    }

    @Test
    void shouldJoinGooglesHelloFromSeveralDatagrams() {
        final byte[] hello = googleHello();
        final int length = hello.length;
        final List<String> expected = List.of("\"quic\":{\"version\":\"Q043\",\"sni\":\"example.org\","
            + "\"ua\":\"Browser/1\",\"cyu\":[{\"hash\":\"HASH\",\"string\":\"43,PAD-SNI-UAID\"}]}");
        final byte[] first = google("51303433", "a001 0140", hello, 0, 320);
        final byte[] second = google("51303433", "a401 0140 0140", hello, 320, 640);
        // Without a length the frame goes to the end of the packet.
        final byte[] third = google("51303433", "8401 0280", hello, 640, length);
        assertEquals(expected, Talk.udp(443).client(first).client(second).client(third).objects().stream()
            .map(QuicTest::normal).toList());
        assertEquals(expected, Talk.udp(443).client(first).client(third).client(first).client(second).objects()
            .stream().map(QuicTest::normal).toList());
        // Little-endian, as before Q039.
        assertEquals(List.of(expected.get(0).replace("Q043", "Q035").replace("43,", "35,")), Talk.udp(443)
            .client(google("51303335", "a001 4001", hello, 0, 320))
            .client(google("51303335", "a401 4001 4001", hello, 320, 640))
            .client(google("51303335", "8401 8002", hello, 640, length)).objects().stream()
            .map(QuicTest::normal).toList());
        // What stays half is told at the end of the flow.
        assertEquals(List.of("\"quic\":{\"version\":\"Q043\","
            + "\"cyu\":[{\"hash\":\"HASH\",\"string\":\"43,PAD-SNI-UAID\"}]}"),
            Talk.udp(443).client(first).client(second).objects().stream().map(QuicTest::normal).toList());
    }

    @Test
    void shouldReadGooglesSealedHelloFromSeveralDatagrams() {
        final byte[] hello = googleHello();
        final Initials client = new Initials(0x51303530, true);
        final Talk talk = Talk.udp(443).client(client.seal(1200, Initials.crypto(hello, 320, hello.length)))
            .client(client.seal(1200, Initials.crypto(hello, 0, 320)));
        assertEquals(1, talk.objects().size());
        assertTrue(talk.objects().get(0).contains("\"sni\":\"example.org\",\"ua\":\"Browser/1\""),
            talk.objects().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40 05 0010 01 00", "65 0100 0010 02 0001 03 0002 04 0001 02 05 00000001 06 0007", "07"})
    void shouldReadTheServersHelloOfT050BehindGooglesFrames(final String frame) {
        final byte[] crypto = whole(SERVER_HELLO);
        crypto[0] = 8;
        final Talk talk = Talk.udp(443).client(new Initials(0x54303530, true).seal(1200, whole(CLIENT_HELLO)))
            .server(new Initials(0x54303530, false).seal(0, Talk.hex(frame), crypto));
        assertEquals(2, talk.objects().size());
        assertTrue(talk.objects().get(1).contains("\"version\":\"T050\",\"ja3s\""), talk.objects().get(1));
    }

    @Test
    void shouldSeeAnEncryptedHello() {
        final byte[] hello = Initials.message(1, Hellos.hello().sni("outer.example").extension(0xfe0d, "00000100")
            .clientBody());
        final String object =
            Talk.udp(443).client(new Initials(1, true).seal(1200, whole(hello))).objects().get(0);
        assertTrue(object.endsWith(",\"weir\":{\"quic\":{\"ech\":true}}"), object);
    }

    @Test
    void shouldNotTakeOtherDatagramsForQuic() {
        assertNull(Talk.udp(443).client(Talk.hex("5301dfc0fe62c640773cdecefe01c64578ae814660b6")).protocol());
        assertNull(Talk.udp(443).client(Talk.hex("c000000001ff00")).protocol());
        assertNull(Talk.udp(443).client(Talk.hex("80000000000000 12345678")).protocol());
    }

    @Test
    void shouldSurviveRandomPackets() {
        final Random random = new Random(4);
        final Initials client = new Initials(1, true);
        for (int run = 0; run < 300; run++) {
            final byte[] frames = new byte[1 + random.nextInt(60)];
            random.nextBytes(frames);
            frames[0] = (byte) (random.nextBoolean() ? 6 : 2);
            final byte[] noise = new byte[1200];
            random.nextBytes(noise);
            noise[0] |= (byte) 0xc0;
            noise[1] = 0;
            noise[2] = 0;
            noise[3] = 0;
            noise[4] = 1;
            final Talk talk = Talk.udp(443).client(client.seal(1200, whole(CLIENT_HELLO), frames)).server(noise)
                .client(client.seal(100, frames)).client(noise);
            assertEquals("quic", talk.protocol());
            assertEquals(0, talk.faults());
        }
    }
}
