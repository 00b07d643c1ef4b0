package io.weir.protocol.dns;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;

/** A message of DNS in the body of a request or response (RFC 8484): kept until it is whole. One thread. */
public final class DnsBody {
    /** Longest message; a longer one is skipped. */
    public static final int MOST = 16 * 1024;
    private static final int USUAL = 512;

    private final Bytes view = new Bytes();
    private BufferPool pool;
    private byte[] bytes;
    private int length;
    private int skipped;
    private boolean wanted;
    private boolean taken;

    /** A message begins. */
    public void begin(final BufferPool buffers) {
        pool = buffers;
        length = 0;
        skipped = 0;
        taken = false;
        wanted = true;
    }

    /** True if more of it is to be taken. */
    public boolean isWanted() {
        return wanted;
    }

    /** Takes more of it. */
    public void take(final Bytes some) {
        if (!wanted || !reserve(length + some.length())) {
            skipped += some.length();
            gap();
            return;
        }
        some.copyTo(0, bytes, length, some.length());
        length += some.length();
    }

    private boolean reserve(final int needed) {
        if (bytes != null && needed <= bytes.length) {
            return true;
        }
        final byte[] more = needed > MOST ? null : pool.take(Math.max(USUAL, needed));
        if (more == null) {
            return false;
        }
        if (bytes != null) {
            System.arraycopy(bytes, 0, more, 0, length);
            pool.giveBack(bytes);
        }
        bytes = more;
        return true;
    }

    /** Some of it is missing. */
    public void gap() {
        wanted = false;
        skipped += length;
        length = 0;
    }

    /** How many bytes there were of a message that is too long, lacks some, or was not taken as a {@link #whole}. */
    public int skipped() {
        return skipped + (taken ? 0 : length);
    }

    /** The message, valid until {@link #release}; null if it is not whole. */
    public Bytes whole() {
        taken = wanted && bytes != null;
        return taken ? view.wrap(bytes, 0, length) : null;
    }

    /** Gives its memory back. */
    public void release() {
        wanted = false;
        length = 0;
        skipped = 0;
        if (bytes != null) {
            pool.giveBack(bytes);
            bytes = null;
        }
    }
}
