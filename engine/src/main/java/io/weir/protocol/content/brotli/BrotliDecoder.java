package io.weir.protocol.content.brotli;

/**
 * Undoes Brotli, RFC 7932, of one body after the other, in pieces of any length: {@link #begin}, {@link #setInput},
 * and {@link #decode} until it gives nothing. The last 64 KiB are kept; what refers to more than that cannot be read,
 * and so it says, which the first 64 KiB never do. It takes 420 KiB when made, and never throws on bad input.
 * One thread.
 */
public final class BrotliDecoder {
    private static final int KEPT = 64 * 1024;
    private static final int MASK = KEPT - 1;

    private enum State {
        WINDOW, META_BLOCK, STORED, SKIPPED, COMMAND, LENGTHS, LITERALS, DISTANCE, COPY, WORD, OVER, DAMAGED, EXCEEDED
    }

    private final BitInput in = new BitInput();
    private final MetaBlock metaBlock = new MetaBlock();
    private final byte[] kept = new byte[KEPT];
    private final byte[] word = new byte[StaticDictionary.LONGEST];
    private State state;
    private int window;
    /** Bytes unpacked, and up to where the call may go. */
    private long produced;
    private long limit;
    /** Bytes of the meta-block that are still to come. */
    private int left;
    private int command;
    private int literals;
    private int copyLength;
    private int distance;
    private int wordAt;
    private int wordLength;

    /** Makes one, which has to begin with a body. */
    public BrotliDecoder() {
        begin();
    }

    /**
     * Reads what all decoders share, so that the first body does not wait for it.
     *
     * @throws IllegalStateException if the library with the words is not the right one
     */
    public static void prepare() {
        StaticDictionary.load();
    }

    /** Begins with a body. */
    public void begin() {
        in.clear();
        metaBlock.clear();
        kept[KEPT - 1] = 0;
        kept[KEPT - 2] = 0;
        produced = 0;
        state = State.WINDOW;
    }

    /** Has further bytes of the body, after {@link #decode} has given nothing; they stay where they are until then. */
    public void setInput(final byte[] source, final int offset, final int length) {
        in.set(source, offset, length);
    }

    /** True if the end of what was packed has come; what follows is not read. */
    public boolean isFinished() {
        return state == State.OVER;
    }

    /** True if it is not Brotli. */
    public boolean isDamaged() {
        return state == State.DAMAGED;
    }

    /** True if it would take more memory or work than there is for a body. */
    public boolean isExceeded() {
        return state == State.EXCEEDED;
    }

    /**
     * Unpacks on.
     *
     * @param out takes what was unpacked; at most 64 KiB
     * @return how many bytes were; 0 if the input was used up, or nothing more will come
     */
    public int decode(final byte[] out) {
        final long from = produced;
        limit = from + Math.min(KEPT, out.length);
        while (produced < limit && state.compareTo(State.OVER) < 0) {
            in.mark();
            step();
            if (in.isStarved()) {
                in.rewind();
                break;
            }
        }
        final int length = (int) (produced - from);
        final int start = (int) from & MASK;
        final int first = Math.min(length, KEPT - start);
        System.arraycopy(kept, start, out, 0, first);
        System.arraycopy(kept, 0, out, first, length - first);
        return length;
    }

    private void step() {
        switch (state) {
            case WINDOW -> window();
            case META_BLOCK -> metaBlock();
            case STORED -> stored();
            case SKIPPED -> skipped();
            case COMMAND -> command();
            case LENGTHS -> lengths();
            case LITERALS -> literals();
            case DISTANCE -> distance();
            case COPY -> copy();
            default -> word();
        }
    }

    private void window() {
        int bits = 16;
        if (in.read(1) == 1) {
            final int high = in.read(3);
            final int low = high == 0 ? in.read(3) : 0;
            bits = high > 0 ? 17 + high : low > 0 ? 8 + low : 17;
        }
        if (!in.isStarved()) {
            window = (1 << bits) - 16;
            // The ninth value stands for windows that are longer than the RFC allows.
            state = bits == 9 ? State.DAMAGED : State.META_BLOCK;
        }
    }

