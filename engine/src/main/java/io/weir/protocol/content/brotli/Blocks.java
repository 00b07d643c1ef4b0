package io.weir.protocol.content.brotli;

/** Block types of literals, commands or distances, section 6: which one is at hand, and for how many elements. */
final class Blocks {
    private static final int COUNT_CODES = 26;
    private static final int[] EXTRA_BITS =
        {2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24};
    private static final int[] FIRST = Ranges.firsts(1, EXTRA_BITS);
    /** Longer than any block of which the length is told. */
    private static final int ALL = 1 << 24;

    private enum State { COUNT, TYPE_CODE, LENGTH_CODE, LENGTH, READY, DAMAGED }

    private State state;
    private int types;
    private int type;
    private int before;
    private int left;
    private int typeCode;
    private int lengthCode;

    /** A number from 1 to 256, as numbers of block types and of codes are written. */
    static int count(final BitInput in) {
        if (in.read(1) == 0) {
            return 1;
        }
        final int bits = in.read(3);
        return (1 << bits) + 1 + in.read(bits);
    }

    /** A meta-block begins. */
    void begin() {
        state = State.COUNT;
        type = 0;
        before = 1;
        left = ALL;
    }

    boolean isDamaged() {
        return state == State.DAMAGED;
    }

    int types() {
        return types;
    }

    /** The block type at hand. */
    int type() {
        return type;
    }

    /** Takes a step through what a meta-block says of its blocks; true once that is read. */
    boolean isReadyAfter(final BitInput in, final PrefixCodeReader reader, final PrefixCodes codes) {
        switch (state) {
            case COUNT -> {
                types = count(in);
                if (!in.isStarved()) {
                    reader.begin(types + 2);
                    state = types == 1 ? State.READY : State.TYPE_CODE;
                }
            }
            case TYPE_CODE -> {
                if (reader.isReadyAfter(in)) {
                    typeCode = codes.add(reader.lengths(), types + 2);
                    reader.begin(COUNT_CODES);
                    state = typeCode < 0 ? State.DAMAGED : State.LENGTH_CODE;
                } else if (reader.isDamaged()) {
                    state = State.DAMAGED;
                }
            }
            case LENGTH_CODE -> {
                if (reader.isReadyAfter(in)) {
                    lengthCode = codes.add(reader.lengths(), COUNT_CODES);
                    state = lengthCode < 0 ? State.DAMAGED : State.LENGTH;
                } else if (reader.isDamaged()) {
                    state = State.DAMAGED;
                }
            }
            case LENGTH -> {
                final int length = length(in, codes);
                if (!in.isStarved()) {
                    left = length;
                    state = State.READY;
                }
            }
            default -> { }
        }
        return state == State.READY;
    }

    private int length(final BitInput in, final PrefixCodes codes) {
        final int code = in.symbol(codes.codes(), lengthCode);
        return FIRST[code] + in.read(EXTRA_BITS[code]);
    }

    /**
     * True if the next element needs a new block: then {@link #change} is the next step. A single type never ends,
     * though elements may be more than bytes: of some words nothing is left.
     */
    boolean isOver() {
        return left == 0 && types > 1;
    }

    /** Takes the step to the next block. */
    void change(final BitInput in, final PrefixCodes codes) {
        final int symbol = in.symbol(codes.codes(), typeCode);
        final int length = length(in, codes);
        if (in.isStarved()) {
            return;
        }
        final int following = symbol == 0 ? before : symbol == 1 ? (type + 1) % types : symbol - 2;
        before = type;
        type = following;
        left = length;
    }

    /** An element was read. */
    void count() {
        left--;
    }
}
