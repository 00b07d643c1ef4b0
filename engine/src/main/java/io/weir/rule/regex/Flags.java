package io.weir.rule.regex;

/** Settings of an expression, as bits. */
final class Flags {
    static final int CASELESS = 1;
    static final int DOT_ALL = 1 << 1;
    static final int MULTI_LINE = 1 << 2;
    static final int EXTENDED = 1 << 3;
    static final int ANCHORED = 1 << 4;
    static final int DOLLAR_END = 1 << 5;
    static final int UNGREEDY = 1 << 6;
    /** Those that {@code (?^)} takes back. */
    static final int INLINE = CASELESS | DOT_ALL | MULTI_LINE | EXTENDED;

    private static final String LETTERS = "ismxAEG";

    private Flags() {
    }

    /** The bit of a letter. */
    static int of(final int letter) {
        final int index = LETTERS.indexOf(letter);
        if (index < 0) {
            throw new IllegalArgumentException("there is no flag " + (char) letter + ", only " + LETTERS);
        }
        return 1 << index;
    }

    /** The bits of some letters. */
    static int of(final String letters) {
        int flags = 0;
        for (int i = 0; i < letters.length(); i++) {
            flags |= of(letters.charAt(i));
        }
        return flags;
    }
}
