package io.weir.protocol.http;

import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * Requests that wait for their responses, in order. Of more than {@link #MOST} the last are not kept; how many is
 * remembered, so that their responses are not taken for those of others.
 */
final class Exchanges {
    /** Most requests that wait. */
    static final int MOST = 64;

    static final int HEAD = 1;
    static final int CONNECT = 2;
    static final int SIMPLE = 4;

    private static final int USUAL = 4;

    private Transaction[] transactions = new Transaction[USUAL];
    private byte[] flags = new byte[USUAL];
    private int[] lostBefore = new int[USUAL];
    private int first;
    private int count;
    private int lostLast;

    /** Forgets all. */
    void clear() {
        if (count > 0) {
            Arrays.fill(transactions, null);
            count = 0;
        }
        first = 0;
        lostLast = 0;
    }

    /** Reads what the next response needs, so that it is in the cache. */
    int touch() {
        return count == 0 || transactions[first] == null ? lostLast : lostBefore[first] + transactions[first].length();
    }

    int count() {
        return count;
    }

    /** True if there is at most one, and none was left out. */
    boolean isSimple() {
        return count == 0 && lostLast == 0 || count == 1 && lostLast == 0 && lostBefore[first] == 0;
    }

    /** Adds one; false if there is no room, and then it is only counted. */
    boolean add(final Transaction transaction, final int requestFlags) {
        if (count == MOST) {
            lostLast++;
            return false;
        }
        if (count == transactions.length) {
            grow();
        }
        final int at = (first + count++) & (transactions.length - 1);
        transactions[at] = transaction;
        flags[at] = (byte) requestFlags;
        lostBefore[at] = lostLast;
        lostLast = 0;
        return true;
    }

    private void grow() {
        final int length = transactions.length;
        final Transaction[] larger = new Transaction[length * 2];
        final byte[] largerFlags = new byte[length * 2];
        final int[] largerLost = new int[length * 2];
        for (int i = 0; i < count; i++) {
            final int at = (first + i) & (length - 1);
            larger[i] = transactions[at];
            largerFlags[i] = flags[at];
            largerLost[i] = lostBefore[at];
        }
        transactions = larger;
        flags = largerFlags;
        lostBefore = largerLost;
        first = 0;
    }

    /** The one a response now belongs to, or null if its request was not kept or not seen. */
    Transaction next() {
        return count == 0 || lostBefore[first] > 0 ? null : transactions[first];
    }

    /** What was remembered of the next. */
    int nextFlags() {
        return next() == null ? 0 : flags[first];
    }

    /** Removes the next: it has its response. */
    void removeNext() {
        if (count == 0) {
            lostLast = Math.max(0, lostLast - 1);
        } else if (lostBefore[first] > 0) {
            lostBefore[first]--;
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
        lostBefore[first] = 0;
        final Transaction transaction = transactions[first];
        removeNext();
        return transaction;
    }
}
