package io.weir.reassembly;

/** Layout of a piece: one chunk, a header with these offsets in bytes, then its data. */
final class PieceHeader {
    /** Chunk with lower sequences below this one in the tree. */
    static final int LEFT = 0;
    /** Chunk with higher sequences below this one. */
    static final int RIGHT = 4;
    /** Random number that decides how high in the tree the chunk stands. */
    static final int PRIORITY = 8;
    /** Of the first byte. */
    static final int SEQUENCE = 12;
    /** Bytes of data. */
    static final int DATA_LENGTH = 16;
    /** As given with the segment. */
    static final int FLAGS = 20;
    /** Bounds of the segment as the rules see it; it may be cut over several pieces. */
    static final int SEGMENT_START = 24;
    static final int SEGMENT_END = 28;
    /** Where in the chunk the first byte lies: bytes are dropped in front without moving the rest. */
    static final int DATA_OFFSET = 32;

    static final int LENGTH = 40;
    static final int CHUNK_LENGTH = 2048;
    static final int DATA_LENGTH_MAX = CHUNK_LENGTH - LENGTH;

    private PieceHeader() {
    }
}
