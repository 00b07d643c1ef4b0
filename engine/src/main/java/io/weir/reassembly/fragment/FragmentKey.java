package io.weir.reassembly.fragment;

import io.weir.packet.Frame;
import io.weir.packet.Wire;
import java.security.SecureRandom;

/**
 * What fragments of one datagram have in common: addresses in packet order, identification, in IPv4 the protocol
 * (RFC 791; not in IPv6, RFC 8200 section 4.5), the tunnels they lie in, and VLAN ids by configuration. Holds the key
 * of one fragment at a time; owned by one thread.
 *
 * <p>The hash is seeded per instance, so that nobody can send datagrams that meet in one bucket.
 */
final class FragmentKey {
    private static final int PROTOCOL_SHIFT = 32;
    private static final int VERSION_SHIFT = 40;
    private static final int DIRECTION_SHIFT = 44;
    private static final int VLAN_COUNT_SHIFT = 45;
    private static final int IPV4_PROTOCOL = 9;

    private final long[] secrets = new long[8];
    private final boolean vlanInKey;

    long lowerHi;
    long lowerLo;
    long upperHi;
    long upperLo;
    /** Identification, protocol, version, direction and number of VLAN ids. */
    long identity;
    /** VLAN ids in the lower, tunnel id in the upper half. */
    long vlanAndTunnel;
    /** Tunnel types. */
    int tunnels;

    FragmentKey(final boolean vlanInKey) {
        this.vlanInKey = vlanInKey;
        final SecureRandom random = new SecureRandom();
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = random.nextLong();
        }
    }

    void set(final Frame frame) {
        lowerHi = frame.lowerHi;
        lowerLo = frame.lowerLo;
        upperHi = frame.upperHi;
        upperLo = frame.upperLo;
        // between equal addresses fromUpper tells the order of the ports, which later fragments do not have
        final boolean fromUpper = frame.fromUpper && (lowerLo != upperLo || lowerHi != upperHi);
        final long protocol =
            frame.ipVersion == 4 ? Wire.u8(frame.address + frame.ipOffset + IPV4_PROTOCOL) : 0;
        identity = frame.fragmentId & 0xffff_ffffL | protocol << PROTOCOL_SHIFT
            | (long) frame.ipVersion << VERSION_SHIFT | (fromUpper ? 1L << DIRECTION_SHIFT : 0)
            | (vlanInKey ? (long) frame.vlanCount << VLAN_COUNT_SHIFT : 0);
        vlanAndTunnel = (vlanInKey ? frame.vlanIds & 0xffff_ffffL : 0) | (long) frame.tunnelId << 32;
        tunnels = frame.tunnels;
    }

    /** Folded multiplications in the manner of wyhash. */
    long hash() {
        final long upper = fold(lowerHi ^ secrets[0], upperHi ^ secrets[1]);
        final long lower = fold(lowerLo ^ secrets[2], upperLo ^ secrets[3]);
        final long rest = fold(identity ^ secrets[4], vlanAndTunnel ^ secrets[5]);
        return fold(upper + Long.rotateLeft(lower, 32) ^ secrets[6], rest + tunnels ^ secrets[7]);
    }

    private static long fold(final long a, final long b) {
        return Math.multiplyHigh(a, b) ^ a * b;
    }
}
