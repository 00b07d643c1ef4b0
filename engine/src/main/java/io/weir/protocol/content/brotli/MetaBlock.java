package io.weir.protocol.content.brotli;

/**
 * What a meta-block says before its data, section 9.2, read step by step: lengths, block types, contexts, prefix codes.
 */
final class MetaBlock {
    /** Entries of context maps that the meta-blocks of a body may have in all: a few bytes could make thousands. */
    private static final int MOST_ENTRIES = 512 * 1024;
    private static final int LITERALS = 256;
    private static final int DISTANCE_CONTEXTS = 4;

    /** How its data is read. */
    enum Form { COMPRESSED, STORED, SKIPPED, EMPTY, DAMAGED, EXCEEDED }

    private enum Part {
        LENGTH, LITERAL_BLOCKS, COMMAND_BLOCKS, DISTANCE_BLOCKS, DISTANCES, MODES, LITERAL_MAP, DISTANCE_MAP,
        LITERAL_CODES, COMMAND_CODES, DISTANCE_CODES, READY
    }

    private final Blocks literalBlocks = new Blocks();
    private final Blocks commandBlocks = new Blocks();
    private final Blocks distanceBlocks = new Blocks();
    private final Distances distances = new Distances();
    private final byte[] modes = new byte[256];
    private final ContextMap literalMap = new ContextMap(LiteralContexts.COUNT);
    private final ContextMap distanceMap = new ContextMap(DISTANCE_CONTEXTS);
    private final int[] literalCodes = new int[256];
    private final int[] commandCodes = new int[256];
    private final int[] distanceCodes = new int[256];
    private final PrefixCodes codes = new PrefixCodes();
    private final PrefixCodeReader reader = new PrefixCodeReader();
    private Part part;
    private Form form;
    private boolean last;
    private int length;
    private int at;
    private int entries;
    private boolean again;

    /** A stream begins. */
    void clear() {
        distances.clear();
        entries = 0;
        begin();
    }

    /** The next meta-block begins. */
    void begin() {
        part = Part.LENGTH;
        form = Form.COMPRESSED;
    }

    Form form() {
        return form;
    }

    /** Bytes of its data once it is unpacked, or of what is skipped. */
    int length() {
        return length;
    }

    boolean isLast() {
        return last;
    }

    Distances distances() {
        return distances;
    }

    /** Takes a step; true once its data follows, or it cannot be read. */
    boolean isReadyAfter(final BitInput in) {
        switch (part) {
            case LENGTH -> length(in);
            case LITERAL_BLOCKS -> blocks(literalBlocks, commandBlocks, Part.COMMAND_BLOCKS, in);
            case COMMAND_BLOCKS -> blocks(commandBlocks, distanceBlocks, Part.DISTANCE_BLOCKS, in);
            case DISTANCE_BLOCKS -> blocks(distanceBlocks, distanceBlocks, Part.DISTANCES, in);
            case DISTANCES -> distances(in);
            case MODES -> mode(in);
            case LITERAL_MAP -> literalMap(in);
            case DISTANCE_MAP -> distanceMap(in);
            case LITERAL_CODES -> codes(literalCodes, literalMap.codes(), LITERALS, in);
            case COMMAND_CODES -> codes(commandCodes, commandBlocks.types(), Commands.COUNT, in);
            case DISTANCE_CODES -> codes(distanceCodes, distanceMap.codes(), distances.codes(), in);
            default -> { }
        }
        return part == Part.READY;
    }

    private void ready(final Form how) {
        form = how;
        part = Part.READY;
    }

    private void length(final BitInput in) {
        final boolean isLast = in.read(1) == 1;
        if (isLast && in.read(1) == 1) {
            last = true;
            ready(Form.EMPTY);
            return;
        }
        final int nibbles = 4 + in.read(2);
        if (nibbles == 7) {
            skipped(isLast, in);
            return;
        }
        final int size = in.read(4 * nibbles);
        final boolean stored = !isLast && in.read(1) == 1;
        final boolean aligned = !stored || in.align();
        if (in.isStarved()) {
            return;
        }
        last = isLast;
        length = size + 1;
        if (!aligned || nibbles > 4 && size >> 4 * (nibbles - 1) == 0) {
            ready(Form.DAMAGED);
        } else if (stored) {
            ready(Form.STORED);
        } else {
            codes.clear();
            literalBlocks.begin();
            part = Part.LITERAL_BLOCKS;
        }
    }

    private void skipped(final boolean isLast, final BitInput in) {
        final boolean reserved = in.read(1) == 1;
        final int bytes = in.read(2);
        final int size = in.read(Byte.SIZE * bytes);
        final boolean aligned = in.align();
        if (in.isStarved()) {
            return;
        }
        last = isLast;
        length = bytes == 0 ? 0 : size + 1;
        final boolean shorter = bytes > 1 && size >> Byte.SIZE * (bytes - 1) == 0;
        ready(reserved || !aligned || shorter ? Form.DAMAGED : Form.SKIPPED);
    }

