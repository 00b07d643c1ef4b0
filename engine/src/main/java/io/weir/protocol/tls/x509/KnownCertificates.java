package io.weir.protocol.tls.x509;

import io.weir.protocol.Bytes;

/**
 * Reads certificates, and remembers those that come again and again, as those of a server do: of one that is known
 * nothing is read but its bytes, which are compared with those kept. A fixed number of places, each of which keeps the
 * certificate that last came to it twice in a row, so that certificates seen once cost hardly more than being read.
 * What it answers depends on the bytes alone. One thread.
 */
public final class KnownCertificates {
    private static final int PLACES = 128;
    /** Longest that is kept; 1.7 MB in all, texts included. */
    private static final int MAX_LENGTH = 4096;
    private static final int MIN_LENGTH = 3 * Long.BYTES;
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

    private final Certificate newest = new Certificate();
    private final Bytes view = new Bytes();
    private final long[] last = new long[PLACES];
    private final Certificate[] kept = new Certificate[PLACES];
    private final byte[][] copies = new byte[PLACES][];

    /**
     * Reads a certificate.
     *
     * @return valid until the next is read; null if it is none, as {@link Certificate#wrap} says
     */
    public Certificate of(final Bytes source, final int from, final int length) {
        final int there = Math.min(length, source.length() - from);
        if (there < MIN_LENGTH || there > MAX_LENGTH) {
            return newest.wrap(source, from, length) ? newest : null;
        }
        final long hash = hash(source, from, there);
        final int place = (int) (hash >>> 40) & PLACES - 1;
        final Certificate known = kept[place];
        if (known != null && known.bytes().length() == there && source.matches(from, copies[place], 0, there)) {
            last[place] = hash;
            return known;
        }
        if (!newest.wrap(source, from, there)) {
            return null;
        }
        if (last[place] == hash) {
            keep(place, source, from, there);
        }
        last[place] = hash;
        return newest;
    }

    /** What is wrong with the certificate that {@link #of} answered null for. */
    public Certificate.Fault fault() {
        return newest.fault();
    }

    private void keep(final int place, final Bytes source, final int from, final int length) {
        if (copies[place] == null || copies[place].length < length) {
            copies[place] = new byte[Math.min(MAX_LENGTH, Math.max(1024, Integer.highestOneBit(length - 1) << 1))];
        }
        if (kept[place] == null) {
            kept[place] = new Certificate();
        }
        source.copyTo(from, copies[place], 0, length);
        kept[place].wrap(view.wrap(copies[place], 0, length), 0, length);
    }

    /**
     * The end is the signature: it differs where anything else does, unless somebody wants it not to, who can have a
     * certificate read anew then, and nothing else.
     */
    private long hash(final Bytes source, final int from, final int length) {
        final int end = from + length;
        long hash = length * FACTOR;
        for (int at = end - MIN_LENGTH; at < end; at += Long.BYTES) {
            hash = (hash ^ hash >>> 32 ^ source.u64le(at)) * FACTOR;
        }
        return hash;
    }
}
