package io.weir.protocol;

/**
 * A value of a transaction that only rules ask for and that is part of the stream: as long as somebody keeps that part
 * ({@link TransactionListener#holds}), it is not copied. One thread.
 */
public final class HeldValue {
    private Field field;
    private long from;
    private int length;
    private int number;

    HeldValue() {
    }

    /** Begins one, of which nothing has come; {@code number} is for whoever keeps it. */
    public void begin(final Field of, final int ofKeeper) {
        field = of;
        from = 0;
        length = 0;
        number = ofKeeper;
    }

    /** There is none any more. */
    public void clear() {
        field = null;
    }

    /** True if there is one. */
    public boolean isHeld() {
        return field != null;
    }

    /** The field it is of. */
    public Field field() {
        return field;
    }

    /** Where it begins in the stream; means nothing while nothing of it has come. */
    public long from() {
        return from;
    }

    /** How many bytes have come. */
    public int length() {
        return length;
    }

    /** Number that whoever keeps it has given it. */
    public int number() {
        return number;
    }

    /** Gives it another number. */
    public void number(final int value) {
        number = value;
    }

    /** Takes bytes at a place of the stream; false if they do not go on where those before ended. */
    public boolean add(final long place, final int count) {
        if (length > 0 && place != from + length) {
            return false;
        }
        from = length == 0 ? place : from;
        length += count;
        return true;
    }
}
