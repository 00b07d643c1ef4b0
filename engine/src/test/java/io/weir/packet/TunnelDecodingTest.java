package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TunnelDecodingTest {
    private static final String A = "192.0.2.1";
    private static final String B = "198.51.100.2";
    private static final String C = "203.0.113.3";
    private static final String D = "203.0.113.4";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";
    private static final String INNER = "203.0.113.3 1234 > 203.0.113.4 80";
    private static final String INNER6 = "2001:db8::1 1234 > 2001:db8::2 80";

    private final Decoding decoding = new Decoding();

    @AfterEach
    void close() {
        decoding.close();
    }

    @Test
    void shouldLookThroughIpInIp() {
        check(b -> b.ipv4(A, B), "IPv4 IPv4 TCP", 0, TunnelType.IPIP);
        check(b -> b.ipv6(A6, B6), "IPv6 IPv4 TCP", 0, TunnelType.IP_IN_SIX);
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).ipv6(A6, B6).tcp(1234, 80).payload("x"));
        assertEquals("IPv4 IPv6 TCP", Decoding.layers(frame));
        assertEquals(INNER6, Decoding.tuple(frame));
        assertEquals(TunnelType.SIX_IN_FOUR.ordinal(), frame.tunnels);
        assertEquals(6, frame.ipVersion);
        assertEquals(20, frame.ipOffset);
        assertEquals(0, frame.outerIpOffset);
    }

    @Test
    void shouldLookThroughGre() {
        check(b -> b.ipv4(A, B).gre(), "IPv4 GRE IPv4 TCP", 0, TunnelType.GRE);
        check(b -> b.ipv4(A, B).gre(0xcafe, 9), "IPv4 GRE IPv4 TCP", 0xcafe, TunnelType.GRE);
        check(b -> b.ipv6(A6, B6).gre(77, 9).innerEthernet(), "IPv6 GRE Ethernet IPv4 TCP", 77, TunnelType.GRE);
        check(b -> b.ipv4(A, B).pptp(5, 1).ppp(), "IPv4 GRE PPP IPv4 TCP", 5, TunnelType.PPTP);
        check(b -> b.ipv4(A, B).layer(LayerType.GRE, (byte) 0x40, (byte) 0, (byte) 8, (byte) 0, (byte) 0, (byte) 0,
            (byte) 0, (byte) 0, (byte) 8, (byte) 0, (byte) 0, (byte) 4, (byte) 1, (byte) 2, (byte) 3, (byte) 4,
            (byte) 0, (byte) 0, (byte) 0, (byte) 0), "IPv4 GRE IPv4 TCP", 0, TunnelType.GRE);
    }

    @Test
    void shouldLookThroughGreOfAccessPoints() {
        final HexFormat hex = HexFormat.of();
        final byte[] data = hex.parseHex("08010000020000000001020000000002020000000003807d" + "aaaa030000000800");
        final byte[] qos = hex.parseHex("88010000020000000001020000000002020000000003807d0000" + "aaaa030000000800");
        check(b -> b.ipv4(A, B).gre().etherType(0x8200).payload(data), "IPv4 GRE Dot11 LLC SNAP IPv4 TCP", 0,
            TunnelType.GRE);
        check(b -> b.ipv4(A, B).gre().etherType(0x8230).payload(qos), "IPv4 GRE Dot11 LLC SNAP IPv4 TCP", 0,
            TunnelType.GRE);
        check(b -> b.ipv4(A, B).gre(7, 1).etherType(0x8210).innerEthernet(), "IPv4 GRE Ethernet IPv4 TCP", 7,
            TunnelType.GRE);
    }

    @Test
    void shouldNotLookThroughGreOfAccessPointsThatIsNoPlainData() {
        // encrypted, without data, aggregate, of another type
        greOfAccessPoints(0x8200, "0841", "");
        greOfAccessPoints(0x8200, "4801", "");
        greOfAccessPoints(0x8200, "8801", "8000");
        greOfAccessPoints(0x8300, "0801", "");
    }

    private void greOfAccessPoints(final int type, final String control, final String quality) {
        final byte[] header = HexFormat.of().parseHex(control + "0000020000000001020000000002020000000003807d"
            + quality + "aaaa030000000800");
        assertEquals("IPv4 GRE", Decoding.layers(decoding.raw(PacketBuilder.raw().ipv4(A, B).gre().etherType(type)
            .payload(header).ipv4(C, D).tcp(1234, 80))));
    }

    @Test
    void shouldLookWhereTheKindsSay() {
        final Set<Integer> protocols = new TreeSet<>();
        final Set<Integer> ports = new TreeSet<>();
        for (final TunnelType type : TunnelType.values()) {
            Arrays.stream(type.ipProtocols()).forEach(protocols::add);
            Arrays.stream(type.udpPorts()).forEach(ports::add);
            assertEquals(type == TunnelType.NONE, type.ipProtocols().length + type.udpPorts().length == 0);
        }
        assertEquals(protocols,
            IntStream.range(0, 256).filter(TunnelDecoder::isTunnel).boxed().collect(Collectors.toSet()));
        // SCTP behind UDP is no tunnel: the addresses stay.
        ports.add(UdpTunnelDecoder.SCTP_PORT);
        assertEquals(ports, IntStream.range(0, 65_536).filter(port -> UdpTunnelDecoder.isTunnelPort(1, port)).boxed()
            .collect(Collectors.toSet()));
    }

    @Test
    void shouldLookThroughAyiya() {
        final byte[] signed = Arrays.copyOf(HexFormat.of().parseHex("415211294af64bfd"), 44);
        final byte[] heartbeat = Arrays.copyOf(HexFormat.of().parseHex("415210294af64bfd"), 44);
        for (final int source : new int[] {5072, 50000}) {
            final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(source, source ^ 5072 ^ 50000)
                .payload(signed).ipv6(A6, B6).tcp(1234, 80));
            assertEquals("IPv4 UDP IPv6 TCP", Decoding.layers(frame));
            assertEquals(TunnelType.AYIYA.ordinal(), frame.tunnels);
            assertEquals("IPv4 UDP", Decoding.layers(decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(50000, 5072)
                .payload(heartbeat).ipv6(A6, B6).tcp(1234, 80))));
        }
    }

    @Test
    void shouldLookThroughErspan() {
        check(b -> b.ipv4(A, B).gre().etherType(0x88be).innerEthernet(), "IPv4 GRE Ethernet IPv4 TCP", 0,
            TunnelType.ERSPAN);
        check(b -> b.ipv4(A, B).erspan2(300, 5).innerEthernet(), "IPv4 GRE ERSPAN Ethernet IPv4 TCP", 300,
            TunnelType.ERSPAN);
        check(b -> b.ipv4(A, B).erspan3(301, 5).innerEthernet(), "IPv4 GRE ERSPAN Ethernet IPv4 TCP", 301,
            TunnelType.ERSPAN);
    }

    @Test
    void shouldLookThroughOverlayNetworks() {
        check(b -> b.ipv4(A, B).udp(50000, 4789).vxlan(5000).innerEthernet(), "IPv4 UDP VXLAN Ethernet IPv4 TCP", 5000,
            TunnelType.VXLAN);
        check(b -> b.ipv4(A, B).udp(50000, 8472).vxlan(1).innerEthernet().vlan(9),
            "IPv4 UDP VXLAN Ethernet Dot1Q IPv4 TCP", 1, TunnelType.VXLAN);
        check(b -> b.ipv6(A6, B6).udp(50000, 4790).vxlanGpe(7), "IPv6 UDP VXLANGPE IPv4 TCP", 7, TunnelType.VXLAN);
        check(b -> b.ipv4(A, B).udp(50000, 6081).geneve(8, new byte[8]).innerEthernet(),
            "IPv4 UDP Geneve Ethernet IPv4 TCP", 8, TunnelType.GENEVE);
        check(b -> b.ipv4(A, B).udp(50000, 6081).geneve(8), "IPv4 UDP Geneve IPv4 TCP", 8, TunnelType.GENEVE);
    }

    @Test
    void shouldLookThroughLisp() {
        check(b -> b.ipv4(A, B).udp(50000, 4341).lisp(9), "IPv4 UDP LISP IPv4 TCP", 9, TunnelType.LISP);
        check(b -> b.ipv6(A6, B6).udp(50000, 4341).payload(HexFormat.of().parseHex("4000000000000001")),
            "IPv6 UDP LISP IPv4 TCP", 0, TunnelType.LISP);
        final HexFormat hex = HexFormat.of();
        for (final String header : List.of("9012345600000000", "2012345600000000", "0412345600000000")) {
            check(b -> b.ipv4(A, B).udp(50000, 4341).payload(hex.parseHex(header)), "IPv4 UDP LISP IPv4 TCP", 0,
                TunnelType.LISP);
        }
        for (final String header : List.of("8912345600000900", "80123456")) {
            outside(b -> b.ipv4(A, B).udp(50000, 4341).payload(hex.parseHex(header)).ipv4(C, D).tcp(1234, 80));
        }
        outside(b -> b.ipv4(A, B).udp(50000, 4341).lisp(9).payload(new byte[40]));
        outside(b -> b.ipv4(A, B).udp(4341, 50000).lisp(9).ipv4(C, D).tcp(1234, 80));
    }

    @Test
    void shouldFindSctpBehindUdp() {
        final byte[] chunks = HexFormat.of().parseHex("0b000004" + "00030011 00000001 00000002 00000003 61000000"
            .replace(" ", ""));
        for (final int source : new int[] {9899, 50000}) {
            final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(source, source ^ 9899 ^ 50000)
                .sctp(36412, 36422, 7).payload(chunks));
            assertEquals("IPv4 UDP SCTP", Decoding.layers(frame));
            assertEquals(A + " 36412 > " + B + " 36422", Decoding.tuple(frame));
            assertEquals(132, frame.protocol);
            assertEquals(28, frame.transportOffset);
            assertEquals(chunks.length, frame.payloadLength);
            assertEquals(0, frame.tunnels);
        }
        for (final String bad : new String[] {"0b000003", "1f000004", "0b0000040003", "0b00000800"}) {
            outside(b -> b.ipv4(A, B).udp(50000, 9899).sctp(1, 2, 7).payload(HexFormat.of().parseHex(bad)));
        }
        outside(b -> b.ipv4(A, B).udp(50000, 9899).sctp(0, 2, 7).payload(chunks));
        outside(b -> b.ipv4(A, B).udp(50000, 50001).sctp(1, 2, 7).payload(chunks));
    }

    @Test
    void shouldNotCountInnerTags() {
        final Frame frame = decoding.ethernet(PacketBuilder.ethernet().vlan(3).ipv4(A, B).udp(50000, 4789).vxlan(1)
            .innerEthernet().vlan(9).ipv4(C, D).tcp(1234, 80));
        assertEquals(3, frame.vlanIds);
        assertEquals(1, frame.vlanCount);
        assertEquals(18, frame.outerIpOffset);
    }

    @Test
    void shouldLookThroughGtpU() {
        check(b -> b.ipv4(A, B).udp(2152, 2152).gtpu(0x1000_0001), "IPv4 UDP GTPv1U IPv4 TCP", 0x1000_0001,
            TunnelType.GTP_U);
        check(b -> b.ipv4(A, B).udp(2152, 40000).gtpu(2, 0x85, new byte[2]), "IPv4 UDP GTPv1U IPv4 TCP", 2,
            TunnelType.GTP_U);
    }

    @Test
    void shouldLookThroughL2tp() {
        check(b -> b.ipv4(A, B).udp(1701, 1701).l2tp(3, 4).pppFramed(), "IPv4 UDP L2TP PPP IPv4 TCP", 3 << 16 | 4,
            TunnelType.L2TP);
        check(b -> b.ipv4(A, B).udp(1701, 1701).l2tp3(true, 99).innerEthernet(), "IPv4 UDP L2TP Ethernet IPv4 TCP", 99,
            TunnelType.L2TP);
        check(b -> b.ipv4(A, B).l2tp3(false, 99).payload(new byte[4]).innerEthernet(), "IPv4 L2TP Ethernet IPv4 TCP",
            99, TunnelType.L2TP);
    }

    @Test
    void shouldLookThroughTeredo() {
        final String teredo = "2001:0:c000:201:0:1111:2222:3333";
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(50000, 3544).ipv6(teredo, B6)
            .tcp(1234, 80));
        assertEquals("IPv4 UDP IPv6 TCP", Decoding.layers(frame));
        assertEquals(TunnelType.TEREDO.ordinal(), frame.tunnels);
        decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(3544, 50000).teredoOrigin(1, C).ipv6(B6, teredo).tcp(1234, 80));
        assertEquals("IPv4 UDP Teredo IPv6 TCP", Decoding.layers(frame));
        assertEquals(TunnelType.TEREDO.ordinal(), frame.tunnels);
        decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(3544, 50000).ipv6(A6, B6).tcp(1234, 80));
        assertEquals("IPv4 UDP", Decoding.layers(frame));
    }

    @Test
    void shouldLookThroughEthernetAndMplsInIp() {
        check(b -> b.ipv4(A, B).etherIp().innerEthernet(), "IPv4 EtherIP Ethernet IPv4 TCP", 0, TunnelType.ETHER_IP);
        check(b -> b.ipv4(A, B).mpls(16, true), "IPv4 MPLS IPv4 TCP", 0, TunnelType.MPLS);
        check(b -> b.ipv4(A, B).udp(50000, 6635).mpls(16, true), "IPv4 UDP MPLS IPv4 TCP", 0, TunnelType.MPLS);
    }

    @Test
    void shouldStayOutsideWhereTheInnerHeaderDoesNotCheckOut() {
        outside(b -> b.ipv4(A, B).udp(50000, 4789).vxlan(1).innerEthernet().ipv4(C, D).ipLength(4000).tcp(1, 2));
        outside(b -> b.ipv4(A, B).udp(50000, 4789).vxlan(1).force(1, 3, 5).innerEthernet().ipv4(C, D).tcp(1, 2));
        outside(b -> b.ipv4(A, B).udp(50000, 4789).vxlan(1).innerEthernet().etherType(0x1234).ipv4(C, D).tcp(1, 2));
        outside(b -> b.ipv4(A, B).udp(50000, 6081).geneve(1).force(1, 1, 1).ipv4(C, D).tcp(1, 2));
        outside(b -> b.ipv4(A, B).udp(50000, 2152).gtpu(1).force(1, 1, 0xfe).ipv4(C, D).tcp(1, 2));
        outside(b -> b.ipv4(A, B).udp(50000, 2152).gtpu(1).ipv4(C, D).force(0, 1, 0x44).tcp(1, 2));
        outside(b -> b.ipv4(A, B).udp(50000, 1701).l2tp(1, 1).force(0, 2, 0x4012).ppp().ipv4(C, D).tcp(1, 2));
        outside(b -> b.ipv4(A, B).udp(50000, 50001).vxlan(1).innerEthernet().ipv4(C, D).tcp(1, 2));
    }

    @Test
    void shouldKeepTheOuterFlowOfATunnelWithoutInnerIp() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(50000, 4789).vxlan(6).innerEthernet()
            .arp(1, C, D));
        assertEquals("IPv4 UDP VXLAN Ethernet ARP", Decoding.layers(frame));
        assertEquals("192.0.2.1 50000 > 198.51.100.2 4789", Decoding.tuple(frame));
        assertEquals(0, frame.tunnels);
        assertEquals(0, frame.tunnelId);
        assertEquals(28, frame.payloadOffset);
    }

    @Test
    void shouldNotEnterATunnelInAFragment() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).fragment(1, 0, true).ipv4(C, D).tcp(1, 2));
        assertEquals("IPv4", Decoding.layers(frame));
        assertEquals(4, frame.protocol);
        assertFalse(frame.tunnels != 0);
    }

    @Test
    void shouldStopAtTheNinthTunnel() {
        PacketBuilder builder = PacketBuilder.raw();
        for (int i = 0; i < 10; i++) {
            builder = builder.ipv4(A, B);
        }
        final Frame frame = decoding.raw(builder.tcp(1, 2));
        assertEquals(DecodeError.TOO_MANY_TUNNELS, Decoding.error(frame));
        assertEquals(9, frame.layerCount);
        assertEquals(4, frame.protocol);
        assertEquals(0x4444_4444 / 4 * TunnelType.IPIP.ordinal(), frame.tunnels);
    }

    @Test
    void shouldListNestedTunnelsFromOuterToInner() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).gre(5, 1).ipv4(A, B).udp(1, 4789).vxlan(6)
            .innerEthernet().ipv4(A, B).ipv6(A6, B6).tcp(1234, 80));
        assertEquals(INNER6, Decoding.tuple(frame));
        assertEquals(TunnelType.GRE.ordinal() | TunnelType.VXLAN.ordinal() << 4 | TunnelType.SIX_IN_FOUR.ordinal() << 8,
            frame.tunnels);
        assertEquals(6, frame.tunnelId);
    }

    @Test
    void shouldNotLeaveTcpFieldsOfAnOuterPacketInAnInnerOne() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(5, 2152).gtpu(1).ipv4(C, D).icmp(3, 3, 0));
        assertEquals("203.0.113.3 0 > 203.0.113.4 0", Decoding.tuple(frame));
        assertEquals(0, frame.lowerPort);
    }

    private void check(final UnaryOperator<PacketBuilder> outer, final String layers, final int id,
        final TunnelType type) {
        final Frame frame = decoding.raw(outer.apply(PacketBuilder.raw()).ipv4(C, D).tcp(1234, 80).payload("x"));
        assertEquals(layers, Decoding.layers(frame));
        assertEquals(INNER, Decoding.tuple(frame));
        assertEquals(id, frame.tunnelId);
        assertEquals(type.ordinal(), frame.tunnels);
        assertEquals(1, frame.payloadLength);
        assertEquals(DecodeError.NONE, Decoding.error(frame));
    }

    private void outside(final UnaryOperator<PacketBuilder> packet) {
        final Frame frame = decoding.raw(packet.apply(PacketBuilder.raw()));
        assertEquals("IPv4 UDP", Decoding.layers(frame));
        assertEquals(0, frame.tunnels);
        assertEquals(0, frame.tunnelId);
        assertEquals(0, frame.ipOffset);
        assertEquals(17, frame.protocol);
    }
}
