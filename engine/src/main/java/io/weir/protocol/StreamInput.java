package io.weir.protocol;

/**
 * Bytes of one direction that a parser has not consumed yet: the rest of what came before, and what has just come. The
 * parser pulls lines and messages, whatever the segmentation was. As long as they lie whole in one segment they are
 * read in place; only what is cut by the end of a segment is copied, to a pooled array.
 *
 * <p>A view it hands out holds until the next call. One thread.
 */
public final class StreamInput {
    private static final short NO_DELIMITER = -1;
    private static final int NOWHERE = -1;

    // The views are here only while the input is read: a flow that waits should not cost their memory.
    /** What came last, as it was handed here. */
    private Bytes segment;
    private Bytes view;
    private final BufferPool pool;
    private int at;
    /** Where in the segment begins what was not to be skipped by its number. */
    private int first;
    private byte[] kept;
    private int keptAt;
    private int keptEnd;
    private int scanned;
    private long toSkip;
    /** Where in the segment what was passed over last begins and ends. */
    private int passedFrom;
    private int passedTo = NOWHERE;
    private long missed;
    private boolean skippingAll;
    private short skippingTo = NO_DELIMITER;
    private boolean cut;
    private int skipped;

    /**
     * Starts with nothing.
     *
     * @param pool where its memory comes from, and where it goes itself when it holds nothing
     */
    StreamInput(final BufferPool pool) {
        this.pool = pool;
    }

    /** Forgets everything and gives back what was taken, and itself. */
    void reset() {
        giveBack();
        segment = null;
        at = 0;
        toSkip = 0;
        missed = 0;
        skippingAll = false;
        skippingTo = NO_DELIMITER;
        cut = false;
        skipped = 0;
        pool.giveBack(this);
    }

    /**
     * Nobody reads any more: views it handed out are over. What rests had to be {@link #keepRest kept}.
     *
     * @return true if it holds nothing, knows nothing, and was given back
     */
    boolean leave() {
        if (kept != null && keptAt == keptEnd) {
            giveBack();
        }
        if (kept == null && (toSkip | missed | skipped) == 0 && !skippingAll && skippingTo == NO_DELIMITER) {
            cut = false;
            pool.giveBack(this);
            return true;
        }
        if (view != null) {
            pool.giveBack(view);
            view = null;
        }
        return false;
    }

    private Bytes view() {
        if (view == null) {
            view = pool.takeView();
        }
        return view;
    }

    private int segmentLength() {
        return segment == null ? 0 : segment.length();
    }

    private void giveBack() {
        if (kept != null) {
            pool.giveBack(kept);
            kept = null;
        }
        keptAt = 0;
        keptEnd = 0;
        scanned = 0;
    }

    /**
     * Takes over the next bytes; those that are to be skipped are gone.
     *
     * @param bytes as they are until {@link #keepRest}
     */
    void arrived(final Bytes bytes) {
        segment = bytes;
        at = 0;
        passedTo = NOWHERE;
        if (skippingAll) {
            at = segment.length();
        } else if (toSkip > 0) {
            final int byNumber = (int) Math.min(toSkip, segment.length());
            at = byNumber;
            toSkip -= byNumber;
        }
        first = at;
        skipToDelimiter();
    }

    private void skipToDelimiter() {
        if (skippingTo != NO_DELIMITER && skipSegmentTo(skippingTo)) {
            skippingTo = NO_DELIMITER;
        }
    }

    private boolean skipSegmentTo(final int delimiter) {
        final int from = at;
        final int found = segment == null ? -1 : segment.indexOf(delimiter, at);
        at = found < 0 ? segmentLength() : found + 1;
        skipped += at - from;
        return found >= 0;
    }

    /**
     * Copies what was not consumed, so that the segment may go.
     *
     * @return bytes that found no room and are lost, with all that was kept; 0 if there are none
     */
    int keepRest() {
        int lost = 0;
        final int rest = segmentLength() - at;
        if (rest > 0 && !append(rest)) {
            lost = available();
            giveBack();
        }
        segment = null;
        at = 0;
        return lost;
    }

