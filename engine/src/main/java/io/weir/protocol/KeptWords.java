package io.weir.protocol;

import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Bytes that are kept in words, for whoever compares many that come with few that came before: what is left over in the
 * last word is filled with bytes in front of it, so that all is done eight bytes at a time. There must be eight at
 * least.
 */
public final class KeptWords {
    /** Of names up to here, as those of hosts mostly are, as many words are looked at: no length is predicted. */
    private static final int FEW = 4 * Long.BYTES;

    private KeptWords() {
    }

    /** A hash of bytes, all of which must be there. */
    public static long hash(final Bytes bytes, final int from, final int count) {
        final byte[] source = bytes.array();
        final long base = bytes.address() + Objects.checkFromIndexSize(from, count, bytes.length());
        final int last = count - Long.BYTES;
        long hash = count;
        if (count <= FEW) {
            hash = mix(hash, UnsafeApi.getLong(source, base));
            hash = mix(hash, UnsafeApi.getLong(source, base + Math.min(Long.BYTES, last)));
            hash = mix(hash, UnsafeApi.getLong(source, base + Math.min(2 * Long.BYTES, last)));
            return mix(hash, UnsafeApi.getLong(source, base + last));
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            hash = mix(hash, UnsafeApi.getLong(source, base + i));
        }
        return mix(hash, UnsafeApi.getLong(source, base + last));
    }

    private static long mix(final long hash, final long word) {
        return Long.rotateLeft(hash, 5) ^ word;
    }

    /**
     * Keeps bytes, all of which must be there.
     *
     * @param words takes them from {@code offset} on: a word for each eight bytes, and four at least
     */
    public static void keep(final Bytes bytes, final int from, final int count, final long[] words, final int offset) {
        for (int i = 0; i < Math.max(FEW, count); i += Long.BYTES) {
            words[offset + i / Long.BYTES] = bytes.u64le(from + Math.min(i, count - Long.BYTES));
        }
    }

    /** True if these bytes, all of which must be there, are those that are {@link #keep kept}, as many as they are. */
    public static boolean areKept(final Bytes bytes, final int from, final int count, final long[] words,
        final int offset) {
        final byte[] source = bytes.array();
        final long base = bytes.address() + Objects.checkFromIndexSize(from, count, bytes.length());
        final int last = count - Long.BYTES;
        if (count <= FEW) {
            return (words[offset] ^ UnsafeApi.getLong(source, base)
                | words[offset + 1] ^ UnsafeApi.getLong(source, base + Math.min(Long.BYTES, last))
                | words[offset + 2] ^ UnsafeApi.getLong(source, base + Math.min(2 * Long.BYTES, last))
                | words[offset + 3] ^ UnsafeApi.getLong(source, base + last)) == 0;
        }
        int word = offset;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (words[word++] != UnsafeApi.getLong(source, base + i)) {
                return false;
            }
        }
        return words[word] == UnsafeApi.getLong(source, base + last);
    }
}
