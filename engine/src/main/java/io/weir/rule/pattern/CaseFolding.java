package io.weir.rule.pattern;

/** ASCII letters in either case are one; all other bytes stay what they are. */
final class CaseFolding {
    private CaseFolding() {
    }

    static boolean isLetter(final byte b) {
        final int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** Lower case. */
    static byte fold(final byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    /** Lower case of four bytes at once. */
    static int fold(final int word) {
        final int low = word & 0x7F7F_7F7F;
        // The top bit of each byte: it is 'A' or more; it is more than 'Z'.
        final int atLeastA = low + 0x3F3F_3F3F;
        final int beyondZ = low + 0x2525_2525;
        return word | (atLeastA & ~beyondZ & ~word & 0x8080_8080) >>> 2;
    }
}
