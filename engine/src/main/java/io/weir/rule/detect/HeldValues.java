package io.weir.rule.detect;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * Bodies of servers' messages that are passed over: as long as the window of their stream has them they are not copied.
 * Before it lets go of one, and where rules look at one after all, it is told to its transaction. One worker.
 */
final class HeldValues {
    private static final long NONE = -1;

    private final RuleFlows flows;
    private final StreamWindow window;
    private final Bytes view = new Bytes();
    private Transaction[] transactions = new Transaction[64];
    /** The stream that each is part of, or {@link #NONE}. */
    private long[] streams = new long[64];
    /** Numbers below {@link #count} that are free. */
    private int[] free = new int[64];
    private int freeCount;
    private int count;

    HeldValues(final RuleFlows flows) {
        this.flows = flows;
        window = new StreamWindow(flows);
    }

    /** Begins to hold a value of which nothing has come. */
    void begin(final Transaction transaction, final Field field, final long stream) {
        if (freeCount == 0 && count == transactions.length) {
            transactions = Arrays.copyOf(transactions, 2 * count);
            streams = Arrays.copyOf(streams, 2 * count);
            free = new int[2 * count];
        }
        final int number = freeCount > 0 ? free[--freeCount] : count++;
        transaction.hold(field, number);
        transactions[number] = transaction;
        streams[number] = stream;
        flows.addFlags(stream >>> 1, RuleFlows.HOLDING);
    }

    /**
     * Takes a piece.
     *
     * @param place of its first byte in the stream, or below 0 if it is not one that was just put into the window
     * @return false if it is not held any more; then the transaction was told what has come before
     */
    boolean take(final Transaction transaction, final long place, final int length) {
        final long stream = streams[transaction.heldNumber()];
        if (place >= window.wrap(stream >>> 1, (int) stream & 1).base() && transaction.addHeld(place, length)) {
            return true;
        }
        tell(transaction);
        return false;
    }

    /** A stream's window is about to let go of bytes. */
    void lose(final long stream) {
        if ((flows.flags(stream >>> 1) & RuleFlows.HOLDING) != 0) {
            for (int i = count - 1; i >= 0; i--) {
                if (streams[i] == stream) {
                    tell(transactions[i]);
                }
            }
        }
    }

    /** Tells a transaction what is held of it. */
    void tell(final Transaction transaction) {
        final long stream = streams[transaction.heldNumber()];
        if (transaction.heldLength() > 0) {
            window.wrap(stream >>> 1, (int) stream & 1);
            view.wrap(window.address() + (transaction.heldFrom() - window.base()), transaction.heldLength());
            transaction.tellLater();
            transaction.inspected(false).append(transaction.heldField(), true, view);
        }
        letGo(transaction);
    }

    /** Forgets what is held of a transaction. */
    void letGo(final Transaction transaction) {
        final int number = transaction.heldNumber();
        flows.clearFlags(streams[number] >>> 1, RuleFlows.HOLDING);
        transaction.letGo();
        transactions[number] = null;
        streams[number] = NONE;
        free[freeCount++] = number;
    }
}
