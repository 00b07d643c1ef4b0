package io.weir.protocol.quic;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import org.agrona.DirectBuffer;

/**
 * The beginning of one side's stream of CRYPTO frames, put together in whatever order its pieces come: RFC 9000, 19.6.
 * Holds the first handshake message alone, up to {@link #LIMIT} bytes, in an array of the pool; the pieces known are
 * kept as sorted ranges. What was there first counts. One thread.
 */
final class CryptoStream {
    /** Longest message. */
    static final int LIMIT = 16 * 1024;
    /** Ranges that may lie apart from each other. */
    static final int RANGES = 32;

    private static final int FIRST_SIZE = 2048;

    private final int[] starts = new int[RANGES + 1];
    private final int[] ends = new int[RANGES + 1];
    private int count;
    private byte[] data;

    /** Forgets everything and gives back what was taken. */
    void clear(final BufferPool pool) {
        if (data != null) {
            pool.giveBack(data);
            data = null;
        }
        count = 0;
    }

    /**
     * Takes a piece.
     *
     * @return false if there is no room for it, or it lies beyond the limit; it is lost then
     */
    boolean add(final BufferPool pool, final long offset, final DirectBuffer source, final int at, final int length) {
        if (offset < 0 || offset + length > LIMIT || !reserve(pool, (int) offset + length)) {
            return false;
        }
        int from = (int) offset;
        final int end = from + length;
        while (from < end) {
            final int range = firstEndingBehind(from);
            final int known = range < count ? starts[range] : Integer.MAX_VALUE;
            if (known <= from) {
                from = ends[range];
                continue;
            }
            final int to = Math.min(end, known);
            if (!insert(range, from, to)) {
                return false;
            }
            source.getBytes(at + from - (int) offset, data, from, to - from);
            from = to;
        }
        return true;
    }

    private int firstEndingBehind(final int place) {
        int i = 0;
        while (i < count && ends[i] <= place) {
            i++;
        }
        return i;
    }

    /** Notes a range that touches none but, perhaps, at its ends. */
    private boolean insert(final int at, final int from, final int to) {
        final boolean joinsBefore = at > 0 && ends[at - 1] == from;
        final boolean joinsBehind = at < count && starts[at] == to;
        if (joinsBefore && joinsBehind) {
            ends[at - 1] = ends[at];
            remove(at);
        } else if (joinsBefore) {
            ends[at - 1] = to;
        } else if (joinsBehind) {
            starts[at] = from;
        } else {
            if (count == RANGES) {
                return false;
            }
            System.arraycopy(starts, at, starts, at + 1, count - at);
            System.arraycopy(ends, at, ends, at + 1, count - at);
            starts[at] = from;
            ends[at] = to;
            count++;
        }
        return true;
    }

    private void remove(final int at) {
        count--;
        System.arraycopy(starts, at + 1, starts, at, count - at);
        System.arraycopy(ends, at + 1, ends, at, count - at);
    }

    private boolean reserve(final BufferPool pool, final int length) {
        if (data != null && length <= data.length) {
            return true;
        }
        final byte[] larger = pool.take(Math.max(length, FIRST_SIZE));
        if (larger == null) {
            return false;
        }
        if (data != null) {
            System.arraycopy(data, 0, larger, 0, data.length);
            pool.giveBack(data);
        }
        data = larger;
        return true;
    }

    /** True if nothing has come yet. */
    boolean isEmpty() {
        return count == 0;
    }

    /** What lies together at the front. */
    Bytes front(final Bytes view) {
        return count == 0 || starts[0] != 0 ? view.clear() : view.wrap(data, 0, ends[0]);
    }

    /**
     * Looks at the body of the first handshake message.
     *
     * @param type what it must be: RFC 8446, 4
     * @return its length; -1 if it is not all there yet, -2 if it is something else or too long
     */
    int message(final int type, final Bytes view) {
        front(view);
        if (view.length() < 4) {
            return view.isEmpty() || view.u8(0) == type ? -1 : -2;
        }
        final int length = view.u24(1);
        if (view.u8(0) != type || length > LIMIT - 4) {
            return -2;
        }
        if (view.length() < 4 + length) {
            return -1;
        }
        view.wrap(data, 4, length);
        return length;
    }
}
