package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** STUN and the media of calls. */
class CallProtocolsTest {
    private static final String TRANSACTION = "000102030405060708090a0b";
    private static final byte[] REQUEST = Talk.hex("0001 0000 2112a442" + TRANSACTION);
    private static final byte[] SUCCESS = Talk.hex("0101 000c 2112a442" + TRANSACTION + "0020 0008 0001 a147 e112a643");

    private static byte[] rtp(final int sequence) {
        return Talk.hex(String.format("8060 %04x 00000100 cafebabe" + "5a".repeat(20), sequence));
    }

    @Test
    void shouldRecogniseStunFromEitherSide() {
        final Talk talk = Talk.udp(3478).client(REQUEST).server(SUCCESS);
        assertEquals(List.of("stun"), talk.protocols());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertEquals("stun", Talk.udp(7777).server(SUCCESS).protocol());
        final Talk stream = Talk.tcp(443).client(REQUEST);
        assertEquals("stun", stream.protocol());
        assertEquals("stun", stream.segmented(1).protocol());
        final Talk framed = Talk.tcp(443).client(Talk.hex("0014 0001 0000 2112a442" + TRANSACTION));
        assertEquals("stun", framed.protocol());
        assertEquals("stun", framed.segmented(1).protocol());
    }

    @Test
    void shouldAskMoreOfStunWithoutACookie() {
        final byte[] request = Talk.hex("0001 0000 0102030405060708090a0b0c0d0e0f10");
        final byte[] answer = Talk.hex("0101 000c 0102030405060708090a0b0c0d0e0f10 0001 0008 0001 0d96 c0000201");
        assertNull(Talk.udp(3478).client(request).protocol());
        assertEquals("stun", Talk.udp(7777).client(request).server(answer).protocol());
        assertEquals("stun", Talk.udp(3478).client(request).client(request).protocol());
        assertNull(Talk.udp(7777).client(Talk.hex("0101 000c 0102030405060708090a0b0c0d0e0f10 7001 0008 0001 0d96 c000"
            + "0201")).protocol());
    }

    @Test
    void shouldNameTheProductByItsAttributes() {
        assertEquals(List.of("stun", "whatsapp-call"), Talk.udp(3478).client(Talk.hex("0003 0008 2112a442" + TRANSACTION
            + "4000 0004 01020304")).protocols());
        assertEquals(List.of("stun", "teams-call"), Talk.udp(3478).client(Talk.hex("0001 0008 2112a442" + TRANSACTION
            + "8070 0004 00000001")).protocols());
        assertEquals(List.of("stun", "telegram-call"), Talk.udp(3478).client(Talk.hex("0003 0010 2112a442" + TRANSACTION
            + "0014 000c 74656c656772616d2e6f7267")).protocols());
    }

    @Test
    void shouldNameTheProductOnTcpToo() {
        final byte[] refused = Talk.hex("0113 0010 2112a442" + TRANSACTION + "0014 000c 74656c656772616d2e6f7267");
        final Talk talk = Talk.tcp(3478).client(Talk.hex("0003 0000 2112a442" + TRANSACTION)).server(refused);
        assertEquals(List.of("stun", "telegram-call"), talk.protocols());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertEquals(List.of("stun", "telegram-call"), talk.segmented(1).protocols());
    }

    @Test
    void shouldNameTheProductBehindAGapWhereASegmentBeginsWithAMessage() {
        final byte[] refused = Talk.hex("0113 0010 2112a442" + TRANSACTION + "0014 000c 74656c656772616d2e6f7267");
        final byte[] end = Arrays.copyOfRange(refused, 9, refused.length);
        assertEquals(List.of("stun", "telegram-call"),
            Talk.tcp(3478).client(REQUEST).gap(false, 7).server(refused).protocols());
        assertEquals(List.of("stun"), Talk.tcp(3478).client(REQUEST).gap(false, 9).server(end).protocols());
        assertEquals(List.of("stun", "telegram-call"),
            Talk.tcp(3478).client(REQUEST).gap(false, 9).server(end).server(refused).protocols());
    }

    @Test
    void shouldFindMediaInAFlowThatBeganWithStun() {
        assertEquals(List.of("stun", "rtp"),
            Talk.udp(7777).client(REQUEST).server(SUCCESS).client(rtp(1)).client(rtp(2)).protocols());
        assertEquals(List.of("stun", "rtp"), Talk.udp(3478).client(REQUEST)
            .client(Talk.hex("4000 0014 8060 0001 00000100 cafebabe 5a5a5a5a5a5a5a5a"))
            .client(Talk.hex("4000 0014 8060 0002 00000200 cafebabe 5a5a5a5a5a5a5a5a")).protocols());
    }

