package io.weir.rule.detect;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * Bodies of servers' messages that are passed over: as long as the window of their stream has them they are not copied.
 * Before it lets go of one, and where rules look at one after all, it is told to its transaction. A stream has one at a
 * time, found without a look at those of others. One worker.
 */
final class HeldValues {
    private static final long NONE = -1;

    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final int windowBytes;
    private final StreamWindow window;
    private final Bytes view = new Bytes();
    private Transaction[] transactions = new Transaction[64];
    /** The stream that each is part of, or {@link #NONE}; {@link RuleFlows#held} is the other way round. */
    private long[] streams = new long[64];
    /** Numbers below {@link #count} that are free. */
    private int[] free = new int[64];
    private int freeCount;
    private int count;
    /** The stream whose window has all of what was delivered last; where that lies, and its place in the stream. */
    private long delivered = NONE;
    private long deliveredAt;
    private long deliveredPlace;
    private int deliveredLength;

    /** For windows of at most so many bytes. */
    HeldValues(final RuleFlows flows, final WorkerFlows facts, final int windowBytes) {
        this.flows = flows;
        this.facts = facts;
        this.windowBytes = windowBytes;
        window = new StreamWindow(flows);
    }

    /** What was delivered last was put into the window of its stream, all of it. */
    void delivered(final long stream, final long address, final long place, final int length) {
        delivered = stream;
        deliveredAt = address;
        deliveredPlace = place;
        deliveredLength = length;
    }

    /** What was delivered last is in no window. */
    void nothingDelivered() {
        delivered = NONE;
    }

    /** True if the window of a server's stream will have a value of so many bytes, unless it lets go of some. */
    boolean mayHold(final long handle, final long bytes) {
        return bytes <= windowBytes && delivered == serverStream(handle)
            && (flows.flags(handle) & RuleFlows.HOLDING) == 0;
    }

    /** The stream of a flow's server. */
    long serverStream(final long handle) {
        return handle << 1 | (facts.initiatorIsUpper(handle) ? 0 : 1);
    }

    /** The place in its stream of bytes that were delivered last and that its window has; below 0 for others. */
    long placeOf(final long handle, final Bytes bytes) {
        if (delivered != serverStream(handle) || !bytes.isNative()) {
            return NONE;
        }
        final long offset = bytes.address() - deliveredAt;
        return offset < 0 || offset + bytes.length() > deliveredLength ? NONE : deliveredPlace + offset;
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
        flows.held(stream >>> 1, number);
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
            final int number = flows.held(stream >>> 1);
            if (streams[number] == stream) {
                tell(transactions[number]);
            }
        }
    }

    /** A stream's window is about to be given back. */
    void close(final long stream) {
        lose(stream);
        if (delivered == stream) {
            delivered = NONE;
        }
    }

    /** Tells a transaction what is held of it. */
    void tell(final Transaction transaction) {
        final long stream = streams[transaction.heldNumber()];
        window.wrap(stream >>> 1, (int) stream & 1).fill();
        final long from = transaction.heldFrom() - window.base();
        if (transaction.heldLength() > 0 && from >= 0 && from + transaction.heldLength() <= window.length()) {
            view.wrap(window.address() + from, transaction.heldLength());
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
