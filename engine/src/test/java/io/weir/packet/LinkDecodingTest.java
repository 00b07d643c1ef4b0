package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkDecodingTest {
    private static final String A = "192.0.2.1";
    private static final String B = "198.51.100.2";
    private static final String TUPLE = "192.0.2.1 1 > 198.51.100.2 2";
    private static final String SNAP = "aaaa030000000800";
    private static final String ADDRESSES = "020000000001" + "020000000002" + "020000000003";

    private final Decoding decoding = new Decoding();

    @AfterEach
    void close() {
        decoding.close();
    }

    @Test
    void shouldDecodeRawIpUnderAllItsNumbers() {
        for (final int type : new int[] {12, 14, 101, 228}) {
            check(type, "", "IPv4 UDP");
        }
        final byte[] six = PacketBuilder.raw().ipv6("2001:db8::1", "2001:db8::2").udp(1, 2).build();
        for (final int type : new int[] {12, 14, 101, 229}) {
            assertEquals("IPv6 UDP", Decoding.layers(decoding.decode(type, six)));
        }
    }

    @Test
    void shouldDecodeLoopbackInBothByteOrders() {
        for (final int family : new int[] {10, 24, 28, 30}) {
            for (final boolean little : new boolean[] {true, false}) {
                final Frame frame = decoding.decode(LinkType.NULL, PacketBuilder.loopback(family, little)
                    .ipv6("2001:db8::1", "2001:db8::2").udp(1, 2).build());
                assertEquals("Loopback IPv6 UDP", Decoding.layers(frame));
            }
        }
        check(LinkType.NULL, "02000000", "Loopback IPv4 UDP");
        check(LinkType.NULL, "00000002", "Loopback IPv4 UDP");
        check(LinkType.LOOP, "00000002", "Loopback IPv4 UDP");
        check(LinkType.NULL, "0f000800", "Loopback IPv4 UDP");
        nothing(LinkType.NULL, "0f0086dd", "Loopback", DecodeError.NONE);
        nothing(LinkType.NULL, "07000000", "Loopback", DecodeError.NONE);
        nothing(LinkType.NULL, "020000", "", DecodeError.TRUNCATED_LINK);
    }

    @Test
    void shouldLookBehindSecurityGroupTags() {
        final String hosts = "020000000001020000000002";
        final String tag = "8909010100010002";
        check(LinkType.ETHERNET, hosts + tag + "0800", "Ethernet IPv4 UDP");
        check(LinkType.ETHERNET, hosts + "81000007" + tag + "0800", "Ethernet Dot1Q IPv4 UDP");
        nothing(LinkType.ETHERNET, hosts + tag + "08", "Ethernet", DecodeError.NONE);
        nothing(LinkType.ETHERNET, hosts + tag + tag + "0800", "Ethernet", DecodeError.NONE);
    }

    @Test
    void shouldDecodeLinuxCooked() {
        check(LinkType.LINUX_SLL, "00000001000602000000000100000800", "LinuxSLL IPv4 UDP");
        check(LinkType.LINUX_SLL, "0000000100060200000000010000" + "8100" + "00070800", "LinuxSLL Dot1Q IPv4 UDP");
        check(LinkType.LINUX_SLL2, "0800" + "0000" + "00000001" + "0001" + "00" + "06" + "0200000000010000",
            "LinuxSLL2 IPv4 UDP");
        final Frame frame = decoding.decode(LinkType.LINUX_SLL2, PacketBuilder.linuxCooked2().ipv4(A, B).udp(1, 2)
            .build());
        assertEquals(TUPLE, Decoding.tuple(frame));
        decoding.decode(LinkType.LINUX_SLL, PacketBuilder.linuxCooked().ipv4(A, B).udp(1, 2).build());
        assertEquals(TUPLE, Decoding.tuple(frame));
    }

    @Test
    void shouldDecodePppInAllItsForms() {
        check(LinkType.PPP, "ff030021", "PPP IPv4 UDP");
        check(LinkType.PPP, "0021", "PPP IPv4 UDP");
        check(LinkType.PPP, "21", "PPP IPv4 UDP");
        check(LinkType.PPP, "ff0321", "PPP IPv4 UDP");
        check(LinkType.PPP_HDLC, "ff030021", "PPP IPv4 UDP");
        check(LinkType.PPP_HDLC, "0f000800", "CiscoHDLC IPv4 UDP");
        check(LinkType.PPP_ETHER, "1100000700220021", "PPPoE PPP IPv4 UDP");
        nothing(LinkType.PPP, "ff03c021010100", "PPP", DecodeError.NONE);
        nothing(LinkType.PPP, "ff0300", "", DecodeError.TRUNCATED_PPP);
    }

    @Test
    void shouldDecodeCiscoHdlcAndFrameRelay() {
        check(LinkType.C_HDLC, "0f000800", "CiscoHDLC IPv4 UDP");
        check(LinkType.C_HDLC, "8f008100" + "00070800", "CiscoHDLC Dot1Q IPv4 UDP");
        check(LinkType.FRAME_RELAY, "184103cc", "FrameRelay IPv4 UDP");
        check(LinkType.FRAME_RELAY, "18410800", "FrameRelay IPv4 UDP");
        check(LinkType.FRAME_RELAY, "1841030080" + "0000000800", "FrameRelay SNAP IPv4 UDP");
    }

    @Test
    void shouldDecodeTagsInAllTheirForms() {
        final String macs = "020000000002" + "020000000001";
        final Frame frame = check(LinkType.ETHERNET, macs + "8100" + "200a" + "0800", "Ethernet Dot1Q IPv4 UDP");
        assertEquals(10, frame.vlanIds);
        for (final String outer : new String[] {"8100", "88a8", "9100"}) {
            check(LinkType.ETHERNET, macs + outer + "000b" + "8100" + "000a" + "0800", "Ethernet Dot1Q Dot1Q IPv4 UDP");
            assertEquals(0x000a_000b, frame.vlanIds);
            assertEquals(2, frame.vlanCount);
        }
        frame.flags = Frame.VLAN_STRIPPED;
        frame.strippedVlan = 0x8100_3005;
        check(LinkType.ETHERNET, macs + "8100" + "200a" + "0800", "Ethernet Dot1Q IPv4 UDP");
        assertEquals(0x000a_0005, frame.vlanIds);
        assertEquals(2, frame.vlanCount);
        nothing(LinkType.ETHERNET, macs + "8100" + "200a08", "Ethernet", DecodeError.TRUNCATED_VLAN);
    }

    @Test
    void shouldNotTakePriorityTagsForVlans() {
        final String macs = "020000000002" + "020000000001";
        final Frame frame = check(LinkType.ETHERNET, macs + "8100" + "a000" + "0800", "Ethernet Dot1Q IPv4 UDP");
        assertEquals(0, frame.vlanCount);
        check(LinkType.ETHERNET, macs + "88a8" + "a000" + "8100" + "0007" + "0800", "Ethernet Dot1Q Dot1Q IPv4 UDP");
        assertEquals(1, frame.vlanCount);
        assertEquals(7, frame.vlanIds);
        frame.flags = Frame.VLAN_STRIPPED;
        frame.strippedVlan = 0x8100_a000;
        check(LinkType.ETHERNET, macs + "0800", "Ethernet IPv4 UDP");
        assertEquals(0, frame.vlanCount);
    }

    @Test
    void shouldDecodeWhatCapturingSystemsWriteInFront() {
        final String packet = "08000100" + "00000300" + "05000a00" + "00000000";
        check(LinkType.NFLOG, "0200002a" + packet + "34000900", "NFLOG IPv4 UDP");
        check(LinkType.NFLOG, "0200002a" + "00080001" + "00000003" + "00340009", "NFLOG IPv4 UDP");
        nothing(LinkType.NFLOG, "0200002a" + "00000100", "NFLOG", DecodeError.NONE);
        nothing(LinkType.NFLOG, "0201002a" + packet + "34000900", "", DecodeError.NONE);
        nothing(LinkType.NFLOG, "0200", "", DecodeError.TRUNCATED_LINK);
        final String tap = "6c0000000100000001000000" + "00".repeat(96);
        final String macs = "020000000002" + "020000000001";
        check(LinkType.PKTAP, tap + macs + "0800", "PKTAP Ethernet IPv4 UDP");
        check(LinkType.USER_2, tap + macs + "0800", "PKTAP Ethernet IPv4 UDP");
        nothing(LinkType.USER_2, "07000000" + tap, "", DecodeError.UNKNOWN_LINK_TYPE);
        nothing(LinkType.PKTAP, tap.replace("0100000001000000", "0100000002010000"), "", DecodeError.TRUNCATED_LINK);
    }

    @Test
    void shouldDecodeArcnet() {
        check(LinkType.ARCNET_LINUX, "be50a8e7d4000166", "ARCnet IPv4 UDP");
        check(LinkType.ARCNET_LINUX, "be50a8e7f0", "ARCnet IPv4 UDP");
        check(LinkType.ARCNET_BSD, "be50d4000166", "ARCnet IPv4 UDP");
        nothing(LinkType.ARCNET_LINUX, "be50a8e7d4030166", "ARCnet", DecodeError.NONE);
        nothing(LinkType.ARCNET_LINUX, "be50a8", "", DecodeError.TRUNCATED_LINK);
    }

    @Test
    void shouldDecodeMplsByWhatFollows() {
        final String macs = "020000000002" + "020000000001";
        check(LinkType.ETHERNET, macs + "8847" + "00010040" + "00011140", "Ethernet MPLS MPLS IPv4 UDP");
        check(LinkType.ETHERNET, macs + "8847" + "00011140" + macs + "0800", "Ethernet MPLS Ethernet IPv4 UDP");
        check(LinkType.ETHERNET, macs + "8847" + "00011140" + "00000001" + macs + "0800",
            "Ethernet MPLS PWControlWord Ethernet IPv4 UDP");
        nothing(LinkType.ETHERNET, macs + "8847" + "00010040", "Ethernet MPLS", DecodeError.TRUNCATED_MPLS);
    }

    @Test
    void shouldDecodePppoeAndLlc() {
        final String macs = "020000000002" + "020000000001";
        check(LinkType.ETHERNET, macs + "8864" + "110000070022" + "0021", "Ethernet PPPoE PPP IPv4 UDP");
        nothing(LinkType.ETHERNET, macs + "8863" + "110900000004" + "01010000", "Ethernet PPPoE", DecodeError.NONE);
        nothing(LinkType.ETHERNET, macs + "8864" + "210000070022" + "0021", "Ethernet", DecodeError.BAD_PPPOE);
        check(LinkType.ETHERNET, macs + "0024" + SNAP, "Ethernet LLC SNAP IPv4 UDP");
        nothing(LinkType.ETHERNET, macs + "0007" + "42420300000000", "Ethernet LLC", DecodeError.NONE);
        final Frame frame = decoding.ethernet(PacketBuilder.ethernet().snap(0).ipv4(A, B).udp(1, 2).padTo(60));
        assertEquals("Ethernet LLC SNAP IPv4 UDP", Decoding.layers(frame));
        assertEquals(0, frame.payloadLength);
    }

    @Test
    void shouldDecodeArp() {
        final Frame frame = decoding.ethernet(PacketBuilder.ethernet().arp(1, A, B).padTo(60));
        assertEquals("Ethernet ARP", Decoding.layers(frame));
        assertFalse(frame.hasFlow());
        nothing(LinkType.ETHERNET, "020000000002" + "020000000001" + "0806" + "0001080006040001", "Ethernet",
            DecodeError.TRUNCATED_ARP);
    }

    @Test
    void shouldFindIpInUnprotectedWirelessData() {
        final String sequence = "1000";
        check(105, "0801" + "0000" + ADDRESSES + sequence + SNAP, "Dot11 LLC SNAP IPv4 UDP");
        // four addresses, QoS, HT control
        check(105, "8883" + "0000" + ADDRESSES + sequence + "020000000004" + "0000" + "00000000" + SNAP,
            "Dot11 LLC SNAP IPv4 UDP");
        // an aggregate of subframes
        check(105, "8801" + "0000" + ADDRESSES + sequence + "8000" + "020000000004" + "020000000005" + "0024" + SNAP,
            "Dot11 Dot11AMSDU LLC SNAP IPv4 UDP");
        check(127, "00000800" + "00000000" + "0801" + "0000" + ADDRESSES + sequence + SNAP,
            "RadioTap Dot11 LLC SNAP IPv4 UDP");
        // radiotap with two presence words, time stamp and flags that announce padding behind the 802.11 header
        check(127, "00001a00" + "03000080" + "00000000" + "00000000" + "0011223344556677" + "20" + "00"
            + "8801" + "0000" + ADDRESSES + sequence + "0000" + "0000" + SNAP, "RadioTap Dot11 LLC SNAP IPv4 UDP");
        check(192, "00000800" + "69000000" + "0801" + "0000" + ADDRESSES + sequence + SNAP,
            "PPI Dot11 LLC SNAP IPv4 UDP");
    }

    @Test
    void shouldLeaveOtherWirelessFramesAlone() {
        nothing(105, "0841" + "0000" + ADDRESSES + "1000" + "0102030405", "Dot11", DecodeError.NONE);
        nothing(105, "4801" + "0000" + ADDRESSES + "1000", "Dot11", DecodeError.NONE);
        nothing(105, "8000" + "0000" + ADDRESSES + "1000" + "0000000000000000", "Dot11", DecodeError.NONE);
        nothing(105, "d400" + "0000" + "020000000001", "Dot11", DecodeError.NONE);
        nothing(105, "d4000000", "", DecodeError.TRUNCATED_DOT11);
        nothing(127, "0000ff0000000000", "", DecodeError.TRUNCATED_RADIO);
        nothing(127, "0100080000000000", "", DecodeError.BAD_RADIO);
    }

    @Test
    void shouldNameALinkTypeItDoesNotKnow() {
        nothing(147, "0102", "", DecodeError.UNKNOWN_LINK_TYPE);
        decoding.frame.capturedLength = -1;
        decoding.frame.linkType = LinkType.ETHERNET;
        new Decoder().decode(decoding.frame);
        assertEquals(DecodeError.NEGATIVE_LENGTH, Decoding.error(decoding.frame));
    }

    private Frame check(final int linkType, final String header, final String layers) {
        final String packet = HexFormat.of().formatHex(PacketBuilder.raw().ipv4(A, B).udp(1, 2).build());
        final Frame frame = decoding.decode(linkType, HexFormat.of().parseHex(header + packet));
        assertEquals(layers, Decoding.layers(frame));
        assertEquals(TUPLE, Decoding.tuple(frame));
        assertEquals(DecodeError.NONE, Decoding.error(frame));
        return frame;
    }

    private void nothing(final int linkType, final String bytes, final String layers, final DecodeError error) {
        final Frame frame = decoding.decode(linkType, HexFormat.of().parseHex(bytes));
        assertEquals(layers, Decoding.layers(frame));
        assertEquals(error, Decoding.error(frame));
        assertFalse(frame.hasFlow());
    }
}
