package io.weir.flow;

import io.weir.packet.Frame;
import java.security.SecureRandom;

/**
 * Seeded 64-bit hash of the flow key, for the index of the flow table. Folded multiplications in the manner of wyhash.
 * The seed is drawn per process, so that nobody can send flows that meet in one bucket. Immutable.
 */
public final class FlowHash {
    private final long secret0;
    private final long secret1;
    private final long secret2;
    private final long secret3;
    private final long secret4;
    private final long secret5;
    private final long secret6;
    private final long portsMask;
    private final long vlanAndTunnelMask;

    /**
     * Makes the hash for a seed.
     *
     * @param context tells what belongs to the key
     */
    public FlowHash(final FlowTableContext context, final long seed) {
        secret0 = secret(seed, 1);
        secret1 = secret(seed, 2);
        secret2 = secret(seed, 3);
        secret3 = secret(seed, 4);
        secret4 = secret(seed, 5);
        secret5 = secret(seed, 6);
        secret6 = secret(seed, 7);
        portsMask = FlowKey.portsMask(context.vlanInKey());
        vlanAndTunnelMask = FlowKey.vlanAndTunnelMask(context.vlanInKey(), context.tunnelInKey());
    }

    /** Makes the hash for a seed nobody can guess. */
    public static FlowHash random(final FlowTableContext context) {
        return new FlowHash(context, new SecureRandom().nextLong());
    }

    /** SplitMix64, Steele, Lea and Flood 2014. */
    private static long secret(final long seed, final int n) {
        long z = seed + n * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /**
     * The value for {@link Frame#flowHash}: never 0, but for a frame without flow. Leaves the words of the key that it
     * has packed in the frame, for the table.
     */
    public long hash(final Frame frame) {
        if (frame.ipVersion == 0) {
            return 0;
        }
        final long upper = FlowKey.fold(frame.lowerHi ^ secret0, frame.upperHi ^ secret1);
        final long lower = FlowKey.fold(frame.lowerLo ^ secret2, frame.upperLo ^ secret3);
        final long ports = FlowKey.portsAndProtocol(frame);
        final long tags = FlowKey.vlanAndTunnel(frame);
        frame.portsAndProtocol = ports;
        frame.vlanAndTunnel = tags;
        final long mask = FlowKey.vlanAndTunnelMask(ports, vlanAndTunnelMask);
        final long rest = FlowKey.fold(ports & portsMask ^ secret4, tags & mask ^ secret5);
        final long hash = FlowKey.fold(upper + Long.rotateLeft(lower, 32) ^ secret6, rest ^ secret0);
        return hash == 0 ? 1 : hash;
    }
}
