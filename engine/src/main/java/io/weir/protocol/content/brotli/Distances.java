package io.weir.protocol.content.brotli;

/** Distances of copies, section 4: codes of those of a meta-block, and the last four. */
final class Distances {
    private static final int LAST_CODES = 16;
    /** For each of the first codes, which of the last distances it means, and what is added. */
    private static final int[] BACK = {1, 2, 3, 4, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2};
    private static final int[] ADDED = {0, 0, 0, 0, -1, 1, -2, 2, -3, 3, -1, 1, -2, 2, -3, 3};

    private final int[] last = new int[4];
    private int count;
    private int postfixBits;
    private int direct;

    /** A stream begins. */
    void clear() {
        last[0] = 16;
        last[1] = 15;
        last[2] = 11;
        last[3] = 4;
        count = 0;
    }

    /** A meta-block begins. */
    void parameters(final int bits, final int codes) {
        postfixBits = bits;
        direct = codes << bits;
    }

    /** How many codes there are. */
    int codes() {
        return LAST_CODES + direct + (48 << postfixBits);
    }

    /** The distance of a code, with the extra bits read; below 1 if there is none such. */
    int distance(final int code, final BitInput in) {
        if (code < LAST_CODES) {
            return last[count - BACK[code] & 3] + ADDED[code];
        }
        if (code < LAST_CODES + direct) {
            return code - LAST_CODES + 1;
        }
        final int rest = code - LAST_CODES - direct;
        final int bits = 1 + (rest >> postfixBits + 1);
        final int high = rest >> postfixBits;
        final int low = rest & (1 << postfixBits) - 1;
        final int offset = (2 + (high & 1) << bits) - 4;
        return (offset + in.read(bits) << postfixBits) + low + direct + 1;
    }

    int last() {
        return last[count - 1 & 3];
    }

    /** Something was copied over this distance. */
    void used(final int distance) {
        last[count++ & 3] = distance;
    }
}
