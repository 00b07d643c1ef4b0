package io.weir.protocol.content;

/**
 * Undoes one compression as it comes, whatever the pieces. As lenient as browsers: what turns out not to be compressed
 * is handed on as it is, and what follows the end is passed over. Pooled; one thread.
 */
abstract class Unpacker {
    /** What came before anything went out is kept, so that it can be handed on as it is. */
    private static final int MOST_KEPT = 1024;
    private static final int OUT = 8 * 1024;
    /** Most bytes that one layer gives: a few bytes must not cause work without end. */
    private static final long MOST_OUT = 4L * 1024 * 1024;

    private final byte[] kept = new byte[MOST_KEPT];
    private final byte[] out = new byte[OUT];
    private int keptLength;
    private long given;
    private boolean damaged;

    /** Begins with a body. */
    void begin(final Coding announced) {
        keptLength = 0;
        given = 0;
        damaged = false;
    }

    /**
     * Takes the next bytes.
     *
     * @return false if no more are wanted
     */
    abstract boolean take(byte[] source, int offset, int length, Content target);

    /** The body has ended. */
    abstract void finish(Content target);

    /** Gives its memory back for good. */
    void end() {
    }

    /** True if it is not what was announced, or broken. */
    final boolean isDamaged() {
        return damaged;
    }

    final void damaged() {
        damaged = true;
    }

    /** True if it has given all it may. */
    boolean isExhausted() {
        return given > MOST_OUT;
    }

    /** Where unpacked bytes are put for {@link #give}. */
    final byte[] out() {
        return out;
    }

    /** Hands on unpacked bytes; false if no more are wanted. */
    final boolean give(final int length, final Content target) {
        given += length;
        return target.take(out, 0, length);
    }

    /** Remembers bytes that came. */
    final void keep(final byte[] source, final int from, final int length) {
        if (keptLength + length <= MOST_KEPT) {
            System.arraycopy(source, from, kept, keptLength, length);
        }
        keptLength = Math.min(MOST_KEPT + 1, keptLength + length);
    }

    final byte[] kept() {
        return kept;
    }

    final int keptLength() {
        return keptLength;
    }

    /** True if nothing went out yet, and all that came is kept. */
    final boolean isWhole() {
        return given == 0 && keptLength <= MOST_KEPT;
    }

    final boolean hasGiven() {
        return given > 0;
    }

    /** Hands on what is kept as it came; false if no more is wanted. */
    final boolean giveKept(final Content target) {
        return target.take(kept, 0, Math.min(MOST_KEPT, keptLength));
    }
}
