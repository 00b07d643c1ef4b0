package io.weir.reassembly;

import org.agrona.UnsafeApi;

/**
 * Puts a segment among the pieces that wait: judges every overlap, cuts pieces where the new copy counts, and fills
 * what is free. Owned by one thread; holds the segment for the time of {@link #insert}, and what became of it until the
 * next.
 */
final class PieceInsert implements AutoCloseable {
    /**
     * Where a segment meets more pieces than this, they are joined. Otherwise a sender could have thousands of small
     * ones wait, and each further segment would have to pass them all. Hosts guard themselves in the same way, so that
     * what they make of overlaps with that many is not known in any case.
     */
    static final int PIECES_MET_MAX = 64;

    private static final int EMPTY = Pieces.EMPTY;

    private final Pieces pieces;
    private final OverlapDifference difference = new OverlapDifference();

    private int start;
    private int end;
    private long source;
    private OverlapRule rule = OverlapRule.OLD;
    private int flags;

    private boolean refused;
    private int overlapBytes;
    private int storedBytes;
    private int piecesMet;
    // whether a segment that reaches beyond this one lost to it, before or behind
    private boolean cutBefore;
    private boolean cutBehind;

    PieceInsert(final Pieces pieces) {
        this.pieces = pieces;
    }

    /** Sets the segment for {@link #insert}. */
    void segment(final int sequence, final long address, final int length, final OverlapRule overlapRule,
        final int segmentFlags) {
        clear();
        start = sequence;
        end = sequence + Math.max(length, 0);
        source = address;
        rule = overlapRule;
        flags = segmentFlags;
    }

    private void clear() {
        refused = false;
        overlapBytes = 0;
        storedBytes = 0;
        piecesMet = 0;
        cutBefore = false;
        cutBehind = false;
        difference.clear();
    }

    /** Stores what of the segment counts, all or nothing; answers the new root. */
    int insert(final int root) {
        if (judge(root) > pieces.pool().free()) {
            clear();
            refused = true;
            return root;
        }
        if (piecesMet > PIECES_MET_MAX && (flags & PieceStore.PROVISIONAL) != 0) {
            // joined with what counts it would count too
            clear();
            return root;
        }
        storedBytes = end - start - overlapBytes;
        if (piecesMet == 0) {
            return fill(root);
        }
        if (difference.isDiffering()) {
            gather(root);
        }
        final int newRoot = fill(cut(root));
        trimSegments(newRoot);
        return piecesMet > PIECES_MET_MAX ? join(newRoot) : newRoot;
    }

    /** Looks at all overlaps; answers how many chunks more than those that become free will be needed. */
    private int judge(final int root) {
        int needed = 0;
        int before = pieces.before(root, start);
        int from = start;
        int piece = pieces.firstBeyond(root, start);
        for (; isWithin(piece); piece = pieces.next(root, piece)) {
            final int pieceStart = pieces.sequence(piece);
            final int pieceEnd = pieces.end(piece);
            final int low = later(pieceStart, start);
            final int high = earlier(pieceEnd, end);
            final boolean keepsOld = keepsOld(piece);
            difference.overlap(low, high, keepsOld, pieces.address(piece, low), source + (low - start));
            overlapBytes += high - low;
            piecesMet++;
            if (keepsOld) {
                needed += chunksNeeded(before, from, low);
                before = piece;
                from = high;
            } else {
                needed += pieceStart - start < 0 && pieceEnd - end > 0 ? 1 : 0;
                needed -= low == pieceStart && high == pieceEnd ? 1 : 0;
                cutBefore |= pieces.segmentStart(piece) - start < 0;
                cutBehind |= pieces.segmentEnd(piece) - end > 0;
            }
        }
        return needed + chunksNeeded(before, from, end);
    }

    private boolean isWithin(final int piece) {
        return piece != EMPTY && pieces.sequence(piece) - end < 0;
    }

    private boolean keepsOld(final int piece) {
        final boolean oldIsProvisional = (pieces.flags(piece) & PieceStore.PROVISIONAL) != 0;
        final boolean newIsProvisional = (flags & PieceStore.PROVISIONAL) != 0;
        return oldIsProvisional != newIsProvisional ? newIsProvisional
            : rule.keepsOld(pieces.segmentStart(piece), pieces.segmentEnd(piece), start, end);
    }

    private int chunksNeeded(final int before, final int from, final int to) {
        final int length = to - from;
        final int rest = length - Math.min(length, roomBehind(before, from));
        return (rest + PieceHeader.DATA_LENGTH_MAX - 1) / PieceHeader.DATA_LENGTH_MAX;
    }

