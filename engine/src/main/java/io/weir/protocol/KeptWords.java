package io.weir.protocol;

import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Bytes that are kept in words, for whoever compares many that come with few that came before: what is left over in the
 * last word is filled with bytes in front of it, so that all is done eight bytes at a time. There must be eight at
 * least.
 */
public final class KeptWords {
    private KeptWords() {
    }

    /** A hash of bytes, all of which must be there. */
    public static long hash(final Bytes bytes, final int from, final int count) {
        final byte[] source = bytes.array();
        final long base = bytes.address() + Objects.checkFromIndexSize(from, count, bytes.length());
        final int last = count - Long.BYTES;
        long hash = count;
        for (int i = 0; i < last; i += Long.BYTES) {
            hash = Long.rotateLeft(hash, 5) ^ UnsafeApi.getLong(source, base + i);
        }
        return Long.rotateLeft(hash, 5) ^ UnsafeApi.getLong(source, base + last);
    }

    /** Keeps bytes, all of which must be there. */
    public static void keep(final Bytes bytes, final int from, final int count, final long[] words, final int offset) {
        for (int i = 0; i < count; i += Long.BYTES) {
            words[offset + i / Long.BYTES] = bytes.u64le(from + Math.min(i, count - Long.BYTES));
        }
    }

    /** True if these bytes, all of which must be there, are those that are {@link #keep kept}, as many as they are. */
    public static boolean areKept(final Bytes bytes, final int from, final int count, final long[] words,
        final int offset) {
        final byte[] source = bytes.array();
        final long base = bytes.address() + Objects.checkFromIndexSize(from, count, bytes.length());
        final int last = count - Long.BYTES;
        int word = offset;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (words[word++] != UnsafeApi.getLong(source, base + i)) {
                return false;
            }
        }
        return words[word] == UnsafeApi.getLong(source, base + last);
    }
}
