package io.weir.reassembly;

import org.agrona.UnsafeApi;

/**
 * The last eight segments of a stream that were delivered, by length and hash: so that a retransmission with other
 * bytes is seen although nothing of what was delivered is kept. Stateless; works on the stream's cache line.
 *
 * <p>An entry is a length in the lower 16 and a hash in the upper 48 bits. Entries lie end to end and the newest ends
 * where the stream stands, so that no sequence numbers are needed.
 */
final class DeliveredHashes {
    /** Segments remembered. */
    static final int COUNT = 8;
    /** Bits of a hash that are kept. */
    static final long HASH = -1L << 16;

    private static final int COUNT_MASK = COUNT - 1;
    private static final int FILLED_SHIFT = 3;
    private static final int MAX_LENGTH = 0xffff;

    private DeliveredHashes() {
    }

    /**
     * Remembers a segment.
     *
     * @param cursor what this method or {@link #forget} answered last for the stream, 0 at its start
     * @return the cursor after it
     */
    static int remember(final long line, final int cursor, final int length, final long hash) {
        if (length > MAX_LENGTH) {
            return forget();
        }
        final int at = cursor & COUNT_MASK;
        UnsafeApi.putLong(line + at * 8L, hash & HASH | length);
        final int filled = Math.min(COUNT, (cursor >>> FILLED_SHIFT) + 1);
        return filled << FILLED_SHIFT | at + 1 & COUNT_MASK;
    }

    /** The cursor of a stream of which nothing is remembered. */
    static int forget() {
        return 0;
    }

    /** How many are remembered. */
    static int filled(final int cursor) {
        return cursor >>> FILLED_SHIFT;
    }

    /** Length and hash of the segment that is {@code back} before the newest. */
    static long entry(final long line, final int cursor, final int back) {
        return UnsafeApi.getLong(line + ((cursor & COUNT_MASK) - 1 - back & COUNT_MASK) * 8L);
    }

    static int length(final long entry) {
        return (int) entry & MAX_LENGTH;
    }
}
