package io.weir.protocol.content.brotli;

/**
 * The prefix codes of a meta-block in one array: of each how many symbols have which length, then its symbols, shortest
 * first. A code of a single symbol takes no bits.
 */
final class PrefixCodes {
    /** Most bits of a symbol. */
    static final int LONGEST = 15;
    /** Where symbols begin, behind a mark and the counts. */
    static final int SYMBOLS = LONGEST + 1;
    /** Room for more than what an encoder makes of 256 codes for literals, 256 for distances and 50 for commands. */
    private static final int ROOM = 128 * 1024;

    private final short[] codes = new short[ROOM];
    private final int[] next = new int[LONGEST + 1];
    private int used;

    void clear() {
        used = 0;
    }

    short[] codes() {
        return codes;
    }

    /**
     * Adds a code.
     *
     * @param lengths of its symbols, 0 for those it does not have
     * @return where it begins, or -1 if there is no room
     */
    int add(final byte[] lengths, final int alphabet) {
        final int needed = SYMBOLS + Math.max(1, symbols(lengths, alphabet));
        if (used + needed > ROOM) {
            return -1;
        }
        final int at = used;
        used += needed;
        write(lengths, alphabet, codes, at, next);
        return at;
    }

    private static int symbols(final byte[] lengths, final int alphabet) {
        int symbols = 0;
        for (int i = 0; i < alphabet; i++) {
            symbols += lengths[i] == 0 ? 0 : 1;
        }
        return symbols;
    }

    /** Writes a code that is complete, or has one symbol, for {@link BitInput#symbol}. */
    static void write(final byte[] lengths, final int alphabet, final short[] into, final int at, final int[] next) {
        for (int i = 0; i < SYMBOLS; i++) {
            into[at + i] = 0;
        }
        int symbols = 0;
        for (int i = 0; i < alphabet; i++) {
            if (lengths[i] != 0) {
                into[at + lengths[i]]++;
                symbols++;
            }
        }
        next[1] = at + SYMBOLS;
        for (int length = 2; length <= LONGEST; length++) {
            next[length] = next[length - 1] + into[at + length - 1];
        }
        for (int i = 0; i < alphabet; i++) {
            if (lengths[i] != 0) {
                into[next[lengths[i]]++] = (short) i;
            }
        }
        into[at] = (short) (symbols == 1 ? 1 : 0);
    }
}
