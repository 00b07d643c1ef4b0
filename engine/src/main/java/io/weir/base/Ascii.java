package io.weir.base;

/** Letters of ASCII, whatever the bytes around them stand for. */
public final class Ascii {
    private Ascii() {
    }

    /** A letter in lower case, and anything else, also what is below 0, as it is. */
    public static int lower(final int value) {
        return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
    }
}
