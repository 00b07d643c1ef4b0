package io.weir.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Talk;
import io.weir.protocol.classify.FlowPlayer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What chunks of SCTP carry, by a message of each, made by hand. */
final class SctpPayloadsTest {
    /** Capabilities exchange request of base Diameter with the sender's host, RFC 6733 section 5.3.1. */
    private static final String DIAMETER =
        "01000024 80000101 00000000 00000001 00000002 00000108 40000010 6d6d652e 6c616221";
    /** Setup request with the name of a cell, cut off behind its first element. */
    private static final String SETUP = "00 15 00 0e 00 0001 001b 00 07 00 02f839 100001";
    private static final String ASP_UP = "01000301 00000008";
    private static final String DATA = "01000101 00000018 0210000d 00000001 00000002 03000000 0a";

    private static List<String> told(final int client, final int server, final byte[]... packets) {
        try (FlowPlayer player = new FlowPlayer()) {
            player.sctp(client, server);
            for (int i = 0; i < packets.length; i++) {
                player.says(i % 2 == 0, packets[i]);
            }
            return List.copyOf(player.end());
        }
    }

    private static byte[] whole(final int payload, final String message) {
        return Chunk.data(Chunk.WHOLE, payload, Talk.hex(message));
    }

    @ParameterizedTest
    @CsvSource({
        "46, diameter, " + DIAMETER,
        "18, s1ap, 00 11 00 0e 00 0001 003b 00 07 00 02f839 100001",
        "27, x2ap, 20 06 00 0e 00 0001 0015 00 07 00 02f839 100001",
        "60, ngap, " + SETUP,
        "61, xnap, 00 11 00 0e 00 0001 001b 00 07 00 02f839 100001",
        "62, f1ap, 00 01 00 0b 00 0001 004e 00 04 0001 0203",
        "64, e1ap, 00 03 00 0b 00 0001 0039 00 04 0001 0203",
        "73, w1ap, 00 01 00 0b 00 0001 004e 00 04 0001 0203",
        "70, e2ap, 00 01 00 0b 00 0001 0031 00 04 0001 0203",
        "43, m2ap, 00 05 00 0b 00 0001 0005 00 04 0001 0203",
        "44, m3ap, 00 07 00 0b 00 0001 0012 40 04 0001 0203",
        "24, sbcap, 00 00 00 0b 00 0001 0005 00 04 0001 0203",
        "29, lcsap, 00 00 00 0b 00 0001 0002 00 04 0001 0203",
        "31, sabp, 00 00 00 0b 00 0001 0006 00 04 0001 0203",
        "19, rua, 00 01 40 0b 40 0001 0003 00 04 0001 0203",
        "20, hnbap, 00 01 00 0b 00 0001 0003 00 04 0001 0203",
        "25, nbap, 00 05 48 04 0b 00 0001 0033 00 04 0001 0203",
        "1, iua, 01000501 00000018 00010008 01020304 000e0008 05060708",
        "2, m2ua, 01000601 00000010 03000008 01020304",
        "3, m3ua, 01000101 00000010 02100008 01020304",
        "4, sua, 01000701 00000010 00060008 01020304",
        "5, m2pa, 01000b01 00000011 00000001 00000002 09",
        "7, megaco, 4d454741434f2f31205b31302e302e302e315d0a5472616e73616374696f6e203d2031",
        "47, dtls, 16 fefd 0000 000000000000 0019 0e 00000d 0000 000000 00000d 01020304050607080910111213",
        "66, dtls, 16 fefd 0000 000000000000 0019 0e 00000d 0000 000000 00000d 01020304050607080910111213",
        "21, forces, 1001 0006 00000002 40000003 0000000000000001 f8000000",
        "63, http, 474554202f20485454502f312e310d0a486f73743a20610d0a0d0a",
        "45, ssh, 5353482d322e302d782e790d0a",
    })
    void shouldNameWhatAChunkSaysAndHolds(final int payload, final String name, final String message) {
        assertEquals(List.of("sctp", name), told(40_000, 40_001, whole(payload, message)));
        assertEquals(List.of("sctp", name),
            told(40_000, 40_001, Chunk.interleaved(payload, Talk.hex(message))), "interleaved");
        // in the order of a machine that does not turn it
        assertEquals(List.of("sctp", name), told(40_000, 40_001, whole(payload << 24, message)), "turned");
        if (!name.equals("http") && !name.equals("ssh")) {
            assertEquals(List.of("sctp"), told(40_000, 40_001, whole(payload, "ff" + message)), "not it");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "40000, diameter, " + DIAMETER,
        "40000, http, 474554202f20485454502f312e310d0a486f73743a20610d0a0d0a",
        "40000, m3ua, " + DATA,
        "2905, m3ua, " + ASP_UP,
        "38412, ngap, " + SETUP,
        "6704, forces, 1001 0006 00000002 40000003 0000000000000001 f8000000",
    })
    void shouldNameWhatAChunkDoesNotSay(final int port, final String name, final String message) {
        assertEquals(List.of("sctp", name), told(40_001, port, whole(0, message)));
        assertEquals(List.of("sctp", name), told(port, 40_001, whole(0, message)));
    }

