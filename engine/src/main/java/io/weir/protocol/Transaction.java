package io.weir.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A record in the making: fields with values, in the order in which they were told. Opened and closed through
 * {@link FlowContext}; one thread.
 *
 * <p>Each field is kept as its number (16 bits), the length of its value (16 bits) and the value; text and bytes as
 * they are, numbers as 8 bytes, groups as {@link #BEGIN} and {@link #END} of nothing. What would make the record longer
 * than {@link #MAX_LENGTH}, or a value longer than {@link #MAX_VALUE}, is cut off, and the record is marked as cut.
 */
public final class Transaction {
    /** Longest record. */
    public static final int MAX_LENGTH = 32 * 1024;
    /** Longest value. */
    public static final int MAX_VALUE = 8 * 1024;
    /** Bytes in front of each value. */
    public static final int HEADER = 4;
    /** Length of what begins an object beside the record's own. */
    public static final int SIBLING = 0xfffd;
    /** Length of what begins a group. */
    public static final int BEGIN = 0xfffe;
    /** Length of what ends a group. */
    public static final int END = 0xffff;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** So that every group that was begun can be ended. */
    private static final int RESERVE = 8 * HEADER;

    private final BufferPool pool;
    private byte[] array;
    private RecordType type;
    private int length;
    private int depth;
    private int lostDepth;
    private boolean cut;
    private boolean byServer;

    /** Makes one that is not open; the classifier opens it. */
    public Transaction(final BufferPool pool) {
        this.pool = pool;
    }

    /** Begins a record. Called by the classifier. */
    public void open(final RecordType recordType) {
        type = recordType;
        length = 0;
        depth = 0;
        lostDepth = 0;
        cut = false;
        byServer = false;
    }

    /** Gives its memory back. Called by the classifier. */
    public void release() {
        if (array != null) {
            pool.giveBack(array);
            array = null;
        }
    }

    /** What kind of record it is. */
    public RecordType type() {
        return type;
    }

    /**
     * Says that the server told all of it: the record names it as the source. For protocols whose messages are a record
     * each; without that the source is the client.
     */
    public Transaction byServer() {
        byServer = true;
        return this;
    }

    /** True if the server told all of it. */
    public boolean isByServer() {
        return byServer;
    }

    /** True if nothing was told yet. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** True if something was cut off. */
    public boolean isCut() {
        return cut;
    }

    /** Bytes of its fields. */
    public int length() {
        return length;
    }

    /** Copies its fields. */
    public void copyTo(final UnsafeBuffer target, final int offset) {
        if (length > 0) {
            target.putBytes(offset, array, 0, length);
        }
    }

    /** Tells text or bytes. */
    public Transaction put(final Field field, final Bytes bytes) {
        return put(field, bytes, 0, bytes.length());
    }

    /** Tells part of a view; what lies beyond its end is left out. */
    public Transaction put(final Field field, final Bytes bytes, final int from, final int count) {
        final int start = Math.min(Math.max(0, from), bytes.length());
        final int room = room(Math.max(0, Math.min(count, bytes.length() - start)));
        if (room >= 0) {
            header(field, room);
            bytes.copyTo(start, array, length, room);
            length += room;
        }
        return this;
    }

    /** Tells text or bytes that lie in a buffer, which must contain them. */
    public Transaction put(final Field field, final DirectBuffer source, final int offset, final int count) {
        final int room = room(count);
        if (room >= 0) {
            header(field, room);
            source.getBytes(offset, array, length, room);
            length += room;
        }
        return this;
    }

    /** Tells text that was known before, like the name of a code. */
    public Transaction put(final Field field, final byte[] bytes) {
        return put(field, bytes, 0, bytes.length);
    }

    /** Tells text or bytes that lie in an array, which must contain them. */
    public Transaction put(final Field field, final byte[] source, final int offset, final int count) {
        final int room = room(count);
        if (room >= 0) {
            header(field, room);
            System.arraycopy(source, offset, array, length, room);
            length += room;
        }
        return this;
    }

    /** How much of a value fits, and room for it; -1 if not even its header does. */
    private int room(final int count) {
        final int room = Math.min(count, Math.min(MAX_VALUE, MAX_LENGTH - RESERVE - length - HEADER));
        if (room < count) {
            cut = true;
        }
        return lostDepth == 0 && room >= 0 && reserve(HEADER + room) ? room : -1;
    }

    /** Tells a number, a time in seconds since 1970, or 0 and 1 for false and true. */
    public Transaction put(final Field field, final long value) {
        if (lostDepth == 0 && length + HEADER + Long.BYTES <= MAX_LENGTH - RESERVE && reserve(HEADER + Long.BYTES)) {
            header(field, Long.BYTES);
            LONG.set(array, length, value);
            length += Long.BYTES;
        } else {
            cut = true;
        }
        return this;
    }

    /** Tells a truth. */
    public Transaction put(final Field field, final boolean value) {
        return put(field, value ? 1L : 0L);
    }

    /** Begins a group; what is told until its {@link #end} is part of it. Groups nest up to 6 deep. */
    public Transaction begin(final Field group) {
        if (lostDepth > 0 || depth == 6 || length + HEADER > MAX_LENGTH - RESERVE || !reserve(HEADER)) {
            cut = true;
            lostDepth++;
        } else {
            header(group, BEGIN);
            depth++;
        }
        return this;
    }

    /** Ends the group begun last. */
    public Transaction end() {
        if (lostDepth > 0) {
            lostDepth--;
        } else if (depth > 0) {
            depth--;
            if (reserve(HEADER)) {
                SHORT.set(array, length, (short) 0);
                SHORT.set(array, length + 2, (short) END);
                length += HEADER;
            }
        }
        return this;
    }

    /** From here on fields stand in an object beside the record's own, named like this group. Not within a group. */
    public Transaction sibling(final Field group) {
        if (depth == 0 && lostDepth == 0 && length + HEADER <= MAX_LENGTH - RESERVE && reserve(HEADER)) {
            header(group, SIBLING);
        } else {
            cut = true;
        }
        return this;
    }

    private void header(final Field field, final int valueLength) {
        SHORT.set(array, length, (short) field.id());
        SHORT.set(array, length + 2, (short) valueLength);
        length += HEADER;
    }

    private boolean reserve(final int more) {
        if (array != null && length + more <= array.length) {
            return true;
        }
        final byte[] larger = pool.take(length + more);
        if (larger == null) {
            cut = true;
            return false;
        }
        if (array != null) {
            System.arraycopy(array, 0, larger, 0, length);
            pool.giveBack(array);
        }
        array = larger;
        return true;
    }
}
