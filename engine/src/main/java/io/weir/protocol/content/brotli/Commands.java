package io.weir.protocol.content.brotli;

/** What a code of the alphabet of 704 commands means: lengths of literals and of the copy behind them, section 5. */
final class Commands {
    /** How many there are. */
    static final int COUNT = 704;
    /** Commands below this one take the last distance. */
    static final int WITH_DISTANCE = 128;

    private static final int[] INSERT_BITS =
        {0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24};
    private static final int[] COPY_BITS =
        {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24};
    private static final int[] INSERTS = Ranges.firsts(0, INSERT_BITS);
    private static final int[] COPIES = Ranges.firsts(2, COPY_BITS);
    /** First codes of both lengths for each 64 commands. */
    private static final int[] INSERT_CODES = {0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16};
    private static final int[] COPY_CODES = {0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16};

    private Commands() {
    }

    /** Reads how many literals come. */
    static int insertLength(final int command, final BitInput in) {
        final int code = INSERT_CODES[command >> 6] + (command >> 3 & 7);
        return INSERTS[code] + in.read(INSERT_BITS[code]);
    }

    /** Reads how much is copied behind them. */
    static int copyLength(final int command, final BitInput in) {
        final int code = COPY_CODES[command >> 6] + (command & 7);
        return COPIES[code] + in.read(COPY_BITS[code]);
    }
}