    private void blocks(final Blocks blocks, final Blocks following, final Part then, final BitInput in) {
        if (blocks.isReadyAfter(in, reader, codes)) {
            part = then;
            if (following != blocks) {
                following.begin();
            }
        } else if (blocks.isDamaged()) {
            ready(Form.DAMAGED);
        }
    }

    private void distances(final BitInput in) {
        final int bits = in.read(2);
        final int direct = in.read(4);
        if (!in.isStarved()) {
            distances.parameters(bits, direct);
            at = 0;
            part = Part.MODES;
        }
    }

    private void mode(final BitInput in) {
        final int mode = in.read(2);
        if (in.isStarved()) {
            return;
        }
        modes[at++] = (byte) mode;
        if (at == literalBlocks.types()) {
            literalMap.begin(literalBlocks.types() * LiteralContexts.COUNT);
            part = Part.LITERAL_MAP;
        }
    }

    private void literalMap(final BitInput in) {
        if (literalMap.isReadyAfter(in, reader)) {
            entries += literalMap.codes() == 1 ? 0 : literalBlocks.types() * LiteralContexts.COUNT;
            distanceMap.begin(distanceBlocks.types() * DISTANCE_CONTEXTS);
            part = Part.DISTANCE_MAP;
            if (entries > MOST_ENTRIES) {
                ready(Form.EXCEEDED);
            }
        } else if (literalMap.isDamaged()) {
            ready(Form.DAMAGED);
        }
    }

    private void distanceMap(final BitInput in) {
        if (distanceMap.isReadyAfter(in, reader)) {
            at = 0;
            reader.begin(LITERALS);
            part = Part.LITERAL_CODES;
        } else if (distanceMap.isDamaged()) {
            ready(Form.DAMAGED);
        }
    }

    private void codes(final int[] starts, final int count, final int alphabet, final BitInput in) {
        if (!reader.isReadyAfter(in)) {
            if (reader.isDamaged()) {
                ready(Form.DAMAGED);
            }
            return;
        }
        starts[at] = codes.add(reader.lengths(), alphabet);
        if (starts[at++] < 0) {
            ready(Form.EXCEEDED);
        } else if (at < count) {
            reader.begin(alphabet);
        } else {
            at = 0;
            reader.begin(part == Part.LITERAL_CODES ? Commands.COUNT : distances.codes());
            part = part == Part.LITERAL_CODES ? Part.COMMAND_CODES
                : part == Part.COMMAND_CODES ? Part.DISTANCE_CODES : Part.READY;
        }
    }

    /** Takes the step to the next block of literals, if there is one to take; true if it was. */
    boolean changesLiterals(final BitInput in) {
        return changes(literalBlocks, in);
    }

    /** The same for commands. */
    boolean changesCommands(final BitInput in) {
        return changes(commandBlocks, in);
    }

    /** The same for distances. */
    boolean changesDistances(final BitInput in) {
        return changes(distanceBlocks, in);
    }

    private boolean changes(final Blocks blocks, final BitInput in) {
        if (!blocks.isOver()) {
            return false;
        }
        blocks.change(in, codes);
        return true;
    }

    /** Reads a literal that follows these two bytes. */
    int literal(final BitInput in, final int lastByte, final int before) {
        final int type = literalBlocks.type();
        final int context = LiteralContexts.context(modes[type], lastByte, before);
        final int code = literalMap.code(type * LiteralContexts.COUNT + context);
        final int literal = in.symbol(codes.codes(), literalCodes[code]);
        if (!in.isStarved()) {
            literalBlocks.count();
        }
        return literal;
    }

    /** Reads a command. */
    int command(final BitInput in) {
        final int command = in.symbol(codes.codes(), commandCodes[commandBlocks.type()]);
        if (!in.isStarved()) {
            commandBlocks.count();
        }
        return command;
    }

    /** Reads the distance for a copy of a length; below 1 if there is none such. */
    int distance(final BitInput in, final int copyLength) {
        final int context = distanceBlocks.type() * DISTANCE_CONTEXTS + Math.min(copyLength, 5) - 2;
        final int code = in.symbol(codes.codes(), distanceCodes[distanceMap.code(context)]);
        final int distance = distances.distance(code, in);
        if (!in.isStarved()) {
            distanceBlocks.count();
            again = code == 0;
        }
        return distance;
    }

    /** True if the distance was given as the last one: then it is not noted once more. */
    boolean isLastAgain() {
        return again;
    }

    /** The distance of commands that have none. */
    int lastDistance() {
        return distances.last();
    }
}
