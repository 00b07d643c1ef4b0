package io.weir.protocol.content.brotli;

/**
 * Bits of pieces of bytes, the lowest of each byte first. Whoever reads takes a step at a time: {@link #mark}, read at
 * most {@link #MOST} bits, and if there were too few, {@link #isStarved}, {@link #rewind} and take the same step again
 * once there is more.
 */
final class BitInput {
    /** Bits that a step may take. */
    static final int MOST = 57;

    private byte[] source;
    private int at;
    private int end;
    private long bits;
    private int count;
    private long markedBits;
    private int markedCount;
    private boolean starved;

    void clear() {
        at = 0;
        end = 0;
        bits = 0;
        count = 0;
        starved = false;
    }

    /** Has the next piece, after the one before was read to its end. */
    void set(final byte[] piece, final int offset, final int length) {
        source = piece;
        at = offset;
        end = offset + length;
    }

    /** A step begins. */
    void mark() {
        while (count < MOST && at < end) {
            bits |= (source[at++] & 0xffL) << count;
            count += Byte.SIZE;
        }
        markedBits = bits;
        markedCount = count;
        starved = false;
    }

    /** True if the step asked for more bits than there are; what it has read then means nothing. */
    boolean isStarved() {
        return starved;
    }

    /** Goes back to where the step began. */
    void rewind() {
        bits = markedBits;
        count = markedCount;
    }

    /** The next bits as a number, at most 24. */
    int read(final int length) {
        if (length > count) {
            starved = true;
            return 0;
        }
        final int value = (int) (bits & (1L << length) - 1);
        bits >>>= length;
        count -= length;
        return value;
    }

    /** The next bits, at most 24, which stay; zeros where there are none. */
    int peek(final int length) {
        return (int) (bits & (1L << length) - 1);
    }

    /** Passes over bits. */
    void skip(final int length) {
        read(length);
    }

    /** Goes to the beginning of the next byte; false if a bit before it is set. */
    boolean align() {
        return read(count & Byte.SIZE - 1) == 0;
    }

    /** The next symbol of a prefix code, section 3.2. */
    int symbol(final short[] codes, final int from) {
        if (codes[from] != 0) {
            return codes[from + PrefixCodes.SYMBOLS] & 0xffff;
        }
        long rest = bits;
        int code = 0;
        int first = 0;
        int index = from + PrefixCodes.SYMBOLS;
        for (int length = 1; length <= PrefixCodes.LONGEST; length++) {
            code |= (int) rest & 1;
            rest >>>= 1;
            final int size = codes[from + length];
            if (code - first < size) {
                starved |= length > count;
                bits = rest;
                count = Math.max(0, count - length);
                return codes[index + code - first] & 0xffff;
            }
            index += size;
            first = first + size << 1;
            code <<= 1;
        }
        starved = true;
        return 0;
    }
}
