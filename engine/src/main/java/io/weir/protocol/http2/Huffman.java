package io.weir.protocol.http2;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/**
 * The Huffman code of header fields, RFC 7541, appendix B. It is canonical: lengths tell the codes. Decoded four bits
 * at a time; immutable, for any thread.
 */
final class Huffman {
    /** Bits of the codes of bytes 0 to 255, and of the end of a string. */
    private static final String LENGTHS =
        "13 23 28 28 28 28 28 28 28 24 30 28 28 30 28 28 28 28 28 28 28 28 30 28 28 28 28 28 28 28 28 28 "
        + "6 10 10 12 13 6 8 11 10 10 8 11 8 6 6 6 5 5 5 6 6 6 6 6 6 6 7 8 15 6 12 10 "
        + "13 6 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 8 7 8 13 19 13 14 6 "
        + "15 5 6 5 6 5 6 6 6 5 7 7 6 6 6 5 6 7 6 5 5 6 7 7 7 7 7 15 11 14 13 28 "
        + "20 22 20 20 22 22 22 23 22 23 23 23 23 23 24 23 24 24 22 23 24 23 23 23 23 21 22 23 22 23 23 24 "
        + "22 21 20 22 22 23 23 21 23 22 22 24 21 22 23 23 21 21 22 21 23 22 23 23 20 22 22 22 23 22 22 23 "
        + "26 26 20 19 22 23 22 25 26 26 26 27 27 26 24 25 19 21 26 27 27 26 27 24 21 21 26 26 28 27 27 27 "
        + "20 24 20 21 22 21 21 23 22 22 25 25 24 24 26 23 26 27 26 26 27 27 27 27 27 28 27 27 27 27 27 26 30";
    private static final int BYTES = 256;
    private static final int LONGEST = 30;
    private static final int STEP = 4;
    private static final int MASK = (1 << STEP) - 1;
    /** In {@link #STEPS}: what follows is no code. */
    private static final short NONE = -1;
    private static final int SYMBOL_SHIFT = 16;
    private static final int HAS_SYMBOL = 1 << 24;

    /** Inner nodes of the tree: for each bit the node it leads to, or a symbol as its complement. */
    private static final int[] TREE = tree();
    /** By node and four bits: the node they lead to in the lower 16 bits, and the byte they end on the way, if any. */
    private static final int[] STEPS = steps();

    /** Nodes that padding may end at: the first bits of the end's code, which are ones, but less than a byte. */
    private static final int[] PADDING = padding();

    private Huffman() {
    }

    private static int[] padding() {
        final int[] nodes = new int[Byte.SIZE];
        for (int bits = 1; bits < nodes.length; bits++) {
            nodes[bits] = TREE[2 * nodes[bits - 1] + 1];
        }
        return nodes;
    }

    private static int[] tree() {
        final int[] lengths = Arrays.stream(LENGTHS.split(" ")).mapToInt(Integer::parseInt).toArray();
        final int[] nodes = new int[2 * lengths.length];
        int count = 1;
        int code = 0;
        for (int bits = 1; bits <= LONGEST; bits++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] != bits) {
                    continue;
                }
                int node = 0;
                for (int bit = bits - 1; bit > 0; bit--) {
                    final int at = 2 * node + (code >>> bit & 1);
                    if (nodes[at] == 0) {
                        nodes[at] = count++;
                    }
                    node = nodes[at];
                }
                nodes[2 * node + (code & 1)] = ~symbol;
                code++;
            }
            code <<= 1;
        }
        return Arrays.copyOf(nodes, 2 * count);
    }

    private static int[] steps() {
        final int[] steps = new int[TREE.length / 2 << STEP];
        for (int node = 0; node < TREE.length / 2; node++) {
            for (int value = 0; value <= MASK; value++) {
                steps[node << STEP | value] = step(node, value);
            }
        }
        return steps;
    }

    /** No code is shorter than five bits, so that four of them end at most one. */
    private static int step(final int from, final int value) {
        int node = from;
        int symbol = 0;
        for (int bit = STEP - 1; bit >= 0; bit--) {
            final int next = TREE[2 * node + (value >>> bit & 1)];
            if (next >= 0) {
                node = next;
            } else if (~next == BYTES) {
                return NONE;
            } else {
                symbol = HAS_SYMBOL | ~next << SYMBOL_SHIFT;
                node = 0;
            }
        }
        return symbol | node;
    }

    /**
     * Decodes a string.
     *
     * @param target takes at most as many bytes as it has behind {@code at}
     * @return bytes decoded, or -1 if it is not coded so or there is no room
     */
    static int decode(final Bytes source, final int from, final int length, final byte[] target, final int at) {
        int node = 0;
        int to = at;
        for (int i = from; i < from + length; i++) {
            final int value = source.u8(i);
            for (int shift = Byte.SIZE - STEP; shift >= 0; shift -= STEP) {
                final int step = STEPS[node << STEP | value >>> shift & MASK];
                if (step == NONE) {
                    return -1;
                }
                node = step & 0xffff;
                if ((step & HAS_SYMBOL) != 0) {
                    if (to == target.length) {
                        return -1;
                    }
                    target[to++] = (byte) (step >>> SYMBOL_SHIFT);
                }
            }
        }
        for (final int beginning : PADDING) {
            if (beginning == node) {
                return to - at;
            }
        }
        return -1;
    }
}
