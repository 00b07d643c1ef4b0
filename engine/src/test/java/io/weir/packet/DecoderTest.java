package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final String A = "192.0.2.1";
    private static final String B = "198.51.100.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::ffff:2";

    private final Decoding decoding = new Decoding();

    @AfterEach
    void close() {
        decoding.close();
    }

    @Test
    void shouldDecodeATcpSegmentGivenAsHandWrittenBytes() {
        final byte[] bytes = HexFormat.of().parseHex("02000000000b02000000000a" + "8100004d0800"
            + "4500002d0001000040068e93c0000201c6336402" + "04d20050000000010000000250" + "12fffff40b0000"
            + "474554202f");
        final Frame frame = decoding.decode(LinkType.ETHERNET, bytes);
        assertEquals("Ethernet Dot1Q IPv4 TCP", Decoding.layers(frame));
        assertEquals("192.0.2.1 1234 > 198.51.100.2 80", Decoding.tuple(frame));
        assertEquals(DecodeError.NONE, Decoding.error(frame));
        assertEquals(4, frame.ipVersion);
        assertEquals(18, frame.ipOffset);
        assertEquals(6, frame.protocol);
        assertEquals(38, frame.transportOffset);
        assertEquals(58, frame.payloadOffset);
        assertEquals(5, frame.payloadLength);
        assertEquals(0, frame.payloadMissing);
        assertEquals(64, frame.ttl());
        assertEquals(TcpFlags.SYN | TcpFlags.ACK, frame.tcpFlags);
        assertEquals(1, frame.tcpSequence);
        assertEquals(2, frame.tcpAcknowledgement);
        assertEquals(65535, frame.tcpWindow);
        assertEquals(77, frame.vlanIds);
        assertEquals(1, frame.vlanCount);
        assertEquals(0, frame.tunnels);
        assertFalse(frame.fromUpper);
    }

    @Test
    void shouldOrderBothDirectionsAlike() {
        final Frame there = decoding.ethernet(PacketBuilder.ethernet().ipv4(B, A).udp(53, 4000).payload("x"));
        assertEquals("198.51.100.2 53 > 192.0.2.1 4000", Decoding.tuple(there));
        assertTrue(there.fromUpper);
        assertEquals(4000, there.lowerPort);
        assertEquals(53, there.sourcePort());
        assertEquals(4000, there.destinationPort());
        // addresses are compared as unsigned numbers
        decoding.raw(PacketBuilder.raw().ipv6("fe80::1", "2001:db8::1").udp(1, 2));
        assertTrue(there.fromUpper);
        // between equal addresses the ports decide
        decoding.raw(PacketBuilder.raw().ipv4(A, A).udp(9, 2));
        assertTrue(there.fromUpper);
        assertEquals(2, there.lowerPort);
        decoding.raw(PacketBuilder.raw().ipv4(A, A).udp(2, 9));
        assertFalse(there.fromUpper);
        assertEquals(2, there.lowerPort);
    }

    @Test
    void shouldNotTakeEthernetPaddingForPayload() {
        final Frame frame = decoding.ethernet(PacketBuilder.ethernet().ipv4(A, B).tcp(1, 2).padTo(60));
        assertEquals(0, frame.payloadLength);
        decoding.ethernet(PacketBuilder.ethernet().ipv4(A, B).udp(1, 2).payload("ab").padTo(60));
        assertEquals(2, frame.payloadLength);
        decoding.ethernet(PacketBuilder.ethernet().ipv6(A6, B6).udp(1, 2).payload("ab").trailer(new byte[4]));
        assertEquals(2, frame.payloadLength);
    }

    @Test
    void shouldTellHowMuchTheCaptureCutOff() {
        final byte[] tcp = PacketBuilder.ethernet().ipv4(A, B).tcp(1, 2).payload(1000).build();
        final Frame frame = decoding.cut(LinkType.ETHERNET, tcp, 154);
        assertEquals(100, frame.payloadLength);
        assertEquals(900, frame.payloadMissing);
        final byte[] udp = PacketBuilder.ethernet().ipv6(A6, B6).udp(1, 2).payload(1000).build();
        decoding.cut(LinkType.ETHERNET, udp, 62);
        assertEquals(0, frame.payloadLength);
        assertEquals(1000, frame.payloadMissing);
        assertEquals(DecodeError.NONE, Decoding.error(frame));
        decoding.cut(LinkType.ETHERNET, tcp, 40);
        assertEquals(DecodeError.TRUNCATED_TCP, Decoding.error(frame));
        assertEquals("192.0.2.1 1 > 198.51.100.2 2", Decoding.tuple(frame));
    }

    @Test
    void shouldNotTakeWhatIsLeftOfACutHeaderForPayload() {
        final byte[] tcp = PacketBuilder.ethernet().ipv4(A, B).tcp(1, 2).options((byte) 1).payload(1000).build();
        final Frame frame = decoding.cut(LinkType.ETHERNET, tcp, 47);
        assertEquals("192.0.2.1 1 > 198.51.100.2 2", Decoding.tuple(frame));
        assertEquals(0, frame.payloadLength);
        assertEquals(1000, frame.payloadMissing);
        decoding.cut(LinkType.ETHERNET, PacketBuilder.ethernet().ipv6(A6, B6).udp(1, 2).payload(90).build(), 57);
        assertEquals(0, frame.payloadLength);
        assertEquals(90, frame.payloadMissing);
        decoding.cut(LinkType.ETHERNET, PacketBuilder.ethernet().ipv4(A, B).icmp(8, 0, 1).payload(90).build(), 36);
        assertEquals(0, frame.payloadLength);
        assertEquals(90, frame.payloadMissing);
    }

    @Test
    void shouldNotCountAStrippedVlanTagAsCutOff() {
        for (final PacketBuilder ip : List.of(PacketBuilder.ethernet().ipv4(A, B).ipLength(0),
            PacketBuilder.ethernet().ipv6(A6, B6).ipLength(0))) {
            final Frame frame = decoding.stripped(ip.tcp(1, 2).payload(300).build(), 300);
            assertEquals(DecodeError.NONE, Decoding.error(frame));
            assertEquals(300, frame.payloadLength + frame.payloadMissing);
        }
    }

    @Test
    void shouldTrustTheCapturedLengthWhenOffloadLeftTheIpLengthOpen() {
        final Frame frame = decoding.ethernet(PacketBuilder.ethernet().ipv4(A, B).ipLength(0).tcp(1, 2)
            .payload(70_000));
        assertEquals(70_000, frame.payloadLength);
        decoding.ethernet(PacketBuilder.ethernet().ipv6(A6, B6).tcp(1, 2).payload(70_000));
        assertEquals(70_000, frame.payloadLength);
    }

    @Test
    void shouldKeepTheFlowOfAPacketWithADamagedTransportHeader() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).tcp(1, 2).force(12, 1, 0x40));
        assertEquals(DecodeError.BAD_TCP_DATA_OFFSET, Decoding.error(frame));
        assertEquals("192.0.2.1 0 > 198.51.100.2 0", Decoding.tuple(frame));
        assertEquals(6, frame.protocol);
        decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(1, 2).force(4, 2, 7));
        assertEquals(DecodeError.BAD_UDP_LENGTH, Decoding.error(frame));
        assertEquals("192.0.2.1 0 > 198.51.100.2 0", Decoding.tuple(frame));
        decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(1, 2).force(4, 2, 9));
        assertEquals(DecodeError.UDP_LENGTH_BEYOND_PACKET, Decoding.error(frame));
        assertTrue(frame.hasFlow());
    }

    @Test
    void shouldTellAPacketThatAnnouncesMoreThanThereIsFromOneThatWasCut() {
        final byte[] whole = PacketBuilder.ethernet().ipv4(A, B).udp(1, 2).payload(100).build();
        final byte[] part = Arrays.copyOf(whole, 100);
        assertEquals(DecodeError.IPV4_LENGTH_BEYOND_FRAME, Decoding.error(decoding.cut(LinkType.ETHERNET, part, 100)));
        assertEquals(DecodeError.NONE, Decoding.error(decoding.cut(LinkType.ETHERNET, whole, 100)));
        final byte[] whole6 = PacketBuilder.ethernet().ipv6(A6, B6).udp(1, 2).payload(100).build();
        assertEquals(DecodeError.IPV6_LENGTH_BEYOND_FRAME,
            Decoding.error(decoding.cut(LinkType.ETHERNET, Arrays.copyOf(whole6, 100), 100)));
    }

    @Test
    void shouldNameIcmpThatNobodyHasAssigned() {
        final Frame frame = decoding.ethernet(PacketBuilder.ethernet().ipv4(A, B).icmp(8, 0, 1));
        assertEquals(DecodeError.NONE, Decoding.error(frame));
        decoding.ethernet(PacketBuilder.ethernet().ipv4(A, B).icmp(8, 1, 1));
        assertEquals(DecodeError.UNKNOWN_ICMP_CODE, Decoding.error(frame));
        decoding.ethernet(PacketBuilder.ethernet().ipv4(A, B).icmp(99, 0, 1));
        assertEquals(DecodeError.UNKNOWN_ICMP_TYPE, Decoding.error(frame));
    }

    @Test
    void shouldPassWhatSwitchesPutInFrontOfAPacket() {
        final byte[] ip = PacketBuilder.raw().ipv4(A, B).udp(1, 2).payload("x").build();
        final String addresses = "0200000000010200000000028";
        final byte[] inner = PacketBuilder.ethernet().ipv4(A, B).udp(1, 2).payload("x").build();
        for (final byte[] tagged : List.of(
            joined(addresses + "94f" + "0002020100000102", ip),
            joined(addresses + "94f" + "00030204000001020000000a" + "0002020100000102", ip),
            joined(addresses + "94f" + "0002020300000102", inner),
            joined(addresses + "93f" + "0102030405060800", ip),
            joined(addresses + "926" + "010203040800", ip),
            joined(addresses + "903" + "0102", inner))) {
            final Frame frame = decoding.cut(LinkType.ETHERNET, tagged, tagged.length);
            assertEquals(DecodeError.NONE, Decoding.error(frame));
            assertEquals("192.0.2.1 1 > 198.51.100.2 2", Decoding.tuple(frame));
        }
        final byte[] lies = joined(addresses + "94f" + "003f020100000102", ip);
        assertEquals(DecodeError.TRUNCATED_NSH,
            Decoding.error(decoding.cut(LinkType.ETHERNET, lies, lies.length)));
    }

    private static byte[] joined(final String head, final byte[] rest) {
        final byte[] front = HexFormat.of().parseHex(head);
        final byte[] all = Arrays.copyOf(front, front.length + rest.length);
        System.arraycopy(rest, 0, all, front.length, rest.length);
        return all;
    }

    @Test
    void shouldNameTheDamageOfIpHeaders() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).force(0, 1, 0x44).udp(1, 2));
        assertEquals(DecodeError.BAD_IPV4_HEADER_LENGTH, Decoding.error(frame));
        assertFalse(frame.hasFlow());
        decoding.ethernet(PacketBuilder.ethernet().ipv4(A, B).force(0, 1, 0x65).udp(1, 2));
        assertEquals(DecodeError.BAD_IPV4_VERSION, Decoding.error(frame));
        decoding.raw(PacketBuilder.raw().ipv4(A, B).ipLength(19).udp(1, 2));
        assertEquals(DecodeError.BAD_IPV4_TOTAL_LENGTH, Decoding.error(frame));
        assertTrue(frame.hasFlow());
        assertEquals(0, frame.payloadLength);
    }

    @Test
    void shouldTellWhereTheDataOfAFragmentLie() {
        final Frame frame = decoding.cut(LinkType.RAW, PacketBuilder.raw().ipv4(A, B).options((byte) 1)
            .fragment(7, 0, true).udp(1, 2).payload(32).build(), 50);
        assertEquals(24, frame.fragmentDataOffset);
        assertEquals(26, frame.fragmentDataLength);
        assertEquals(14, frame.fragmentDataMissing);
        decoding.raw(PacketBuilder.raw().ipv6(A6, B6).extension(LayerType.IPV6_DESTINATION, new byte[6])
            .ipv6Fragment(1, 0, true).extension(LayerType.IPV6_ROUTING, new byte[6]).udp(1, 2).payload(8));
        assertEquals(56, frame.fragmentDataOffset);
        assertEquals(24, frame.fragmentDataLength);
        assertEquals(0, frame.fragmentDataMissing);
    }

    @Test
    void shouldLeaveAFragmentInsideAFragmentUntilTheOuterOneIsWhole() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv6(A6, B6).ipv6Fragment(1, 0, true)
            .ipv6Fragment(2, 0, false).udp(1, 2).payload(8));
        assertTrue(frame.moreFragments);
        assertEquals(1, frame.fragmentId);
        assertEquals(0, frame.lowerPort);
        assertTrue(Decoder.isFlowBelow(frame));
    }

    @Test
    void shouldTellFragmentsApart() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).fragment(7, 0, true).udp(1, 2)
            .force(4, 2, 4000).payload(16));
        assertEquals("IPv4 UDP", Decoding.layers(frame));
        assertEquals("192.0.2.1 1 > 198.51.100.2 2", Decoding.tuple(frame));
        assertTrue(frame.moreFragments);
        assertEquals(7, frame.fragmentId);
        decoding.raw(PacketBuilder.raw().ipv4(A, B).fragment(7, 24, false).protocol(17).payload(16));
        assertEquals("IPv4 Fragment", Decoding.layers(frame));
        assertEquals("192.0.2.1 0 > 198.51.100.2 0", Decoding.tuple(frame));
        assertEquals(24, frame.fragmentOffset);
        assertEquals(20, frame.transportOffset);
        assertEquals(16, frame.payloadLength);
        assertEquals(17, frame.protocol);
        decoding.raw(PacketBuilder.raw().ipv6(A6, B6).ipv6Fragment(0x8000_0001, 1480, true).force(0, 1, 17).payload(8));
        assertEquals("IPv6 IPv6Fragment Fragment", Decoding.layers(frame));
        assertEquals(1480, frame.fragmentOffset);
        assertEquals(0x8000_0001, frame.fragmentId);
        assertEquals(48, frame.transportOffset);
    }

    @Test
    void shouldSkipAllExtensionHeaders() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv6(A6, B6)
            .extension(LayerType.IPV6_HOP_BY_HOP, new byte[6]).extension(LayerType.IPV6_DESTINATION, new byte[14])
            .extension(LayerType.IPV6_ROUTING, new byte[6]).ipv6Fragment(1, 0, false).ah(1, 2)
            .extension(LayerType.IPV6_MOBILITY, new byte[6]).extension(LayerType.HIP, new byte[6])
            .extension(LayerType.SHIM6, new byte[6]).tcp(5, 6).payload("z"));
        assertEquals("IPv6 IPv6HopByHop IPv6Destination IPv6Routing IPv6Fragment AH IPv6Mobility HIP Shim6 TCP",
            Decoding.layers(frame));
        assertEquals("2001:db8::1 5 > 2001:db8::ffff:2 6", Decoding.tuple(frame));
        assertEquals(1, frame.payloadLength);
        assertFalse(frame.moreFragments);
    }

    @Test
    void shouldMakeOneFlowOfAQueryAndItsReply() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).icmp(8, 0, 0x1234_0001).payload(8));
        assertEquals("192.0.2.1 4660 > 198.51.100.2 4660", Decoding.tuple(frame));
        assertEquals(8, frame.icmpType);
        decoding.raw(PacketBuilder.raw().ipv4(A, B).icmp(3, 1, 0x1234_0001).payload(28));
        assertEquals("192.0.2.1 0 > 198.51.100.2 0", Decoding.tuple(frame));
        assertEquals(3, frame.icmpType);
        assertEquals(1, frame.icmpCode);
        decoding.raw(PacketBuilder.raw().ipv6(A6, B6).icmpv6(129, 0, 0x1234_0001).payload(8));
        assertEquals("2001:db8::1 4660 > 2001:db8::ffff:2 4660", Decoding.tuple(frame));
    }
}
