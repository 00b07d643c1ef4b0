package io.weir.protocol.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsShapeTest {
    private static final byte[] QUERY = hex("1234 0100 0001 0000 0000 0000 03777777 076578616d706c65 00 0001 0001");
    private static final byte[] RESPONSE = hex("1234 8180 0001 0001 0000 0000 03777777 076578616d706c65 00 0001 0001"
        + "c00c 0001 0001 0000003c 0004 c0000201");

    private static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static Answer datagram(final byte[] bytes, final boolean fromClient, final int client, final int server) {
        final Probe probe = new Probe().of(true, fromClient, client, server).counts(1, bytes.length);
        probe.now().wrap(bytes, 0, bytes.length);
        return Dns.PROTOCOL.detector(true).detect(probe);
    }

    private static Answer stream(final byte[] bytes, final int length, final boolean fromClient) {
        final Probe probe = new Probe().of(false, fromClient, 40_000, 5000);
        probe.now().wrap(bytes, 0, length);
        return Dns.PROTOCOL.detector(false).detect(probe);
    }

    @Test
    void shouldRecogniseMessagesOnAnyPortFromEitherSide() {
        assertEquals(Answer.YES, datagram(QUERY, true, 40_000, 5000));
        assertEquals(Answer.YES, datagram(RESPONSE, false, 40_000, 5000));
        assertEquals(Answer.YES_TURNED, datagram(RESPONSE, true, 5000, 40_000));
        assertEquals(Answer.YES_TURNED, datagram(QUERY, false, 5000, 40_000));
    }

    @Test
    void shouldRecogniseStreamsByteByByte() {
        final byte[] framed = new byte[RESPONSE.length + 2];
        framed[1] = (byte) RESPONSE.length;
        System.arraycopy(RESPONSE, 0, framed, 2, RESPONSE.length);
        Answer answer = Answer.MORE;
        for (int length = 1; length <= framed.length && answer == Answer.MORE; length++) {
            answer = stream(framed, length, false);
        }
        assertEquals(Answer.YES, answer);
    }

    @Test
    void shouldNotTakeRelativesAndNearMissesForDns() {
        assertEquals(Answer.NO, datagram(QUERY, true, 5353, 5353));
        assertEquals(Answer.NO, datagram(Arrays.copyOf(QUERY, QUERY.length + 1), true, 40_000, 5000));
        assertEquals(Answer.NO, datagram(Arrays.copyOf(QUERY, QUERY.length - 1), true, 40_000, 5000));
        final byte[] otherClass = QUERY.clone();
        otherClass[otherClass.length - 1] = 9;
        assertEquals(Answer.NO, datagram(otherClass, true, 40_000, 53));
        final byte[] netbios = hex("1234 0110 0001 0000 0000 0000 20" + "4341".repeat(16) + "00 0021 0001");
        assertEquals(Answer.NO, datagram(netbios, true, 40_000, 5000));
    }

    @Test
    void shouldNotTakeRandomBytesForDns() {
        final Random random = new Random(3);
        int wrong = 0;
        for (int i = 0; i < 100_000; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            if (i % 2 == 0 && bytes.length > 4) {
                System.arraycopy(QUERY, 0, bytes, 0, 4);
            }
            wrong += datagram(bytes, true, 40_000, i % 4 < 2 ? 53 : 5000) == Answer.NO ? 0 : 1;
        }
        assertTrue(wrong < 10, () -> "labels for random bytes");
    }

    @Test
    void shouldFollowPointersButNotForEver() {
        final byte[] bytes = hex("036f7267 00 04776569 72 c000 c00a 01");
        final DnsName name = new DnsName();
        assertTrue(name.read(new Bytes().wrap(bytes, 0, bytes.length), 5));
        assertArrayEquals("weir.org".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(name.text(), name.length()));
        assertEquals(12, name.end());
        final byte[] circle = hex("0161 c002 c000");
        assertFalse(name.read(new Bytes().wrap(circle, 0, circle.length), 0));
        assertTrue(name.isLooped());
        assertNotEquals(0, DnsCodes.type(65, false).length);
    }
}
