package io.weir.stats;

import java.util.Locale;

/** Names of IP protocol numbers as IANA assigns them and EVE writes them. */
public final class IpProtocol {
    /** RFC 792. */
    public static final int ICMP = 1;
    /** RFC 9293. */
    public static final int TCP = 6;
    /** RFC 768. */
    public static final int UDP = 17;
    /** RFC 4443. */
    public static final int ICMPV6 = 58;
    /** RFC 9260. */
    public static final int SCTP = 132;

    private static final String[] NAMES = new String[256];
    private static final String[] LABELS = new String[256];

    static {
        for (int protocol = 0; protocol < NAMES.length; protocol++) {
            NAMES[protocol] = assigned(protocol);
            LABELS[protocol] = NAMES[protocol].toLowerCase(Locale.ROOT);
        }
        LABELS[ICMPV6] = "icmpv6";
    }

    private IpProtocol() {
    }

    /** True for ICMP of either version of IP. */
    public static boolean isIcmp(final int protocol) {
        return protocol == ICMP || protocol == ICMPV6;
    }

    /** Name as EVE's {@code proto} has it; the number in decimal if it has no name. */
    public static String name(final int protocol) {
        return NAMES[protocol & 0xff];
    }

    /** Lower-case name for tables and summaries. */
    public static String label(final int protocol) {
        return LABELS[protocol & 0xff];
    }

    private static String assigned(final int protocol) {
        return switch (protocol) {
            case 0 -> "HOPOPT";
            case ICMP -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IPv4";
            case TCP -> "TCP";
            case 8 -> "EGP";
            case UDP -> "UDP";
            case 33 -> "DCCP";
            case 41 -> "IPv6";
            case 43 -> "IPv6-Route";
            case 44 -> "IPv6-Frag";
            case 46 -> "RSVP";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case ICMPV6 -> "IPv6-ICMP";
            case 59 -> "IPv6-NoNxt";
            case 60 -> "IPv6-Opts";
            case 88 -> "EIGRP";
            case 89 -> "OSPF";
            case 94 -> "IPIP";
            case 97 -> "EtherIP";
            case 103 -> "PIM";
            case 108 -> "IPComp";
            case 112 -> "VRRP";
            case 115 -> "L2TP";
            case SCTP -> "SCTP";
            case 136 -> "UDPLite";
            case 137 -> "MPLS-in-IP";
            default -> Integer.toString(protocol);
        };
    }
}
