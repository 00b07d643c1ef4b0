package io.weir.protocol.ip;

import io.weir.protocol.Protocol;

/** Protocols right over IP: the number in the IP header is what recognises them (IANA's list of protocol numbers). */
public final class IpProtocols {
    /** Internet Control Message Protocol. */
    public static final Protocol ICMP = Protocol.named("icmp", "Internet Control Message Protocol").build();
    /** Internet Control Message Protocol for IPv6. */
    public static final Protocol ICMPV6 =
        Protocol.named("icmpv6", "Internet Control Message Protocol for IPv6").build();
    /** Internet Group Management Protocol. */
    public static final Protocol IGMP = Protocol.named("igmp", "Internet Group Management Protocol").build();
    /** IPv4 in IP. */
    public static final Protocol IPIP = Protocol.named("ipip", "IPv4 in IP").build();
    /** IPv6 in IPv4. */
    public static final Protocol SIX_IN_FOUR = Protocol.named("6in4", "IPv6 in IPv4").build();
    /** Resource Reservation Protocol. */
    public static final Protocol RSVP = Protocol.named("rsvp", "Resource Reservation Protocol").build();
    /** Generic Routing Encapsulation. */
    public static final Protocol GRE = Protocol.named("gre", "Generic Routing Encapsulation").build();
    /** IPsec Encapsulating Security Payload. */
    public static final Protocol ESP =
        Protocol.named("esp", "IPsec Encapsulating Security Payload").encrypted().build();
    /** IPsec Authentication Header. */
    public static final Protocol AH = Protocol.named("ah", "IPsec Authentication Header").build();
    /** IP Payload Compression Protocol. */
    public static final Protocol IPCOMP = Protocol.named("ipcomp", "IP Payload Compression Protocol").build();
    /** Enhanced Interior Gateway Routing Protocol. */
    public static final Protocol EIGRP = Protocol.named("eigrp", "Enhanced Interior Gateway Routing Protocol").build();
    /** Open Shortest Path First. */
    public static final Protocol OSPF = Protocol.named("ospf", "Open Shortest Path First").build();
    /** Protocol Independent Multicast. */
    public static final Protocol PIM = Protocol.named("pim", "Protocol Independent Multicast").build();
    /** Virtual Router Redundancy Protocol. */
    public static final Protocol VRRP = Protocol.named("vrrp", "Virtual Router Redundancy Protocol").build();
    /** Layer 2 Tunneling Protocol over IP. */
    public static final Protocol L2TP_OVER_IP = Protocol.named("l2tpv3", "Layer 2 Tunneling Protocol over IP").build();
    /** Stream Control Transmission Protocol. */
    public static final Protocol SCTP = Protocol.named("sctp", "Stream Control Transmission Protocol").build();
    /** Exterior Gateway Protocol. */
    public static final Protocol EGP = Protocol.named("egp", "Exterior Gateway Protocol").build();
    /** Pragmatic General Multicast. */
    public static final Protocol PGM = Protocol.named("pgm", "Pragmatic General Multicast").build();
    /** Host Identity Protocol. */
    public static final Protocol HIP = Protocol.named("hip", "Host Identity Protocol").build();
    /** Datagram Congestion Control Protocol. */
    public static final Protocol DCCP = Protocol.named("dccp", "Datagram Congestion Control Protocol").build();

    private static final Protocol[] BY_NUMBER = new Protocol[256];

    static {
        BY_NUMBER[1] = ICMP;
        BY_NUMBER[58] = ICMPV6;
        BY_NUMBER[2] = IGMP;
        BY_NUMBER[4] = IPIP;
        BY_NUMBER[41] = SIX_IN_FOUR;
        BY_NUMBER[46] = RSVP;
        BY_NUMBER[47] = GRE;
        BY_NUMBER[50] = ESP;
        BY_NUMBER[51] = AH;
        BY_NUMBER[88] = EIGRP;
        BY_NUMBER[89] = OSPF;
        BY_NUMBER[103] = PIM;
        BY_NUMBER[108] = IPCOMP;
        BY_NUMBER[112] = VRRP;
        BY_NUMBER[115] = L2TP_OVER_IP;
        BY_NUMBER[132] = SCTP;
        BY_NUMBER[8] = EGP;
        BY_NUMBER[113] = PGM;
        BY_NUMBER[139] = HIP;
        BY_NUMBER[33] = DCCP;
    }

    private IpProtocols() {
    }

    /** The protocol with this number in the IP header, or null if it is not known or carries ports. */
    public static Protocol of(final int number) {
        return BY_NUMBER[number & 0xff];
    }
}
