package io.weir.flow;

import io.weir.packet.Frame;
import java.security.SecureRandom;

/**
 * The hash of receive-side scaling: Toeplitz over addresses and ports, as NICs compute it.
 *
 * <p>Input is source address, destination address, source port, destination port, in network order: 12 bytes for
 * IPv4, 36 for IPv6. Ports of 0 leave the hash of the addresses alone. Frames are hashed in canonical order, lower
 * endpoint first, so that both directions agree under any key. Immutable.
 *
 * <p>Each input byte selects one of 256 precomputed words for its position; the hash is their exclusive or.
 */
public final class Toeplitz {
    /** Length of a key in bytes. */
    public static final int KEY_LENGTH = 40;

    private static final int IPV4_POSITIONS = 12;
    private static final int IPV6_POSITIONS = 36;

    private final int[] words = new int[IPV6_POSITIONS * 256];

    /**
     * Makes the hash for a key.
     *
     * @param key {@link #KEY_LENGTH} bytes
     */
    public Toeplitz(final byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a Toeplitz key has " + KEY_LENGTH + " bytes, not " + key.length);
        }
        for (int position = 0; position < IPV6_POSITIONS; position++) {
            for (int bit = 0; bit < 8; bit++) {
                final int window = window(key, position * 8 + bit);
                for (int value = 0; value < 256; value++) {
                    if ((value & 0x80 >> bit) != 0) {
                        words[position * 256 + value] ^= window;
                    }
                }
            }
        }
    }

    private static int window(final byte[] key, final int bit) {
        long five = 0;
        for (int i = 0; i < 5; i++) {
            final int at = bit / 8 + i;
            five = five << 8 | (at < key.length ? key[at] & 0xff : 0);
        }
        return (int) (five >>> 8 - bit % 8);
    }

    /** A key nobody can guess. */
    public static byte[] randomKey() {
        final byte[] key = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /**
     * The published symmetric key, under which a NIC gives both directions the same hash (Woo and Park, 2012). It folds
     * tuples into 16 bits: for agreeing with a NIC alone.
     */
    public static byte[] symmetricKey() {
        final byte[] key = new byte[KEY_LENGTH];
        for (int i = 0; i < KEY_LENGTH; i += 2) {
            key[i] = 0x6d;
            key[i + 1] = 0x5a;
        }
        return key;
    }

    /** Hash of a frame's innermost tuple in canonical order; 0 if it has no flow. */
    public int hash(final Frame frame) {
        if (frame.ipVersion == 4) {
            return hashIpv4((int) frame.lowerLo, (int) frame.upperLo, frame.lowerPort, frame.upperPort);
        }
        if (frame.ipVersion == 6) {
            return hashIpv6(frame.lowerHi, frame.lowerLo, frame.upperHi, frame.upperLo,
                frame.lowerPort, frame.upperPort);
        }
        return 0;
    }

    /**
     * The same of the addresses alone: what all fragments of a datagram have in common, the first of them and those
     * that do not tell ports.
     */
    public int hashAddresses(final Frame frame) {
        if (frame.ipVersion == 4) {
            return hashIpv4((int) frame.lowerLo, (int) frame.upperLo, 0, 0);
        }
        return frame.ipVersion == 6 ? hashIpv6(frame.lowerHi, frame.lowerLo, frame.upperHi, frame.upperLo, 0, 0) : 0;
    }

    /** The words of all bytes in all 36 positions, 256 for each, for a program that hashes as this does. */
    public int[] words() {
        return words.clone();
    }

    /** Hash of an IPv4 tuple; addresses and ports as numbers. */
    public int hashIpv4(final int source, final int destination, final int sourcePort, final int destinationPort) {
        return word(0, source) ^ word(4, destination) ^ ports(IPV4_POSITIONS - 4, sourcePort, destinationPort);
    }

    /** Hash of an IPv6 tuple; addresses as upper and lower halves. */
    public int hashIpv6(final long sourceHi, final long sourceLo, final long destinationHi, final long destinationLo,
        final int sourcePort, final int destinationPort) {
        return word(0, (int) (sourceHi >>> 32)) ^ word(4, (int) sourceHi)
            ^ word(8, (int) (sourceLo >>> 32)) ^ word(12, (int) sourceLo)
            ^ word(16, (int) (destinationHi >>> 32)) ^ word(20, (int) destinationHi)
            ^ word(24, (int) (destinationLo >>> 32)) ^ word(28, (int) destinationLo)
            ^ ports(IPV6_POSITIONS - 4, sourcePort, destinationPort);
    }

    private int ports(final int position, final int sourcePort, final int destinationPort) {
        return word(position, sourcePort << 16 | destinationPort & 0xffff);
    }

    private int word(final int position, final int value) {
        final int at = position << 8;
        return words[at + (value >>> 24)]
            ^ words[at + 256 + (value >>> 16 & 0xff)]
            ^ words[at + 512 + (value >>> 8 & 0xff)]
            ^ words[at + 768 + (value & 0xff)];
    }
}
