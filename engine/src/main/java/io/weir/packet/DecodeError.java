package io.weir.packet;

/**
 * Why decoding of a frame ended early, or what its headers say that cannot be. The ordinal is kept in
 * {@link Frame#error}.
 *
 * <p>"Cut off" means that the captured bytes end inside a header, be it by a snap length or by damage.
 */
public enum DecodeError {
    /** Everything was decoded. */
    NONE("decoded to the end"),
    /** Link type without a decoder. */
    UNKNOWN_LINK_TYPE("the link type of the capture has no decoder"),
    /** Source set a length below 0. */
    NEGATIVE_LENGTH("the captured length is below 0"),
    /** More headers than {@link Frame#MAX_LAYERS}. */
    TOO_MANY_LAYERS("more headers than the decoder follows"),
    /** More tunnels than 8. */
    TOO_MANY_TUNNELS("more tunnels inside each other than the decoder follows"),
    /** Link header cut off. */
    TRUNCATED_LINK("the link header is cut off"),
    /** Ethernet header cut off. */
    TRUNCATED_ETHERNET("the Ethernet header is cut off"),
    /** VLAN tag cut off. */
    TRUNCATED_VLAN("a VLAN tag is cut off"),
    /** Port extender or virtual interface tag cut off. */
    TRUNCATED_PORT_TAG("a tag of a port extender or virtual interface is cut off"),
    /** Network service header cut off. */
    TRUNCATED_NSH("the network service header is cut off"),
    /** Network service header of another version or with a length below 2. */
    BAD_NSH("the network service header has an unknown version or length"),
    /** LLC or SNAP header cut off. */
    TRUNCATED_LLC("the LLC or SNAP header is cut off"),
    /** MPLS label stack cut off. */
    TRUNCATED_MPLS("the MPLS label stack is cut off"),
    /** PPPoE header cut off. */
    TRUNCATED_PPPOE("the PPPoE header is cut off"),
    /** PPPoE version or type is not 1. */
    BAD_PPPOE("PPPoE version or type is not 1"),
    /** PPP header cut off. */
    TRUNCATED_PPP("the PPP header is cut off"),
    /** ARP message cut off. */
    TRUNCATED_ARP("the ARP message is cut off"),
    /** Radiotap, PPI or Prism header cut off. */
    TRUNCATED_RADIO("the radio header in front of 802.11 is cut off"),
    /** Radio header of another version. */
    BAD_RADIO("the radio header has an unknown version or length"),
    /** 802.11 header cut off. */
    TRUNCATED_DOT11("the 802.11 header is cut off"),
    /** IPv4 header cut off. */
    TRUNCATED_IPV4("the IPv4 header is cut off"),
    /** IPv4 announced, version is another. */
    BAD_IPV4_VERSION("an IPv4 header does not have version 4"),
    /** IPv4 header length below 5. */
    BAD_IPV4_HEADER_LENGTH("the IPv4 header length is below 5"),
    /** IPv4 total length beyond the end of the frame, though nothing was cut off. */
    IPV4_LENGTH_BEYOND_FRAME("the IPv4 total length reaches beyond the frame"),
    /** IPv4 total length below the header length and not 0. */
    BAD_IPV4_TOTAL_LENGTH("the IPv4 total length is below the header length"),
    /** IPv6 header cut off. */
    TRUNCATED_IPV6("the IPv6 header is cut off"),
    /** IPv6 announced, version is another. */
    BAD_IPV6_VERSION("an IPv6 header does not have version 6"),
    /** IPv6 payload length beyond the end of the frame, though nothing was cut off. */
    IPV6_LENGTH_BEYOND_FRAME("the IPv6 payload length reaches beyond the frame"),
    /** IPv6 extension header cut off. */
    TRUNCATED_IPV6_EXTENSION("an IPv6 extension header is cut off"),
    /** Authentication header cut off or too short. */
    TRUNCATED_AH("the authentication header is cut off"),
    /** TCP header cut off. */
    TRUNCATED_TCP("the TCP header is cut off"),
    /** TCP data offset below 5. */
    BAD_TCP_DATA_OFFSET("the TCP data offset is below 5"),
    /** TCP data offset beyond the end of the packet. */
    TCP_OPTIONS_BEYOND_PACKET("the TCP header reaches beyond the packet"),
    /** UDP or UDP-Lite header cut off. */
    TRUNCATED_UDP("the UDP header is cut off"),
    /** UDP length below 8. */
    BAD_UDP_LENGTH("the UDP length is below 8"),
    /** UDP length beyond the end of the IP packet. */
    UDP_LENGTH_BEYOND_PACKET("the UDP length reaches beyond the IP packet"),
    /** SCTP header cut off. */
    TRUNCATED_SCTP("the SCTP header is cut off"),
    /** DCCP header cut off. */
    TRUNCATED_DCCP("the DCCP header is cut off"),
    /** ICMP header cut off. */
    TRUNCATED_ICMP("the ICMP header is cut off"),
    /** ICMP type nobody has assigned. */
    UNKNOWN_ICMP_TYPE("the ICMP type is not assigned"),
    /** ICMP code nobody has assigned for its type. */
    UNKNOWN_ICMP_CODE("the ICMP code is not assigned for this type"),
    /** ICMPv6 header cut off. */
    TRUNCATED_ICMPV6("the ICMPv6 header is cut off"),
    /** GRE header cut off. */
    TRUNCATED_GRE("the GRE header is cut off");

    private static final DecodeError[] VALUES = values();

    private final String sentence;

    DecodeError(final String sentence) {
        this.sentence = sentence;
    }

    /** The error for {@link Frame#error}. */
    public static DecodeError of(final int ordinal) {
        return VALUES[ordinal];
    }

    /** What it means, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
