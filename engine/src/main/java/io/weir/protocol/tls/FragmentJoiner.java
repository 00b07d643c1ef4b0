package io.weir.protocol.tls;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;

/**
 * Puts one side's handshake messages of DTLS together, RFC 6347 section 4.2.3: one message at a time, from fragments in
 * any order that may overlap. A fragment of a later message ends an incomplete one, of which the contiguous beginning
 * is then handed on as cut. One thread.
 */
final class FragmentJoiner {
    private static final int MAX_ISLANDS = 8;

    private final Bytes view = new Bytes();
    private final Session session;
    private final boolean fromClient;
    private final int[] islandFrom = new int[MAX_ISLANDS];
    private final int[] islandTo = new int[MAX_ISLANDS];
    private byte[] kept;
    private int type;
    private int sequence;
    private int length;
    private int contiguous;
    private int islands;

    FragmentJoiner(final Session session, final boolean fromClient) {
        this.session = session;
        this.fromClient = fromClient;
    }

    /**
     * Takes a fragment.
     *
     * @param body   of the fragment
     * @param offset of it within the message
     * @param whole  length of the message
     */
    void add(final int messageType, final int messageSequence, final Bytes body, final int offset, final int whole) {
        if (kept != null && (messageSequence != sequence || messageType != type || whole != length)) {
            cut();
        }
        if (offset == 0 && body.length() == whole) {
            reset();
            session.message(fromClient, messageType, body, false);
            return;
        }
        if (!Session.isRead(messageType)) {
            if (offset == 0) {
                session.message(fromClient, messageType, view.clear(), true);
            }
            return;
        }
        if (kept == null && !begin(messageType, messageSequence, whole)) {
            return;
        }
        final int count = Math.min(body.length(), kept.length - offset);
        if (count <= 0) {
            return;
        }
        body.copyTo(0, kept, offset, count);
        note(offset, offset + count);
        if (contiguous == length) {
            deliver(false);
        }
    }

    private boolean begin(final int messageType, final int messageSequence, final int whole) {
        kept = session.flow().buffers().take(Math.min(whole, BufferPool.MAX));
        if (kept == null) {
            session.flow().skipped(whole);
            return false;
        }
        type = messageType;
        sequence = messageSequence;
        length = whole;
        contiguous = 0;
        islands = 0;
        return true;
    }

    private void note(final int from, final int to) {
        if (from > contiguous) {
            if (islands < MAX_ISLANDS) {
                islandFrom[islands] = from;
                islandTo[islands++] = to;
            }
            return;
        }
        contiguous = Math.max(contiguous, to);
        for (int i = 0; i < islands; i++) {
            if (islandFrom[i] <= contiguous && islandTo[i] > contiguous) {
                contiguous = islandTo[i];
                i = -1;
            }
        }
    }

    private void deliver(final boolean cut) {
        final byte[] message = kept;
        kept = null;
        session.message(fromClient, type, view.wrap(message, 0, contiguous), cut);
        session.flow().buffers().giveBack(message);
    }

    /** What is kept will not be completed: its beginning is handed on. */
    void cut() {
        if (kept != null && contiguous > 0) {
            deliver(contiguous < length);
        }
        reset();
    }

    /** Forgets what is kept. */
    void reset() {
        if (kept != null) {
            session.flow().buffers().giveBack(kept);
            kept = null;
        }
    }
}
