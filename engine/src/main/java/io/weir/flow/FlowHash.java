package io.weir.flow;

import io.weir.packet.Frame;
import io.weir.packet.PlainDecoder;
import java.security.SecureRandom;

/**
 * Seeded 64-bit hash of the flow key, for the index of the flow table. Folded multiplications in the manner of wyhash:
 * two for most flows, whose addresses of IPv4 fit into a word. The seed is drawn per process, so that nobody can send
 * flows that meet in one bucket. Immutable.
 *
 * <p>Drives the decoding of plain frames as well, whose key is hashed while it is at hand: {@link #decodePlain}.
 */
public final class FlowHash {
    private final long secret0;
    private final long secret1;
    private final long secret2;
    private final long secret3;
    private final long secret4;
    private final long secret5;
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
        final long ports = FlowKey.portsAndProtocol(frame);
        final long tags = FlowKey.vlanAndTunnel(frame);
        frame.portsAndProtocol = ports;
        frame.vlanAndTunnel = tags;
        long addresses = frame.ipVersion == 4 ? ipv4(frame) : ipv6(frame);
        final long told = tags & FlowKey.vlanAndTunnelMask(ports, vlanAndTunnelMask);
        if (told != 0) {
            addresses = fold(addresses ^ secret0, told, secret1);
        }
        final long hash = mix(addresses ^ secret3, ports & portsMask ^ secret4);
        return hash == 0 ? 1 : hash;
    }

    /**
     * Decodes those of the first {@code count} frames that are plain, and sets their hash and the words of their key to
     * the same as {@link #hash}. One loop for both, so that what is hashed is in registers still, and one of IPv4
     * alone, so that they suffice.
     *
     * @return how many are not plain, and not decoded
     */
    public int decodePlain(final Frame[] frames, final int count) {
        int others = 0;
        for (int i = 0; i < count; i++) {
            final Frame frame = frames[i];
            if (PlainDecoder.ipv4(frame)) {
                hashPlain(frame, 4L << FlowKey.IP_VERSION_SHIFT, ipv4(frame));
            } else {
                // what the descriptor held before, kept for the other loop
                frame.plain = -frame.plain;
                others++;
            }
        }
        return others == 0 ? 0 : decodeIpv6(frames, count);
    }

    private int decodeIpv6(final Frame[] frames, final int count) {
        int others = 0;
        for (int i = 0; i < count; i++) {
            final Frame frame = frames[i];
            if (frame.plain > 0) {
                continue;
            }
            frame.plain = -frame.plain;
            if (PlainDecoder.ipv6(frame)) {
                hashPlain(frame, 6L << FlowKey.IP_VERSION_SHIFT, ipv6(frame));
            } else {
                frame.plain = 0;
                others++;
            }
        }
        return others;
    }

    private void hashPlain(final Frame frame, final long version, final long addresses) {
        final long ports = frame.lowerPort | (long) frame.upperPort << Short.SIZE
            | (long) frame.protocol << FlowKey.PROTOCOL_SHIFT | version;
        frame.portsAndProtocol = ports;
        frame.vlanAndTunnel = 0;
        final long hash = mix(addresses ^ secret3, ports ^ secret4);
        frame.flowHash = hash == 0 ? 1 : hash;
    }

    /** Both addresses of IPv4, as they are. */
    private static long ipv4(final Frame frame) {
        return frame.lowerLo << Integer.SIZE | frame.upperLo;
    }

    private long ipv6(final Frame frame) {
        final long lower = fold(frame.lowerHi ^ secret0, frame.lowerLo, secret1);
        return fold(frame.upperHi ^ lower, frame.upperLo, secret2);
    }

    /** A product does not change if both factors change their sign, so one of the words is added. */
    private static long fold(final long factor, final long word, final long secret) {
        return FlowKey.fold(factor, word ^ secret) + word;
    }

    private long mix(final long a, final long b) {
        return FlowKey.fold(a * b ^ secret5, Math.multiplyHigh(a, b) ^ secret0);
    }
}
