package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Games, what measures for them, and transfers to many, by their first bytes. */
class GameProtocolsTest {
    private static final String MAGIC = " 00ffff00fefefefefdfdfdfd12345678 ";
    private static final String FILM = "97dd4e606c726562b35e12690ee3e1c9";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "world-of-warcraft | 3000 [WORLD OF WARCRAFT CONNECTION - SERVER TO CLIENT] 00",
        "world-of-warcraft | 0030 [WORLD OF WARCRAFT CONNECTION - CLIENT TO SERVER] 00",
        "starcraft | 4a00000a66020aed2d66",
        "steam | 08000000 [VT01] 17050000 ffffffff",
        "steam | 98000000 [VT01] 18050000 ffffffff",
        "minecraft | 10 00 fd05 09 [localhost] 63dd 02",
        "minecraft | 0f 00 2f 09 [localhost] 63dd 01",
        "minecraft | 13 00 ffffffff0f 09 [localhost] 63dd 01",
        "minecraft | 15 00 d402 0e [localhost] 00 [FML] 00 63de 02",
        "minecraft | ad02 00 d402 a502 [server.example] 00 [10.77.0.9] 00 61*268 63de 02",
        "minecraft | b510 00 d402 ad10 [server.example] 00 [10.77.0.9] 00 61*232",
    })
    void shouldRecogniseTheFirstBytesOfAStream(final String name, final String sample) {
        final Talk talk = Talk.tcp(7777).client(Sample.of(sample));
        assertEquals(name, talk.protocol());
        assertEquals(name, talk.segmented(1).protocol());
        assertEquals(name, Talk.tcp(7777).server(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "raknet | 01 0000000000001234" + MAGIC + "0102030405060708",
        "raknet | 05" + MAGIC + "06 00*64",
        "raknet | 06" + MAGIC + "000591a5360522200005d4",
        "raknet | 1c 0000000000001234 0102030405060708" + MAGIC + "0004 [MCPE]",
        "raknet | c0 0001 00 010000 020000",
        "raknet | c0 0005 01000000 01000000 01000000 01000000 01000000",
        "valve-source | ffffffff [TSource Engine Query] 00",
        "valve-source | ffffffff 49 11 [My server] 00 [de_dust] 00 [csgo] 00 [Game] 00 da02",
        "valve-source | ffffffff 00*12 30303000",
        "quake | ffffffff [getstatus] 0a",
        "quake | ffffffff [status 23] 0a",
        "quake | ffffffff [statusResponse] 0a 5c [mapname] 5c [q3dm17]",
        "steam | [VS01] 0000 01 00 00060000 00000000 01000000 00*16",
        "steam | ffffffff 214c5fa0 16000000 08 9ec1c3d4",
        "riot-games | 7374f60c 72324204 ab597f81 1fcc0087 6bbc0000 16e37c40 14000000 aaaaaaaabbbbbbbb",
        "riot-games | a49f9c31 a0324204 01 00*28 98b99eebc2e012d8953cb11f01020304",
        "xbox-live | 00000000 0c5876 000000 0102030405",
        "playstation | [SRCH * HTTP/1.1] 0a [device-discovery-protocol-version:00020020] 0a",
        "playstation | [HTTP/1.1 620 Server Standby] 0a [host-id:0123] 0a [device-discovery-protocol-version:00020020]",
        "epic-games | 471a2000 08 9822657404 00*30 10a13b8878381ff67a",
        "gaijin | [app.start,env=production,circuit=production,application=client,project=x:1]",
        "genshin-impact | 000000ff 00000000 00000000 499602d2 ffffffff",
        "genshin-impact | 00000145 00000001 00000002 499602d2 14514545",
        "enet | 8fff0001 82ff0001 0000ffff 000004b0 00010000 000000ff 00*12 00001388 00000000 96990a44",
        "flute | 101008000000000000000000 c0100002 4004000000000236 0000059c00000040 00000000 [<?xml version]",
        "uftp | 400100000a00000196f4c304009d0000 01060014000005 1457a65c1d00057a51e6040401e6050538",
        "rx | 570fb5605c3fc988000000010000000100000001 01 05 00 00 0000 0049 000001f8",
        "rx | 570fb5605c3fc988000000010000000100000001 01 04 00 00 0000 0049 000001f8",
        "roughtime | 02000000 40000000 [NONCPAD] ff 5a*128",
        "roughtime | 05000000 40000000 40000000 a4000000 bc000000 [SIG] 00 [PATHSREPCERTINDX] 5a*200",
        "roughtime | [ROUGHTIM] 08000000 0000000001020304",
    })
    void shouldRecogniseTheFirstDatagram(final String name, final String sample) {
        assertEquals(name, Talk.udp(7777).client(Sample.of(sample)).protocol());
        assertEquals(name, Talk.udp(7777).server(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "3000 [WORLD OF WARCRAFT CONNECTION - XERVER TO CLIENT] 00",
        "4a00000a66020aed2d67",
        "08000000 [VT01] 27050000 ffffffff",
        "10 00 fd05 08 [localhost] 63dd 02",
        "10 00 fd05 09 [localhost] 63dd 04",
        "13 00 ffffffffff 08 [localhost] 63dd 01",
        "15 00 d402 0e 00 [FML] 00 [localhost] 63de 02",
        "b610 00 d402 ac10 [server.example] 00 [10.77.0.9] 00 61*232",
    })
    void shouldNotRecogniseStreamsThatLookAlike(final String sample) {
        assertNull(Talk.tcp(7777).client(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "01 00000000000012" + MAGIC + "010203040506070809",
        "c0 0002 00 010000 020000",
        "c0 0001 00 020000 010000",
        "84 020000 00 0088 030000 00000000 15e95e000000130c201546",
        "ffffffff [TSource Engine Quert] 00",
        "ffffffff 41 01020304",
        "ffffffff [getsomething] 0a",
        "ffffffff [statuses] 0a",
        "[VS01] 0001 01 00 00060000 00000000 01000000 00*16",
        "7374f60c 72324204 ab597f81 1fcc0087 6bbc0000 16e37c40 14000000 aaaaaaaabbbbbbbc",
        "00000000 0c5877 000000 0102030405",
        "00000000 0c5876 000100 0102030405",
        "[SRCH * HTTP/1.1] 0a [discovery-protocol-version:00020020] 0a",
        "000000ff 00000000 00000000 499602d2 14514545",
        "8fff0001 82ff0001 0000ffff 000004b0 00010000 0000ffff 00*12 00001388 00000000 96990a44",
        "101008000000000000000000 b0100002 4004000000000236 0000059c00000040 00000000 [<?xml version]",
        "400100000a00000196f4c304009d0000 01070014000005 1457a65c1d00057a51e6040401e6050538",
        "570fb5605c3fc988000000010000000100000001 0e 05 00 00 0000 0049 000001f8",
        "02000000 41000000 [NONCPAD] ff 5a*128",
        "32ab9864 0b 01 0001 5a*32",
    })
    void shouldNotRecogniseDatagramsThatLookAlike(final String sample) {
        assertNull(Talk.udp(7777).client(Sample.of(sample)).protocol());
    }

    @Test
    void shouldRecogniseWhatGoesOnByItsNumbers() {
        final byte[] frames = Sample.of("84 020000 00 0088 5a*17");
        assertEquals("raknet", Talk.udp(7777).client(frames).client(Sample.of("84 030000 00 0088 5a*17")).protocol());
        assertNull(Talk.udp(7777).client(frames).client(Sample.of("84 030100 00 0088 5a*17")).protocol());
        assertEquals("raknet", Talk.udp(7777).client(Sample.of("84 020000 60 0088 030000 00000000 5a*17"))
            .client(frames).protocol());
        final byte[] pia = Sample.of("32ab9864 0b 01 0001 5a*32");
        assertEquals("nintendo", Talk.udp(7777).client(pia).client(Sample.of("32ab9864 0b 01 0002 5a*32")).protocol());
        assertNull(Talk.udp(7777).client(pia).client(Sample.of("32ab9864 0b 01 0202 5a*32")).protocol());
        final byte[] status = Sample.of("400400070a00000196f4c304006a1800 040100000a000002");
        assertNull(Talk.udp(7777).client(status).protocol());
        assertEquals("uftp", Talk.udp(7777).client(status).client(status).protocol());
    }

    @Test
    void shouldRecogniseByWhatIsSaidAgain() {
        final byte[] search = Sample.of("0d0200 d3dded03961669981a27af4f381bc0a80015020c6c3deb1fa182");
        assertEquals("activision", Talk.udp(7777).client(search)
            .server(Sample.of("0c0200 d3dded03961669981a27af4f381bc0a80015020c6c3deb1fa182")).protocol());
        assertNull(Talk.udp(7777).client(search)
            .server(Sample.of("0c0200 d3dded03961669981a27af4f381bc0a80015020c6c3deb1fa183")).protocol());
        final byte[] film = Sample.of("1c 40 4600 5a*20 " + FILM + " 00*30");
        assertEquals("iqiyi", Talk.udp(7777).client(film).server(Sample.of("9c 60 4800 5b*20 " + FILM + " 00*32"))
            .protocol());
        assertNull(Talk.udp(7777).client(film).server(Sample.of("9c 60 4800 5b*20 00*48")).protocol());
        final Talk speed = Talk.tcp(8080).client("HI\n").server("HELLO 2.9 (2.9.0) 2020-01-01\n");
        assertEquals("ookla", speed.protocol());
        assertEquals("ookla", speed.segmented(1).protocol());
        assertNull(Talk.tcp(8080).client("HI\n").server("HELLO there\n").protocol());
    }

    @Test
    void shouldNotTakeTheShortestDatagramsForRaknetWithoutOthers() {
        final byte[] list = Sample.of("c0 0001 01 020000");
        final byte[] empty = Sample.of("84 020000");
        assertNull(Talk.udp(7777).client(empty).client(empty).protocol());
        assertNull(Talk.udp(7777).client(Sample.of("c0 0001 00 010000 020030")).protocol());
        assertNull(Talk.udp(7777).client(list).protocol());
        assertEquals("raknet", Talk.udp(7777).client(list).client(Sample.of("c0 0001 01 030000")).protocol());
        assertNull(Talk.udp(7777).client(list).client(list).protocol());
        assertEquals("raknet", Talk.udp(7777).client(Sample.of("84 020000 00 0088 5a*17")).server(list).protocol());
        assertNull(Talk.udp(7777).client(Sample.of("84 010000 00 0088 5a*17")).server(list).protocol());
    }

    @Test
    void shouldKnowTheServerOfSteamByWhatItSends() {
        final String header = " 00 00060000 00000000 01000000 00*16";
        assertTrue(Talk.udp(27017, 40_000).client(Sample.of("[VS01] 0000 02" + header)).flow()
            .contains("\"dest_port\":27017"), "a challenge");
        assertTrue(Talk.udp(27017, 40_000).server(Sample.of("[VS01] 0000 03" + header)).flow()
            .contains("\"dest_port\":27017"), "a connection");
        assertEquals("steam", Talk.udp(40_000, 27017).server(Sample.of("[VS01] 0000 06" + header)).protocol());
    }
}
