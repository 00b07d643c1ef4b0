package io.weir.protocol.tls;

import static io.weir.protocol.tls.Handshakes.CERTIFICATE;
import static io.weir.protocol.tls.Handshakes.CHANGE_CIPHER;
import static io.weir.protocol.tls.Handshakes.CLIENT_HELLO;
import static io.weir.protocol.tls.Handshakes.CLIENT_KEYS;
import static io.weir.protocol.tls.Handshakes.DATA;
import static io.weir.protocol.tls.Handshakes.DONE;
import static io.weir.protocol.tls.Handshakes.FINISHED;
import static io.weir.protocol.tls.Handshakes.KEY_EXCHANGE;
import static io.weir.protocol.tls.Handshakes.SERVER_HELLO;
import static io.weir.protocol.tls.Handshakes.SERVER_HELLO_13;
import static io.weir.protocol.tls.Handshakes.certificate;
import static io.weir.protocol.tls.Handshakes.handshake12;
import static io.weir.protocol.tls.Handshakes.message;
import static io.weir.protocol.tls.Handshakes.random;
import static io.weir.protocol.tls.Handshakes.record;
import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Confidence;
import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Talk;
import io.weir.protocol.Transaction;
import io.weir.protocol.TransactionListener;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final String CLIENT_PART = "\"sni\":\"example.org\",\"client_alpns\":[\"h2\",\"http/1.1\"],"
        + "\"ja3\":{\"hash\":\"13756233c60742fdf86ff8e136a85305\",\"string\":\"771,4865-49199,0-16-10-11-13,29,0\"},"
        + "\"ja4\":\"t12d0205h2_c1929292aa6b_2bbaf9536c97\"";
    private static final String SERVER_PART = "\"server_alpns\":[\"h2\"],\"ja3s\":{\"hash\":"
        + "\"7bee5c1d424b7e5f943b06983bb11422\",\"string\":\"771,49199,65281-16\"}";
    private static final String CERTIFICATE_PART =
        "\"subject\":\"C=DE, O=Example, Inc., OU=Research, CN=example.org, Email=info@example.org\","
        + "\"issuerdn\":\"C=US, O=Example Trust, CN=Example CA\",\"serial\":\"00:9A:3F:00:C1:D2\","
        + "\"fingerprint\":\"b7:3a:41:47:01:6b:b6:40:bf:a2:fc:fc:60:6c:d0:70:89:42:eb:d7\","
        + "\"notbefore\":\"2026-11-23T08:15:02\",\"notafter\":\"2036-11-20T08:15:02\",\"subjectaltname\":"
        + "[\"example.org\",\"*.example.org\",\"192.0.2.1\",\"2001:db8::1\",\"https://example.org/\"]";
    private static final String FULL =
        "\"tls\":{" + CLIENT_PART + "," + SERVER_PART + "," + CERTIFICATE_PART + ",\"version\":\"TLS 1.2\"}";

    @Test
    void shouldNumberRecordsAlikeWhetherNobodyListensOrWillListenLater() {
        final byte[] garbage = random(200);
        final TransactionListener later = new TransactionListener() {
            @Override
            public boolean isListening() {
                return false;
            }

            @Override
            public boolean wants(final Field field) {
                return false;
            }

            @Override
            public void told(final long flow, final Protocol protocol, final Transaction transaction,
                final Stage stage) {
                assertEquals(Stage.CLOSED, stage);
            }

            @Override
            public void event(final long flow, final Protocol protocol, final ProtocolEvent event,
                final Transaction of) {
                assertEquals(Tls.PROTOCOL, protocol);
            }
        };
        final List<String> alone = Talk.tcp(443).client(record(22, CLIENT_HELLO)).server(garbage).records();
        assertTrue(alone.stream().anyMatch(line -> line.contains("INVALID_RECORD")), alone::toString);
        assertEquals(alone,
            Talk.tcp(443).client(record(22, CLIENT_HELLO)).server(garbage).watchedBy(later).records());
    }

    @Test
    void shouldTellAHandshakeOfTls12() {
        final Talk talk = handshake12(record(22, SERVER_HELLO), record(22, CERTIFICATE), record(22, KEY_EXCHANGE),
            record(22, DONE));

        assertEquals("tls", talk.protocol());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertEquals(List.of(FULL), talk.objects());
        assertTrue(talk.isEncrypted());
        assertTrue(talk.isCutOff());
    }

    @Test
    void shouldTellTheSameHoweverItIsCutIntoSegmentsAndRecords() {
        final byte[] flight = join(SERVER_HELLO, CERTIFICATE, KEY_EXCHANGE, DONE);

        assertEquals(List.of(FULL), handshake12(record(22, flight)).objects());
        assertEquals(List.of(FULL), handshake12(records(22, flight, 7)).objects());
        for (final int size : new int[] {1, 2, 3, 5, 64, 333}) {
            final Talk talk = handshake12(records(22, flight, 100)).segmented(size);
            assertEquals("tls", talk.protocol());
            assertEquals(List.of(FULL), talk.objects(), "segments of " + size);
        }
        final Talk talk = Talk.tcp(443).client(records(22, CLIENT_HELLO, 1)).server(records(22, flight, 1));
        assertEquals(List.of(FULL), talk.objects());
        assertEquals(List.of(FULL), talk.segmented(1).objects());
    }

    @Test
    void shouldHaveLearntAllWhenAServerChoosesTls13() {
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO))
            .server(join(record(22, SERVER_HELLO_13), CHANGE_CIPHER, DATA)).client(DATA);

        assertEquals(List.of("\"tls\":{" + CLIENT_PART + ",\"ja3s\":{\"hash\":\"f4febc55ea12b31ae17cfb7e614afda8\","
            + "\"string\":\"771,4865,43-51\"},\"version\":\"TLS 1.3\"}"), talk.objects());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertTrue(talk.isEncrypted());
        assertTrue(talk.isCutOff());
        assertEquals(talk.objects(), talk.segmented(1).objects());
    }

    @Test
    void shouldReadAHelloOfManyRecordsAndNearlyTheGreatestLength() {
        final byte[] hello = message(1, Hellos.hello().extension(21, "00".repeat(60_000)).sni("example.org")
            .clientBody());
        final Talk talk = Talk.tcp(443).client(records(22, hello, 16_000)).server(record(22, SERVER_HELLO_13));

        assertTrue(talk.objects().get(0).contains("\"sni\":\"example.org\""));
        assertEquals(talk.objects(), talk.segmented(1460).objects());
    }

    @Test
    void shouldTellAClientsCertificate() {
        final byte[] flight = join(SERVER_HELLO, CERTIFICATE, message(13, hex("0101000204030000")), DONE);
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO)).server(record(22, flight))
            .client(join(record(22, certificate(Certificates.CLIENT)), CLIENT_KEYS, CHANGE_CIPHER, FINISHED));

        assertEquals(List.of("\"tls\":{" + CLIENT_PART + "," + SERVER_PART + "," + CERTIFICATE_PART
            + ",\"client\":{\"subject\":\"CN=client\",\"issuerdn\":\"CN=client\",\"serial\":\"05\","
            + "\"fingerprint\":\"f9:6c:25:43:a0:22:42:b7:54:29:28:2f:53:f5:88:b1:ad:52:5e:f7\","
            + "\"notbefore\":\"2026-11-23T08:15:02\",\"notafter\":\"2027-03-03T08:15:02\"},\"version\":\"TLS 1.2\"}"),
            talk.objects());
    }

    @Test
    void shouldTellTheCertificatesBehindTheFirst() {
        final String chain = "\"chain\":[{\"subject\":\"CN=client\",\"issuerdn\":\"CN=client\",\"serial\":\"05\","
            + "\"notbefore\":\"2026-11-23T08:15:02\",\"notafter\":\"2027-03-03T08:15:02\"}]";
        final byte[] both = certificate(Certificates.SERVER, Certificates.CLIENT);
        final byte[] ofClient = certificate(Certificates.CLIENT, Certificates.CLIENT);

        assertEquals(List.of(FULL + ",\"weir\":{\"tls\":{" + chain + "}}"),
            handshake12(record(22, join(SERVER_HELLO, both, KEY_EXCHANGE, DONE))).objects());
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO))
            .server(record(22, join(SERVER_HELLO, both, message(13, hex("0101000204030000")), DONE)))
            .client(join(record(22, ofClient), CLIENT_KEYS, CHANGE_CIPHER, FINISHED));
        assertTrue(talk.objects().get(0).endsWith(
            ",\"weir\":{\"tls\":{" + chain + "," + chain.replace("chain", "client_chain") + "}}"),
            talk.objects().get(0));
        assertEquals(talk.objects(), talk.segmented(11).objects());
        final byte[][] many = new byte[30][];
        Arrays.fill(many, Certificates.CLIENT);
        final String object = handshake12(record(22, join(SERVER_HELLO, certificate(many), DONE))).objects().get(0);
        assertEquals(2 + 8, object.split("\"subject\"", -1).length);
    }

    @Test
    void shouldTellWhatCanBeReadOfAChain() {
        final byte[] whole = certificate(Certificates.SERVER, Certificates.CLIENT);
        for (int at = whole.length - Certificates.CLIENT.length - 3; at < whole.length; at++) {
            final byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0x55;
            final Talk talk = handshake12(record(22, join(SERVER_HELLO, damaged, DONE)));
            assertTrue(talk.objects().get(0).startsWith(FULL), talk.objects().get(0));
            assertEquals(0, talk.faults());
        }
    }

    @Test
    void shouldSeeAnEncryptedHello() {
        final byte[] client =
            message(1, Hellos.hello().sni("outer.example").extension(0xfe0d, "00000100").clientBody());
        final String object = Talk.tcp(443).client(record(22, client)).server(record(22, SERVER_HELLO_13)).objects()
            .get(0);

        assertTrue(object.endsWith("\"version\":\"TLS 1.3\"},\"weir\":{\"tls\":{\"ech\":true}}"), object);
    }

    @Test
    void shouldSeeThatASessionGoesOnInTls13() {
        final byte[] client = message(1, Hellos.hello().versions(0x0304).extension(41, "0000").clientBody());
        final byte[] server = message(2, Hellos.hello().chosen(0x0304).extension(41, "0000").serverBody());

        assertTrue(Talk.tcp(443).client(record(22, client)).server(record(22, server)).objects().get(0)
            .endsWith("\"version\":\"TLS 1.3\",\"session_resumed\":true}"));
        assertFalse(Talk.tcp(443).client(record(22, client)).server(record(22, SERVER_HELLO_13)).objects().get(0)
            .contains("session_resumed"));
    }

    @Test
    void shouldTellOptionalFieldsWhereSomebodyAskedForThem() {
        final byte[] both = certificate(Certificates.CLIENT, Certificates.CLIENT);
        final String base64 = "\"" + Base64.getEncoder().encodeToString(Certificates.CLIENT) + "\"";
        final String object = handshake12(record(22, join(SERVER_HELLO, both, DONE))).fields("tls.client_handshake",
            "tls.server_handshake", "tls.certificate", "tls.chain_bytes").objects().get(0);

        assertTrue(object.contains("\"client_handshake\":{\"version\":\"TLS 1.2\",\"ciphers\":[4865,49199],"
            + "\"exts\":[0,16,10,11,13],\"sig_algs\":[1027]}"), object);
        assertTrue(object.contains("\"server_handshake\":{\"version\":\"TLS 1.2\",\"cipher\":49199,"
            + "\"exts\":[65281,16]}"), object);
        assertTrue(object.contains(",\"certificate\":" + base64 + ",\"chain\":[" + base64 + "],\"version\""), object);
        assertFalse(FULL.contains("handshake"));
    }

    @Test
    void shouldSeeThatASessionGoesOn() {
        final byte[] client = message(1, Hellos.hello().session("0102030405").clientBody());
        final byte[] server = message(2, Hellos.hello().session("0102030405").version(0x0301).serverBody());
        final byte[] other = message(2, Hellos.hello().session("0102030406").version(0x0301).serverBody());

        final String resumed = Talk.tcp(443).client(record(22, client))
            .server(join(record(22, server), CHANGE_CIPHER, FINISHED)).client(CHANGE_CIPHER).objects().get(0);
        assertTrue(resumed.endsWith("\"version\":\"TLSv1\",\"session_resumed\":true}"), resumed);
        final Talk begun = Talk.tcp(443).client(record(22, client))
            .server(join(record(22, other), record(22, DONE))).client(CHANGE_CIPHER);
        assertFalse(begun.objects().get(0).contains("session_resumed"));
    }

    @Test
    void shouldSeeThatATicketWasTaken() {
        final byte[] client = message(1, Hellos.hello().extension(35, "0badcafe").clientBody());

        final String taken = Talk.tcp(443).client(record(22, client))
            .server(join(record(22, SERVER_HELLO), CHANGE_CIPHER, FINISHED)).objects().get(0);
        assertTrue(taken.endsWith("\"session_resumed\":true}"), taken);
        final String refused = handshake12(record(22, join(SERVER_HELLO, CERTIFICATE, DONE))).objects().get(0);
        assertFalse(refused.contains("session_resumed"));
    }

    @Test
    void shouldRecordAHelloThatNobodyAnswers() {
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO));

        assertEquals(Confidence.CONTENT, talk.confidence());
        assertEquals(List.of("\"tls\":{" + CLIENT_PART + ",\"version\":\"UNDETERMINED\"}"), talk.objects());
        assertEquals(talk.objects(), talk.segmented(1).objects());
    }

    @Test
    void shouldRecordAHelloThatIsAnsweredByAnAlert() {
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO)).server(hex("15 0302 0002 0228"));

        assertEquals(List.of("\"tls\":{" + CLIENT_PART + ",\"version\":\"TLS 1.1\"}"), talk.objects());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertTrue(talk.isCutOff());
    }

    @Test
    void shouldReadOnAfterAWarning() {
        final Talk talk = handshake12(hex("15 0303 0002 0170"), record(22, join(SERVER_HELLO, CERTIFICATE, DONE)));

        assertEquals(List.of(FULL), talk.objects());
    }

    @Test
    void shouldReadOneSideAlone() {
        final Talk server = Talk.tcp(443).server(record(22, join(SERVER_HELLO, CERTIFICATE, DONE)))
            .server(CHANGE_CIPHER);
        assertEquals("tls", server.protocol());
        assertEquals(List.of("\"tls\":{" + SERVER_PART + "," + CERTIFICATE_PART + ",\"version\":\"TLS 1.2\"}"),
            server.objects());
        assertEquals(server.objects(), server.segmented(1).objects());
        final Talk client = Talk.tcp(443).client(record(22, CLIENT_HELLO))
            .client(join(CLIENT_KEYS, CHANGE_CIPHER, FINISHED)).client(DATA);
        assertEquals(List.of("\"tls\":{" + CLIENT_PART + ",\"version\":\"UNDETERMINED\"}"), client.objects());
    }

    @Test
    void shouldTurnAFlowWhoseServerIsTakenForTheClient() {
        final Talk talk = Talk.tcp(40_000).midStream().client(record(22, join(SERVER_HELLO, CERTIFICATE, DONE)));

        assertEquals("tls", talk.protocol());
        assertTrue(talk.records().get(0).contains("\"src_ip\":\"10.0.0.2\""), talk.records().get(0));
    }

    @Test
    void shouldRecogniseRecordsInTheMiddle() {
        final Talk both = Talk.tcp(4711).midStream().client(DATA).server(DATA);
        assertEquals("tls", both.protocol());
        assertEquals("tls", both.segmented(1).protocol());
        assertTrue(both.isEncrypted());
        assertTrue(both.records().isEmpty());
        assertEquals("tls", Talk.tcp(4711).midStream().server(join(DATA, DATA, DATA)).protocol());
        assertEquals("tls", Talk.tcp(4711).midStream().server(join(hex("15 0303 0002 0100"))).protocol());
    }

    @Test
    void shouldTellWhatIsThereOfAHelloWithAHole() {
        final byte[] hello = record(22, CLIENT_HELLO);
        final Talk talk = Talk.tcp(443).client(Arrays.copyOf(hello, 100)).gap(true, hello.length - 100)
            .server(record(22, join(SERVER_HELLO, CERTIFICATE, DONE))).client(CLIENT_KEYS);

        final String object = talk.objects().get(0);
        assertTrue(object.contains("\"sni\":\"example.org\""), object);
        assertTrue(object.contains(CERTIFICATE_PART), object);
        assertFalse(object.contains("\"ja3\":"), object);
    }

    @Test
    void shouldGoOnBehindAHoleInOneRecord() {
        final byte[] flight = record(22, join(SERVER_HELLO, message(22, new byte[300]), CERTIFICATE, DONE));
        final int hole = SERVER_HELLO.length + 50;
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO)).server(Arrays.copyOf(flight, hole))
            .gap(false, 100).server(Arrays.copyOfRange(flight, hole + 100, flight.length)).client(CHANGE_CIPHER);

        assertEquals(List.of(FULL), talk.objects());
    }

    @Test
    void shouldFindTheNextRecordBehindAHole() {
        final byte[] certificate = record(22, CERTIFICATE);
        final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO)).gap(false, 1000)
            .server(join(random(100), record(22, KEY_EXCHANGE), certificate, record(22, DONE))).client(CHANGE_CIPHER);

        final String object = talk.objects().get(0);
        assertTrue(object.contains(CERTIFICATE_PART), object);
        assertTrue(object.endsWith("\"version\":\"TLS 1.2\"}"), object);
    }

    @Test
    void shouldReadHellosOfSsl2() {
        final byte[] client = hex("801c 01 0002 0003 0000 0010 010080" + "00".repeat(16));
        final int length = Certificates.SERVER.length;
        final byte[] body = join(hex("04 00 01 0002"), u16(length), hex("0003 0010"), Certificates.SERVER,
            hex("010080"), new byte[16]);
        final byte[] server = join(u16(0x8000 | body.length), body);
        final Talk talk = Talk.tcp(443).client(client).server(server);

        assertEquals("tls", talk.protocol());
        assertEquals(List.of("\"tls\":{" + CERTIFICATE_PART + ",\"version\":\"SSLv2\"}"), talk.objects());
        assertEquals(talk.objects(), talk.segmented(1).objects());
    }

    @Test
    void shouldReadLaterVersionsOfferedInAHelloOfSsl2() {
        final byte[] client = hex("802e 01 0301 0015 0000 0010" + "000004".repeat(7) + "00".repeat(16));
        final byte[] server = message(2, Hellos.hello().version(0x0300).ciphers(4).serverBody());
        final Talk talk = Talk.tcp(443).client(client).server(record(22, join(server, CERTIFICATE, DONE)))
            .client(CHANGE_CIPHER);

        assertTrue(talk.objects().get(0).endsWith(CERTIFICATE_PART + ",\"version\":\"SSLv3\"}"));
    }

    @Test
    void shouldNameDrafts() {
        assertTrue(versionOf(Hellos.hello().chosen(0x7f1c).serverBody()).contains("\"TLS 1.3 draft-28\""));
        assertTrue(versionOf(Hellos.hello().chosen(0xfb17).serverBody()).contains("\"TLS 1.3 draft-23-fb\""));
        final byte[] early = join(hex("0304"), new byte[32], hex("1301 0000"));
        assertTrue(versionOf(early).contains("\"TLS 1.3 draft-<16\""));
        assertTrue(versionOf(Hellos.hello().chosen(0x0399).serverBody()).contains("\"0x0399\""));
    }

    @Test
    void shouldNotTakeOtherBytesForTls() {
        assertNotEquals("tls", Talk.tcp(443).client(hex("16 0301 0200 05 00 01fc 0303")).protocol());
        assertNotEquals("tls", Talk.tcp(443).client(hex("16 0401 0200 01 00 01fc 0303")).protocol());
        assertNotEquals("tls", Talk.tcp(443).client(hex("16 0301 0200 01 01 01fc 0503")).protocol());
        assertNotEquals("tls", Talk.tcp(443).client(join(hex("17 0303 0040"), random(500))).protocol());
        assertNotEquals("tls", Talk.tcp(443).client(join(hex("80 2e 01 0002"), random(500))).protocol());
    }

    @Test
    void shouldNotTakeRandomBytesForTls() {
        final String[] beginnings = {"16", "1603", "160301", "16030102", "170303", "17030300", "140303", "14030300",
            "150303", "15030300", "802e01", "802e0103"};
        final Random random = new Random(11);
        int taken = 0;
        for (final String beginning : beginnings) {
            for (int round = 0; round < 100; round++) {
                final byte[] rest = new byte[600];
                random.nextBytes(rest);
                taken += "tls".equals(Talk.tcp(443).client(join(hex(beginning), rest)).protocol()) ? 1 : 0;
            }
        }
        assertTrue(taken < beginnings.length, taken + " taken");
    }

    @Test
    void shouldSurviveDamageInEveryPlaceAndSegmentation() {
        final byte[] flight =
            join(record(22, SERVER_HELLO), records(22, CERTIFICATE, 90), record(22, DONE), CHANGE_CIPHER);
        final Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            final byte[] damaged = flight.clone();
            for (int i = 0; i < 1 + round % 5; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            final int gap = 1 + random.nextInt(400);
            final int at = random.nextInt(damaged.length);
            final Talk talk = Talk.tcp(443).client(record(22, CLIENT_HELLO)).server(Arrays.copyOf(damaged, at))
                .gap(false, gap).server(Arrays.copyOfRange(damaged, Math.min(at + gap, damaged.length), damaged.length))
                .segmented(1 + random.nextInt(50));
            assertEquals(0, talk.faults());
            assertEquals(1, talk.records().stream().filter(line -> line.contains("\"event_type\":\"tls\"")).count());
        }
    }

    private static String versionOf(final byte[] serverBody) {
        return Talk.tcp(443).client(record(22, CLIENT_HELLO)).server(record(22, message(2, serverBody))).client(DATA)
            .objects().get(0);
    }

    private static byte[] records(final int type, final byte[] content, final int size) {
        byte[] all = {};
        for (int at = 0; at < content.length; at += size) {
            all = join(all, record(type, Arrays.copyOfRange(content, at, Math.min(content.length, at + size))));
        }
        return all;
    }
}
