package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peer to peer, and money, by their first bytes. */
class PeerProtocolsTest {
    private static final String HASH = "3af7f6007cea13506e514de7ecbc94f2";
    private static final String POINT = " 9d8c7b6a5f4e3d2c*8 ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bittorrent | 13 [BitTorrent protocol] 0000000000100005",
        "gnutella | [GNUTELLA CONNECT/0.6] 0d0a",
        "gnutella | [GNUTELLA/0.6 200 OK] 0d0a",
        "edonkey | e3 2a000000 01 10 " + HASH + " 01020304 3612 02000000 02 0100 01 0300 [abc]",
        "edonkey | e3 29000000 01 " + HASH + " 00000000 3612 02000000 02 0100 01 0300 [abc] 00",
        "edonkey | c5 10000000 01 50 01 02000000 03 0100 20 01020304",
        "edonkey | e3 08000000 38 0500 [Hello]",
        "edonkey | e3 05000000 40 01020304 e3 09000000 34 01000000 02000000",
        "edonkey | e3 09000000 34 01000000 02000000 d4 40000000 33 789c",
        "edonkey | e3 0e000000 32 02 c0000201 3612 c0000202 3612",
        "edonkey | e3 18000000 42 " + HASH + " 01 c0000201 3612",
        "edonkey | e3 24000000 41 " + HASH + " c0000201 3612 01000000 02 0100 01 0300 [abc]",
        "edonkey | d4 40000000 15 789c 63646260",
        "soulseek | 43000000 01000000 03000000 [abc] 04000000 [word] a0000000 20000000 [0123456789abcdef]",
        "soulseek | 11000000 01 03000000 [abc] 01000000 [P] 01020304",
        "directconnect | [$Lock EXTENDEDPROTOCOL_hub Pk=hub1] 7c",
        "directconnect | [$Lock 0123456789 Pk=hub1] 7c",
        "directconnect | [$MyNick somebody] 7c",
        "directconnect | [HSUP ADBASE ADTIGR] 0a",
        "bitcoin | f9beb4d9 [version] 0000000000 55000000",
        "bitcoin | f9beb4d9 [verack] 000000000000 00000000",
        "bitcoin | fabfb5da [getheaders] 0000 55000000",
        "ethereum | 0118 04 " + POINT + "5aa5*107 01",
        "monero | 0121010101010101 e200000000000000 01 e9030000 00000000 01000000 01000000",
        "stratum | [{\"id\":1,\"method\":\"mining.subscribe\",\"params\":{}}] 0a",
        "stratum | [{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"48\",\"pass\":\"x\"}}] 0a",
        "stratum | [{\"method\":\"job\",\"params\":{\"blob\":\"0606\",\"job_id\":\"4B\",\"target\":\"b88d\"}}] 0a",
        "stratum | [{\"method\":\"login\",\"params\":{\"login\":\"4A\",\"pass\":\"x\",\"agent\":\"y\"},\"id\":1}] 0a",
    })
    void shouldRecogniseTheFirstBytesOfAStream(final String name, final String sample) {
        final Talk talk = Talk.tcp(7777).client(Sample.of(sample));
        assertEquals(name, talk.protocol());
        assertEquals(name, talk.segmented(1).protocol());
        assertEquals(name, Talk.tcp(7777).server(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "e3 1b000000 46 " + HASH + " 00100000 02100000 abcd",
        "e3 29000000 47 " + HASH + " 00000000 00d00200 00000000 00d00200 00a00500 00000000",
        "e3 15000000 50 " + HASH + " 0c00 ffff",
        "e3 16000000 59 " + HASH + " 0300 [abc]",
        "e3 01000000 55 e3 29000000 47 " + HASH,
        "e3 11000000 4f " + HASH + " c5 01000000 55",
        "e3 15000000 19 " + HASH + " 00a00500 e3 01000000 14",
        "c5 0d000000 60 1200 00*10",
    })
    void shouldRecogniseWhatPeersSayInTheMiddle(final String sample) {
        assertEquals("edonkey", Talk.tcp(7777).midStream().client(Sample.of(sample)).protocol());
        assertEquals("edonkey", Talk.tcp(7777).midStream().server(Sample.of(sample)).segmented(1).protocol());
        assertNull(Talk.tcp(7777).client(Sample.of(sample)).protocol(), "no connection begins so");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "e3 1b000000 46 " + HASH + " 00100000 03100000 abcd",
        "e3 29000000 47 " + HASH + " 00000000 01d00200 00000000 00d00200 00a00500 00000001",
        "e3 15000000 50 " + HASH + " 1100 ffff",
        "e3 01000000 55 e4 29000000 47 " + HASH,
        "e3 01000000 55 e3 00000000 47 " + HASH,
        "c5 0d000000 60 1200 00*9 01",
    })
    void shouldNotRecogniseOtherMiddles(final String sample) {
        assertNull(Talk.tcp(7777).midStream().client(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bittorrent | 0000041727101980 00000000 a1b2c3d4",
        "bittorrent-dht | [d1:ad2:id20:] " + HASH + "01020304 [9:info_hash20:]",
        "bittorrent-dht | [d1:rd2:id20:] " + HASH + "01020304 [e1:t2:aa1:y1:re]",
        "bittorrent-dht | [d2:ip6:] 010203040506 [1:eli201e5:Errore1:t2:aa1:y1:ee]",
        "bittorrent-lsd | [BT-SEARCH * HTTP/1.1] 0d0a [Host: 239.192.152.143:6771] 0d0a",
        "bittorrent-utp | 4100 5302 10eeb2f0 00000000 00000000 e7f5 0000",
        "bittorrent-utp | 4102 5302 10eeb2f0 00000000 00f00000 0001 0000 0008 0000000000000000",
        "gnutella | [GND] 02 0001 01 01 0102030405",
        "gnutella | 0102030405060708 ff 0a0b0c0d0e0f 00 00 01 00 00000000",
        "edonkey | e4 21 02 " + HASH + HASH,
        "edonkey | e4 29 " + HASH + "00",
        "edonkey | e4 11 " + HASH + "3612 08 00",
        "ethereum | " + HASH + HASH + POINT + "01 01 c3 010203",
    })
    void shouldRecogniseTheFirstDatagram(final String name, final String sample) {
        assertEquals(name, Talk.udp(7777).client(Sample.of(sample)).protocol());
        assertEquals(name, Talk.udp(7777).server(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "13 [BitTorrent Protocol] 0000000000100005",
        "[GNUTELLA DISCONNECT] 0d0a",
        "e3 2a000000 01 11 " + HASH + " 01020304 3612 02000000 02 0200 01 0300 [abc]",
        "e3 08000000 38 0600 [Hello]",
        "11000000 01 03000000 [abc] 01000000 [Q] 01020304",
        "12000000 01 03000000 [abc] 01000000 [P] 01020304",
        "f9beb4d9 [version] 0000000001 55000000",
        "f9beb4d9 000000000000000000000000 55000000",
        "0118 04 " + POINT + "5aa5*107 01 02",
        "0118 04 [GET / HTTP/1.1] 00*263",
        "0121010101010101 e200000000000000 02 e9030000 00000000 01000000 01000000",
        "[{\"id\":1,\"method\":\"subscribe\",\"params\":{}}] 0a",
        "[$Lock 0123456789 Qk=hub1] 7c",
    })
    void shouldNotRecogniseStreamsThatLookAlike(final String sample) {
        assertNull(Talk.tcp(7777).client(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0000041727101981 00000000 a1b2c3d4",
        "[d1:ae1:t2:aa1:y1:xe]",
        "[BT-SEARCH * HTTP/1.0] 0d0a",
        "4100 5302 10eeb2f0 00000000 00000000 e7f5 0001",
        "4101 5302 10eeb2f0 00000000 00000000 e7f5 0000",
        "[GND] 02 0001 02 01 0102030405",
        "0102030405060708 ff 0a0b0c0d0e0f 00 00 01 00 01000000",
        "e4 21 03 " + HASH + HASH,
        "e4 29 " + HASH + "01",
        "e3 96 01020304",
        HASH + HASH + POINT + "01 01 c4 010203",
    })
    void shouldNotRecogniseDatagramsThatLookAlike(final String sample) {
        assertNull(Talk.udp(7777).client(Sample.of(sample)).protocol());
    }

    @Test
    void shouldRecogniseAnswersByWhatTheySayAgain() {
        assertEquals("edonkey", Talk.udp(4665).client(Sample.of("e3 96 01020304"))
            .server(Sample.of("e3 97 01020304 00010000 00020000")).protocol());
        assertNull(Talk.udp(4665).client(Sample.of("e3 96 01020304"))
            .server(Sample.of("e3 97 01020305 00010000 00020000")).protocol());
        final byte[] who = Sample.of("e3 9a " + HASH);
        assertEquals("edonkey", Talk.udp(4665).client(who)
            .server(Sample.of("e3 9b " + HASH + "01 c0000201 3612")).protocol());
        assertNull(Talk.udp(4665).client(who)
            .server(Sample.of("e3 9b " + HASH.replace('3', '4') + "01 c0000201 3612")).protocol());
        final byte[] queue = Sample.of("c5 90 " + HASH);
        assertEquals("edonkey", Talk.udp(4672).client(queue).server(Sample.of("c5 91 0500")).protocol());
        assertEquals("edonkey", Talk.udp(4672).client(queue).server(Sample.of("c5 93")).protocol());
        assertNull(Talk.udp(4672).client(queue).server(Sample.of("c5 93 00")).protocol());
        assertNull(Talk.udp(4672).client(Sample.of("c5 91 0500")).protocol());
        final String data = "0100 0007 10eeb2f0 00000a00 00000000 0105 0200";
        assertEquals("bittorrent-utp", Talk.udp(7777).client(Sample.of(data))
            .server(Sample.of("2100 0006 10eeb2f0 00000a00 00000000 0200 0105")).protocol());
        assertNull(Talk.udp(7777).client(Sample.of(data))
            .server(Sample.of("2100 0006 10eeb2f0 00000a00 00000000 0900 0105")).protocol());
    }
}
