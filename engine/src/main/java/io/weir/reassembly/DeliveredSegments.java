package io.weir.reassembly;

import org.agrona.UnsafeApi;

/**
 * The last eight segments of a stream that were delivered: how long each was, and where {@link DeliveredBytes} has its
 * copy. Stateless; works on the stream's cache line.
 *
 * <p>An entry is a length in the lower 16 and a position in the upper 48 bits. Entries lie end to end and the newest
 * ends where the stream stands, so that no sequence numbers are needed.
 */
final class DeliveredSegments {
    /** Segments remembered. */
    static final int COUNT = 8;
    /** Longest segment that is remembered. */
    static final int LENGTH_MAX = 0xffff;

    private static final int COUNT_MASK = COUNT - 1;
    private static final int FILLED_SHIFT = 3;
    private static final int POSITION_SHIFT = 16;

    private DeliveredSegments() {
    }

    /**
     * Remembers a segment.
     *
     * @param cursor   what this method or {@link #forget} answered last for the stream, 0 at its start
     * @param length   at most {@link #LENGTH_MAX}
     * @param position that {@link DeliveredBytes#add} answered
     * @return the cursor after it
     */
    static int remember(final long line, final int cursor, final int length, final long position) {
        final int at = cursor & COUNT_MASK;
        UnsafeApi.putLong(line + at * 8L, position << POSITION_SHIFT | length);
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

    /** The segment that is {@code back} before the newest. */
    static long entry(final long line, final int cursor, final int back) {
        return UnsafeApi.getLong(line + ((cursor & COUNT_MASK) - 1 - back & COUNT_MASK) * 8L);
    }

    static int length(final long entry) {
        return (int) entry & LENGTH_MAX;
    }

    /** Lower 48 bits of the position of its copy. */
    static long position(final long entry) {
        return entry >>> POSITION_SHIFT;
    }
}
