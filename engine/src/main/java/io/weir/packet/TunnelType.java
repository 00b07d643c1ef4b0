package io.weir.packet;

/** Kinds of tunnels the decoder looks through; the ordinal is the 4-bit code in {@link Frame#tunnels}. */
public enum TunnelType {
    /** No tunnel. */
    NONE("none"),
    /** Generic routing encapsulation, RFC 2784 and 2890. */
    GRE("gre"),
    /** Encapsulated remote SPAN in GRE, types I to III. */
    ERSPAN("erspan"),
    /** IPv4 in IPv4, RFC 2003. */
    IPIP("ipip"),
    /** IPv6 in IPv4, RFC 4213. */
    SIX_IN_FOUR("6in4"),
    /** IPv4 or IPv6 in IPv6, RFC 2473. */
    IP_IN_SIX("ip6tnl"),
    /** RFC 7348. */
    VXLAN("vxlan"),
    /** RFC 8926. */
    GENEVE("geneve"),
    /** GTP user plane, version 1, 3GPP TS 29.281. */
    GTP_U("gtp-u"),
    /** Layer 2 tunnelling protocol, RFC 2661 and 3931. */
    L2TP("l2tp"),
    /** RFC 4380. */
    TEREDO("teredo"),
    /** GRE version 1, RFC 2637; each direction has a call id of its own. */
    PPTP("pptp"),
    /** Anything else that carries an inner packet. */
    OTHER("other");

    private static final TunnelType[] VALUES = values();

    private final String label;

    TunnelType(final String label) {
        this.label = label;
    }

    /** The type for a 4-bit code of {@link Frame#tunnels}. */
    public static TunnelType of(final int code) {
        return VALUES[Math.min(code & 0xf, VALUES.length - 1)];
    }

    /** Name in records. */
    public String label() {
        return label;
    }
}
