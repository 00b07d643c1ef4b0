package io.weir.packet;

/** Why decoding of a frame ended early. The ordinal is kept in {@link Frame#error}. */
public enum DecodeError {
    /** Everything was decoded. */
    NONE("decoded to the end");

    private static final DecodeError[] VALUES = values();

    private final String sentence;

    DecodeError(final String sentence) {
        this.sentence = sentence;
    }

    /** The error for {@link Frame#error}. */
    public static DecodeError of(final int ordinal) {
        return VALUES[ordinal];
    }

    /** What it means, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
