package io.weir.reassembly;

import java.security.SecureRandom;

/**
 * Pieces of sequences that wait for what comes before them. Any number of sequences, each named by the root of its
 * tree, share the chunks of one store. Owned by one thread; allocates nothing after construction.
 *
 * <p>A piece lies in one chunk, and pieces do not overlap: where segments do, an {@link OverlapRule} decides on insert.
 * A segment longer than a chunk takes several, but stays one segment for the rules. Whatever the order of arrival, an
 * insert takes time logarithmic in the number of pieces, for each piece that it overlaps; where those are very many,
 * they are joined and count as one segment from then on.
 *
 * <p>Sequence numbers compare by signed difference. Those of one tree must lie within 2^31 - 1 of each other, and one
 * tree must see the same rule always.
 */
public final class PieceStore implements AutoCloseable {
    /** Root of an empty tree, and no chunk. */
    public static final int EMPTY = Pieces.EMPTY;
    /** Bytes of one chunk with its header; memory is counted in whole chunks. */
    public static final int CHUNK_BYTES = PieceHeader.CHUNK_LENGTH;
    /** Flag of a segment that loses against any copy without this flag, and never beats one. */
    public static final int PROVISIONAL = 1;

    private final Pieces pieces;
    private final PieceInsert insert;

    /**
     * Reserves memory, untouched before it is used.
     *
     * @param memoryBytes for chunks; at least one
     * @throws IllegalArgumentException if not even one chunk fits, or more than 2^31 - 1
     */
    public PieceStore(final long memoryBytes) {
        this(memoryBytes, new SecureRandom().nextLong());
    }

    PieceStore(final long memoryBytes, final long seed) {
        pieces = new Pieces(memoryBytes, seed);
        insert = new PieceInsert(pieces);
    }

    /**
     * Stores what of a segment counts. All or nothing: without enough free chunks the tree is unchanged and
     * {@link #isRefused()} answers true. Chunks that become free by it are taken again: what replaces whole pieces
     * needs no free one.
     *
     * @param root     of the tree, {@link #EMPTY} for a new one
     * @param sequence of the first byte
     * @param address  of the bytes
     * @param length   in bytes; nothing happens if it is not positive
     * @param rule     which copy counts
     * @param flags    kept with the pieces; see {@link #PROVISIONAL}
     * @return the new root
     */
    public int insert(final int root, final int sequence, final long address, final int length,
        final OverlapRule rule, final int flags) {
        insert.segment(sequence, address, length, rule, flags);
        return length > 0 ? insert.insert(root) : root;
    }

    /** Whether the last insert found too few free chunks, and did nothing; the methods below tell nothing then. */
    public boolean isRefused() {
        return insert.isRefused();
    }

    /** Bytes of the last segment for which there was no other copy. */
    public int storedBytes() {
        return insert.storedBytes();
    }

    /** Bytes of the last segment for which there was another copy already. */
    public int overlapBytes() {
        return insert.overlapBytes();
    }

    /**
     * Whether any overlapping byte of the last segment differed. The methods below tell about the overlap with the
     * first such byte: as far as it is contiguous and the same copy counts.
     */
    public boolean isDiffering() {
        return insert.difference().isDiffering();
    }

    /** First byte of the overlap with the first difference. */
    public int differingSequence() {
        return insert.difference().sequence();
    }

    /** Length of the overlap with the first difference, in bytes; 0 if there is none. */
    public int differingLength() {
        return insert.difference().length();
    }

    /** Hash of the copy that counts; of its first 64 KiB if it is longer. */
    public long keptHash() {
        return insert.difference().keptHash();
    }

    /** Hash of the copy that does not count; of its first 64 KiB if it is longer. */
    public long refusedHash() {
        return insert.difference().refusedHash();
    }

    /** The piece with the lowest sequence, {@link #EMPTY} if there is none. */
    public int first(final int root) {
        return pieces.tree().first(root);
    }

    /** The piece after another one of the same tree, {@link #EMPTY} if there is none. */
    int next(final int root, final int chunk) {
        return pieces.next(root, chunk);
    }

    /** True if the last piece of a tree ends right before a sequence. */
    boolean endsAt(final int root, final int sequence) {
        final int last = pieces.before(root, sequence);
        return last != EMPTY && pieces.end(last) == sequence && pieces.next(root, last) == EMPTY
            && (pieces.flags(last) & PROVISIONAL) == 0;
    }

    /** Sequence of a piece's first byte. */
    public int sequence(final int chunk) {
        return pieces.sequence(chunk);
    }

    /** Length of a piece in bytes. */
    public int length(final int chunk) {
        return pieces.length(chunk);
    }

    /** Flags of a piece. */
    public int flags(final int chunk) {
        return pieces.flags(chunk);
    }

    /** Address of a piece's first byte, good until the piece is removed or its tree takes another segment. */
    public long address(final int chunk) {
        return pieces.address(chunk, pieces.sequence(chunk));
    }

    /** Frees the piece with the lowest sequence, if there is one; answers the new root. */
    public int removeFirst(final int root) {
        final int first = first(root);
        return first == EMPTY ? EMPTY : pieces.removeFirst(root, first);
    }

    /** Frees all pieces; answers how many chunks they took. */
    public int free(final int root) {
        return pieces.tree().free(root);
    }

    /** Chunks in use. */
    public int inUse() {
        return pieces.pool().inUse();
    }

    /** Chunks in all. */
    public int capacity() {
        return pieces.pool().capacity();
    }

    /** 64-bit hash of bytes, the same in every run: the one that tells differing copies apart. */
    public static long hash(final long address, final int length) {
        return ByteRange.hash(address, length);
    }

    /** How often sequences were compared to find a place in a tree. */
    long comparisons() {
        return pieces.tree().comparisons();
    }

    @Override
    public void close() {
        insert.close();
        pieces.close();
    }
}
