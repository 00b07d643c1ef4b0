package io.weir.packet;

import java.nio.ByteBuffer;

/**
 * A network: all addresses with a prefix. Addresses are 128 bits in two longs, IPv4 zero-extended.
 *
 * @param ipVersion    4 or 6
 * @param firstHi      upper half of its lowest address
 * @param firstLo      lower half of its lowest address
 * @param prefixLength in bits, of 128 for IPv4 too
 */
public record Network(int ipVersion, long firstHi, long firstLo, int prefixLength) {
    private static final int BITS = 128;

    /**
     * Reads a network; an address alone is one of one host.
     *
     * @throws IllegalArgumentException if the text is not an address with or without a prefix length, or the address
     *     has bits set beyond the prefix
     */
    public static Network parse(final String text) {
        final int slash = text.indexOf('/');
        final byte[] address = address(text, slash < 0 ? text : text.substring(0, slash));
        final int bits = address.length * Byte.SIZE;
        final int length = slash < 0 ? bits : length(text, text.substring(slash + 1), bits);
        final ByteBuffer whole = ByteBuffer.allocate(BITS / Byte.SIZE).position((BITS - bits) / Byte.SIZE).put(address);
        final Network network = new Network(bits == BITS ? 6 : 4, whole.getLong(0), whole.getLong(8),
            BITS - bits + length);
        if ((network.firstHi & ~network.maskHi()) != 0 || (network.firstLo & ~network.maskLo()) != 0) {
            throw new IllegalArgumentException("the network " + text + " has bits set beyond its prefix of " + length
                + " bits");
        }
        return network;
    }

    private static byte[] address(final String text, final String address) {
        try {
            return AddressText.parse(address);
        } catch (final IllegalArgumentException e) {
            throw notANetwork(text);
        }
    }

    private static int length(final String text, final String length, final int bits) {
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
            throw notANetwork(text);
        }
        return Integer.parseInt(length);
    }

    private static IllegalArgumentException notANetwork(final String text) {
        return new IllegalArgumentException("not a network: " + text
            + "; write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32");
    }

    /** True if it has this address, of its own IP version. */
    public boolean contains(final long addressHi, final long addressLo) {
        return ((addressHi ^ firstHi) & maskHi()) == 0 && ((addressLo ^ firstLo) & maskLo()) == 0;
    }

    /** Upper half of its highest address. */
    public long lastHi() {
        return firstHi | ~maskHi();
    }

    /** Lower half of its highest address. */
    public long lastLo() {
        return firstLo | ~maskLo();
    }

    private long maskHi() {
        return mask(Math.min(prefixLength, Long.SIZE));
    }

    private long maskLo() {
        return mask(Math.max(prefixLength - Long.SIZE, 0));
    }

    private static long mask(final int ones) {
        return ones == 0 ? 0 : -1L << Long.SIZE - ones;
    }
}
