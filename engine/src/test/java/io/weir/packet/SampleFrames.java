package io.weir.packet;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One whole frame of every kind the decoder knows. */
public final class SampleFrames {
    private static final String A = "192.0.2.1";
    private static final String B = "198.51.100.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";
    private static final String TEREDO = "2001:0:c000:201::1";

    private static final String DATA = "8801" + "0000" + "020000000001" + "020000000002" + "020000000003" + "1000"
        + "0000" + "aaaa030000000800";

    private SampleFrames() {
    }

    /** The frames. */
    public static List<byte[]> all() {
        final List<byte[]> frames = new ArrayList<>();
        for (final Sample sample : samples()) {
            frames.add(sample.bytes);
        }
        return frames;
    }

    /** The link types of {@link #all}. */
    public static int[] linkTypes() {
        return samples().stream().mapToInt(sample -> sample.linkType).toArray();
    }

    private static List<Sample> samples() {
        final List<Sample> samples = new ArrayList<>();
        for (final PacketBuilder packet : ethernet()) {
            samples.add(new Sample(LinkType.ETHERNET, packet.build()));
        }
        for (final PacketBuilder packet : raw()) {
            samples.add(new Sample(LinkType.RAW, packet.build()));
        }
        samples.add(new Sample(LinkType.LINUX_SLL, PacketBuilder.linuxCooked().ipv4(A, B).udp(1, 2).build()));
        samples.add(new Sample(LinkType.LINUX_SLL2, PacketBuilder.linuxCooked2().ipv4(A, B).udp(1, 2).build()));
        samples.add(new Sample(LinkType.NULL, PacketBuilder.loopback(2, true).ipv4(A, B).udp(1, 2).build()));
        samples.add(new Sample(LinkType.PPP, PacketBuilder.raw().pppFramed().ipv4(A, B).udp(1, 2).build()));
        samples.add(new Sample(LinkType.C_HDLC, PacketBuilder.raw().ciscoHdlc().ipv4(A, B).udp(1, 2).build()));
        wireless(samples, 105, "");
        wireless(samples, 127, "00001200030000000011223344556677" + "0000");
        return samples;
    }

    private static void wireless(final List<Sample> samples, final int linkType, final String header) {
        samples.add(new Sample(linkType, PacketBuilder.raw().payload(HexFormat.of().parseHex(header + DATA))
            .ipv4(A, B).udp(1, 2).build()));
    }

    private static List<PacketBuilder> ethernet() {
        return List.of(
            PacketBuilder.ethernet().ipv4(A, B).tcp(1, 2).options((byte) 2, (byte) 4, (byte) 5, (byte) 0xb4).payload(9),
            PacketBuilder.ethernet().ipv4(A, B).udp(1, 2).payload(20).padTo(100),
            PacketBuilder.ethernet().ipv4(A, A).tcp(2, 1).payload(9),
            PacketBuilder.ethernet().ipv6(A6, B6).tcp(1, 2).options(new byte[8]).payload(9),
            PacketBuilder.ethernet().ipv6(B6, A6).udp(1, 2).payload(20).padTo(100),
            PacketBuilder.ethernet().ipv6(A6, A6).udp(2, 1),
            PacketBuilder.ethernet().ipv4(A, B).options(new byte[8]).udp(1, 2).payload(20).padTo(100),
            PacketBuilder.ethernet().vlan(1, 0x88a8).vlan(2).ipv6(A6, B6).tcp(1, 2).payload(3),
            PacketBuilder.ethernet().mpls(1, false).mpls(2, true).ipv4(A, B).udp(1, 2),
            PacketBuilder.ethernet().mpls(2, true).controlWord().innerEthernet().vlan(2).ipv4(A, B).udp(1, 2),
            PacketBuilder.ethernet().pppoe(3).ppp().ipv6(A6, B6).udp(1, 2),
            PacketBuilder.ethernet().snap(0).ipv4(A, B).udp(1, 2));
    }

    private static List<PacketBuilder> raw() {
        return List.of(
            PacketBuilder.raw().ipv4(A, B).fragment(1, 0, true).udp(1, 2).payload(16),
            PacketBuilder.raw().ipv4(A, B).fragment(1, 24, false).protocol(17).payload(16),
            PacketBuilder.raw().ipv4(A, B).icmp(8, 0, 1),
            PacketBuilder.raw().ipv4(A, B).igmp(0x16, "224.0.0.251"),
            PacketBuilder.raw().ipv4(A, B).ah(1, 2).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).esp(1, 2).payload(30),
            PacketBuilder.raw().ipv4(A, B).sctp(1, 2, 3).payload(16),
            PacketBuilder.raw().ipv4(A, B).udpLite(1, 2, 8).payload(16),
            PacketBuilder.raw().ipv6(A6, B6).jumbo(8 + 20).tcp(1, 2),
            PacketBuilder.raw().ipv6(A6, B6).extension(LayerType.IPV6_ROUTING, new byte[22])
                .extension(LayerType.IPV6_DESTINATION, new byte[6]).ipv6Fragment(1, 0, false).ah(1, 2)
                .extension(LayerType.IPV6_MOBILITY, new byte[6]).udp(1, 2),
            PacketBuilder.raw().ipv6(A6, B6).icmpv6(128, 0, 1),
            PacketBuilder.raw().ipv4(A, B).gre(1, 2).ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).pptp(1, 2).ppp().ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).erspan2(1, 2).innerEthernet().ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).erspan3(1, 2).innerEthernet().ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).ipv6(A6, B6).ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).udp(1, 4789).vxlan(1).innerEthernet().vlan(2).ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).udp(1, 4790).vxlanGpe(1).ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).udp(1, 6081).geneve(1, new byte[8]).innerEthernet().ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).udp(1, 2152).gtpu(1, 0x85, new byte[2]).ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).udp(1, 1701).l2tp(1, 2).pppFramed().ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).udp(1, 1701).l2tp3(true, 2).innerEthernet().ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).l2tp3(false, 2).innerEthernet().ipv4(A, B).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).udp(1, 3544).teredoOrigin(1, A).ipv6(TEREDO, B6).udp(1, 2),
            PacketBuilder.raw().ipv4(A, B).etherIp().innerEthernet().ipv4(A, B).udp(1, 2));
    }

    private static final class Sample {
        private final int linkType;
        private final byte[] bytes;

        private Sample(final int linkType, final byte[] bytes) {
            this.linkType = linkType;
            this.bytes = bytes;
        }
    }
}
