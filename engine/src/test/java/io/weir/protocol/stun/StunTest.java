package io.weir.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.Talk;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunTest {
    private static final String ID = "b7e7a701bc34d686fa87dfae";
    /** RFC 5769, 2.1, without integrity and fingerprint. */
    private static final byte[] REQUEST = Talk.hex("0001 0024 2112a442" + ID
        + "8022 0010 5354554e207465737420636c69656e74 0006 0009 6576746a3a68367659 202020");
    /** RFC 5769, 2.2. */
    private static final byte[] RESPONSE = Talk.hex("0101 001c 2112a442" + ID
        + "8022 000b 7465737420766563746f7220 0020 0008 0001a147e112a643");
    /** RFC 5769, 2.3: with an address of IPv6. */
    private static final byte[] RESPONSE_6 = Talk.hex("0101 0018 2112a442" + ID
        + "0020 0014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9");

    private static String message(final String members) {
        return "\"weir\":{\"stun\":{" + members + "}}";
    }

    private static String head(final int type, final String name, final String method) {
        return "\"type\":" + type + ",\"class\":\"" + name + "\",\"method\":\"" + method + "\",\"transaction_id\":\""
            + ID + "\"";
    }

    @Test
    void shouldTellMessages() {
        final List<String> expected = List.of(
            message(head(1, "request", "binding") + ",\"software\":\"STUN test client\",\"username\":\"evtj:h6vY\""),
            message(head(257, "success", "binding") + ",\"software\":\"test vector\",\"mapped_address\":\"192.0.2.1\","
                + "\"mapped_port\":32853"),
            message(head(257, "success", "binding")
                + ",\"mapped_address\":\"2001:db8:1234:5678:11:2233:4455:6677\",\"mapped_port\":32853"));
        final Talk talk = Talk.udp(3478).client(REQUEST).server(RESPONSE).server(RESPONSE_6);
        assertEquals(expected, talk.objects());
        assertTrue(talk.records().get(0).contains("\"event_type\":\"stun\""), () -> talk.records().get(0));
        final Talk stream = Talk.tcp(3478).client(REQUEST).server(RESPONSE).server(RESPONSE_6);
        assertEquals(expected, stream.objects());
        assertEquals(expected, stream.segmented(3).objects());
    }

    @Test
    void shouldTellWhyAnAllocationIsRefused() {
        final Talk talk = Talk.udp(3478).client(Talk.hex("0003 0008 2112a442" + ID + "0019 0004 11000000"))
            .server(Talk.hex("0113 0024 2112a442" + ID + "0009 0010 00000401 556e617574686f72697a6564"
                + "0014 000b 6578616d706c652e6f7267 00"));
        assertEquals(List.of(message(head(3, "request", "allocate")), message(head(275, "error", "allocate")
            + ",\"error_code\":401,\"error_reason\":\"Unauthorized\",\"realm\":\"example.org\"")), talk.objects());
    }

    @Test
    void shouldTellOnceWhatIsRepeated() {
        Talk talk = Talk.udp(3478);
        for (int i = 0; i < 40; i++) {
            final byte[] again = REQUEST.clone();
            again[12] = (byte) i;
            talk = talk.client(again).server(RESPONSE);
        }
        assertEquals(2, talk.objects().size());
        talk = Talk.udp(3478);
        for (int i = 0; i < 40; i++) {
            final byte[] other = REQUEST.clone();
            other[30] = (byte) ('a' + i);
            talk = talk.client(other);
        }
        assertEquals(StunTeller.MOST, talk.objects().size());
    }

    @Test
    void shouldTellMessagesOfBeforeTheCookie() {
        final Talk talk = Talk.udp(3478).client(Talk.hex("0001 0008 000102030405060708090a0b0c0d0e0f 0003000400000000"))
            .server(Talk.hex("0101 000c 000102030405060708090a0b0c0d0e0f 0001000800011234c0000201"));
        assertEquals(message("\"type\":257,\"class\":\"success\",\"method\":\"binding\",\"transaction_id\":"
            + "\"000102030405060708090a0b0c0d0e0f\",\"mapped_address\":\"192.0.2.1\",\"mapped_port\":4660"),
            talk.objects().get(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 10, 11, 30})
    void shouldFindTheNextMessageBehindAGapWhateverIsLeftOfTheOneBefore(final int left) {
        final byte[] rest = Arrays.copyOfRange(REQUEST, REQUEST.length - left, REQUEST.length);
        for (int piece = 1; piece < 60; piece += 4) {
            final Talk talk = Talk.tcp(3478).client(REQUEST).server(RESPONSE).gap(false, 100);
            for (int at = 0; at < left; at += 5) {
                talk.server(Arrays.copyOfRange(rest, at, Math.min(left, at + 5)));
            }
            for (int at = 0; at < RESPONSE_6.length; at += piece) {
                talk.server(Arrays.copyOfRange(RESPONSE_6, at, Math.min(RESPONSE_6.length, at + piece)));
            }
            assertEquals(3, talk.objects().size(), left + " bytes, pieces of " + piece);
            assertEquals(left, talk.count(Counter.PARSER_BYTES_SKIPPED));
        }
        final Talk whole = Talk.tcp(3478).client(REQUEST).server(RESPONSE).gap(false, 100).server(rest)
            .server(RESPONSE_6);
        assertEquals(3, whole.objects().size());
        assertEquals(left, whole.count(Counter.PARSER_BYTES_SKIPPED));
    }
}
