package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VPNs, and what else hides its content, by their first datagrams. */
class TunnelProtocolsTest {
    private static final String ID = "0123456789abcdef";
    private static final String INITIATION = "01000000 a1b2c3d4" + "5a".repeat(124);
    private static final String COOKIE = "77".repeat(16);
    private static final String NO_COOKIE = "00".repeat(16);
    private static final String RESPONSE = "02000000 11223344 a1b2c3d4" + "5b".repeat(64);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "openvpn | 1194 | 38 0123456789abcdef 00 00000000",
        "openvpn | 7777 | 38 0123456789abcdef aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 00000001 60000000 00 00000000",
        "openvpn | 7777 | 38 0123456789abcdef 00000001 60000000 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbb",
        "tailscale | 41641 | 5453f09f92ac 000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f"
            + "000102030405060708090a0b0c0d0e0f0001020304050607 000102030405060708090a0b0c0d0e0f",
        "ike | 500 | 0123456789abcdef 0000000000000000 21 20 22 08 00000000 00000024 00000008 01020304",
        "ike | 4500 | 00000000 0123456789abcdef 0000000000000000 01 10 02 00 00000000 00000024 00000008 01020304",
        "cisco-vpn | 443 | 16 0100 0000 000000000000 0010 01 000004 0000 000000 000004 01000102",
        "discord | 50004 | 1337cafe 0e000000",
        "telegram-call | 1400 | 000102030405060708090a0b0c0d0e0f ffffffffffffffffffffffff 01020304",
    })
    void shouldRecogniseTheFirstDatagram(final String name, final int port, final String hex) {
        assertEquals(name, Talk.udp(port).client(Talk.hex(hex)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "38 0123456789abcdef 00 00000001",
        "38 0123456789abcdef 00 00000000 00",
        "38 0123456789abcdef aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 00000001 60000000 01 00000000",
        "5453f09f92ac 0001",
        "0123456789abcdef 0000000000000000 21 20 22 08 00000000 00000025 00000008 01020304",
        "0123456789abcdef 0000000000000000 21 30 22 08 00000000 00000024 00000008 01020304",
        "01000000 a1b2c3d4 00000000 00000000 00000000 00000000",
        "1337cafe 0e000100",
        "000102030405060708090a0b0c0d0e0f ffffffffffffffffffffff00 01020304",
    })
    void shouldNotRecogniseWhatLooksAlike(final String hex) {
        assertNull(Talk.udp(7777).client(Talk.hex(hex)).protocol());
    }

    @Test
    void shouldRecogniseWireguardByAFieldThatIsEmptyOrByItsEcho() {
        assertEquals("wireguard", Talk.udp(7777).client(Talk.hex(INITIATION + NO_COOKIE)).protocol());
        assertNull(Talk.udp(7777).client(Talk.hex(INITIATION + COOKIE)).protocol());
        assertEquals("wireguard",
            Talk.udp(7777).client(Talk.hex(INITIATION + COOKIE)).server(Talk.hex(RESPONSE + COOKIE)).protocol());
        assertNull(Talk.udp(7777).client(Talk.hex(INITIATION.replace("a1", "a2") + COOKIE))
            .server(Talk.hex(RESPONSE + COOKIE)).protocol());
        final String data = "04000000 a1b2c3d4 %02x00000000000000" + "66".repeat(16);
        assertEquals("wireguard", Talk.udp(7777).client(Talk.hex(String.format(data, 7)))
            .client(Talk.hex(String.format(data, 8))).protocol());
        assertNull(Talk.udp(7777).client(Talk.hex(String.format(data, 7))).client(Talk.hex(String.format(data, 7)))
            .protocol());
    }

    @Test
    void shouldRecogniseWarpByItsClientsNumber() {
        final String request = "01 aabbcc a1b2c3d4" + "5a".repeat(140);
        final String answer = "02 aabbcc 11223344 a1b2c3d4" + "5b".repeat(80);
        assertEquals("cloudflare-warp",
            Talk.udp(2408).client(Talk.hex(request)).server(Talk.hex(answer)).protocol());
        assertNull(Talk.udp(2408).client(Talk.hex(request.replace("d4", "d5"))).server(Talk.hex(answer)).protocol());
        final String hello = "c1 000000 00908301" + "5a".repeat(186);
        final String reply = "c2 027800 6884ee00 01908300" + "5b".repeat(200);
        assertEquals("cloudflare-warp", Talk.udp(2408).client(Talk.hex(hello)).server(Talk.hex(reply)).protocol());
        assertNull(Talk.udp(2408).client(Talk.hex(hello.replace("9083", "9084"))).server(Talk.hex(reply)).protocol());
        final String data = "c4 027800 6884ee00 %02x00000000000000" + "66".repeat(32);
        assertEquals("cloudflare-warp", Talk.udp(7777).client(Talk.hex(String.format(data, 1)))
            .client(Talk.hex(String.format(data, 2))).protocol());
        assertNull(Talk.udp(7777).client(Talk.hex(String.format(data, 1)))
            .client(Talk.hex(String.format(data, 2).replace("ee", "ef"))).protocol());
    }

    @Test
    void shouldRecogniseFortiClientByItsVendorIdentifiers() {
        final String vendor = "00000014 4c53427b6d465d1b337bb755a37a7fef";
        final String request = "00000000 " + ID + "0000000000000000 %s 00000000 00000030" + vendor;
        assertEquals(List.of("ike", "forticlient"),
            Talk.udp(4500).client(Talk.hex(String.format(request, "2b202208"))).protocols());
        assertEquals(List.of("ike", "forticlient"),
            Talk.udp(4500).client(Talk.hex(String.format(request, "0d100200"))).protocols());
        assertEquals(List.of("ike"),
            Talk.udp(4500).client(Talk.hex(String.format(request, "2b202208").replace("7fef", "7fee"))).protocols());
    }

    @Test
    void shouldRecogniseOpenVpnFromItsServerAndOnTcp() {
        final byte[] answer = Talk.hex("40 fedcba9876543210 01 00000000" + ID + "00000000");
        assertEquals("openvpn", Talk.udp(7777).server(answer).protocol());
        final Talk stream = Talk.tcp(443).client(Talk.hex("000e 38" + ID + "0000000000"));
        assertEquals("openvpn", stream.protocol());
        assertEquals("openvpn", stream.segmented(1).protocol());
    }

    @Test
    void shouldLetDtlsReadAnyConnect() {
        assertEquals(List.of("cisco-vpn", "dtls"), Talk.udp(443).client(Talk.hex("16 0100 0000 000000000000 0038 01"
            + "00002c 0000 000000 00002c 0100" + "5a".repeat(32) + "00 00 0004 002f0035 01 00")).protocols());
    }

    @Test
    void shouldRecogniseDnsCryptByTheResolversMagic() {
        final byte[] query = Talk.hex("0102030405060708" + "5a".repeat(120));
        final byte[] answer = Talk.hex("7236666e76576a38" + "5b".repeat(120));
        assertEquals("dnscrypt", Talk.udp(8443).client(query).server(answer).protocol());
        assertEquals("dnscrypt", Talk.udp(8443).server(answer).protocol());
        assertNull(Talk.udp(8443).client(query).protocol());
    }

    @Test
    void shouldRecogniseTincByItsFirstLine() {
        final Talk talk = Talk.tcp(655).client("0 berlin 17.7\n").server("0 paris 17.7\n");
        assertEquals("tinc", talk.protocol());
        assertEquals("tinc", talk.segmented(1).protocol());
        assertNull(Talk.tcp(655).client("0 berlin 18\n").protocol());
    }

    @Test
    void shouldTellMessagesOfIkeAndThenEsp() {
        final byte[] request = Talk.hex("00000000" + ID + "0000000000000000 21 20 22 08 00000000 0000002c"
            + "29000008 00000000 00000008 0000000e");
        final Talk talk = Talk.udp(4500).client(request)
            .client(Talk.hex("c1c2c3c4 00000001" + "5a".repeat(40))).client(Talk.hex("c1c2c3c4 00000002"
            + "5b".repeat(40)));
        assertEquals(List.of("ike", "esp-udp"), talk.protocols());
        assertEquals("\"ike\":{\"version_major\":2,\"version_minor\":0,\"init_spi\":\"" + ID
            + "\",\"resp_spi\":\"0000000000000000\",\"message_id\":0,\"exchange_type\":34,\"role\":\"initiator\","
            + "\"payload\":[\"SecurityAssociation\",\"Notify\"],\"ikev2\":{\"errors\":1}}", talk.objects().get(0));
    }

    @Test
    void shouldTellVendorsOfIkeVersion1() {
        final Talk talk = Talk.udp(500).client(Talk.hex(ID + "0000000000000000 01 10 02 00 00000000 0000002c"
            + "0d000008 00000001 00000008 aabbccdd"));
        assertEquals("\"ike\":{\"version_major\":1,\"version_minor\":0,\"init_spi\":\"" + ID
            + "\",\"resp_spi\":\"0000000000000000\",\"message_id\":0,\"exchange_type\":2,"
            + "\"payload\":[\"SecurityAssociation\",\"VendorID\"],"
            + "\"ikev1\":{\"encrypted_payloads\":false,\"vendor_ids\":[\"aabbccdd\"]}}", talk.objects().get(0));
    }

    @Test
    void shouldRecogniseEspInUdpByTwoPackets() {
        final byte[] one = Talk.hex("c1c2c3c4 00000011" + "5a".repeat(40));
        final byte[] two = Talk.hex("c1c2c3c4 00000012" + "5b".repeat(40));
        assertEquals("esp-udp", Talk.udp(4500).client(one).client(two).protocol());
        assertNull(Talk.udp(4501).client(one).client(two).protocol());
    }

    @Test
    void shouldNotTakeRandomBytesForAnything() {
        final Random random = new Random(5);
        final int[] ports = {1194, 500, 4500, 51820, 3478, 8801, 443, 41641, 5004, 50004};
        int wrong = 0;
        for (int run = 0; run < 4000; run++) {
            final Talk talk = Talk.udp(ports[run % ports.length]);
            for (int i = 0; i < 3; i++) {
                final byte[] bytes = new byte[1 + random.nextInt(200)];
                random.nextBytes(bytes);
                talk.client(bytes);
            }
            wrong += talk.protocol() == null ? 0 : 1;
        }
        assertEquals(0, wrong);
    }
}
