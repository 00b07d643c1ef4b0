package io.weir.capture.tpacket;

import io.weir.packet.LinkType;

/** Link types of interfaces by the kernel's ARPHRD_ number (linux/if_arp.h), for packet sockets of type SOCK_RAW. */
public final class HardwareType {
    private HardwareType() {
    }

    /** LINKTYPE_ value of the frames such an interface delivers, or -1 if it is not known. */
    public static int linkType(final int hardware) {
        return switch (hardware) {
            case 1, 772 -> LinkType.ETHERNET;
            // TUNNEL, TUNNEL6, SIT, RAWIP and NONE (tun, WireGuard) have no link header.
            case 768, 769, 776, 519, 0xfffe -> LinkType.RAW;
            case 801 -> LinkType.IEEE802_11;
            case 803 -> LinkType.IEEE802_11_RADIOTAP;
            default -> -1;
        };
    }
}
