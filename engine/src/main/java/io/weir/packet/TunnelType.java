package io.weir.packet;

/**
 * Kinds of tunnels the decoder looks through, and where it looks for them; the ordinal is the 4-bit code in
 * {@link Frame#tunnels}.
 */
public enum TunnelType {
    /** No tunnel. */
    NONE("none", "No tunnel", ip(), udp()),
    /** Generic routing encapsulation, RFC 2784 and 2890. */
    GRE("gre", "Generic Routing Encapsulation", ip(TunnelDecoder.IP_GRE), udp()),
    /** Encapsulated remote SPAN in GRE, types I to III. */
    ERSPAN("erspan", "Encapsulated Remote SPAN, in GRE", ip(TunnelDecoder.IP_GRE), udp()),
    /** IPv4 in IPv4, RFC 2003. */
    IPIP("ipip", "IPv4 in IPv4", ip(TunnelDecoder.IP_IPV4), udp()),
    /** IPv6 in IPv4, RFC 4213. */
    SIX_IN_FOUR("6in4", "IPv6 in IPv4", ip(TunnelDecoder.IP_IPV6), udp()),
    /** IPv4 or IPv6 in IPv6, RFC 2473. */
    IP_IN_SIX("ip6tnl", "IPv4 or IPv6 in IPv6", ip(TunnelDecoder.IP_IPV4, TunnelDecoder.IP_IPV6), udp()),
    /** RFC 7348. */
    VXLAN("vxlan", "Virtual eXtensible LAN", ip(), udp(UdpTunnelDecoder.VXLAN_PORT, UdpTunnelDecoder.VXLAN_LINUX_PORT,
        UdpTunnelDecoder.VXLAN_GPE_PORT)),
    /** RFC 8926. */
    GENEVE("geneve", "Generic Network Virtualization Encapsulation", ip(), udp(UdpTunnelDecoder.GENEVE_PORT)),
    /** GTP user plane, version 1, 3GPP TS 29.281. */
    GTP_U("gtp-u", "GPRS Tunnelling Protocol, user plane", ip(), udp(UdpTunnelDecoder.GTP_U_PORT)),
    /** Layer 2 tunnelling protocol, RFC 2661 and 3931. */
    L2TP("l2tp", "Layer 2 Tunneling Protocol", ip(TunnelDecoder.IP_L2TP), udp(UdpTunnelDecoder.L2TP_PORT)),
    /** RFC 4380. */
    TEREDO("teredo", "Teredo: IPv6 over UDP through NATs", ip(), udp(UdpTunnelDecoder.TEREDO_PORT)),
    /** GRE version 1, RFC 2637; each direction has a call id of its own. */
    PPTP("pptp", "Point-to-Point Tunneling Protocol, in GRE", ip(TunnelDecoder.IP_GRE), udp()),
    /** RFC 4023 and 7510. */
    MPLS("mpls", "MPLS in IP or UDP", ip(TunnelDecoder.IP_MPLS), udp(UdpTunnelDecoder.MPLS_PORT)),
    /** RFC 3378. */
    ETHER_IP("etherip", "Ethernet in IP", ip(TunnelDecoder.IP_ETHER), udp()),
    /** draft-massar-v6ops-ayiya. */
    AYIYA("ayiya", "Anything in Anything", ip(), udp(UdpTunnelDecoder.AYIYA_PORT));

    private static final TunnelType[] VALUES = values();

    private final String label;
    private final String title;
    private final int[] ipProtocols;
    private final int[] udpPorts;

    TunnelType(final String label, final String title, final int[] ipProtocols, final int[] udpPorts) {
        this.label = label;
        this.title = title;
        this.ipProtocols = ipProtocols;
        this.udpPorts = udpPorts;
    }

    private static int[] ip(final int... values) {
        return values;
    }

    private static int[] udp(final int... values) {
        return values;
    }

    /** The type for a 4-bit code of {@link Frame#tunnels}. */
    public static TunnelType of(final int code) {
        return VALUES[Math.min(code & 0xf, VALUES.length - 1)];
    }

    /** Name in records. */
    public String label() {
        return label;
    }

    /** Full name. */
    public String title() {
        return title;
    }

    /** Numbers in the IP header behind which it is looked for. */
    public int[] ipProtocols() {
        return ipProtocols.clone();
    }

    /** UDP ports on which it is looked for. */
    public int[] udpPorts() {
        return udpPorts.clone();
    }
}
