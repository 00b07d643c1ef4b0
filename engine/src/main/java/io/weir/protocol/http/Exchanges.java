package io.weir.protocol.http;

import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * Requests that wait for their responses, in order. Of more than {@link #MOST} the last are not kept; how many is
 * remembered, so that their responses are not taken for those of others.
 *
 * <p>Where bytes of a connection are missing, responses are paired on the assumption that its client waits for each
 * before it asks again, as long as nothing was seen that speaks against it: two requests in one piece, another while
 * one waits, or one behind missing ones to which no response has come. Of a client that does not wait, nothing tells
 * which request a response behind a gap belongs to: neither gets the other, to the end of the connection.
 */
final class Exchanges {
    /** Most requests that wait. */
    static final int MOST = 64;

    static final int HEAD = 1;
    static final int CONNECT = 2;
    static final int SIMPLE = 4;

    private static final int USUAL = 2;
    private static final int FLAG_BITS = 3;
    private static final int FLAGS = (1 << FLAG_BITS) - 1;
    /** Of more that were left out in a row, some are forgotten. */
    private static final int MOST_LOST = 1 << 24;
    /** Nobody knows how many were left out. */
    private static final int UNKNOWN = MOST_LOST + 1;
    private static final int PIPELINED = 1;
    private static final int ANSWERED_UNSEEN = 2;
    private static final int BEHIND_GAP = 4;
    private static final int KNOWN_BITS = 3;
    private static final int MOST_COUNTED = Integer.MAX_VALUE >>> KNOWN_BITS;

    private Transaction[] transactions = new Transaction[USUAL];
    /** How many were left out before each, and behind that, in bits of {@link #FLAGS}, what is remembered of it. */
    private int[] notes = new int[USUAL];
    private int first;
    private int count;
    private int lostLast;
    private boolean pipelined;
    private boolean answeredUnseen;
    private boolean answering;
    /** Requests may have been missing in front of one that waited all the same. */
    private boolean isBehindGap;
    private int dnsMessages;

    /** Forgets all but what is known of the connection, see {@link #known}. */
    void clear(final int known) {
        pipelined = (known & PIPELINED) != 0;
        answeredUnseen = (known & ANSWERED_UNSEEN) != 0;
        isBehindGap = (known & BEHIND_GAP) != 0;
        dnsMessages = known >>> KNOWN_BITS;
        answering = false;
        if (count > 0) {
            Arrays.fill(transactions, null);
            count = 0;
        }
        first = 0;
        lostLast = 0;
    }

    /** Reads what the next response needs, so that it is in the cache. */
    int touch() {
        return count == 0 || transactions[first] == null ? lostLast : notes[first] + transactions[first].length();
    }

    int count() {
        return count;
    }

    /** What is to be known of the connection while none waits but the next: for {@link #clear}. */
    int known() {
        return (pipelined ? PIPELINED : 0) | (answeredUnseen ? ANSWERED_UNSEEN : 0) | (isBehindGap ? BEHIND_GAP : 0)
            | dnsMessages << KNOWN_BITS;
    }

    /** Messages of DNS that the connection has carried. */
    int dnsMessages() {
        return dnsMessages;
    }

    /** It has carried another one. */
    void dnsTold() {
        dnsMessages = Math.min(dnsMessages + 1, MOST_COUNTED);
    }

    /** True if the client has sent a request while another one waited for its response. */
    boolean isPipelined() {
        return pipelined;
    }

    /** The next response begins, and none is missing in front of it. */
    void answersInOrder() {
        pipelined |= count > 1;
    }

    /** A request begins in the same piece as the one before. */
    void inOnePiece() {
        pipelined |= count > 0;
    }

    /** A response has begun that is paired with no request, or may be missing. */
    void answeredUnseen() {
        answeredUnseen = true;
    }

    /** A response has begun, or it has ended. */
    void answering(final boolean value) {
        answering = value;
    }

    /** True if it is not known which request the next response belongs to. */
    boolean isUnknown() {
        return (count == 0 ? lostLast : lostBefore()) == UNKNOWN;
    }

    /** From the next request on, it is not known which response belongs to which. */
    void unknown() {
        lostLast = UNKNOWN;
    }

    /** The next response belongs to the one that waits longest, or to none if none waits. */
    void settle() {
        lostLast = 0;
        if (count > 0) {
            notes[first] &= FLAGS;
        }
    }

    /**
     * A request begins behind a gap in which others may lie. If none waits for its response, and some came to requests
     * that were not seen, those are answered, as a client has it that waits.
     *
     * @param late true if it came before the gap was declared, and responses that came since were told before it
     * @return false if it may have been answered by one of them, and must not wait
     */
    boolean behindGap(final boolean late) {
        if (count > 0 || answering || pipelined || !answeredUnseen) {
            unknown();
        } else {
            isBehindGap = true;
        }
        return !late || !answeredUnseen;
    }

    /** True if there is at most one, and none was left out. */
    boolean isSimple() {
        return count == 0 && lostLast == 0 || count == 1 && lostLast == 0 && lostBefore() == 0;
    }

    /** Adds one; false if there is no room, and then it is only counted. */
    boolean add(final Transaction transaction, final int requestFlags) {
        if (isBehindGap && (count > 0 || answering)) {
            doubt();
        }
        answeredUnseen = false;
        if (count == MOST) {
            pipelined = true;
            lostLast = lostLast == UNKNOWN ? UNKNOWN : Math.min(lostLast + 1, MOST_LOST);
            return false;
        }
        if (count == transactions.length) {
            grow();
        }
        final int at = (first + count++) & (transactions.length - 1);
        transactions[at] = transaction;
        notes[at] = lostLast << FLAG_BITS | requestFlags;
        lostLast = 0;
        return true;
    }

    /** The client does not wait, against what was assumed behind a gap: none that waits has a response for certain. */
    private void doubt() {
        pipelined = true;
        unknown();
        if (count > 0) {
            notes[first] = UNKNOWN << FLAG_BITS | notes[first] & FLAGS;
        }
    }

    private void grow() {
        final int length = transactions.length;
        final Transaction[] larger = new Transaction[length * 2];
        final int[] largerNotes = new int[length * 2];
        for (int i = 0; i < count; i++) {
            final int at = (first + i) & (length - 1);
            larger[i] = transactions[at];
            largerNotes[i] = notes[at];
        }
        transactions = larger;
        notes = largerNotes;
        first = 0;
    }

    /** The one a response now belongs to, or null if its request was not kept or not seen. */
    Transaction next() {
        return count == 0 || lostBefore() > 0 ? null : transactions[first];
    }

    /** What was remembered of the next. */
    int nextFlags() {
        return next() == null ? 0 : notes[first] & FLAGS;
    }

    private int lostBefore() {
        return notes[first] >>> FLAG_BITS;
    }

    /** Removes the next: it has its response. */
    void removeNext() {
        if (count == 0) {
            lostLast = lostLast == UNKNOWN ? UNKNOWN : Math.max(0, lostLast - 1);
        } else if (lostBefore() > 0) {
            notes[first] -= lostBefore() == UNKNOWN ? 0 : 1 << FLAG_BITS;
        } else {
            transactions[first] = null;
            first = (first + 1) & (transactions.length - 1);
            count--;
        }
    }

    /** Removes and answers the one that waits longest, or null. */
    Transaction poll() {
        if (count == 0) {
            return null;
        }
        notes[first] &= FLAGS;
        final Transaction transaction = transactions[first];
        removeNext();
        return transaction;
    }
}
