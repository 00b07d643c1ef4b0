package io.weir.reassembly;

import java.security.SecureRandom;
import org.agrona.UnsafeApi;

/**
 * Pieces of sequences that wait for what comes before them. Any number of sequences, each named by the root of its
 * tree, share the chunks of one store. Owned by one thread; allocates nothing after construction.
 *
 * <p>A piece lies in one chunk, and pieces do not overlap: where segments do, an {@link OverlapRule} decides on insert.
 * A segment longer than a chunk takes several, but stays one segment for the rules. Whatever the order of arrival, an
 * insert takes time logarithmic in the number of pieces, for each piece that it overlaps.
 *
 * <p>Sequence numbers compare by signed difference. Those of one tree must lie within 2^31 - 1 of each other, and one
 * tree must see the same rule always.
 */
public final class PieceStore implements AutoCloseable {
    /** Root of an empty tree, and no chunk. */
    public static final int EMPTY = PieceTree.EMPTY;
    /** Bytes of one chunk with its header; memory is counted in whole chunks. */
    public static final int CHUNK_BYTES = PieceHeader.CHUNK_LENGTH;
    /** Flag of a segment that loses against any copy without this flag, and never beats one. */
    public static final int PROVISIONAL = 1;

    private final ChunkPool pool;
    private final PieceTree tree;
    private final OverlapDifference difference;

    // the segment of the current insert
    private int start;
    private int end;
    private long source;
    private OverlapRule rule = OverlapRule.OLD;
    private int flags;

    // whether a segment that reaches beyond the current one lost to it, before or behind
    private boolean cutBefore;
    private boolean cutBehind;

