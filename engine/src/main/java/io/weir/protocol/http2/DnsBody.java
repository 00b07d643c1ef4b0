package io.weir.protocol.http2;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;

/** A message of DNS in the body of a request or response (RFC 8484): kept until it is whole. One thread. */
final class DnsBody {
    /** Longest message; a longer one is skipped. */
    static final int MOST = 16 * 1024;
    private static final int USUAL = 512;

    private final Bytes view = new Bytes();
    private BufferPool pool;
    private byte[] bytes;
    private int length;
    private boolean wanted;

    /** A message begins. */
    void begin(final BufferPool buffers) {
        pool = buffers;
        length = 0;
        wanted = true;
    }

    /** True if more of it is to be taken. */
    boolean isWanted() {
        return wanted;
    }

    /** Takes more of it. */
    void take(final Bytes some) {
        if (!wanted || !reserve(length + some.length())) {
            wanted = false;
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
    void gap() {
        wanted = false;
    }

    /** The message, valid until {@link #release}; null if it is not whole. */
    Bytes whole() {
        return wanted && bytes != null ? view.wrap(bytes, 0, length) : null;
    }

    /** Gives its memory back. */
    void release() {
        wanted = false;
        if (bytes != null) {
            pool.giveBack(bytes);
            bytes = null;
        }
    }
}
