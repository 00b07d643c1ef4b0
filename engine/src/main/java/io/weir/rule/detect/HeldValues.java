package io.weir.rule.detect;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.HeldValue;
import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * Bodies of servers' messages that are passed over: as long as the window of their stream has them they are not copied.
 * Before it lets go of one, and where rules look at one after all, it is told to its transaction. One worker.
 */
final class HeldValues {
    private final RuleFlows flows;
    private final StreamWindow window;
    private final Bytes view = new Bytes();
    private Transaction[] transactions = new Transaction[64];
    /** The stream that each is part of. */
    private long[] streams = new long[64];
    private int count;

    HeldValues(final RuleFlows flows) {
        this.flows = flows;
        window = new StreamWindow(flows);
    }

    /** Begins to hold a value of which nothing has come. */
    void begin(final Transaction transaction, final Field field, final long stream) {
        if (count == transactions.length) {
            transactions = Arrays.copyOf(transactions, 2 * count);
            streams = Arrays.copyOf(streams, 2 * count);
        }
        transaction.held().begin(field, count);
        transactions[count] = transaction;
        streams[count] = stream;
        count++;
        flows.addFlags(stream >>> 1, RuleFlows.HOLDING);
    }

    /**
     * Takes a piece.
     *
     * @param place of its first byte in the stream, or below 0 if it is not one that was just put into the window
     * @return false if it is not held any more; then the transaction was told what has come before
     */
    boolean take(final Transaction transaction, final long place, final int length) {
        final HeldValue value = transaction.held();
        final long stream = streams[value.number()];
        if (place >= window.wrap(stream >>> 1, (int) stream & 1).base() && value.add(place, length)) {
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
        final HeldValue value = transaction.held();
        final long stream = streams[value.number()];
        if (value.length() > 0) {
            window.wrap(stream >>> 1, (int) stream & 1);
            view.wrap(window.address() + (value.from() - window.base()), value.length());
            transaction.tellLater();
            transaction.inspected(false).append(value.field(), true, view);
        }
        letGo(transaction);
    }

    /** Forgets what is held of a transaction. */
    void letGo(final Transaction transaction) {
        final HeldValue value = transaction.held();
        final int number = value.number();
        flows.clearFlags(streams[number] >>> 1, RuleFlows.HOLDING);
        value.clear();
        count--;
        transactions[number] = transactions[count];
        streams[number] = streams[count];
        if (number < count) {
            transactions[number].held().number(number);
        }
        transactions[count] = null;
    }
}
