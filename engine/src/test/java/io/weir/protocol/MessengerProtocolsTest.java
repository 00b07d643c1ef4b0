package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messengers and programs that search the local network, by their first bytes. */
class MessengerProtocolsTest {
    /** Key, and a counter that runs over: first bytes of a client that hides what it speaks. */
    private static final String HIDDEN = "5ac3109d7701ee42"
        + " 1112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30 ff*16 ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "telegram | " + HIDDEN + "68f733a3db80da9a",
        "telegram | " + HIDDEN + "5ac50191db80da9a",
        "telegram | ef 0a 00*8 0102030405060708 14000000 f18e7ebe 5a*16",
        "telegram | eeeeeeee 28000000 00*8 0102030405060708 14000000 f18e7ebe 5a*16",
        "telegram | dddddddd 2f000000 00*8 0102030405060708 14000000 f18e7ebe 5a*23",
        "kakaotalk | 00010000 05000000 02000000 85*256 3d010000 5a*317",
        "facebook-zero | 31 [QTV0] 34020000 [CHLO] 0c00 0000 [SNI] 00 12000000",
        "json-rpc | [{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": ] 5b [42, 23] 5d [, \"id\": 1}]",
    })
    void shouldRecogniseTheFirstBytesOfAClient(final String name, final String sample) {
        final Talk talk = Talk.tcp(7777).client(Sample.of(sample));
        assertEquals(name, talk.protocol());
        assertEquals(name, talk.segmented(1).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "whatsapp | [WA] 0105 00001a f80501a59189fc12 [iPhone-2.12.2-5222]",
        "whatsapp | [ED] 0001 000004 08050802 [WA] 0201 0000ee 12eb010a206cd253",
        "spotify | 0004 000000e6 52 0e 50 00 60 00",
        "mmtls | 16 f103 00a1 0000009d 01 03f1 02c02b",
        "mmtls | 16 f104 0056 00000052 02 04f1 c02b",
        "avast | [NOSA] 0060 01 01 0000 0301",
        "avast | [NOSA] 0010 01 02 00000000 e8e67a0c",
        "tivoconnect | [TiVoConnect=1] 0a [swversion=1.0] 0a",
    })
    void shouldRecogniseTheFirstBytesOfAStream(final String name, final String sample) {
        final Talk talk = Talk.tcp(7777).client(Sample.of(sample));
        assertEquals(name, talk.protocol());
        assertEquals(name, talk.segmented(1).protocol());
        assertEquals(name, Talk.tcp(7777).server(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "spotify | [SpotUdp0] 30bae127102a2da0ff000100044895c203",
        "oicq | 02 3b0b 0001 0017 561f0c7b 0000000000000000 030c949fb3510c59cbd527d1 03",
        "dropbox | [{\"version\": ] 5b [2, 0] 5d [, \"port\": 17500, \"host_int\": 123}]",
        "tivoconnect | [TiVoConnect=1] 0a [swversion=1.0] 0a",
        "line-call | db64 00b9 0602 1b61432b5beff5fb 5a*858",
        "softether | [IP=192.0.2.1,PORT=12345]",
        "teamspeak | [TS3INIT1] 0065 0000 88 0dd05766 00 5f5916e0",
        "zerotier | 0102030405060708 a0a1a2a3a4 b0b1b2b3b4 00 c0c1c2c3c4c5c6c7 01 0b 01 0a 0002 0000018000000000"
            + "b0b1b2b3b4 00 5a*64",
    })
    void shouldRecogniseTheFirstDatagram(final String name, final String sample) {
        assertEquals(name, Talk.udp(7777).client(Sample.of(sample)).protocol());
        assertEquals(name, Talk.udp(7777).server(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[WA] 0105 10001a f80501a59189fc12",
        "[WA] 1105 00001a f80501a59189fc12",
        "[ED] 0001 000004 08050802 [WB] 0201 0000ee 12eb010a206cd253",
        "0004 000000e6 52 0e 51 00 60 00",
        "16 f103 00a1 0000009e 01 03f1 02c02b",
        "[NOSA] 0060 02 01 0000 0301",
        "[TiVoConnect=2] 0a [swversion=1.0] 0a",
        HIDDEN + "68f733a2db80da9a",
        HIDDEN,
        "ef 0a 01*8 0102030405060708 14000000 f18e7ebe 5a*16",
        "ef 0a 00*8 0102030405060708 15000000 f18e7ebe 5a*16",
        "eeeeeeee 28000000 00*8 0102030405060708 34000000 f18e7ebe 5a*16",
        "00010000 05000000 09000000 85*256 3d010000 5a*317",
        "00010000 05000000 02000000 85*256 3d01ff00 5a*317",
        "31 [QTV1] 34020000 [CHLO] 0c00 0000 [SNI] 00 12000000",
        "31 [QTV0] 34020000 [CHLO] 0c00 0100 [SNI] 00 12000000",
        "[{\"jsonrpc\": \"1.0\", \"method\": \"subtract\", \"params\": {}, \"id\": 1}]",
        "[{\"jsonrpc\": \"2.0\", \"method\": \"subtract\", \"params\": {}, \"id\": 1]",
    })
    void shouldNotRecogniseStreamsThatLookAlike(final String sample) {
        assertNull(Talk.tcp(7777).client(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[SpotUdp1] 30bae127102a2da0ff000100044895c203",
        "02 3b0b 0003 0017 561f0c7b 0000000000000000 030c949fb3510c59cbd527d1 03",
        "02 3b0b 0001 0017 561f0c7b 0000000000000000 030c949fb3510c59cbd527d1 04",
        "[{\"version\": 2, \"port\": 17500, \"host_int\": 123}]",
        "db65 00b9 0602 1b61432b5beff5fb 5a*858",
        "db64 00b9 0603 1b61432b5beff5fb 5a*858",
        "[IP=192.0.2.1,PORT=123456]",
        "[IP=host,PORT=12345]",
        "[TS3INIT2] 0065 0000 88 0dd05766 00 5f5916e0",
        "0102030405060708 a0a1a2a3a4 b0b1b2b3b4 00 c0c1c2c3c4c5c6c7 01 0b 01 0a 0002 0000018000000000"
            + "b0b1b2b3b5 00 5a*64",
    })
    void shouldNotRecogniseDatagramsThatLookAlike(final String sample) {
        assertNull(Talk.udp(7777).client(Sample.of(sample)).protocol());
    }

    @Test
    void shouldRecogniseByWhatIsSaidAgain() {
        final byte[] ping = Sample.of("00000000 03d72000fa76287e");
        assertEquals("mumble", Talk.udp(7777).client(ping)
            .server(Sample.of("00010304 03d72000fa76287e 00000000 00000064 00011940")).protocol());
        assertNull(Talk.udp(7777).client(ping)
            .server(Sample.of("00010304 03d72000fa76287f 00000000 00000064 00011940")).protocol());
        assertNull(Talk.udp(7777).client(ping).protocol());
        assertEquals("teamspeak", Talk.udp(2010).client(Sample.of("01808401")).server(Sample.of("01808401 7c65d9a7"))
            .protocol());
        assertNull(Talk.udp(2011).client(Sample.of("01808401")).server(Sample.of("01808401 7c65d9a7")).protocol());
        final byte[] call = Sample.of("d083 00bc 5a*131");
        assertEquals("line-call", Talk.udp(7777).client(call).client(Sample.of("d0bb 00bd 5b*187")).protocol());
        assertNull(Talk.udp(7777).client(call).client(Sample.of("d0bb 01bd 5b*187")).protocol());
        final byte[] client = Sample.of("16 0014 00 5a*16");
        assertEquals("hpvirtgrp", Talk.tcp(5223).client(client).server(Sample.of("17 0018 00 5b*20")).protocol());
        assertNull(Talk.tcp(5223).client(client).server(Sample.of("17 0018 00 5b*21")).protocol());
        assertNull(Talk.tcp(5223).client(client).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "17 f104 0014 5a*20",
        "17 f104 0014 5a*20 17 f104 0200",
        "19 f104 0020 5a*32 17 f104 0200",
        "15 f103 0017 5a*23",
    })
    void shouldRecogniseRecordsOfWeChatInTheMiddle(final String sample) {
        assertEquals("mmtls", Talk.tcp(7777).midStream().server(Sample.of(sample)).protocol());
        assertEquals("mmtls", Talk.tcp(7777).midStream().client(Sample.of(sample)).segmented(1).protocol());
        assertNull(Talk.tcp(7777).client(Sample.of(sample)).protocol(), "no connection begins so");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "17 f104 0014 5a*20 17 0303 0200",
        "17 f104 0014 5a*20 27 f104 0200",
        "17 f104 0010 5a*16",
        "17 f105 0014 5a*20",
    })
    void shouldNotRecogniseOtherRecords(final String sample) {
        assertNull(Talk.tcp(7777).midStream().server(Sample.of(sample)).protocol());
    }
}