    /**
     * Bytes are missing.
     *
     * @return how many of them were not about to be skipped; then what was kept is gone
     */
    long missing(final long length) {
        if (skippingAll) {
            return 0;
        }
        final long explained = Math.min(toSkip, length);
        toSkip -= explained;
        missed += explained;
        if (explained < length) {
            skipped += keptEnd - keptAt;
            giveBack();
            skippingTo = NO_DELIMITER;
        }
        return length - explained;
    }

    /** Bytes there are. */
    public int available() {
        return keptEnd - keptAt + segmentLength() - at;
    }

    /** True if there are none. */
    public boolean isEmpty() {
        return available() == 0;
    }

    /**
     * Looks at all that is there.
     *
     * @return false unless it and all that was read since bytes came last lies in the segment that was delivered last
     */
    public boolean wrapRest(final Bytes target) {
        return segment != null && segment.isNative() && wrapArrived(target);
    }

    /**
     * Looks at all that is there.
     *
     * @return false unless it lies in what came last, with nothing kept in front of it
     */
    public boolean wrapArrived(final Bytes target) {
        if (kept != null || segment == null) {
            return false;
        }
        target.wrap(segment, at, segment.length() - at);
        return true;
    }

    /** Looks at what came last and was not to be skipped by its number, consumed or not. */
    public Bytes peekArrived() {
        return segment == null ? view().clear() : view().wrap(segment, first, segment.length() - first);
    }

    /** Looks at what came before that and was not consumed. */
    public Bytes peekKept() {
        return kept == null ? view().clear() : view().wrap(kept, keptAt, keptEnd - keptAt);
    }

    /** Gives up what came before: goes on with the first byte of {@link #peekArrived}, of which none was consumed. */
    public void startAtArrived() {
        skipped += keptEnd - keptAt - (at - first);
        giveBack();
        skippingTo = NO_DELIMITER;
        at = first;
    }

    /** The next byte, which stays, or -1. */
    public int next() {
        return keptAt < keptEnd ? kept[keptAt] & 0xff : segment == null ? -1 : segment.u8(at);
    }

    /**
     * The next bytes, which stay.
     *
     * @param length how many, at most {@link BufferPool#MAX}
     * @return exactly that many, or null if there are fewer
     */
    public Bytes peek(final int length) {
        if (length < 0 || available() < length) {
            return null;
        }
        if (keptAt == keptEnd) {
            return segment == null ? view().clear() : view().wrap(segment, at, length);
        }
        final int lacking = length - (keptEnd - keptAt);
        if (lacking > 0 && !append(lacking)) {
            return null;
        }
        return view().wrap(kept, keptAt, length);
    }

    /**
     * The next bytes, which are consumed.
     *
     * @param length how many, at most {@link BufferPool#MAX}
     * @return exactly that many, or null, with nothing consumed, if there are fewer
     */
    public Bytes take(final int length) {
        final Bytes taken = peek(length);
        if (taken != null) {
            consume(length);
        }
        return taken;
    }

    /** Whatever lies together at the front, consumed: at least a byte unless it is empty, at most {@code most}. */
    public Bytes takeSome(final int most) {
        final int together = keptAt < keptEnd ? keptEnd - keptAt : segmentLength() - at;
        return take(Math.min(together, most));
    }

    /**
     * The next line without its end, LF or CR LF, consumed.
     *
     * @param most longest line; of a longer one that many bytes are answered, {@link #isCut()} is true, and the rest is
     *             skipped
     * @return the line, or null if its end has not come yet
     */
    public Bytes line(final int most) {
        final Bytes line = until('\n', most);
        if (line == null || cut || line.isEmpty() || line.u8(line.length() - 1) != '\r') {
            return line;
        }
        return line.wrap(line, 0, line.length() - 1);
    }

    /** The next bytes up to a delimiter, like {@link #line}. */
    public Bytes until(final int delimiter, final int most) {
        cut = false;
        final int known = keptEnd - keptAt;
        for (int i = scanned; i < known && i <= most; i++) {
            if (kept[keptAt + i] == (byte) delimiter) {
                return takeUntil(i);
            }
        }
        if (known <= most && segment != null) {
            final int end = (int) Math.min(segmentLength(), (long) at + most - known + 1);
            final int found = segment.indexOf(delimiter, at, end);
            if (found >= 0) {
                return known == 0 ? takeInPlace(found) : takeUntil(known + found - at);
            }
        }
        if (available() <= most) {
            scanned = known;
            return null;
        }
        final Bytes beginning = take(most);
        cut = beginning != null;
        if (cut) {
            skippingTo = (short) (delimiter & 0xff);
            skipKeptToDelimiter();
            skipToDelimiter();
        }
        return beginning;
    }

