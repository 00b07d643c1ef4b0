package io.weir.flow;

/** Protocols that have time-outs of their own. */
public enum FlowProtocol {
    /** TCP. */
    TCP("tcp"),
    /** UDP and UDP-Lite. */
    UDP("udp"),
    /** ICMP and ICMPv6. */
    ICMP("icmp"),
    /** Everything else. */
    OTHER("other");

    /** TCP's number in the IP header. */
    public static final int IP_TCP = 6;

    private static final int IP_ICMP = 1;
    /** IP protocol number of UDP. */
    public static final int IP_UDP = 17;
    /** IP protocol number of encapsulating security payload. */
    public static final int IP_ESP = 50;
    private static final int IP_ICMPV6 = 58;
    /** IP protocol number of SCTP. */
    public static final int IP_SCTP = 132;
    private static final int IP_UDP_LITE = 136;

    private final String label;

    FlowProtocol(final String label) {
        this.label = label;
    }

    /** The class of an IP protocol number. */
    public static FlowProtocol of(final int ipProtocol) {
        return switch (ipProtocol) {
            case IP_TCP -> TCP;
            case IP_UDP, IP_UDP_LITE -> UDP;
            case IP_ICMP, IP_ICMPV6 -> ICMP;
            default -> OTHER;
        };
    }

    /** Name in the configuration. */
    public String label() {
        return label;
    }
}
