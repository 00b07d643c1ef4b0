package io.weir.flow;

import io.weir.packet.Frame;

/**
 * The parts of a flow's key that are no addresses, packed into two words, and the fold both flow hashes use.
 *
 * <p>First word from the low end: lower port, upper port (16 bits each), IP protocol (8), IP version (4), number of
 * VLAN ids (4); the upper 16 bits are 0. Second word: VLAN ids in the lower, tunnel id in the upper 32 bits.
 */
final class FlowKey {
    static final int KEY_BITS = 48;
    static final int VLAN_COUNT_SHIFT = 44;
    static final int IP_VERSION_SHIFT = 40;
    static final int PROTOCOL_SHIFT = 32;

    private static final long VLAN_IDS = 0xffff_ffffL;
    private static final long VLAN_COUNT = 0xfL << VLAN_COUNT_SHIFT;

    private FlowKey() {
    }

    static long portsAndProtocol(final Frame frame) {
        return frame.lowerPort & 0xffff
            | (frame.upperPort & 0xffffL) << 16
            | (frame.protocol & 0xffL) << PROTOCOL_SHIFT
            | (frame.ipVersion & 0xfL) << IP_VERSION_SHIFT
            | (frame.vlanCount & 0xfL) << VLAN_COUNT_SHIFT;
    }

    static long vlanAndTunnel(final Frame frame) {
        return frame.vlanIds & VLAN_IDS | (long) frame.tunnelId << 32;
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