    @Test
    void shouldHandOverToDtlsAndTellWhatKeysItAgreesOn() {
        final byte[] hello = Talk.hex("16 feff 0000 000000000000 0043 01 000037 0000 000000 000037 fefd"
            + "5a".repeat(32) + "00 00 0004 002f0035 01 00 0009 000e 0005 0002000100");
        assertEquals(List.of("stun", "dtls", "srtp"),
            Talk.udp(7777).client(REQUEST).server(SUCCESS).client(hello).protocols());
    }

    @Test
    void shouldRecogniseRtpByTwoPacketsThatFollowEachOther() {
        assertEquals("rtp", Talk.udp(7777).client(rtp(65535)).client(rtp(0)).protocol());
        assertNull(Talk.udp(7777).client(rtp(1)).protocol());
        assertNull(Talk.udp(7777).client(rtp(1)).client(rtp(5000)).protocol());
    }

    @Test
    void shouldRecogniseRtcpByItsLengths() {
        final String report = "80c8 0006 cafebabe" + "5a".repeat(20);
        assertEquals("rtcp",
            Talk.udp(7777).client(Talk.hex(report + "81ca 0003 cafebabe 0105 6e616d6531 00")).protocol());
        assertNull(Talk.udp(7777).client(Talk.hex(report)).protocol());
        assertEquals("rtcp", Talk.udp(7777).client(Talk.hex(report)).client(Talk.hex(report)).protocol());
        assertNull(Talk.udp(7777).client(Talk.hex(report + "81ca 0004 cafebabe 0105 6e616d6531 00")).protocol());
    }

    @Test
    void shouldRecogniseTheReportOfASenderToAnOddPort() {
        final byte[] report = Talk.hex("80c8 0006 bee7eeb2 eeb6ea97 7df3b645 c68be01e 00000000 00000000");
        final byte[] old = Talk.hex("80c8 0006 bee7eeb2 7eb6ea97 7df3b645 c68be01e 00000000 00000000");
        assertEquals("rtcp", Talk.udp(48196, 5005).client(report).protocol());
        assertNull(Talk.udp(48197, 5004).client(report).protocol());
        assertNull(Talk.udp(48197, 5005).client(old).protocol());
        final byte[] many = Talk.hex("80c8 0006 bee7eeb2 eeb6ea97 7df3b645 c68be01e 01000000 ffffffff");
        final byte[] empty = Talk.hex("80c8 0006 bee7eeb2 eeb6ea97 7df3b645 c68be01e 00000002 00000001");
        assertNull(Talk.udp(48197, 5005).client(many).protocol());
        assertNull(Talk.udp(48197, 5005).client(empty).protocol());
    }

    @Test
    void shouldRecogniseDiscordsAddressDiscovery() {
        final byte[] question = Talk.hex("0001 0046 00000001" + "00".repeat(66));
        final byte[] answer = Talk.hex("0002 0046 00000001 31302e302e302e31" + "00".repeat(56) + "9c40");
        assertEquals("discord", Talk.udp(50001).client(question).server(answer).protocol());
        assertEquals("discord", Talk.udp(7777).server(answer).protocol());
        assertNull(Talk.udp(50001).client(Talk.hex("0001 0046 00000001" + "00".repeat(65) + "01")).protocol());
    }

    @Test
    void shouldRecogniseZoomByItsGreeting() {
        final String name = "00 03 c84ac4528718cda2b8477a1b899f3383";
        final byte[] greeting =
            Talk.hex("01" + name + "0000000000000002 006f613f 006f613f 00000040 5a5a5a5a");
        final byte[] other = Talk.hex("01" + name + "0000000000000003 006f613f 006f613e 00000040 5a5a5a5a");
        assertEquals("zoom", Talk.udp(8801).client(greeting).protocol());
        assertNull(Talk.udp(8801).client(other).protocol());
        assertEquals("zoom", Talk.udp(8801).client(other).server(Talk.hex("02" + name + "004f8378")).protocol());
    }

    @Test
    void shouldRecogniseViberByItsToken() {
        assertEquals("viber", Talk.udp(7987).client(Talk.hex("edf6 1900 ac19358c8f64e447 25df4d4e"))
            .server(Talk.hex("edf6 1a00 ac19358c8f64e447 32437c5e")).protocol());
        assertNull(Talk.udp(7987).client(Talk.hex("edf6 1900 ac19358c8f64e447 25df4d4e"))
            .server(Talk.hex("edf6 1a00 ac19358c8f64e448 32437c5e")).protocol());
    }
}