    private boolean refused;
    private int overlapBytes;
    private int storedBytes;

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
        pool = new ChunkPool(memoryBytes, CHUNK_BYTES);
        tree = new PieceTree(pool, seed);
        difference = new OverlapDifference();
    }

    /**
     * Stores what of a segment counts. All or nothing: without enough free chunks the tree is unchanged and
     * {@link #isRefused()} answers true; replacing pieces by others of the same place takes no free chunk.
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
        clear();
        if (length <= 0) {
            return root;
        }
        start = sequence;
        end = sequence + length;
        source = address;
        this.rule = rule;
        this.flags = flags;
        if (judge(root) > pool.free()) {
            clear();
            refused = true;
            return root;
        }
        storedBytes = length - overlapBytes;
        if (overlapBytes == 0) {
            return fill(root);
        }
        if (difference.isDiffering()) {
            gather(root);
        }
        final int newRoot = fill(cut(root));
        if (cutBefore) {
            endSegmentsAtStart(newRoot);
        }
        if (cutBehind) {
            startSegmentsAtEnd(newRoot);
        }
        return newRoot;
    }

    private void clear() {
        refused = false;
        storedBytes = 0;
        overlapBytes = 0;
        cutBefore = false;
        cutBehind = false;
        difference.clear();
    }

    /** Looks at all overlaps; answers how many chunks more than those that become free will be needed. */
    private int judge(final int root) {
        int needed = 0;
        int before = tree.floor(root, start - 1);
        int from = start;
        int piece = firstOverlapping(root);
        for (; piece != EMPTY && sequence(piece) - end < 0; piece = next(root, piece)) {
            final int low = later(sequence(piece), start);
            final int high = earlier(end(piece), end);
            final boolean keepsOld = keepsOld(piece);
            difference.overlap(low, high, keepsOld, dataAt(piece, low), source + (low - start));
            overlapBytes += high - low;
            if (keepsOld) {
                needed += chunksNeeded(before, from, low);
                before = piece;
                from = high;
            } else {
                needed += sequence(piece) - start < 0 && end(piece) - end > 0 ? 1 : 0;
                needed -= low == sequence(piece) && high == end(piece) ? 1 : 0;
                cutBefore |= rule.isTrimming() && get(piece, PieceHeader.SEGMENT_START) - start < 0;
                cutBehind |= rule.isTrimming() && get(piece, PieceHeader.SEGMENT_END) - end > 0;
            }
        }
        return needed + chunksNeeded(before, from, end);
    }

    private int chunksNeeded(final int before, final int from, final int to) {
        final int length = to - from;
        if (length <= 0) {
            return 0;
        }
        final int rest = length - Math.min(length, roomBehind(before, from));
        return (rest + PieceHeader.DATA_LENGTH_MAX - 1) / PieceHeader.DATA_LENGTH_MAX;
    }

    /** How many bytes at a place may join the piece that ends, or will end, just before it. */
    private int roomBehind(final int piece, final int place) {
        if (piece == EMPTY || !rule.isBoundless() || end(piece) - place < 0 || flags(piece) != flags) {
            return 0;
        }
        final int used = get(piece, PieceHeader.DATA_OFFSET) + (place - sequence(piece));
        return PieceHeader.DATA_LENGTH_MAX - used;
    }

    /** Lays the old copy of the first stretch that differs side by side, and hashes both. */
    private void gather(final int root) {
        final int from = difference.sequence();
        final int to = from + difference.scratchLength();
        int piece = tree.floor(root, from);
        int at = from;
        while (at - to < 0) {
            final int high = earlier(end(piece), to);
            UnsafeApi.copyMemory(dataAt(piece, at), difference.scratch() + (at - from), high - at);
            at = high;
            piece = next(root, piece);
        }
        difference.hash(source + (from - start));
    }

    /** Makes place where the new copy counts. */
    private int cut(final int root) {
        int newRoot = root;
        int piece = firstOverlapping(root);
        while (piece != EMPTY && sequence(piece) - end < 0) {
            final int pieceEnd = end(piece);
            if (!keepsOld(piece)) {
                newRoot = cut(newRoot, piece);
            }
            piece = tree.ceiling(newRoot, pieceEnd);
        }
        return newRoot;
    }

    private int cut(final int root, final int piece) {
        int newRoot = root;
        if (sequence(piece) - start < 0) {
            if (end(piece) - end > 0) {
                newRoot = tree.add(root, copyBehind(piece, end));
            }
            put(piece, PieceHeader.DATA_LENGTH, start - sequence(piece));
        } else if (end(piece) - end > 0) {
            dropBefore(piece, end);
        } else {
            newRoot = tree.remove(root, piece);
            pool.giveBack(piece);
        }
        return newRoot;
    }

    /** A new chunk with what a piece holds from a place on. */
    private int copyBehind(final int piece, final int place) {
        final int copy = pool.take();
        final long address = pool.address(copy);
        final int length = end(piece) - place;
        put(copy, PieceHeader.SEQUENCE, place);
        put(copy, PieceHeader.DATA_LENGTH, length);
        put(copy, PieceHeader.FLAGS, flags(piece));
        put(copy, PieceHeader.SEGMENT_START, get(piece, PieceHeader.SEGMENT_START));
        put(copy, PieceHeader.SEGMENT_END, get(piece, PieceHeader.SEGMENT_END));
        put(copy, PieceHeader.DATA_OFFSET, 0);
        UnsafeApi.copyMemory(dataAt(piece, place), address + PieceHeader.LENGTH, length);
        return copy;
    }

    private void dropBefore(final int piece, final int place) {
        final int dropped = place - sequence(piece);
        put(piece, PieceHeader.SEQUENCE, place);
        put(piece, PieceHeader.DATA_LENGTH, length(piece) - dropped);
        put(piece, PieceHeader.DATA_OFFSET, get(piece, PieceHeader.DATA_OFFSET) + dropped);
    }

    /** Stores the segment wherever its place is free. */
    private int fill(final int root) {
        int newRoot = root;
        int from = start;
        while (from - end < 0) {
            final int before = tree.floor(newRoot, from);
            if (before != EMPTY && end(before) - from > 0) {
                from = end(before);
            } else {
                final int after = tree.ceiling(newRoot, from);
                final int to = after == EMPTY ? end : earlier(sequence(after), end);
                newRoot = store(newRoot, before, from, to);
                from = to;
            }
        }
        return newRoot;
    }

    private int store(final int root, final int before, final int from, final int to) {
        int newRoot = root;
        int at = from + Math.min(to - from, roomBehind(before, from));
        if (at != from) {
            UnsafeApi.copyMemory(source + (from - start), dataAt(before, from), at - from);
            put(before, PieceHeader.DATA_LENGTH, at - sequence(before));
        }
        while (at != to) {
            final int length = Math.min(to - at, PieceHeader.DATA_LENGTH_MAX);
            final int piece = pool.take();
            put(piece, PieceHeader.SEQUENCE, at);
            put(piece, PieceHeader.DATA_LENGTH, length);
            put(piece, PieceHeader.FLAGS, flags);
            put(piece, PieceHeader.SEGMENT_START, rule.isTrimming() ? from : start);
            put(piece, PieceHeader.SEGMENT_END, rule.isTrimming() ? to : end);
            put(piece, PieceHeader.DATA_OFFSET, 0);
            UnsafeApi.copyMemory(source + (at - start), dataAt(piece, at), length);
            newRoot = tree.add(newRoot, piece);
            at += length;
        }
        return newRoot;
    }

    private void endSegmentsAtStart(final int root) {
        int piece = tree.floor(root, start - 1);
        while (piece != EMPTY && get(piece, PieceHeader.SEGMENT_END) - start > 0) {
            put(piece, PieceHeader.SEGMENT_END, start);
            piece = tree.floor(root, sequence(piece) - 1);
        }
    }

    private void startSegmentsAtEnd(final int root) {
        int piece = tree.ceiling(root, end);
        while (piece != EMPTY && get(piece, PieceHeader.SEGMENT_START) - end < 0) {
            put(piece, PieceHeader.SEGMENT_START, end);
            piece = next(root, piece);
        }
    }

    private boolean keepsOld(final int piece) {
        final boolean oldIsProvisional = (flags(piece) & PROVISIONAL) != 0;
        final boolean newIsProvisional = (flags & PROVISIONAL) != 0;
        return oldIsProvisional != newIsProvisional ? newIsProvisional : rule.keepsOld(
            get(piece, PieceHeader.SEGMENT_START), get(piece, PieceHeader.SEGMENT_END), start, end);
    }

    private int firstOverlapping(final int root) {
        final int before = tree.floor(root, start);
        return before != EMPTY && end(before) - start > 0 ? before : tree.ceiling(root, start);
    }

    private int next(final int root, final int piece) {
        return tree.ceiling(root, end(piece));
    }

    /** Whether the last insert found too few free chunks, and did nothing. */
    public boolean isRefused() {
        return refused;
    }

    /** Bytes of the last segment for which there was no other copy. */
    public int storedBytes() {
        return storedBytes;
    }

    /** Bytes of the last segment for which there was another copy already. */
    public int overlapBytes() {
        return overlapBytes;
    }

    /**
     * Whether any overlapping byte of the last segment differed. The methods below tell about the overlap with the
     * first such byte: as far as it is contiguous and the same copy counts.
     */
    public boolean isDiffering() {
        return difference.isDiffering();
    }

    /** First byte of the overlap with the first difference. */
    public int differingSequence() {
        return difference.sequence();
    }

    /** Length of the overlap with the first difference, in bytes; 0 if there is none. */
    public int differingLength() {
        return difference.length();
    }

    /** Hash of the copy that counts; of its first 64 KiB if it is longer. */
    public long keptHash() {
        return difference.keptHash();
    }

    /** Hash of the copy that does not count; of its first 64 KiB if it is longer. */
    public long refusedHash() {
        return difference.refusedHash();
    }

    /** The piece with the lowest sequence, {@link #EMPTY} if there is none. */
    public int first(final int root) {
        return tree.first(root);
    }

    /** Sequence of a piece's first byte. */
    public int sequence(final int chunk) {
        return get(chunk, PieceHeader.SEQUENCE);
    }

    /** Length of a piece in bytes. */
    public int length(final int chunk) {
        return get(chunk, PieceHeader.DATA_LENGTH);
    }

    /** Flags of a piece. */
    public int flags(final int chunk) {
        return get(chunk, PieceHeader.FLAGS);
    }

    /** Address of a piece's first byte, good until the piece is removed or its tree takes another segment. */
    public long address(final int chunk) {
        return dataAt(chunk, sequence(chunk));
    }

    /** Frees the piece with the lowest sequence, if there is one; answers the new root. */
    public int removeFirst(final int root) {
        final int first = tree.first(root);
        if (first == EMPTY) {
            return EMPTY;
        }
        final int newRoot = tree.remove(root, first);
        pool.giveBack(first);
        return newRoot;
    }

    /**
     * Drops the bytes of the first piece that lie before a sequence, the whole piece if all do; answers the new root.
     */
    public int trimFirst(final int root, final int newSequence) {
        final int first = tree.first(root);
        if (first == EMPTY || newSequence - sequence(first) <= 0) {
            return root;
        }
        if (newSequence - end(first) >= 0) {
            return removeFirst(root);
        }
        dropBefore(first, newSequence);
        return root;
    }

    /** Frees all pieces; answers how many chunks they took. */
    public int free(final int root) {
        return tree.free(root);
    }

    /** Chunks in use. */
    public int inUse() {
        return pool.inUse();
    }

    /** Chunks in all. */
    public int capacity() {
        return pool.capacity();
    }

    /** 64-bit hash of bytes, the same in every run: the one that tells differing copies apart. */
    public static long hash(final long address, final int length) {
        return ByteRange.hash(address, length);
    }

    /** How often sequences were compared to find a place. */
    long comparisons() {
        return tree.comparisons();
    }

    private int end(final int piece) {
        return sequence(piece) + length(piece);
    }

    private long dataAt(final int piece, final int place) {
        return pool.address(piece) + PieceHeader.LENGTH + get(piece, PieceHeader.DATA_OFFSET)
            + (place - sequence(piece));
    }

    private int get(final int piece, final int field) {
        return UnsafeApi.getInt(pool.address(piece) + field);
    }

    private void put(final int piece, final int field, final int value) {
        UnsafeApi.putInt(pool.address(piece) + field, value);
    }

    private static int earlier(final int one, final int other) {
        return one - other < 0 ? one : other;
    }

    private static int later(final int one, final int other) {
        return one - other > 0 ? one : other;
    }

    @Override
    public void close() {
        tree.close();
        difference.close();
        pool.close();
    }
}