    /** The view handed out lies over the array of kept bytes, which stays where it is. */
    private void skipKeptToDelimiter() {
        if (skippingTo != NO_DELIMITER && skipKeptTo(skippingTo)) {
            skippingTo = NO_DELIMITER;
        }
    }

    private boolean skipKeptTo(final int delimiter) {
        boolean found = false;
        final int from = keptAt;
        while (keptAt < keptEnd && !found) {
            found = (kept[keptAt++] & 0xff) == delimiter;
        }
        skipped += keptAt - from;
        return found;
    }

    /**
     * Consumes what is there up to a delimiter, and that too: it is skipped.
     *
     * @return true if the delimiter was there
     */
    public boolean skipTo(final int delimiter) {
        scanned = 0;
        return skipKeptTo(delimiter) || skipSegmentTo(delimiter);
    }

    /** Gives up what is there: it is skipped. */
    public void giveUp() {
        skipped += available();
        skip(available());
    }

    /** How many bytes were given up since that was asked last: behind lines that were cut, or before one that is. */
    int takeSkipped() {
        final int taken = skipped;
        skipped = 0;
        return taken;
    }

    private Bytes takeInPlace(final int end) {
        final int start = at;
        at = end + 1;
        return view().wrap(segment, start, end - start);
    }

    private Bytes takeUntil(final int length) {
        final Bytes taken = peek(length + 1);
        if (taken == null) {
            return null;
        }
        consume(length + 1);
        return taken.wrap(taken, 0, length);
    }

    /** True if the last line was longer than allowed. */
    public boolean isCut() {
        return cut;
    }

    /** Skips the next bytes, those that have not come yet too: they will not be touched. */
    public void skip(final long length) {
        final int here = (int) Math.min(length, available());
        consume(here);
        toSkip += length - here;
    }

    /** The same with content: it was not looked at before either. */
    public void passOver(final long length) {
        if (at != passedTo) {
            passedFrom = at;
        }
        skip(length);
        passedTo = at;
    }

    /** How many bytes at the end of what came last were passed over. */
    int passedOver() {
        return passedTo == segmentLength() ? passedTo - passedFrom : 0;
    }

    /** Skips everything from here to the end of the direction. */
    public void skipAll() {
        consume(available());
        skippingAll = true;
    }

    /** True if everything is skipped. */
    public boolean isSkippingAll() {
        return skippingAll;
    }

    /** True if something is to be skipped when it comes. */
    boolean isSkipping() {
        return skippingAll || toSkip > 0;
    }

    /**
     * Hands over what is to be skipped, so that somebody else can do it without looking here.
     *
     * @param most how much at most
     * @param all  answered if everything is skipped
     */
    int handOverSkip(final int most, final int all) {
        if (skippingAll) {
            return all;
        }
        final int handed = (int) Math.min(toSkip, most);
        toSkip -= handed;
        return handed;
    }

    /** Takes back what of that was not skipped. */
    void takeBackSkip(final int left) {
        toSkip += left;
    }

    /** Bytes that are still to be skipped when they come. */
    public long toSkip() {
        return toSkip;
    }

    /** Bytes that were to be skipped and never came, since the beginning. */
    public long missed() {
        return missed;
    }

    private void consume(final int length) {
        scanned = 0;
        final int ofKept = Math.min(length, keptEnd - keptAt);
        keptAt += ofKept;
        at += length - ofKept;
    }

    /** Moves the next bytes of the segment to the kept ones; false if there is no room. */
    private boolean append(final int length) {
        final int known = keptEnd - keptAt;
        if (kept == null || keptEnd + length > kept.length) {
            final byte[] larger = kept != null && known + length <= kept.length ? kept : pool.take(known + length);
            if (larger == null) {
                return false;
            }
            if (kept != null) {
                System.arraycopy(kept, keptAt, larger, 0, known);
                if (larger != kept) {
                    pool.giveBack(kept);
                }
            }
            kept = larger;
            keptAt = 0;
            keptEnd = known;
        }
        segment.copyTo(at, kept, keptEnd, length);
        keptEnd += length;
        at += length;
        return true;
    }
}