    private void metaBlock() {
        if (!metaBlock.isReadyAfter(in)) {
            return;
        }
        left = metaBlock.length();
        switch (metaBlock.form()) {
            case COMPRESSED -> state = State.COMMAND;
            case STORED -> state = State.STORED;
            case SKIPPED -> state = State.SKIPPED;
            case EMPTY -> state = State.OVER;
            case EXCEEDED -> state = State.EXCEEDED;
            default -> state = State.DAMAGED;
        }
        metaBlock.begin();
    }

    private void metaBlockEnds() {
        state = metaBlock.isLast() ? State.OVER : State.META_BLOCK;
    }

    private void put(final byte value) {
        kept[(int) produced++ & MASK] = value;
        left--;
    }

    private int before(final int back) {
        return kept[(int) (produced - back) & MASK] & 0xff;
    }

    private void stored() {
        final int value = in.read(Byte.SIZE);
        if (!in.isStarved()) {
            put((byte) value);
            if (left == 0) {
                metaBlockEnds();
            }
        }
    }

    private void skipped() {
        if (left == 0) {
            metaBlockEnds();
            return;
        }
        in.read(Byte.SIZE);
        if (!in.isStarved()) {
            left--;
        }
    }

    private void command() {
        if (!metaBlock.changesCommands(in)) {
            command = metaBlock.command(in);
            if (!in.isStarved()) {
                state = State.LENGTHS;
            }
        }
    }

    private void lengths() {
        final int inserted = Commands.insertLength(command, in);
        final int copied = Commands.copyLength(command, in);
        if (!in.isStarved()) {
            literals = inserted;
            copyLength = copied;
            state = inserted > left ? State.DAMAGED : inserted > 0 ? State.LITERALS : State.DISTANCE;
        }
    }

    private void literals() {
        while (produced < limit) {
            if (!metaBlock.changesLiterals(in)) {
                final int literal = metaBlock.literal(in, before(1), before(2));
                if (in.isStarved()) {
                    return;
                }
                put((byte) literal);
                if (--literals == 0) {
                    literalsEnd();
                    return;
                }
            } else if (in.isStarved()) {
                return;
            }
            in.mark();
        }
    }

    private void literalsEnd() {
        if (left == 0) {
            metaBlockEnds();
        } else {
            state = State.DISTANCE;
        }
    }

    private void distance() {
        final boolean last = command < Commands.WITH_DISTANCE;
        if (!last && metaBlock.changesDistances(in)) {
            return;
        }
        final int found = last ? metaBlock.lastDistance() : metaBlock.distance(in, copyLength);
        if (!in.isStarved()) {
            distance = found;
            begins(last || metaBlock.isLastAgain());
        }
    }

    private void begins(final boolean again) {
        if (distance < 1) {
            state = State.DAMAGED;
        } else if (distance > Math.min(produced, window)) {
            wordLength = StaticDictionary.word(copyLength, distance - (int) Math.min(produced, window) - 1, word);
            wordAt = 0;
            state = wordLength < 0 || wordLength > left ? State.DAMAGED : State.WORD;
        } else {
            if (!again) {
                metaBlock.distances().used(distance);
            }
            state = copyLength > left ? State.DAMAGED : distance > KEPT ? State.EXCEEDED : State.COPY;
        }
    }

    private void copy() {
        int length = (int) Math.min(copyLength, limit - produced);
        copyLength -= length;
        for (; length > 0; length--) {
            put(kept[(int) (produced - distance) & MASK]);
        }
        if (copyLength == 0) {
            copied();
        }
    }

    private void word() {
        while (wordAt < wordLength && produced < limit) {
            put(word[wordAt++]);
        }
        if (wordAt == wordLength) {
            copied();
        }
    }

    private void copied() {
        if (left == 0) {
            metaBlockEnds();
        } else {
            state = State.COMMAND;
        }
    }
}
