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
    /** Of a header, behind the type. */
    private static final int BODY_BITS = 24;

    private final Session session;
    private final boolean fromClient;
    /** Bytes of the header of the message that comes, of which so many are there. */
    private int header;
    private int headerLength;
    /** The beginning of its body. */
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
            } else if (headerLength == 0 && bytes.has(at, HEADER)) {
                at += begin(bytes, at);
            } else if (headerLength < HEADER) {
                header = header << Byte.SIZE | bytes.u8(at++);
                headerLength++;
                headerGrew();
            } else {
                at += keep(bytes, at);
            }
        }
    }

    /** A message begins here; answers how many bytes of it were consumed. */
    private int begin(final Bytes bytes, final int at) {
        final int whole = HEADER + bytes.u24(at + 1);
        if (bytes.has(at, whole)) {
            session.message(fromClient, bytes.u8(at), session.view().wrap(bytes, at + HEADER, whole - HEADER), false);
            return whole;
        }
        header = (int) bytes.u32(at);
        headerLength = HEADER;
        headerGrew();
        return HEADER;
    }

    /** If the header is there: a body that is not read is not kept either, and one without bytes does not come. */
    private void headerGrew() {
        if (headerLength == HEADER && (bodyLength() == 0 || !Session.isRead(type()))) {
            toSkip = bodyLength();
            headerLength = 0;
            session.message(fromClient, type(), session.view().clear(), toSkip > 0);
        }
    }

    private int type() {
        return header >>> BODY_BITS;
    }

    private int bodyLength() {
        return header & (1 << BODY_BITS) - 1;
    }

    /** Keeps bytes of the body, as far as it may be kept; answers how many were consumed. */
    private int keep(final Bytes bytes, final int at) {
        final int wanted = Math.min(bodyLength(), BufferPool.MAX);
        final int count = Math.min(wanted - length, bytes.length() - at);
        if (!reserve(length + count, wanted)) {
            giveUp();
            return 0;
        }
        bytes.copyTo(at, kept, length, count);
        length += count;
        if (length == wanted) {
            deliver();
        }
        return count;
    }

    private void deliver() {
        final byte[] message = kept;
        final int there = length;
        final int missing = bodyLength() - there;
        kept = null;
        length = 0;
        headerLength = 0;
        toSkip = missing;
        session.message(fromClient, type(), session.view().wrap(message, 0, there), missing > 0);
        session.flow().buffers().giveBack(message);
    }

    /** What is kept will not be completed: it is handed on as it is. Answers true if there was something. */
    boolean cut() {
        if (length == 0) {
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

    /** There is no room: the message is skipped. */
    private void giveUp() {
        session.flow().skipped(HEADER + bodyLength());
        toSkip = (long) bodyLength() - length;
        release();
    }

    private void release() {
        if (kept != null) {
            session.flow().buffers().giveBack(kept);
            kept = null;
        }
        length = 0;
        headerLength = 0;
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
