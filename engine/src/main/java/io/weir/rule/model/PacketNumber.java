package io.weir.rule.model;

/** Numbers of a frame that conditions compare. VLAN tags are those before a tunnel that carry an id. */
public enum PacketNumber {
    TTL(8), TOS(8), IP_ID(16), IP_PROTOCOL(8),
    /** Of the length that IP announces, jumbograms of IPv6 too. */
    PAYLOAD_SIZE(32),
    TCP_SEQUENCE(32), TCP_ACKNOWLEDGEMENT(32), TCP_WINDOW(16), TCP_MSS(16), TCP_WSCALE(8),
    ICMP_TYPE(8), ICMP_CODE(8), ICMP_ID(16), ICMP_SEQUENCE(16), ICMPV6_MTU(32), IGMP_TYPE(8),
    /** Of any tag. */
    VLAN_ID(12),
    /** Of the outermost tag. */
    VLAN_OUTER_ID(12),
    /** Of the tag behind the outermost one. */
    VLAN_INNER_ID(12),
    /** Of the tag behind that one. */
    VLAN_THIRD_ID(12),
    /** Of the innermost tag. */
    VLAN_LAST_ID(12),
    /** Of the tag in front of that one. */
    VLAN_NEXT_TO_LAST_ID(12),
    /** Of the tag in front of that one. */
    VLAN_THIRD_FROM_LAST_ID(12),
    /** Of all tags. */
    VLAN_EVERY_ID(12),
    VLAN_LAYERS(8), FRAME_LENGTH(32);

    private final int bits;

    PacketNumber(final int bits) {
        this.bits = bits;
    }

    /** The greatest value it can have; the least is 0. */
    public long most() {
        return (1L << bits) - 1;
    }
}
