package io.weir.protocol.tls.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Hashes of texts that were hashed before: hellos differ, but those of one program mostly make the same text. A fixed
 * number of places, in which the newest text counts; texts are compared whole. One thread.
 */
final class KnownHashes {
    /** Longest text that is kept. */
    static final int MAX_TEXT = 512;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;
    private static final int PLACES = 128;

    private final byte[] texts = new byte[PLACES * MAX_TEXT];
    private final int[] lengths = new int[PLACES];
    private final byte[] hashes;
    private final int hashLength;

    /** Knows none. */
    KnownHashes(final int hashLength) {
        this.hashLength = hashLength;
        hashes = new byte[PLACES * hashLength];
    }

    /** Where a text of at most {@link #MAX_TEXT} bytes has its place. */
    static int place(final byte[] text, final int length) {
        long hash = length;
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(text, at)) * FACTOR;
            hash ^= hash >>> 32;
        }
        for (; at < length; at++) {
            hash = (hash ^ text[at]) * FACTOR;
        }
        return (int) (hash >>> 40) & PLACES - 1;
    }

    /** Writes the hash of a text if it is known; false if not. */
    boolean find(final int place, final byte[] text, final int length, final byte[] hash) {
        final int from = place * MAX_TEXT;
        if (length == 0 || lengths[place] != length || !Arrays.equals(texts, from, from + length, text, 0, length)) {
            return false;
        }
        System.arraycopy(hashes, place * hashLength, hash, 0, hashLength);
        return true;
    }

    /** Keeps the hash of a text. */
    void keep(final int place, final byte[] text, final int length, final byte[] hash) {
        System.arraycopy(text, 0, texts, place * MAX_TEXT, length);
        System.arraycopy(hash, 0, hashes, place * hashLength, hashLength);
        lengths[place] = length;
    }
}
