package io.weir.reassembly;

import org.agrona.UnsafeApi;

/**
 * Pieces in their chunks and trees: what is in them, and how they are made, cut and joined. Ends and places are
 * sequence numbers; ends are exclusive. Owned by one thread.
 */
final class Pieces implements AutoCloseable {
    static final int EMPTY = PieceTree.EMPTY;

    private final ChunkPool pool;
    private final PieceTree tree;

    /**
     * Reserves memory for chunks.
     *
     * @param seed for the trees; not for others to guess
     * @throws IllegalArgumentException if not even one chunk fits, or more than 2^31 - 1
     */
    Pieces(final long memoryBytes, final long seed) {
        pool = new ChunkPool(memoryBytes, PieceHeader.CHUNK_LENGTH);
        tree = new PieceTree(pool, seed);
    }

    ChunkPool pool() {
        return pool;
    }

    PieceTree tree() {
        return tree;
    }

    int sequence(final int piece) {
        return get(piece, PieceHeader.SEQUENCE);
    }

    int length(final int piece) {
        return get(piece, PieceHeader.DATA_LENGTH);
    }

    int end(final int piece) {
        return sequence(piece) + length(piece);
    }

    int flags(final int piece) {
        return get(piece, PieceHeader.FLAGS);
    }

    void flags(final int piece, final int flags) {
        put(piece, PieceHeader.FLAGS, flags);
    }

    int segmentStart(final int piece) {
        return get(piece, PieceHeader.SEGMENT_START);
    }

    int segmentEnd(final int piece) {
        return get(piece, PieceHeader.SEGMENT_END);
    }

    void segment(final int piece, final int start, final int end) {
        put(piece, PieceHeader.SEGMENT_START, start);
        put(piece, PieceHeader.SEGMENT_END, end);
    }

    /** Address of the byte at a place. */
    long address(final int piece, final int place) {
        return pool.address(piece) + PieceHeader.LENGTH + get(piece, PieceHeader.DATA_OFFSET)
            + (place - sequence(piece));
    }

    /** The first piece that reaches beyond a place, or {@link #EMPTY}. */
    int firstBeyond(final int root, final int place) {
        final int before = tree.floor(root, place);
        return before != EMPTY && end(before) - place > 0 ? before : tree.ceiling(root, place);
    }

    /** The piece after another one, or {@link #EMPTY}. */
    int next(final int root, final int piece) {
        return tree.ceiling(root, end(piece));
    }

    /** The piece before a place, or {@link #EMPTY}. */
    int before(final int root, final int place) {
        return tree.floor(root, place - 1);
    }

    /**
     * Makes a piece; a chunk must be free.
     *
     * @param source of its bytes
     * @param length at most what fits into a chunk
     * @return the new root
     */
    int add(final int root, final int sequence, final long source, final int length, final int flags,
        final int segmentStart, final int segmentEnd) {
        final int piece = pool.take();
        put(piece, PieceHeader.SEQUENCE, sequence);
        put(piece, PieceHeader.DATA_LENGTH, length);
        put(piece, PieceHeader.DATA_OFFSET, 0);
        flags(piece, flags);
        segment(piece, segmentStart, segmentEnd);
        UnsafeApi.copyMemory(source, address(piece, sequence), length);
        return tree.add(root, piece);
    }

    /** Frees a piece; answers the new root. */
    int removeFirst(final int root, final int first) {
        final int newRoot = tree.removeFirst(root);
        pool.giveBack(first);
        return newRoot;
    }

    /** Frees a piece of a tree; answers the new root. */
    int remove(final int root, final int piece) {
        final int newRoot = tree.remove(root, piece);
        pool.giveBack(piece);
        return newRoot;
    }

    /** Takes a range out of a piece that reaches into it; if beyond it, a chunk must be free. Answers the new root. */
    int cut(final int root, final int piece, final int start, final int end) {
        final int pieceEnd = end(piece);
        if (sequence(piece) - start < 0) {
            put(piece, PieceHeader.DATA_LENGTH, start - sequence(piece));
            return pieceEnd - end <= 0 ? root : add(root, end, address(piece, end), pieceEnd - end, flags(piece),
                segmentStart(piece), segmentEnd(piece));
        }
        if (pieceEnd - end <= 0) {
            return remove(root, piece);
        }
        dropBefore(piece, end);
        return root;
    }

    /** Drops the bytes of a piece before a place within it. */
    void dropBefore(final int piece, final int place) {
        final int dropped = place - sequence(piece);
        put(piece, PieceHeader.SEQUENCE, place);
        put(piece, PieceHeader.DATA_LENGTH, length(piece) - dropped);
        put(piece, PieceHeader.DATA_OFFSET, get(piece, PieceHeader.DATA_OFFSET) + dropped);
    }

    /** How many bytes a chunk has room for from a place in or at the end of its piece. */
    int room(final int piece, final int place) {
        return PieceHeader.DATA_LENGTH_MAX - get(piece, PieceHeader.DATA_OFFSET) - (place - sequence(piece));
    }

    /** Puts bytes behind those of a piece; there must be room. */
    void append(final int piece, final long source, final int length) {
        UnsafeApi.copyMemory(source, address(piece, end(piece)), length);
        put(piece, PieceHeader.DATA_LENGTH, length(piece) + length);
    }

    private int get(final int piece, final int field) {
        return UnsafeApi.getInt(pool.address(piece) + field);
    }

    private void put(final int piece, final int field, final int value) {
        UnsafeApi.putInt(pool.address(piece) + field, value);
    }

    @Override
    public void close() {
        tree.close();
        pool.close();
    }
}
