package io.weir.rule.model;

/** Numbers of a frame that conditions compare. VLAN tags are those before a tunnel that carry an id. */
public enum PacketNumber {
    TTL, TOS, IP_ID, IP_PROTOCOL, PAYLOAD_SIZE, TCP_SEQUENCE, TCP_ACKNOWLEDGEMENT, TCP_WINDOW, TCP_MSS, TCP_WSCALE,
    ICMP_TYPE, ICMP_CODE, ICMP_ID, ICMP_SEQUENCE, ICMPV6_MTU, IGMP_TYPE,
    /** Of any tag. */
    VLAN_ID,
    /** Of the outermost tag. */
    VLAN_OUTER_ID,
    /** Of the tag behind the outermost one. */
    VLAN_INNER_ID,
    /** Of the tag behind that one. */
    VLAN_THIRD_ID,
    /** Of the innermost tag. */
    VLAN_LAST_ID,
    /** Of the tag in front of that one. */
    VLAN_NEXT_TO_LAST_ID,
    /** Of the tag in front of that one. */
    VLAN_THIRD_FROM_LAST_ID,
    /** Of all tags. */
    VLAN_EVERY_ID,
    VLAN_LAYERS, FRAME_LENGTH
}
