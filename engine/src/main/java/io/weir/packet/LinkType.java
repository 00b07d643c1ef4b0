package io.weir.packet;

/** The LINKTYPE_ values of capture files that the decoder knows (tcpdump.org/linktypes.html). */
public final class LinkType {
    /** BSD loopback: a 4-byte address family in the byte order of the capturing machine. */
    public static final int NULL = 0;
    /** Ethernet. */
    public static final int ETHERNET = 1;
    /** ARCnet as BSD captures it. */
    public static final int ARCNET_BSD = 7;
    /** PPP, with or without HDLC framing bytes. */
    public static final int PPP = 9;
    /** Raw IP as some systems number it. */
    public static final int RAW_12 = 12;
    /** Raw IP as OpenBSD numbers it. */
    public static final int RAW_14 = 14;
    /** PPP in HDLC-like framing, RFC 1662. */
    public static final int PPP_HDLC = 50;
    /** PPPoE session frames without Ethernet. */
    public static final int PPP_ETHER = 51;
    /** Raw IP. */
    public static final int RAW = 101;
    /** Cisco HDLC. */
    public static final int C_HDLC = 104;
    /** IEEE 802.11 without a radio header. */
    public static final int IEEE802_11 = 105;
    /** Frame relay. */
    public static final int FRAME_RELAY = 107;
    /** OpenBSD loopback: the address family in network byte order. */
    public static final int LOOP = 108;
    /** Linux cooked capture, version 1. */
    public static final int LINUX_SLL = 113;
    /** IEEE 802.11 behind a Prism or AVS header. */
    public static final int IEEE802_11_PRISM = 119;
    /** IEEE 802.11 behind a radiotap header. */
    public static final int IEEE802_11_RADIOTAP = 127;
    /** IEEE 802.11 behind an AVS header. */
    public static final int IEEE802_11_AVS = 163;
    /** ARCnet as Linux captures it. */
    public static final int ARCNET_LINUX = 129;
    /** For private use; Apple's systems wrote packets behind {@link #PKTAP} headers under it. */
    public static final int USER_2 = 149;
    /** PPP as pppd hands it out: a direction byte in place of the address. */
    public static final int PPP_PPPD = 166;
    /** Per-packet information in front of another link type. */
    public static final int PPI = 192;
    /** Raw IPv4. */
    public static final int IPV4 = 228;
    /** Raw IPv6. */
    public static final int IPV6 = 229;
    /** Packets as netfilter logs them: values with lengths, one of which is the packet. */
    public static final int NFLOG = 239;
    /** Apple's information about a packet, in front of another link type. */
    public static final int PKTAP = 258;
    /** Linux cooked capture, version 2. */
    public static final int LINUX_SLL2 = 276;

    private LinkType() {
    }

    /** Name as capture tools write it, or null if it is not known here. */
    public static String name(final int type) {
        return switch (type) {
            case NULL -> "NULL";
            case ETHERNET -> "EN10MB";
            case ARCNET_BSD -> "ARCNET";
            case PPP -> "PPP";
            case RAW_12, RAW_14, RAW -> "RAW";
            case PPP_HDLC -> "PPP_SERIAL";
            case PPP_ETHER -> "PPP_ETHER";
            case C_HDLC -> "C_HDLC";
            case IEEE802_11 -> "IEEE802_11";
            case FRAME_RELAY -> "FRELAY";
            case LOOP -> "LOOP";
            case LINUX_SLL -> "LINUX_SLL";
            case IEEE802_11_PRISM -> "PRISM_HEADER";
            case IEEE802_11_RADIOTAP -> "IEEE802_11_RADIO";
            case IEEE802_11_AVS -> "IEEE802_11_RADIO_AVS";
            case ARCNET_LINUX -> "ARCNET_LINUX";
            case PPP_PPPD -> "PPP_PPPD";
            case PPI -> "PPI";
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
            case NFLOG -> "NFLOG";
            case PKTAP -> "PKTAP";
            case LINUX_SLL2 -> "LINUX_SLL2";
            default -> null;
        };
    }
}
