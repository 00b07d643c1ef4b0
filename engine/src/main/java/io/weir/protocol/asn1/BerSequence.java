package io.weir.protocol.asn1;

/**
 * Goes through the values of a SEQUENCE, each of which the {@link BerReader} it was made with then looks at. One
 * thread.
 */
public final class BerSequence {
    private final BerReader ber;
    private int at;
    private int end;
    private int left;
    private int last;

    /** One that reads by this reader, which others may use between two values. */
    public BerSequence(final BerReader ber) {
        this.ber = ber;
    }

    /**
     * Begins with the sequence at a place.
     *
     * @param limit where it must end at the latest
     * @param most  values that are gone through at most
     * @return false if there is none: then it has no values
     */
    public boolean begin(final int from, final int limit, final int most) {
        final boolean isThere = ber.read(BerReader.SEQUENCE, from, limit);
        at = isThere ? ber.start() : 0;
        end = isThere ? ber.end() : 0;
        left = most;
        last = -1;
        return isThere;
    }

    /** True if another value may follow. */
    public boolean hasMore() {
        return at < end && left > 0;
    }

    /** Reads the head of the next value; false if there is none, or it ends behind the sequence. */
    public boolean next() {
        left--;
        if (!ber.read(at, end)) {
            return false;
        }
        at = ber.end();
        return true;
    }

    /** The same for sequences whose values have tags of their own, in ascending order: false if one is out of order. */
    public boolean nextField() {
        if (!next() || ber.tag() <= last) {
            return false;
        }
        last = ber.tag();
        return true;
    }
}
