package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketBuilderTest {
    @Test
    void shouldBuildATcpSegmentBehindATag() {
        final byte[] packet = PacketBuilder.ethernet("02:00:00:00:00:0a", "02:00:00:00:00:0b").vlan(77)
            .ipv4("192.0.2.1", "198.51.100.2").tcp(1234, 80).seq(1).ack(2).flags(TcpFlags.SYN | TcpFlags.ACK)
            .payload("GET /").build();
        assertEquals("02000000000b02000000000a" + "8100" + "004d" + "0800"
            + "4500002d0001000040068e93c0000201c6336402" + "04d20050000000010000000250" + "12fffff40b0000"
            + "474554202f", HexFormat.of().formatHex(packet));
    }

    @Test
    void shouldComputeTheChecksumOfAKnownDnsQuery() {
        final byte[] packet = PacketBuilder.raw().ipv6("2001:db8::1", "2001:db8::53").udp(53000, 53).payload("abc")
            .build();
        assertEquals("60000000000b1140" + "20010db8000000000000000000000001" + "20010db8000000000000000000000053"
            + "cf080035000b" + "1072" + "616263", HexFormat.of().formatHex(packet));
    }

    @Test
    void shouldLeaveForcedFieldsAlone() {
        final byte[] packet = PacketBuilder.raw().ipv4("192.0.2.1", "192.0.2.2").ipLength(9).force(10, 2, 0xbeef)
            .udp(1, 2).force(4, 2, 3).build();
        assertEquals(9, BuiltLayer.get16(packet, 2));
        assertEquals(0xbeef, BuiltLayer.get16(packet, 10));
        assertEquals(3, BuiltLayer.get16(packet, 24));
    }

    @Test
    void shouldCountNeitherPaddingNorTrailerAsContent() {
        final byte[] packet = PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(1, 2).payload(1)
            .trailer(new byte[] {9}).padTo(60).build();
        assertEquals(60, packet.length);
        assertEquals(29, BuiltLayer.get16(packet, 16));
        assertEquals(9, packet[43]);
    }
}
