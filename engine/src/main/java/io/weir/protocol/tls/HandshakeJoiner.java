package io.weir.protocol.tls;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;

/**
 * Puts one side's handshake messages together, over however many records they are spread: type (8 bits), length (24
 * bits), body. A message that lies whole in what comes is handed on in place; of others those that say something are
 * kept, up to {@link BufferPool#MAX} bytes, and handed on as cut if that is not all. One thread.
 */
class HandshakeJoiner {
    /** Bytes in front of a message's body. */
    static final int HEADER = 4;
    /** Room is taken at once for a message that many times as long as what has come of it. */
    private static final int BELIEVED = 4;

    private final Session session;
    private final boolean fromClient;
    private byte[] kept;
    private int length;
    private long toSkip;

    HandshakeJoiner(final Session session, final boolean fromClient) {
        this.session = session;
        this.fromClient = fromClient;
    }

    /** Takes the next bytes of handshake records. */
    void add(final Bytes bytes) {
        int at = 0;
        while (at < bytes.length() && !session.isOver()) {
            if (toSkip > 0) {
                final int skipped = (int) Math.min(toSkip, bytes.length() - at);
                toSkip -= skipped;
                at += skipped;
            } else if (length == 0 && bytes.has(at, HEADER)) {
                at += begin(bytes, at);
            } else {
                at += keep(bytes, at, length < HEADER ? HEADER : wholeLength());
            }
        }
    }

    /** A message begins here; answers how many bytes of it were consumed. */
    private int begin(final Bytes bytes, final int at) {
        final int type = bytes.u8(at);
        final int whole = HEADER + bytes.u24(at + 1);
        if (bytes.has(at, whole)) {
            session.message(fromClient, type, session.view().wrap(bytes, at + HEADER, whole - HEADER), false);
            return whole;
        }
        if (Session.isRead(type)) {
            return keep(bytes, at, whole);
        }
        toSkip = whole;
        session.message(fromClient, type, session.view().clear(), true);
        return 0;
    }

    /** Keeps bytes of what is that long, as far as it may be kept; answers how many were consumed. */
    private int keep(final Bytes bytes, final int at, final int whole) {
        final int wanted = Math.min(whole, BufferPool.MAX);
        final int count = Math.min(wanted - length, bytes.length() - at);
        if (!reserve(length + count, wanted)) {
            giveUp(count, whole);
            return count;
        }
        bytes.copyTo(at, kept, length, count);
        length += count;
        if (length == HEADER) {
            unwrapHeader();
        }
        if (length >= HEADER && length == Math.min(wholeLength(), BufferPool.MAX)) {
            deliver();
        }
        return count;
    }

    /** The header is there: what is not read is not kept either. */
    private void unwrapHeader() {
        final int type = kept[0] & 0xff;
        if (!Session.isRead(type)) {
            toSkip = (long) wholeLength() - HEADER;
            release();
            session.message(fromClient, type, session.view().clear(), toSkip > 0);
        }
    }

    private int wholeLength() {
        return HEADER + ((kept[1] & 0xff) << 16 | (kept[2] & 0xff) << 8 | kept[3] & 0xff);
    }

    private void deliver() {
        final byte[] message = kept;
        final int there = length;
        final int missing = wholeLength() - there;
        kept = null;
        length = 0;
        toSkip = missing;
        session.message(fromClient, message[0] & 0xff, session.view().wrap(message, HEADER, there - HEADER),
            missing > 0);
        session.flow().buffers().giveBack(message);
    }

    /** What is kept will not be completed: it is handed on as it is. Answers true if there was something. */
    boolean cut() {
        if (length <= HEADER) {
            release();
            return false;
        }
        deliver();
        return true;
    }

    /** Bytes are missing; true if it is known where the next message begins. */
    boolean missing(final long count) {
        cut();
        final boolean known = count <= toSkip;
        toSkip = known ? toSkip - count : 0;
        return known;
    }

    /** Sets back to the beginning of a message. */
    void reset() {
        release();
        toSkip = 0;
    }

    /** There is no room: what is that long is skipped, of which so many bytes have just come. */
    private void giveUp(final int count, final int whole) {
        session.flow().skipped(whole);
        toSkip = (long) whole - length - count;
        release();
    }

    private void release() {
        if (kept != null) {
            session.flow().buffers().giveBack(kept);
            kept = null;
        }
        length = 0;
    }

    /** Takes room for so many bytes, and for those wanted, of which no more are believed than a few times as many. */
    private boolean reserve(final int needed, final int wanted) {
        if (kept != null && needed <= kept.length) {
            return true;
        }
        final byte[] larger = session.flow().buffers().take(Math.min(wanted, BELIEVED * needed));
        if (larger == null) {
            return false;
        }
        if (kept != null) {
            System.arraycopy(kept, 0, larger, 0, length);
            session.flow().buffers().giveBack(kept);
        }
        kept = larger;
        return true;
    }
}
