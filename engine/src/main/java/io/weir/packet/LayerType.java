package io.weir.packet;

/** Protocol layers the decoder tells apart. The ordinal is the code in {@link Frame#layers}. */
public enum LayerType {
    /** Nothing. */
    NONE("None"),
    /** Bytes behind the last header that was decoded. */
    PAYLOAD("Payload"),
    /** Ethernet II or IEEE 802.3. */
    ETHERNET("Ethernet"),
    /** IEEE 802.1Q or 802.1ad tag. */
    DOT1Q("Dot1Q"),
    /** One label stack entry, RFC 3032. */
    MPLS("MPLS"),
    /** Pseudo-wire control word, RFC 4385. */
    PSEUDO_WIRE("PWControlWord"),
    /** RFC 2516. */
    PPPOE("PPPoE"),
    /** RFC 1661 and 1662. */
    PPP("PPP"),
    /** IEEE 802.2. */
    LLC("LLC"),
    /** Sub-network access protocol behind LLC. */
    SNAP("SNAP"),
    /** RFC 826. */
    ARP("ARP"),
    /** RFC 791. */
    IPV4("IPv4"),
    /** RFC 8200. */
    IPV6("IPv6"),
    /** IPv6 hop-by-hop options. */
    IPV6_HOP_BY_HOP("IPv6HopByHop"),
    /** IPv6 routing header. */
    IPV6_ROUTING("IPv6Routing"),
    /** IPv6 fragment header. */
    IPV6_FRAGMENT("IPv6Fragment"),
    /** IPv6 destination options. */
    IPV6_DESTINATION("IPv6Destination"),
    /** RFC 6275. */
    IPV6_MOBILITY("IPv6Mobility"),
    /** Host identity protocol, RFC 7401. */
    HIP("HIP"),
    /** RFC 5533. */
    SHIM6("Shim6"),
    /** Authentication header, RFC 4302. */
    AH("AH"),
    /** Encapsulating security payload, RFC 4303. */
    ESP("ESP"),
    /** RFC 9293. */
    TCP("TCP"),
    /** RFC 768. */
    UDP("UDP"),
    /** RFC 3828. */
    UDP_LITE("UDPLite"),
    /** RFC 9260. */
    SCTP("SCTP"),
    /** RFC 4340. */
    DCCP("DCCP"),
    /** RFC 792. */
    ICMPV4("ICMPv4"),
    /** RFC 4443. */
    ICMPV6("ICMPv6"),
    /** RFC 1112, 2236, 3376. */
    IGMP("IGMP"),
    /** RFC 2328 and 5340. */
    OSPF("OSPF"),
    /** RFC 7761. */
    PIM("PIM"),
    /** RFC 5798. */
    VRRP("VRRP"),
    /** RFC 2784, 2890, 2637. */
    GRE("GRE"),
    /** Encapsulated remote SPAN header of type II or III; type I has none. */
    ERSPAN("ERSPAN"),
    /** RFC 7348. */
    VXLAN("VXLAN"),
    /** VXLAN with a protocol field, draft-ietf-nvo3-vxlan-gpe. */
    VXLAN_GPE("VXLANGPE"),
    /** RFC 8926. */
    GENEVE("Geneve"),
    /** GTP user plane version 1, 3GPP TS 29.281. */
    GTP_U("GTPv1U"),
    /** RFC 2661 and 3931. */
    L2TP("L2TP"),
    /** Authentication or origin indication in front of a Teredo packet, RFC 4380. */
    TEREDO("Teredo"),
    /** Ethernet in IP, RFC 3378. */
    ETHER_IP("EtherIP"),
    /** Linux cooked capture, version 1. */
    LINUX_SLL("LinuxSLL"),
    /** Linux cooked capture, version 2. */
    LINUX_SLL2("LinuxSLL2"),
    /** BSD loopback address family. */
    LOOPBACK("Loopback"),
    /** Cisco HDLC. */
    CISCO_HDLC("CiscoHDLC"),
    /** Frame relay, RFC 2427. */
    FRAME_RELAY("FrameRelay"),
    /** IEEE 802.11. */
    DOT11("Dot11"),
    /** First subframe of an 802.11 aggregate. */
    DOT11_AMSDU("Dot11AMSDU"),
    /** Radio information in front of 802.11, radiotap.org. */
    RADIOTAP("RadioTap"),
    /** Per-packet information in front of another link type. */
    PPI("PPI"),
    /** Prism or AVS radio header. */
    PRISM("Prism"),
    /** ARCnet, RFC 1201 and 1051. */
    ARCNET("ARCnet"),
    /** What netfilter logs with a packet. */
    NFLOG("NFLOG"),
    /** Apple's information in front of another link type. */
    PKTAP("PKTAP"),
    /** Data of an IP fragment other than the first. */
    FRAGMENT("Fragment"),
    /** Network service header, RFC 8300. */
    NSH("NSH"),
    /** IEEE 802.1BR tag of a bridge port extender. */
    ETAG("ETag"),
    /** Cisco's tag of a virtual interface. */
    VNTAG("VNTag"),
    /** Locator/ID separation, data, RFC 9300. */
    LISP("LISP");

    private static final LayerType[] VALUES = values();

    private final String label;

    LayerType(final String label) {
        this.label = label;
    }

    /** The type of an entry of {@link Frame#layers}. */
    public static LayerType of(final int layer) {
        return VALUES[Math.min(layer >>> 24, VALUES.length - 1)];
    }

    /** Offset of the header in an entry of {@link Frame#layers}. */
    public static int offset(final int layer) {
        return layer & 0xff_ffff;
    }

    /** Name in decoded output. */
    public String label() {
        return label;
    }
}