    /** How many bytes at a place may share the chunk of the piece that ends, or will end, just before it. */
    private int roomBehind(final int piece, final int place) {
        return piece != EMPTY && rule.isBoundless() && pieces.end(piece) - place >= 0 && pieces.flags(piece) == flags
            ? pieces.room(piece, place) : 0;
    }

    /** Lays the old copy of the first stretch that differs side by side, and hashes both. */
    private void gather(final int root) {
        final int from = difference.sequence();
        final int to = from + difference.scratchLength();
        int piece = pieces.firstBeyond(root, from);
        for (int at = from; at != to; piece = pieces.next(root, piece)) {
            final int high = earlier(pieces.end(piece), to);
            UnsafeApi.copyMemory(pieces.address(piece, at), difference.scratch() + (at - from), high - at);
            at = high;
        }
        difference.hash(source + (from - start));
    }

    /** Makes place where the new copy counts. */
    private int cut(final int root) {
        int newRoot = root;
        int piece = pieces.firstBeyond(root, start);
        while (isWithin(piece)) {
            final int pieceEnd = pieces.end(piece);
            if (!keepsOld(piece)) {
                newRoot = pieces.cut(newRoot, piece, start, end);
            }
            piece = pieces.tree().ceiling(newRoot, pieceEnd);
        }
        return newRoot;
    }

    /** Stores the segment wherever its place is free. */
    private int fill(final int root) {
        int newRoot = root;
        int from = start;
        while (from != end) {
            final int next = pieces.firstBeyond(newRoot, from);
            if (next != EMPTY && pieces.sequence(next) - from <= 0) {
                from = earlier(pieces.end(next), end);
            } else {
                final int to = isWithin(next) ? pieces.sequence(next) : end;
                newRoot = fill(newRoot, from, to);
                from = to;
            }
        }
        return newRoot;
    }

    private int fill(final int root, final int from, final int to) {
        int newRoot = root;
        final int before = pieces.before(root, from);
        int at = from + Math.min(to - from, roomBehind(before, from));
        if (at != from) {
            pieces.append(before, source + (from - start), at - from);
        }
        while (at != to) {
            final int length = Math.min(to - at, PieceHeader.DATA_LENGTH_MAX);
            newRoot = pieces.add(newRoot, at, source + (at - start), length, flags,
                rule.isTrimming() ? from : start, rule.isTrimming() ? to : end);
            at += length;
        }
        return newRoot;
    }

    /** Lets segments that reached into this one and lost end before it, or start behind it. */
    private void trimSegments(final int root) {
        if (cutBefore && rule.isTrimming()) {
            int piece = pieces.before(root, start);
            while (piece != EMPTY && pieces.segmentEnd(piece) - start > 0) {
                pieces.segment(piece, pieces.segmentStart(piece), start);
                piece = pieces.before(root, pieces.sequence(piece));
            }
        }
        if (cutBehind && rule.isTrimming()) {
            int piece = pieces.firstBeyond(root, end);
            while (piece != EMPTY && pieces.segmentStart(piece) - end < 0) {
                pieces.segment(piece, end, pieces.segmentEnd(piece));
                piece = pieces.next(root, piece);
            }
        }
    }

    /** Joins the pieces within the segment, which now touch each other, as far as chunks have room. */
    private int join(final int root) {
        int newRoot = root;
        int piece = pieces.firstBeyond(root, start);
        int next = pieces.next(root, piece);
        while (isWithin(next)) {
            final int length = pieces.length(next);
            if (pieces.room(piece, pieces.end(piece)) >= length && isJoinable(piece, next)) {
                pieces.append(piece, pieces.address(next, pieces.sequence(next)), length);
                pieces.flags(piece, pieces.flags(piece) & pieces.flags(next));
                pieces.segment(piece, earlier(pieces.segmentStart(piece), pieces.segmentStart(next)),
                    later(pieces.segmentEnd(piece), pieces.segmentEnd(next)));
                newRoot = pieces.remove(newRoot, next);
            } else {
                piece = next;
            }
            next = pieces.next(newRoot, piece);
        }
        return newRoot;
    }

    /** What is joined to other data counts as much as it does. */
    private boolean isJoinable(final int piece, final int next) {
        return ((pieces.flags(piece) ^ pieces.flags(next)) & ~PieceStore.PROVISIONAL) == 0;
    }

    boolean isRefused() {
        return refused;
    }

    int storedBytes() {
        return storedBytes;
    }

    int overlapBytes() {
        return overlapBytes;
    }

    OverlapDifference difference() {
        return difference;
    }

    private static int earlier(final int one, final int other) {
        return one - other < 0 ? one : other;
    }

    private static int later(final int one, final int other) {
        return one - other > 0 ? one : other;
    }

    @Override
    public void close() {
        difference.close();
    }
}
