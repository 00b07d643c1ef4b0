package io.weir.rule.pattern;

import org.agrona.UnsafeApi;

/**
 * Says of four bytes whether a pattern may start there or near. Case is taken out with a mask, which makes some other
 * bytes one as well: a filter may be wrong in that direction.
 *
 * <p>A pattern has two bits of a word at a hash of its first four bytes. With a stride of two, only every other place
 * is asked: then its second to fifth bytes have them too, and a pattern of just four has them for each byte that may
 * stand before its first three. With a stride of four, where all patterns have seven bytes, the four bytes from its
 * second, third and fourth on have them as well. Patterns below four bytes have bits at their first two bytes instead,
 * and every place is asked.
 */
final class StartFilter {
    /** Bytes from where on it answers. */
    static final int WINDOW = 4;
    static final int CASE_MASK = 0xDFDF_DFDF;
    static final int MULTIPLIER = 0x9E37_79B1;
    /** Bytes of the bits of pairs. */
    static final int PAIRS_BYTES = 8192;

    private static final int LEAST_BITS = 16;
    private static final int MOST_BITS = 22;
    /** How many bits there are for one that is set. */
    private static final int SPARSENESS = 32;
    /** The different bytes that the mask leaves. */
    private static final int MASKED_BYTES = 128;
    /** With a stride of two, most bits that a pattern may take on average. */
    private static final int MOST_BITS_FOR_A_PATTERN = 16;
    private static final int MOST_STRIDE = 4;
    /** A shift by more is one by the rest. */
    private static final int WORD_SHIFT = 6;

    private final int stride;
    private final int hashBits;
    private final long[] quads;
    private final long[] pairs = new long[PAIRS_BYTES / Long.BYTES];
    private final boolean shortPatterns;

    StartFilter(final PatternSet set) {
        long ofFour = 0;
        int shortest = Integer.MAX_VALUE;
        for (int i = 0; i < set.size(); i++) {
            final int length = set.literal(i).bytes().length;
            shortest = Math.min(shortest, length);
            ofFour += length == WINDOW ? 1 : 0;
        }
        final long ofTwoStrides = 2L * set.size() + MASKED_BYTES * ofFour;
        shortPatterns = shortest < WINDOW;
        if (shortest >= WINDOW + MOST_STRIDE - 1) {
            stride = MOST_STRIDE;
        } else {
            stride = shortPatterns || ofTwoStrides > (long) MOST_BITS_FOR_A_PATTERN * set.size() ? 1 : 2;
        }
        final long wanted = SPARSENESS * (stride == 2 ? ofTwoStrides : (long) stride * set.size());
        hashBits = Math.min(Math.max(64 - Long.numberOfLeadingZeros(wanted), LEAST_BITS), MOST_BITS);
        quads = new long[1 << hashBits - 6];
        for (int i = 0; i < set.size(); i++) {
            add(set.literal(i).bytes());
        }
    }

    private void add(final byte[] bytes) {
        if (bytes.length < WINDOW) {
            addShort(bytes);
            return;
        }
        final int first = word(bytes, 0);
        addQuad(first);
        for (int i = 1; i < stride && i <= bytes.length - WINDOW; i++) {
            addQuad(word(bytes, i));
        }
        if (stride == 2 && bytes.length == WINDOW) {
            for (int before = 0; before < 256; before++) {
                addQuad(first << 8 | before);
            }
        }
    }

    private void addQuad(final int word) {
        final int product = (word & CASE_MASK) * MULTIPLIER;
        final int hash = product >>> shift();
        quads[hash >>> WORD_SHIFT] |= 1L << hash | 1L << (product >>> shift() - WORD_SHIFT);
    }

    private void addShort(final byte[] bytes) {
        for (int second = 0; second < 256; second++) {
            if (bytes.length == 1 || (byte) second == bytes[1]) {
                final int pair = (bytes[0] & 0xff | second << 8) & CASE_MASK;
                pairs[pair >>> 6] |= 1L << pair;
            }
        }
    }

    /** Four bytes as they are read from memory. */
    static int word(final byte[] bytes, final int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    /** Bit 0 says whether a pattern may start with these four bytes, or near; the others mean nothing. */
    static long quad(final long quadsAddress, final int hashShift, final int word) {
        final int product = (word & CASE_MASK) * MULTIPLIER;
        final int hash = product >>> hashShift;
        final long bits = UnsafeApi.getLong(quadsAddress + (hash >>> WORD_SHIFT << 3));
        return bits >>> hash & bits >>> (product >>> hashShift - WORD_SHIFT);
    }

    /** How far the product of the four bytes is shifted to be the number of a bit. */
    int shift() {
        return 32 - hashBits;
    }

    /** How far apart the places are that must be asked: 1, 2 or 4. */
    int stride() {
        return stride;
    }

    /** Whether pairs must be looked at. */
    boolean hasShortPatterns() {
        return shortPatterns;
    }

    int quadsBytes() {
        return quads.length * Long.BYTES;
    }

    void write(final long quadsAddress, final long pairsAddress) {
        for (int i = 0; i < quads.length; i++) {
            UnsafeApi.putLong(quadsAddress + (long) i * Long.BYTES, quads[i]);
        }
        for (int i = 0; i < pairs.length; i++) {
            UnsafeApi.putLong(pairsAddress + (long) i * Long.BYTES, pairs[i]);
        }
    }
}
