package io.weir.protocol.content.brotli;

/** Contexts of literals by the two bytes before them, section 7.1. */
final class LiteralContexts {
    /** How many there are for a block type. */
    static final int COUNT = 64;

    private static final int LAST_SIX_BITS = 0;
    private static final int FIRST_SIX_BITS = 1;
    private static final int TEXT = 2;
    /** What a byte of text is as the last one, in fours: control, white space, punctuation, digit, letters. */
    private static final String ASCII_KINDS = """
        .........BB..B..\
        ................\
        CDEDDFDEGHDDIDJD\
        LLLLLLLLLLIIGKHD\
        DMNNNMNNNMNNNNNM\
        NNNNNMNNNNNGDHDD\
        DOPPPOPPPOPPPPPO\
        PPPPPOPPPPPGDHD.\
        """;
    private static final byte[] TEXT_LAST = new byte[256];
    private static final byte[] TEXT_BEFORE = new byte[256];
    private static final byte[] NUMBER = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            TEXT_LAST[i] = (byte) last(i);
            TEXT_BEFORE[i] = (byte) before(i);
            NUMBER[i] = (byte) number(i);
        }
    }

    private LiteralContexts() {
    }

    /** The context of what follows two bytes, in one of the four modes. */
    static int context(final int mode, final int last, final int before) {
        return switch (mode) {
            case LAST_SIX_BITS -> last & 0x3f;
            case FIRST_SIX_BITS -> last >> 2;
            case TEXT -> TEXT_LAST[last] | TEXT_BEFORE[before];
            default -> NUMBER[last] << 3 | NUMBER[before];
        };
    }

    private static int last(final int value) {
        if (value >= 0x80) {
            return (value >= 0xc0 ? 2 : 0) + (value & 1);
        }
        final char kind = ASCII_KINDS.charAt(value);
        return kind == '.' ? 0 : 4 * (kind - 'A');
    }

    private static int before(final int value) {
        if (value >= 0x80) {
            return value >= 0xe0 ? 2 : 0;
        }
        if (value >= 'a' && value <= 'z') {
            return 3;
        }
        if (value >= 'A' && value <= 'Z' || value >= '0' && value <= '9') {
            return 2;
        }
        return value > ' ' && value < 0x7f ? 1 : 0;
    }

    /** How great a byte is as a number with a sign. */
    private static int number(final int value) {
        final int[] ends = {0, 15, 63, 127, 191, 239, 254};
        int size = 0;
        while (size < ends.length && value > ends[size]) {
            size++;
        }
        return size;
    }
}
