package io.weir.packet;

/**
 * Kinds of tunnels the decoder looks through, and where it looks for them; the ordinal is the 4-bit code in
 * {@link Frame#tunnels}.
 */
public enum TunnelType {
    /** No tunnel. */
    NONE("none", "No tunnel"),
    /** Generic routing encapsulation, RFC 2784 and 2890. */
    GRE("gre", "Generic Routing Encapsulation"),
    /** Encapsulated remote SPAN in GRE, types I to III. */
    ERSPAN("erspan", "Encapsulated Remote SPAN, in GRE"),
    /** IPv4 in IPv4, RFC 2003. */
    IPIP("ipip", "IPv4 in IPv4"),
    /** IPv6 in IPv4, RFC 4213. */
    SIX_IN_FOUR("6in4", "IPv6 in IPv4"),
    /** IPv4 or IPv6 in IPv6, RFC 2473. */
    IP_IN_SIX("ip6tnl", "IPv4 or IPv6 in IPv6"),
    /** RFC 7348. */
    VXLAN("vxlan", "Virtual eXtensible LAN"),
    /** RFC 8926. */
    GENEVE("geneve", "Generic Network Virtualization Encapsulation"),
    /** GTP user plane, version 1, 3GPP TS 29.281. */
    GTP_U("gtp-u", "GPRS Tunnelling Protocol, user plane"),
    /** Layer 2 tunnelling protocol, RFC 2661 and 3931. */
    L2TP("l2tp", "Layer 2 Tunneling Protocol"),
    /** RFC 4380. */
    TEREDO("teredo", "Teredo: IPv6 over UDP through NATs"),
    /** GRE version 1, RFC 2637; each direction has a call id of its own. */
    PPTP("pptp", "Point-to-Point Tunneling Protocol, in GRE"),
    /** RFC 4023 and 7510. */
    MPLS("mpls", "MPLS in IP or UDP"),
    /** RFC 3378. */
    ETHER_IP("etherip", "Ethernet in IP"),
    /** draft-massar-v6ops-ayiya. */
    AYIYA("ayiya", "Anything in Anything"),
    /** RFC 9300. */
    LISP("lisp", "Locator/ID Separation Protocol, data");

    private static final TunnelType[] VALUES = values();

    private final String label;
    private final String title;

    TunnelType(final String label, final String title) {
        this.label = label;
        this.title = title;
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
        return switch (this) {
            case GRE, ERSPAN, PPTP -> all(TunnelDecoder.IP_GRE);
            case IPIP -> all(TunnelDecoder.IP_IPV4);
            case SIX_IN_FOUR -> all(TunnelDecoder.IP_IPV6);
            case IP_IN_SIX -> all(TunnelDecoder.IP_IPV4, TunnelDecoder.IP_IPV6);
            case L2TP -> all(TunnelDecoder.IP_L2TP);
            case MPLS -> all(TunnelDecoder.IP_MPLS);
            case ETHER_IP -> all(TunnelDecoder.IP_ETHER);
            default -> all();
        };
    }

    /** UDP ports on which it is looked for. */
    public int[] udpPorts() {
        return switch (this) {
            case VXLAN -> all(UdpTunnelDecoder.VXLAN_PORT, UdpTunnelDecoder.VXLAN_LINUX_PORT,
                UdpTunnelDecoder.VXLAN_GPE_PORT);
            case GENEVE -> all(UdpTunnelDecoder.GENEVE_PORT);
            case GTP_U -> all(UdpTunnelDecoder.GTP_U_PORT);
            case L2TP -> all(UdpTunnelDecoder.L2TP_PORT);
            case TEREDO -> all(UdpTunnelDecoder.TEREDO_PORT);
            case MPLS -> all(UdpTunnelDecoder.MPLS_PORT);
            case AYIYA -> all(UdpTunnelDecoder.AYIYA_PORT);
            case LISP -> all(UdpTunnelDecoder.LISP_PORT);
            default -> all();
        };
    }

    private static int[] all(final int... values) {
        return values;
    }
}
