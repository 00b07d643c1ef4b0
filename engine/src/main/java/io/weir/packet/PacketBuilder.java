package io.weir.packet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Builds packets layer by layer, written as they are read:
 * <pre>{@code
 * PacketBuilder.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02").vlan(77)
 *     .ipv4("192.0.2.1", "198.51.100.2").tcp(1234, 80).seq(1).ack(2).flags(TcpFlags.ACK).payload("GET /").build();
 * }</pre>
 *
 * <p>Every layer begins behind the one named before it. Numbers of the next protocol, lengths and checksums are filled
 * in by {@link #build()}. Whatever is set with {@link #force} stays as it was set, so that damaged packets can be
 * built;
 * checksums are computed over the damage unless they are forced too. A field setter ({@link #seq}, {@link #ttl}, ...)
 * speaks of the last layer that has the field. Not for the packet path: it allocates. Not safe for several threads.
 */
public final class PacketBuilder {
    private static final String SOURCE_MAC = "02:00:00:00:00:01";
    private static final String DESTINATION_MAC = "02:00:00:00:00:02";

    private final List<BuiltLayer> layers = new ArrayList<>();
    private byte[] trailer = new byte[0];
    private int minimumLength;

    private PacketBuilder() {
    }

    // ---- first layers -----------------------------------------------------------------------------------------------

    /** Begins with nothing: link types that start with an IP header, or any other first layer. */
    public static PacketBuilder raw() {
        return new PacketBuilder();
    }

    /** Begins with Ethernet between two locally administered addresses. */
    public static PacketBuilder ethernet() {
        return ethernet(SOURCE_MAC, DESTINATION_MAC);
    }

    /** Begins with Ethernet. */
    public static PacketBuilder ethernet(final String source, final String destination) {
        return new PacketBuilder().innerEthernet(source, destination);
    }

    /** Begins with a Linux cooked header, version 1. */
    public static PacketBuilder linuxCooked() {
        final PacketBuilder builder = new PacketBuilder();
        builder.add(LayerType.LINUX_SLL, 16).u16(2, 1).u16(4, 6).raw(6, AddressText.parseMac(SOURCE_MAC));
        return builder;
    }

    /** Begins with a Linux cooked header, version 2. */
    public static PacketBuilder linuxCooked2() {
        final PacketBuilder builder = new PacketBuilder();
        builder.add(LayerType.LINUX_SLL2, 20).u32(4, 1).u16(8, 1).u8(11, 6).raw(12, AddressText.parseMac(SOURCE_MAC));
        return builder;
    }

    /** Begins with a loopback header: a 32-bit address family, high or low byte first. */
    public static PacketBuilder loopback(final int family, final boolean littleEndian) {
        final PacketBuilder builder = new PacketBuilder();
        builder.add(LayerType.LOOPBACK, 4).u32(0, littleEndian ? Integer.reverseBytes(family) : family);
        return builder;
    }

    // ---- link layers ------------------------------------------------------------------------------------------------

    /** Ethernet inside a tunnel. */
    public PacketBuilder innerEthernet() {
        return innerEthernet(SOURCE_MAC, DESTINATION_MAC);
    }

    /** Ethernet inside a tunnel. */
    public PacketBuilder innerEthernet(final String source, final String destination) {
        add(LayerType.ETHERNET, 14).raw(0, AddressText.parseMac(destination)).raw(6, AddressText.parseMac(source));
        return this;
    }

    /** IEEE 802.1Q tag; the Ethernet before it announces 0x8100. */
    public PacketBuilder vlan(final int id) {
        add(LayerType.DOT1Q, 4).u16(0, id);
        return this;
    }

    /** 802.1Q or 802.1ad tag announced by the given EtherType. */
    public PacketBuilder vlan(final int id, final int tagType) {
        if (!layers.isEmpty()) {
            etherType(tagType);
        }
        return vlan(id);
    }

    /** One MPLS label stack entry; the last one must say so. */
    public PacketBuilder mpls(final int label, final boolean bottom) {
        add(LayerType.MPLS, 4).u32(0, (long) label << 12 | (bottom ? 0x100 : 0) | 64);
        return this;
    }

    /** Pseudo-wire control word. */
    public PacketBuilder controlWord() {
        add(LayerType.PSEUDO_WIRE, 4);
        return this;
    }

    /** PPPoE session header. */
    public PacketBuilder pppoe(final int session) {
        add(LayerType.PPPOE, 6).u8(0, 0x11).u16(2, session);
        return this;
    }

    /** PPP with a two-byte protocol field and no framing bytes. */
    public PacketBuilder ppp() {
        add(LayerType.PPP, 2);
        return this;
    }

    /** PPP behind the framing bytes ff 03. */
    public PacketBuilder pppFramed() {
        add(LayerType.PPP, 4).u16(0, 0xff03);
        return this;
    }

    /** Cisco HDLC, unicast. */
    public PacketBuilder ciscoHdlc() {
        add(LayerType.CISCO_HDLC, 4).u8(0, 0x0f);
        return this;
    }

    /** LLC header; Ethernet before it carries a length then. */
    public PacketBuilder llc(final int destinationSap, final int sourceSap, final int control) {
        add(LayerType.LLC, 3).u8(0, destinationSap).u8(1, sourceSap).u8(2, control);
        return this;
    }

    /** LLC and SNAP with the given organisation code, 0 for EtherTypes. */
    public PacketBuilder snap(final int organisation) {
        llc(0xaa, 0xaa, 3);
        add(LayerType.SNAP, 5).u8(0, organisation >>> 16).u16(1, organisation);
        return this;
    }

    /** ARP request or reply for IPv4 over Ethernet. */
    public PacketBuilder arp(final int operation, final String sender, final String target) {
        add(LayerType.ARP, 28).u16(0, 1).u16(2, 0x0800).u8(4, 6).u8(5, 4).u16(6, operation)
            .raw(8, AddressText.parseMac(SOURCE_MAC)).raw(14, AddressText.parse(sender))
            .raw(24, AddressText.parse(target));
        return this;
    }

    // ---- network layers ---------------------------------------------------------------------------------------------

    /** IPv4 with time to live 64, identification 1 and no fragmentation. */
    public PacketBuilder ipv4(final String source, final String destination) {
        add(LayerType.IPV4, 20).u8(0, 0x45).u16(4, 1).u8(8, 64).raw(12, AddressText.parse(source))
            .raw(16, AddressText.parse(destination));
        return this;
    }

    /** IPv6 with hop limit 64. */
    public PacketBuilder ipv6(final String source, final String destination) {
        add(LayerType.IPV6, 40).u8(0, 0x60).u8(6, 59).u8(7, 64).raw(8, AddressText.parse(source))
            .raw(24, AddressText.parse(destination));
        return this;
    }

    /** Options of the last IPv4 or TCP header, filled up with zeros to a multiple of four bytes. */
    public PacketBuilder options(final byte... options) {
        last(LayerType.TCP, LayerType.IPV4).append(options, 4);
        return this;
    }

    /** Time to live or hop limit of the last IP header. */
    public PacketBuilder ttl(final int value) {
        final BuiltLayer ip = last(LayerType.IPV4, LayerType.IPV6);
        ip.u8(ip.type == LayerType.IPV4 ? 8 : 7, value);
        return this;
    }

    /** Makes the last IPv4 header a fragment; offset in bytes, a multiple of 8. */
    public PacketBuilder fragment(final int id, final int offset, final boolean more) {
        last(LayerType.IPV4).u16(4, id).u16(6, offset / 8 | (more ? 0x2000 : 0));
        return this;
    }

    /** IPv6 fragment header; offset in bytes, a multiple of 8. */
    public PacketBuilder ipv6Fragment(final int id, final int offset, final boolean more) {
        add(LayerType.IPV6_FRAGMENT, 8).u16(2, offset | (more ? 1 : 0)).u32(4, id & 0xffff_ffffL);
        return this;
    }

    /**
     * IPv6 extension header other than fragment and AH.
     *
     * @param type one of the IPV6_ types, HIP or SHIM6
     * @param data what follows the length byte; filled up with zeros to a multiple of eight bytes
     */
    public PacketBuilder extension(final LayerType type, final byte... data) {
        add(type, 2).append(data, 8);
        return this;
    }

    /** Hop-by-hop header with the jumbo payload option, RFC 2675. */
    public PacketBuilder jumbo(final long payloadLength) {
        final byte[] option = {(byte) 0xc2, 4, 0, 0, 0, 0};
        BuiltLayer.put(option, 2, 4, payloadLength);
        return extension(LayerType.IPV6_HOP_BY_HOP, option);
    }

    /** Authentication header with a 12-byte check value. */
    public PacketBuilder ah(final int spi, final int sequence) {
        add(LayerType.AH, 24).u32(4, spi).u32(8, sequence);
        return this;
    }

    /** Encapsulating security payload; its payload is opaque. */
    public PacketBuilder esp(final int spi, final int sequence) {
        add(LayerType.ESP, 8).u32(0, spi).u32(4, sequence);
        return this;
    }

    // ---- transport layers -------------------------------------------------------------------------------------------

    /** TCP with flag ACK and window 65535. */
    public PacketBuilder tcp(final int sourcePort, final int destinationPort) {
        add(LayerType.TCP, 20).u16(0, sourcePort).u16(2, destinationPort).u8(12, 0x50).u8(13, TcpFlags.ACK)
            .u16(14, 0xffff);
        return this;
    }

    /** TCP sequence number. */
    public PacketBuilder seq(final long value) {
        last(LayerType.TCP).u32(4, value);
        return this;
    }

    /** TCP acknowledgement number. */
    public PacketBuilder ack(final long value) {
        last(LayerType.TCP).u32(8, value);
        return this;
    }

    /** TCP flags, see {@link TcpFlags}. */
    public PacketBuilder flags(final int value) {
        last(LayerType.TCP).u8(13, value);
        return this;
    }

    /** TCP window, unscaled. */
    public PacketBuilder window(final int value) {
        last(LayerType.TCP).u16(14, value);
        return this;
    }

    /** TCP urgent pointer. */
    public PacketBuilder urgent(final int value) {
        last(LayerType.TCP).u16(18, value);
        return this;
    }

    /** UDP. */
    public PacketBuilder udp(final int sourcePort, final int destinationPort) {
        add(LayerType.UDP, 8).u16(0, sourcePort).u16(2, destinationPort);
        return this;
    }

    /** UDP-Lite; coverage 0 is the whole datagram. */
    public PacketBuilder udpLite(final int sourcePort, final int destinationPort, final int coverage) {
        add(LayerType.UDP_LITE, 8).u16(0, sourcePort).u16(2, destinationPort).u16(4, coverage);
        return this;
    }

    /** SCTP common header; chunks are payload. */
    public PacketBuilder sctp(final int sourcePort, final int destinationPort, final int verificationTag) {
        add(LayerType.SCTP, 12).u16(0, sourcePort).u16(2, destinationPort).u32(4, verificationTag);
        return this;
    }

    /** ICMP message; {@code rest} is the four bytes behind the checksum. */
    public PacketBuilder icmp(final int type, final int code, final int rest) {
        add(LayerType.ICMPV4, 8).u8(0, type).u8(1, code).u32(4, rest);
        return this;
    }

    /** ICMPv6 message; {@code rest} is the four bytes behind the checksum. */
    public PacketBuilder icmpv6(final int type, final int code, final int rest) {
        add(LayerType.ICMPV6, 8).u8(0, type).u8(1, code).u32(4, rest);
        return this;
    }

    /** IGMP version 2 message. */
    public PacketBuilder igmp(final int type, final String group) {
        add(LayerType.IGMP, 8).u8(0, type).raw(4, AddressText.parse(group));
        return this;
    }

    // ---- tunnels ----------------------------------------------------------------------------------------------------

    /** GRE version 0 without optional fields. */
    public PacketBuilder gre() {
        add(LayerType.GRE, 4);
        return this;
    }

    /** GRE version 0 with checksum, key and sequence number. */
    public PacketBuilder gre(final int key, final int sequence) {
        add(LayerType.GRE, 16).u16(0, 0xb000).u32(8, key).u32(12, sequence);
        return this;
    }

    /** GRE version 1 (PPTP) with sequence number; PPP follows. */
    public PacketBuilder pptp(final int call, final int sequence) {
        add(LayerType.GRE, 12).u16(0, 0x3001).u16(2, 0x880b).u16(6, call).u32(8, sequence);
        return this;
    }

    /** GRE with sequence number and an ERSPAN type II header; Ethernet follows. */
    public PacketBuilder erspan2(final int session, final int vlan) {
        add(LayerType.GRE, 8).u16(0, 0x1000).u16(2, 0x88be);
        add(LayerType.ERSPAN, 8).u16(0, 0x1000 | vlan).u16(2, session);
        return this;
    }

    /** GRE with sequence number and an ERSPAN type III header; Ethernet follows. */
    public PacketBuilder erspan3(final int session, final int vlan) {
        add(LayerType.GRE, 8).u16(0, 0x1000).force(2, 2, 0x22eb);
        add(LayerType.ERSPAN, 12).u16(0, 0x2000 | vlan).u16(2, session);
        return this;
    }

    /** VXLAN; Ethernet follows. */
    public PacketBuilder vxlan(final int vni) {
        add(LayerType.VXLAN, 8).u8(0, 8).u32(4, (long) vni << 8);
        return this;
    }

    /** VXLAN-GPE; IPv4, IPv6 or Ethernet follows. */
    public PacketBuilder vxlanGpe(final int vni) {
        add(LayerType.VXLAN_GPE, 8).u8(0, 0xc).u32(4, (long) vni << 8);
        return this;
    }

    /** Geneve with options, a multiple of four bytes. */
    public PacketBuilder geneve(final int vni, final byte... options) {
        add(LayerType.GENEVE, 8).u32(4, (long) vni << 8).append(options, 4);
        return this;
    }

    /** LISP data with a nonce and an instance; IPv4 or IPv6 follows. */
    public PacketBuilder lisp(final int instance) {
        add(LayerType.LISP, 8).u32(0, 0x8812_3456L).u32(4, (long) instance << 8);
        return this;
    }

    /** GTP-U version 1 G-PDU without optional fields. */
    public PacketBuilder gtpu(final int teid) {
        add(LayerType.GTP_U, 8).u8(0, 0x30).u8(1, 0xff).u32(4, teid & 0xffff_ffffL);
        return this;
    }

    /** GTP-U version 1 G-PDU with one extension header of the given type; content is a multiple of 4 plus 2 bytes. */
    public PacketBuilder gtpu(final int teid, final int extensionType, final byte... content) {
        final BuiltLayer layer = add(LayerType.GTP_U, 12).u8(0, 0x34).u8(1, 0xff).u32(4, teid & 0xffff_ffffL)
            .u8(11, extensionType);
        final byte[] extension = new byte[content.length + 2];
        extension[0] = (byte) (extension.length / 4);
        System.arraycopy(content, 0, extension, 1, content.length);
        layer.append(extension, 4);
        return this;
    }

    /** L2TP version 2 data message with length field; PPP follows. */
    public PacketBuilder l2tp(final int tunnel, final int session) {
        add(LayerType.L2TP, 8).u16(0, 0x4002).u16(4, tunnel).u16(6, session);
        return this;
    }

    /** L2TP version 3 data message without cookie, over UDP (flags and version word) or directly over IP. */
    public PacketBuilder l2tp3(final boolean overUdp, final int session) {
        if (overUdp) {
            add(LayerType.L2TP, 8).u16(0, 3).u32(4, session);
        } else {
            add(LayerType.L2TP, 4).u32(0, session);
        }
        return this;
    }

    /** Teredo origin indication. */
    public PacketBuilder teredoOrigin(final int port, final String address) {
        final byte[] hidden = AddressText.parse(address);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = (byte) ~hidden[i];
        }
        add(LayerType.TEREDO, 8).u16(2, ~port).raw(4, hidden);
        return this;
    }

    /** Ethernet in IP, RFC 3378; Ethernet follows. */
    public PacketBuilder etherIp() {
        add(LayerType.ETHER_IP, 2).u8(0, 0x30);
        return this;
    }

    // ---- content and damage -----------------------------------------------------------------------------------------

    /** Payload of ISO 8859-1 characters. */
    public PacketBuilder payload(final String text) {
        return payload(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Payload, or a layer this class has no method for. */
    public PacketBuilder payload(final byte[] bytes) {
        return layer(LayerType.PAYLOAD, bytes);
    }

    /** Payload of so many counted-up bytes. */
    public PacketBuilder payload(final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return payload(bytes);
    }

    /** A whole header given as bytes; lengths and checksums of known types are filled in all the same. */
    public PacketBuilder layer(final LayerType type, final byte... header) {
        add(type, header.length).raw(0, header);
        return this;
    }

    /** Sets 1 to 8 bytes of the last layer at an offset in its header, whatever {@link #build()} would put there. */
    public PacketBuilder force(final int offset, final int width, final long value) {
        layers.get(layers.size() - 1).force(offset, width, value);
        return this;
    }

    /** Forces the EtherType of the last layer that has one. */
    public PacketBuilder etherType(final int value) {
        final BuiltLayer layer = layers.get(layers.size() - 1);
        layer.force(switch (layer.type) {
            case ETHERNET -> 12;
            case DOT1Q, GRE, GENEVE, CISCO_HDLC -> 2;
            case LINUX_SLL -> 14;
            case SNAP -> 3;
            case LINUX_SLL2 -> 0;
            default -> throw new IllegalStateException(layer.type + " has no EtherType");
        }, 2, value);
        return this;
    }

    /** Forces the protocol or next-header number of the last IP header. */
    public PacketBuilder protocol(final int value) {
        final BuiltLayer ip = last(LayerType.IPV4, LayerType.IPV6);
        ip.force(ip.type == LayerType.IPV4 ? 9 : 6, 1, value);
        return this;
    }

    /** Forces the total length of the last IPv4 or the payload length of the last IPv6 header. */
    public PacketBuilder ipLength(final int value) {
        final BuiltLayer ip = last(LayerType.IPV4, LayerType.IPV6);
        ip.force(ip.type == LayerType.IPV4 ? 2 : 4, 2, value);
        return this;
    }

    /** Bytes behind the packet that no length counts: padding, frame check sequence. */
    public PacketBuilder trailer(final byte... bytes) {
        trailer = bytes.clone();
        return this;
    }

    /** Pads the frame with zeros to a least length, as Ethernet does to 60. */
    public PacketBuilder padTo(final int length) {
        minimumLength = length;
        return this;
    }

    /** The packet as bytes. May be called again after further changes. */
    public byte[] build() {
        int length = 0;
        final int[] starts = new int[layers.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = length;
            length += layers.get(i).bytes.length;
        }
        final byte[] packet = new byte[Math.max(length + trailer.length, minimumLength)];
        for (int i = 0; i < starts.length; i++) {
            final byte[] bytes = layers.get(i).bytes;
            System.arraycopy(bytes, 0, packet, starts[i], bytes.length);
        }
        System.arraycopy(trailer, 0, packet, length, trailer.length);
        new PacketFinish(layers, packet, starts, length).run();
        return packet;
    }

    /** The first bytes of the packet, as a snap length would leave them. */
    public byte[] build(final int snapLength) {
        final byte[] whole = build();
        return Arrays.copyOf(whole, Math.min(snapLength, whole.length));
    }

    /** Writes the packet into a buffer and returns its length. */
    public int writeTo(final MutableDirectBuffer buffer, final int offset) {
        final byte[] packet = build();
        buffer.putBytes(offset, packet);
        return packet.length;
    }

    private BuiltLayer add(final LayerType type, final int length) {
        final BuiltLayer layer = new BuiltLayer(type, length);
        layers.add(layer);
        return layer;
    }

    private BuiltLayer last(final LayerType... types) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            for (final LayerType type : types) {
                if (layers.get(i).type == type) {
                    return layers.get(i);
                }
            }
        }
        throw new IllegalStateException("no layer of type " + Arrays.toString(types) + " yet");
    }
}
