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
}
