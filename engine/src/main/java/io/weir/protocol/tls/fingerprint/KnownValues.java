package io.weir.protocol.tls.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Values that were made of the same bytes before: hellos differ, but those of one program mostly make the same
 * fingerprints. A fixed number of places, each of which keeps what last came to it twice in a row, so that what comes
 * once costs no copy; what values are made of is compared whole. One thread.
 */
final class KnownValues {
    /** Most bytes of which a value is made that is kept. */
    static final int MAX_KEY = 512;
    /** What answers for what is not known. */
    static final int UNKNOWN = -1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;
    static final int PLACES = 128;

    private final byte[] keys = new byte[PLACES * MAX_KEY];
    private final int[] lengths = new int[PLACES];
    private final long[] last = new long[PLACES];
    private final byte[] values;
    private final int valueLength;

    /**
     * Knows none.
     *
     * @param valueLength most bytes of a value
     */
    KnownValues(final int valueLength) {
        this.valueLength = valueLength;
        values = new byte[PLACES * valueLength];
    }

    /** A hash of what a value is made of, at most {@link #MAX_KEY} bytes: it says where the value has its place. */
    static long hash(final byte[] key, final int length) {
        long hash = length;
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(key, at)) * FACTOR;
            hash ^= hash >>> 32;
        }
        for (; at < length; at++) {
            hash = (hash ^ key[at]) * FACTOR;
        }
        return hash;
    }

    private static int place(final long hash) {
        return (int) (hash >>> 40) & PLACES - 1;
    }

    /** Where in {@link #values()} the value is that is made of these bytes, or {@link #UNKNOWN}. */
    int find(final long hash, final byte[] key, final int length) {
        final int place = place(hash);
        final int from = place * MAX_KEY;
        if (length == 0 || lengths[place] != length || !Arrays.equals(keys, from, from + length, key, 0, length)) {
            return UNKNOWN;
        }
        last[place] = hash;
        return place * valueLength;
    }

    /** All values. */
    byte[] values() {
        return values;
    }

    /**
     * Keeps the value made of some bytes, if nothing else came to its place since they were there before.
     *
     * @param value as many of its bytes as a value has, or as there are
     */
    void keep(final long hash, final byte[] key, final int length, final byte[] value) {
        final int place = place(hash);
        if (last[place] != hash) {
            last[place] = hash;
            return;
        }
        System.arraycopy(key, 0, keys, place * MAX_KEY, length);
        System.arraycopy(value, 0, values, place * valueLength, Math.min(valueLength, value.length));
        lengths[place] = length;
    }
}
