package io.weir.protocol.content.brotli;

import java.util.Arrays;

/** Which prefix code belongs to which block type and context, section 7.3, read step by step. */
final class ContextMap {
    private static final int MOST_CODES = 256;
    private static final int MOST_RUN_CODES = 16;

    private enum State { CODES, RUNS, CODE, ENTRIES, READY, DAMAGED }

    private final byte[] map;
    private final short[] code = new short[PrefixCodes.SYMBOLS + MOST_CODES + MOST_RUN_CODES];
    private final int[] next = new int[PrefixCodes.LONGEST + 1];
    private final byte[] order = new byte[MOST_CODES];
    private State state;
    private int size;
    private int codes;
    private int runCodes;
    private int at;

    /**
     * Has room for so many contexts of each block type.
     *
     * @param contexts of a block type
     */
    ContextMap(final int contexts) {
        map = new byte[MOST_CODES * contexts];
    }

    /** Begins with a map of so many entries. */
    void begin(final int entries) {
        size = entries;
        at = 0;
        state = State.CODES;
    }

    boolean isDamaged() {
        return state == State.DAMAGED;
    }

    /** How many codes it points to. */
    int codes() {
        return codes;
    }

    /** The code for a context, counted through all block types. */
    int code(final int context) {
        return map[context] & 0xff;
    }

    /** Takes a step; true once the map is there. */
    boolean isReadyAfter(final BitInput in, final PrefixCodeReader reader) {
        switch (state) {
            case CODES -> codes(in);
            case RUNS -> runs(in, reader);
            case CODE -> readCode(in, reader);
            case ENTRIES -> entry(in);
            default -> { }
        }
        return state == State.READY;
    }

    private void codes(final BitInput in) {
        codes = Blocks.count(in);
        if (!in.isStarved()) {
            Arrays.fill(map, 0, size, (byte) 0);
            state = codes == 1 ? State.READY : State.RUNS;
        }
    }

    private void runs(final BitInput in, final PrefixCodeReader reader) {
        runCodes = in.read(1) == 0 ? 0 : in.read(4) + 1;
        if (!in.isStarved()) {
            reader.begin(codes + runCodes);
            state = State.CODE;
        }
    }

    private void readCode(final BitInput in, final PrefixCodeReader reader) {
        if (reader.isReadyAfter(in)) {
            PrefixCodes.write(reader.lengths(), codes + runCodes, code, 0, next);
            state = State.ENTRIES;
        } else if (reader.isDamaged()) {
            state = State.DAMAGED;
        }
    }

    private void entry(final BitInput in) {
        if (at == size) {
            final boolean moved = in.read(1) == 1;
            if (!in.isStarved()) {
                if (moved) {
                    undoMoves();
                }
                state = State.READY;
            }
            return;
        }
        final int symbol = in.symbol(code, 0);
        final boolean run = symbol > 0 && symbol <= runCodes;
        final int length = run ? (1 << symbol) + in.read(symbol) : 1;
        if (in.isStarved()) {
            return;
        }
        if (length > size - at) {
            state = State.DAMAGED;
        } else if (!run) {
            map[at] = (byte) (symbol == 0 ? 0 : symbol - runCodes);
        }
        at += length;
    }

    /** Each entry says how far in front its code stands, which then moves there. */
    private void undoMoves() {
        for (int i = 0; i < order.length; i++) {
            order[i] = (byte) i;
        }
        for (int i = 0; i < size; i++) {
            final int place = map[i] & 0xff;
            final byte found = order[place];
            map[i] = found;
            System.arraycopy(order, 0, order, 1, place);
            order[0] = found;
        }
    }
}
