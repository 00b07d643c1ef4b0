package io.weir.packet;

/** EtherTypes the decoder follows, IEEE registry. */
public final class EtherType {
    /** IPv4. */
    public static final int IPV4 = 0x0800;
    /** ARP. */
    public static final int ARP = 0x0806;
    /** ERSPAN type III in GRE. */
    public static final int ERSPAN_3 = 0x22eb;
    /** Transparent Ethernet bridging: a whole Ethernet frame follows. */
    public static final int BRIDGED = 0x6558;
    /** IEEE 802.1Q tag. */
    public static final int DOT1Q = 0x8100;
    /** IPv6. */
    public static final int IPV6 = 0x86dd;
    /** PPP. */
    public static final int PPP = 0x880b;
    /** MPLS. */
    public static final int MPLS_UNICAST = 0x8847;
    /** MPLS with an upstream-assigned label. */
    public static final int MPLS_MULTICAST = 0x8848;
    /** PPPoE discovery. */
    public static final int PPPOE_DISCOVERY = 0x8863;
    /** PPPoE session. */
    public static final int PPPOE_SESSION = 0x8864;
    /** Web cache communication protocol in GRE. */
    public static final int WCCP = 0x883e;
    /** IEEE 802.1ad service tag. */
    public static final int DOT1AD = 0x88a8;
    /** Cisco metadata: a security group tag in front of another EtherType. */
    public static final int CISCO_METADATA = 0x8909;
    /** ERSPAN type I or II in GRE. */
    public static final int ERSPAN = 0x88be;
    /** Outer tag before 802.1ad. */
    public static final int QINQ_9100 = 0x9100;
    /** Outer tag before 802.1ad. */
    public static final int QINQ_9200 = 0x9200;

    /** Cisco FabricPath: two bytes of tag, then a whole Ethernet frame. */
    public static final int FABRIC_PATH = 0x8903;
    /** Network service header, RFC 8300. */
    public static final int NSH = 0x894f;
    /** IEEE 802.1BR tag of a bridge port extender. */
    public static final int ETAG = 0x893f;
    /** Cisco's tag of a virtual interface. */
    public static final int VNTAG = 0x8926;

    /** Not an EtherType, as it has more than 16 bits: an IEEE 802.11 frame, in tunnels of access points. */
    static final int DOT11 = 0x1_8200;

    private EtherType() {
    }
}
