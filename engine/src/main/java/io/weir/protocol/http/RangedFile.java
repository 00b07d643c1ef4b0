package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.FieldList;

/**
 * A file that one connection fetches in parts, each with a request for the next range (RFC 9110, section 14), as
 * downloads do that can be resumed. Other orders, and parts that come over other connections, are not joined. One
 * thread.
 */
final class RangedFile {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Bytes view = new Bytes();
    private long target;
    private long length;
    private long next;

    /** Forgets all parts. */
    void clear() {
        next = 0;
    }

    /** True if a part was taken that another one may follow. */
    boolean isBegun() {
        return next != 0;
    }

    /**
     * Takes a part that was transferred whole.
     *
     * @param of     what was told of the request
     * @param first  place of its first byte in the whole, below 0 if it is not known
     * @param last   place of its last byte
     * @param total  bytes of the whole, below 0 if they are not known
     * @return true if it is the last of several and there is none missing
     */
    boolean isCompleteWith(final FieldList of, final long first, final long last, final long total) {
        final long asked = hash(of);
        final boolean continues = first > 0 && first == next && asked == target && total == length;
        if (first < 0 || last < first || total <= last || asked == 0 || first > 0 && !continues) {
            clear();
            return false;
        }
        target = asked;
        length = total;
        next = last + 1;
        return first > 0 && next == total;
    }

    /** Of host and target of a request; 0 if there is no target. */
    private long hash(final FieldList of) {
        if (!of.find(Http.URI, view)) {
            return 0;
        }
        long hash = hash(FNV_OFFSET);
        if (of.find(Http.HOST, view)) {
            hash = hash(hash);
        }
        return hash | 1;
    }

    private long hash(final long before) {
        long hash = before;
        for (int i = 0; i < view.length(); i++) {
            hash = (hash ^ view.u8(i)) * FNV_PRIME;
        }
        return hash;
    }
}
