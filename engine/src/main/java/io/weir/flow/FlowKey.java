package io.weir.flow;

import io.weir.packet.Frame;
import io.weir.packet.TunnelType;

/**
 * The parts of a flow's key that are no addresses, packed into two words, and the fold both flow hashes use.
 *
 * <p>First word from the low end: lower port, upper port (16 bits each), IP protocol (8), IP version (4), number of
 * VLAN ids (3), whether the tunnel's id is one-way (1); the upper 16 bits are 0. Second word: VLAN ids in the lower,
 * tunnel id in the upper 32 bits.
 *
 * <p>GTP-U, L2TP and PPTP give each direction an id of its own. Both directions are one flow, so there the id is kept
 * for the record but tells no flows apart; the bit keeps them apart from flows outside such tunnels.
 */
final class FlowKey {
    static final int KEY_BITS = 48;
    /** Bits of the first word that belong to no key. */
    static final int REST_BITS = Long.SIZE - KEY_BITS;
    static final int VLAN_COUNT_SHIFT = 44;
    static final int IP_VERSION_SHIFT = 40;
    static final int PROTOCOL_SHIFT = 32;

    static final int VLAN_COUNT_MAX = 7;

    private static final int ONE_WAY_SHIFT = 47;
    private static final long VLAN_IDS = 0xffff_ffffL;
    private static final long VLAN_COUNT = (long) VLAN_COUNT_MAX << VLAN_COUNT_SHIFT;
    private static final int ONE_WAY_TYPES =
        1 << TunnelType.GTP_U.ordinal() | 1 << TunnelType.L2TP.ordinal() | 1 << TunnelType.PPTP.ordinal();

    private FlowKey() {
    }

    static long portsAndProtocol(final Frame frame) {
        return frame.lowerPort & 0xffff
            | (frame.upperPort & 0xffffL) << 16
            | (frame.protocol & 0xffL) << PROTOCOL_SHIFT
            | (frame.ipVersion & 0xfL) << IP_VERSION_SHIFT
            | (long) (frame.vlanCount & VLAN_COUNT_MAX) << VLAN_COUNT_SHIFT
            | (isTunnelIdOneWay(frame.tunnels) ? 1L << ONE_WAY_SHIFT : 0);
    }

    static long vlanAndTunnel(final Frame frame) {
        return frame.vlanIds & VLAN_IDS | (long) frame.tunnelId << 32;
    }

    private static boolean isTunnelIdOneWay(final int tunnels) {
        for (int rest = tunnels; rest != 0; rest >>>= 4) {
            if ((ONE_WAY_TYPES >>> (rest & 0xf) & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** What of {@link #vlanAndTunnel} tells flows with this first word apart. */
    static long vlanAndTunnelMask(final long portsAndProtocol, final long mask) {
        return (portsAndProtocol >>> ONE_WAY_SHIFT & 1) != 0 ? mask & VLAN_IDS : mask;
    }

    /** What of {@link #portsAndProtocol} tells flows apart. */
    static long portsMask(final boolean vlanInKey) {
        final long all = (1L << KEY_BITS) - 1;
        return vlanInKey ? all : all & ~VLAN_COUNT;
    }

    /** What of {@link #vlanAndTunnel} tells flows apart. */
    static long vlanAndTunnelMask(final boolean vlanInKey, final boolean tunnelInKey) {
        return (vlanInKey ? VLAN_IDS : 0) | (tunnelInKey ? ~VLAN_IDS : 0);
    }

    /** Folds the 128-bit product of two words into one. */
    static long fold(final long a, final long b) {
        return Math.multiplyHigh(a, b) ^ a * b;
    }
}