    @ParameterizedTest
    @ValueSource(strings = {SETUP, ASP_UP})
    void shouldNotGuessWhatManyProtocolsSend(final String message) {
        assertEquals(List.of("sctp"), told(40_000, 40_001, whole(0, message)));
    }

    @Test
    void shouldFindMessagesBehindOtherChunksAndPackets() {
        final byte[] sack = Chunk.other(3, 16);
        final byte[] odd = Chunk.other(4, 7);
        assertEquals(List.of("sctp", "ngap"), told(40_000, 40_001, Chunk.other(1, 20), Chunk.other(2, 40),
            Chunk.packet(sack, odd, whole(60, SETUP))));
        assertEquals(List.of("sctp", "ngap"), told(40_000, 40_001, whole(60, "00"), whole(60, SETUP)));
        assertEquals(List.of("sctp", "m3ua"),
            told(40_000, 40_001, Chunk.packet(whole(0, ASP_UP), whole(0, DATA), whole(60, SETUP))));
    }

    @Test
    void shouldLookAtTheFirstMessagesAlone() {
        final byte[][] packets = new byte[9][];
        Arrays.fill(packets, whole(60, "00"));
        packets[7] = whole(60, SETUP);
        assertEquals(List.of("sctp", "ngap"), told(40_000, 40_001, packets));
        packets[7] = packets[0];
        packets[8] = whole(60, SETUP);
        assertEquals(List.of("sctp"), told(40_000, 40_001, packets));
    }

    @Test
    void shouldJudgeAMessageByItsFirstFragment() {
        final byte[] first = Talk.hex("00 15 00 8100 00 0002 001b 00 07 00 02f839 100001");
        assertEquals(List.of("sctp", "ngap"), told(40_000, 40_001, Chunk.data(Chunk.BEGINS, 60, first)));
        assertEquals(List.of("sctp"), told(40_000, 40_001, Chunk.data(Chunk.WHOLE, 60, first)), "not whole");
        assertEquals(List.of("sctp"), told(40_000, 40_001, Chunk.data(0, 60, Talk.hex(SETUP))), "from the middle");
        assertEquals(List.of("sctp"), told(40_000, 40_001, Chunk.data(Chunk.ENDS, 60, Talk.hex(SETUP))), "its end");
    }

    @Test
    void shouldNotReadBeyondChunks() {
        final byte[] chunk = whole(60, SETUP);
        for (int length = 1; length < 16 + 18; length++) {
            assertEquals(List.of("sctp"), told(40_000, 40_001, Arrays.copyOf(chunk, length)), "cut at " + length);
        }
        for (final int length : new int[] {0, 3, 16, 0xffff}) {
            final byte[] wrong = chunk.clone();
            wrong[2] = (byte) (length >> 8);
            wrong[3] = (byte) length;
            assertEquals(List.of("sctp"), told(40_000, 40_001, wrong), "length " + length);
        }
    }
}
