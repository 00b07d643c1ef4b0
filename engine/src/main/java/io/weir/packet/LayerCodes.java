package io.weir.packet;

/** The numbers by which an outer header announces a layer; -1 where it has none. */
final class LayerCodes {
    private LayerCodes() {
    }

    /** EtherType, IEEE registry. */
    static int etherType(final LayerType type) {
        return switch (type) {
            case IPV4 -> 0x0800;
            case ARP -> 0x0806;
            case DOT1Q -> 0x8100;
            case IPV6 -> 0x86dd;
            case MPLS -> 0x8847;
            case PPPOE -> 0x8864;
            case PPP -> 0x880b;
            case ETHERNET -> 0x6558;
            case ERSPAN -> 0x88be;
            default -> -1;
        };
    }

    /** IP protocol, IANA registry. */
    static int ipProtocol(final LayerType type) {
        return switch (type) {
            case IPV6_HOP_BY_HOP -> 0;
            case ICMPV4 -> 1;
            case IGMP -> 2;
            case IPV4 -> 4;
            case TCP -> 6;
            case UDP -> 17;
            case DCCP -> 33;
            case IPV6 -> 41;
            case IPV6_ROUTING -> 43;
            case IPV6_FRAGMENT -> 44;
            case GRE -> 47;
            case ESP -> 50;
            case AH -> 51;
            case ICMPV6 -> 58;
            case IPV6_DESTINATION -> 60;
            case OSPF -> 89;
            case ETHER_IP -> 97;
            case PIM -> 103;
            case VRRP -> 112;
            case L2TP -> 115;
            case SCTP -> 132;
            case IPV6_MOBILITY -> 135;
            case UDP_LITE -> 136;
            case MPLS -> 137;
            case HIP -> 139;
            case SHIM6 -> 140;
            default -> -1;
        };
    }

    /** PPP protocol, IANA registry. */
    static int pppProtocol(final LayerType type) {
        return switch (type) {
            case IPV4 -> 0x0021;
            case IPV6 -> 0x0057;
            case MPLS -> 0x0281;
            default -> -1;
        };
    }
}
