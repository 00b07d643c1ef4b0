package io.weir.protocol.content.brotli;

import java.util.Arrays;

/** Reads one prefix code, sections 3.4 and 3.5, step by step. */
final class PrefixCodeReader {
    private static final int MOST_SYMBOLS = 704;
    private static final int LENGTH_CODES = 18;
    private static final int REPEAT = 16;
    private static final int SIMPLE = 1;
    /** What a code of lengths and one of symbols add up to when they are complete. */
    private static final int WHOLE_LENGTHS = 32;
    private static final int WHOLE = 1 << PrefixCodes.LONGEST;
    private static final int[] ORDER = {1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    /** Lengths of codes of lengths by four bits: how many of these they take, and what they mean. */
    private static final int[] FIXED_BITS = {2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4};
    private static final int[] FIXED_VALUES = {0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5};

    private enum State { FORM, LENGTH_CODE, LENGTHS, READY, DAMAGED }

    private final byte[] lengths = new byte[MOST_SYMBOLS];
    private final byte[] codeLengths = new byte[LENGTH_CODES];
    private final short[] lengthCode = new short[PrefixCodes.SYMBOLS + LENGTH_CODES];
    private final int[] next = new int[PrefixCodes.LONGEST + 1];
    private final int[] simple = new int[4];
    private State state;
    private int alphabet;
    private int at;
    private int space;
    private int seen;
    private int lastLength;
    private int repeated;
    private int repeatedLength;

    /** Begins with a code of so many symbols. */
    void begin(final int size) {
        alphabet = size;
        state = State.FORM;
    }

    boolean isDamaged() {
        return state == State.DAMAGED;
    }

    /** Lengths of the symbols of what was read. */
    byte[] lengths() {
        return lengths;
    }

    /** Takes a step; true once the code is there. */
    boolean isReadyAfter(final BitInput in) {
        switch (state) {
            case FORM -> form(in);
            case LENGTH_CODE -> lengthCode(in);
            case LENGTHS -> lengths(in);
            default -> { }
        }
        return state == State.READY;
    }

    private void form(final BitInput in) {
        final int form = in.read(2);
        if (form == SIMPLE) {
            simple(in);
        } else if (!in.isStarved()) {
            Arrays.fill(codeLengths, (byte) 0);
            at = form;
            space = WHOLE_LENGTHS;
            seen = 0;
            state = State.LENGTH_CODE;
        }
    }

    private void simple(final BitInput in) {
        final int count = in.read(2) + 1;
        final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(alphabet - 1);
        boolean good = true;
        for (int i = 0; i < count; i++) {
            simple[i] = in.read(bits);
            good &= simple[i] < alphabet;
            for (int before = 0; before < i; before++) {
                good &= simple[i] != simple[before];
            }
        }
        final boolean skewed = count == 4 && in.read(1) == 1;
        if (in.isStarved()) {
            return;
        }
        if (!good) {
            state = State.DAMAGED;
            return;
        }
        Arrays.fill(lengths, 0, alphabet, (byte) 0);
        for (int i = 0; i < count; i++) {
            lengths[simple[i]] = (byte) simpleLength(count, i, skewed);
        }
        state = State.READY;
    }

    /** Length of one of up to four symbols; that of a single one only says that it is there. */
    private static int simpleLength(final int count, final int index, final boolean skewed) {
        if (count == 4 && !skewed) {
            return 2;
        }
        return Math.max(1, Math.min(index + 1, count - 1));
    }

    private void lengthCode(final BitInput in) {
        final int peeked = in.peek(4);
        in.skip(FIXED_BITS[peeked]);
        if (in.isStarved()) {
            return;
        }
        final int length = FIXED_VALUES[peeked];
        codeLengths[ORDER[at++]] = (byte) length;
        if (length != 0) {
            space -= WHOLE_LENGTHS >> length;
            seen++;
        }
        if (space > 0 && at < LENGTH_CODES) {
            return;
        }
        if (space != 0 && seen != 1) {
            state = State.DAMAGED;
            return;
        }
        PrefixCodes.write(codeLengths, LENGTH_CODES, lengthCode, 0, next);
        Arrays.fill(lengths, 0, alphabet, (byte) 0);
        at = 0;
        space = WHOLE;
        lastLength = 8;
        repeated = 0;
        repeatedLength = 0;
        state = State.LENGTHS;
    }

    private void lengths(final BitInput in) {
        final int length = in.symbol(lengthCode, 0);
        if (length < REPEAT) {
            if (!in.isStarved()) {
                repeated = 0;
                lengths[at++] = (byte) length;
                if (length != 0) {
                    lastLength = length;
                    space -= WHOLE >> length;
                }
                lengthsMayEnd();
            }
            return;
        }
        final int bits = length - REPEAT + 2;
        final int more = in.read(bits) + 3;
        if (!in.isStarved()) {
            repeat(length == REPEAT ? lastLength : 0, bits, more);
        }
    }

    /** Repeats a length; a repetition right behind one of the same length goes on where that ended. */
    private void repeat(final int length, final int bits, final int more) {
        if (repeatedLength != length) {
            repeated = 0;
            repeatedLength = length;
        }
        final int before = repeated;
        repeated = (before > 0 ? before - 2 << bits : 0) + more;
        final int count = repeated - before;
        if (count > alphabet - at) {
            state = State.DAMAGED;
            return;
        }
        Arrays.fill(lengths, at, at + count, (byte) length);
        at += count;
        if (length != 0) {
            space -= count * (WHOLE >> length);
        }
        lengthsMayEnd();
    }

    private void lengthsMayEnd() {
        if (space <= 0 || at == alphabet) {
            state = space == 0 ? State.READY : State.DAMAGED;
        }
    }
}
