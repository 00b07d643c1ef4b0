package io.weir.protocol;

import org.agrona.UnsafeApi;

/** Copies bytes, few for the most part: names, words, numbers as text. */
final class ShortCopy {
    /** Up to here copying eight bytes at a time costs less than calling somebody who copies. */
    private static final int MOST_BY_WORDS = 128;

    private ShortCopy() {
    }

    /**
     * Copies bytes, all of which are there and find room: nothing is checked.
     *
     * @param here   what they lie in, or null if that is native memory
     * @param source where the first is, as memory is addressed; in an array counted from that
     * @param place  the same of where they go
     */
    static void copy(final byte[] here, final long source, final byte[] target, final long place, final int count) {
        if (count > MOST_BY_WORDS || here == target) {
            UnsafeApi.copyMemory(here, source, target, place, count);
            return;
        }
        if (count < Long.BYTES) {
            copyFew(here, source, target, place, count);
            return;
        }
        final int last = count - Long.BYTES;
        int i = 0;
        for (; i < last - Long.BYTES; i += 2 * Long.BYTES) {
            UnsafeApi.putLong(target, place + i, UnsafeApi.getLong(here, source + i));
            UnsafeApi.putLong(target, place + i + Long.BYTES, UnsafeApi.getLong(here, source + i + Long.BYTES));
        }
        // Of sixteen bytes at most that are left, the last eight may be some that were copied.
        if (i < last) {
            UnsafeApi.putLong(target, place + i, UnsafeApi.getLong(here, source + i));
        }
        UnsafeApi.putLong(target, place + last, UnsafeApi.getLong(here, source + last));
    }

    private static void copyFew(final byte[] here, final long source, final byte[] target, final long place,
        final int count) {
        if (count >= Integer.BYTES) {
            final int last = count - Integer.BYTES;
            final int end = UnsafeApi.getInt(here, source + last);
            UnsafeApi.putInt(target, place, UnsafeApi.getInt(here, source));
            UnsafeApi.putInt(target, place + last, end);
            return;
        }
        for (int i = 0; i < count; i++) {
            UnsafeApi.putByte(target, place + i, UnsafeApi.getByte(here, source + i));
        }
    }
}
