package io.weir.protocol;

import io.weir.base.Ascii;
import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fields with values, in the order in which they were told. One thread.
 *
 * <p>Each field is kept as its number (16 bits), the length of its value (16 bits) and the value; text and bytes as
 * they are, numbers as 8 bytes, groups as {@link #BEGIN} and {@link #END} of nothing. What would make the list longer
 * than it may be, or a value longer than its limit, is cut off, and the list is marked as cut.
 */
public class FieldList {
    /** Bytes in front of each value. */
    public static final int HEADER = 4;
    /** Length of what begins an object beside the record's own. */
    public static final int SIBLING = 0xfffd;
    /** Length of what begins a group. */
    public static final int BEGIN = 0xfffe;
    /** Length of what ends a group. */
    public static final int END = 0xffff;

    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    /** Bytes of most records. */
    private static final int USUAL = 256;
    /** So that every group that was begun can be ended. */
    private static final int RESERVE = 8 * HEADER;

    private final BufferPool pool;
    private final int maxLength;
    private final int maxValue;
    private byte[] array;
    /** Length of the array, 0 if there is none. */
    private int capacity;
    private int length;
    /** Up to here there is room for whole values without a further look; 0 if there is none. */
    private int limit;
    private int last = -1;
    private int lostDepth;
    /** 16 bits. */
    private char lastField;
    private byte depth;
    private boolean cut;

    /**
     * Makes an empty list.
     *
     * @param pool      where its memory comes from, while it holds anything
     * @param maxLength most bytes it takes, at most {@link BufferPool#MAX}
     * @param maxValue  most bytes of one value
     */
    FieldList(final BufferPool pool, final int maxLength, final int maxValue) {
        this.pool = pool;
        this.maxLength = maxLength;
        this.maxValue = maxValue;
    }

    /** Forgets everything. */
    final void clear() {
        length = 0;
        last = -1;
        depth = 0;
        lostDepth = 0;
        cut = false;
        setLimit();
    }

    /** Gives its memory back, and what it holds with it. */
    final void giveBack() {
        if (array != null) {
            pool.giveBack(array);
            array = null;
            capacity = 0;
            limit = 0;
            length = 0;
            last = -1;
        }
    }

    /** Where its memory comes from. */
    final BufferPool pool() {
        return pool;
    }

    private void setLimit() {
        limit = lostDepth > 0 ? 0 : Math.min(capacity, maxLength - RESERVE);
    }

    /** True if nothing was told yet. */
    public final boolean isEmpty() {
        return length == 0;
    }

    /** True if something was cut off. */
    public final boolean isCut() {
        return cut;
    }

    /** Reads where it begins and where it goes on, so that both are in the cache. */
    public final int touch() {
        return array == null || length == 0 ? depth : array[0] + array[length - 1];
    }

    /** Bytes of its fields. */
    public final int length() {
        return length;
    }

    /** Copies its fields. */
    public final void copyTo(final UnsafeBuffer target, final int offset) {
        if (length > 0) {
            target.putBytes(offset, array, 0, length);
        }
    }

    /** Where its fields lie, from the first byte on, until it changes; null if nothing was ever told. */
    public final byte[] array() {
        return array;
    }

    /** Bytes of the value that was told last, if it is of this field; else 0. */
    public final int valueLength(final Field field) {
        return isLast(field) ? length - last - HEADER : 0;
    }

    /**
     * Looks at the value of the first such field, outside or inside of groups, until the list changes.
     *
     * @return false if there is none
     */
    public final boolean find(final Field field, final Bytes view) {
        for (int i = 0; i < length;) {
            final int valueLength = UnsafeApi.getShort(array, place(i) + 2) & 0xffff;
            final int bytes = valueLength >= SIBLING ? 0 : valueLength;
            if ((UnsafeApi.getShort(array, place(i)) & 0xffff) == field.id() && valueLength < SIBLING) {
                view.wrap(array, i + HEADER, bytes);
                return true;
            }
            i += HEADER + bytes;
        }
        return false;
    }

    /** Tells text or bytes. */
    public final FieldList put(final Field field, final Bytes bytes) {
        return put(field, bytes, 0, bytes.length());
    }

    /** Tells part of a view; what lies beyond its end is left out. */
    public final FieldList put(final Field field, final Bytes bytes, final int from, final int count) {
        if (bytes.has(from, count)) {
            add(field, bytes, from, count);
        } else {
            final int start = Math.min(Math.max(0, from), bytes.length());
            add(field, bytes, start, Math.max(0, Math.min(count, bytes.length() - start)));
        }
        return this;
    }

    private void add(final Field field, final Bytes bytes, final int from, final int count) {
        final int room = room(count);
        if (room >= 0) {
            final int at = value(field, room);
            bytes.copy(from, array, at, room);
        }
    }

    /** Tells text or bytes that lie in a buffer, which must contain them. */
    public final FieldList put(final Field field, final DirectBuffer source, final int offset, final int count) {
        final int room = room(count);
        if (room >= 0) {
            final int at = value(field, room);
            source.getBytes(offset, array, at, room);
        }
        return this;
    }

    /** Tells part of a view as {@link #put(Field, Bytes, int, int)} does, ASCII letters in lower case. */
    public final FieldList putLower(final Field field, final Bytes bytes, final int from, final int count) {
        final int start = Math.min(Math.max(0, from), bytes.length());
        final int room = room(Math.max(0, Math.min(count, bytes.length() - start)));
        if (room >= 0) {
            final int at = value(field, room);
            bytes.copyLower(start, array, at, room);
        }
        return this;
    }

    /** Tells text that was known before, like the name of a code. */
    public final FieldList put(final Field field, final byte[] bytes) {
        return put(field, bytes, 0, bytes.length);
    }

    /** Tells text or bytes that lie in an array, which must contain them. */
    public final FieldList put(final Field field, final byte[] source, final int offset, final int count) {
        Objects.checkFromIndexSize(offset, count, source.length);
        final int room = room(count);
        if (room >= 0) {
            final int at = value(field, room);
            ShortCopy.copy(source, place(offset), array, place(at), room);
        }
        return this;
    }

    /**
     * Adds bytes to the value of the field that was told last, if it is this one; else tells them. For values that come
     * in pieces, such as bodies.
     */
    public final FieldList append(final Field field, final DirectBuffer source, final int offset, final int count) {
        if (!isLast(field)) {
            return put(field, source, offset, count);
        }
        final int room = more(count);
        if (room > 0) {
            source.getBytes(offset, array, length, room);
            added(room);
        }
        return this;
    }

    /** The same for bytes in an array. */
    public final FieldList append(final Field field, final byte[] source, final int offset, final int count) {
        if (!isLast(field)) {
            return put(field, source, offset, count);
        }
        final int room = more(count);
        if (room > 0) {
            System.arraycopy(source, offset, array, length, room);
            added(room);
        }
        return this;
    }

    /** The same for a view, with which a value may begin though the last one is of the same field. */
    public final FieldList append(final Field field, final boolean begins, final Bytes bytes) {
        if (begins || !isLast(field)) {
            return put(field, bytes);
        }
        final int room = more(bytes.length());
        if (room > 0) {
            bytes.copyTo(0, array, length, room);
            added(room);
        }
        return this;
    }

    /**
     * Adds text to the value of the first such field, or tells it if there is none. What was told behind it is moved:
     * for what is rare.
     *
     * @param separator what stands between
     */
    public final FieldList extend(final Field field, final byte[] separator, final Bytes bytes, final int from,
        final int count) {
        int at = 0;
        while (at < length) {
            final int there = UnsafeApi.getShort(array, place(at) + 2) & 0xffff;
            final int next = at + HEADER + (there >= SIBLING ? 0 : there);
            if ((UnsafeApi.getShort(array, place(at)) & 0xffff) == field.id() && there < SIBLING) {
                insert(at, next, separator, bytes, from, Math.min(count, bytes.length() - from));
                return this;
            }
            at = next;
        }
        return put(field, bytes, from, count);
    }

    private void insert(final int header, final int end, final byte[] separator, final Bytes bytes, final int from,
        final int count) {
        final int there = end - header - HEADER;
        final int room = Math.min(Math.min(maxValue - there, maxLength - RESERVE - length), separator.length + count);
        cut |= room < separator.length + count;
        if (room > separator.length && reserve(room)) {
            System.arraycopy(array, end, array, end + room, length - end);
            System.arraycopy(separator, 0, array, end, separator.length);
            bytes.copyTo(from, array, end + separator.length, room - separator.length);
            UnsafeApi.putShort(array, place(header) + 2, (short) (there + room));
            length += room;
            last += last > header ? room : 0;
        }
    }

    private boolean isLast(final Field field) {
        return last >= 0 && lastField == field.id();
    }

    /** Makes room at once for a value of so many bytes that will come in pieces, if there is memory. */
    public final void expect(final int bytes) {
        final int more = HEADER + bytes;
        if (length + more <= maxLength && length + more > capacity) {
            final int wanted = wanted(more);
            // nothing is lost without, so it is no refusal
            moveTo(pool.takeIfThere(wanted), wanted);
        }
    }

    /** How much more of the last value fits, with room for it. */
    private int more(final int count) {
        final int there = length - last - HEADER;
        final int room = Math.max(0, Math.min(count, Math.min(maxValue - there, maxLength - RESERVE - length)));
        cut |= room < count;
        return room > 0 && reserve(room) ? room : 0;
    }

    private void added(final int count) {
        length += count;
        UnsafeApi.putShort(array, place(last) + 2, (short) (length - last - HEADER));
    }

    /** How much of a value fits, and room for it; -1 if not even its header does. */
    private int room(final int count) {
        return count <= maxValue && length + HEADER + count <= limit ? count : makeRoom(count);
    }

    private int makeRoom(final int count) {
        final int room = Math.min(count, Math.min(maxValue, maxLength - RESERVE - length - HEADER));
        cut |= room < count;
        return lostDepth == 0 && room >= 0 && reserve(HEADER + room) ? room : -1;
    }

    /** Tells a number, a time in seconds since 1970, or 0 and 1 for false and true. */
    public final FieldList put(final Field field, final long value) {
        if (length + HEADER + Long.BYTES <= limit || makeRoom(Long.BYTES) == Long.BYTES) {
            final int at = value(field, Long.BYTES);
            UnsafeApi.putLong(array, place(at), value);
        } else {
            cut = true;
        }
        return this;
    }

    /** Tells a number as its decimal digits, behind a sign if it is below 0: for fields of bytes. */
    public final FieldList putDecimal(final Field field, final long value) {
        final int digits = Ascii.decimalLength(value);
        if (room(digits) < digits) {
            cut = true;
            return this;
        }
        final int at = value(field, digits);
        Ascii.putDecimal(value, array, at, digits);
        return this;
    }

    /** Tells a truth. */
    public final FieldList put(final Field field, final boolean value) {
        return put(field, value ? 1L : 0L);
    }

    /** Begins a group; what is told until its {@link #end} is part of it. Groups nest up to 6 deep. */
    public final FieldList begin(final Field group) {
        if (lostDepth > 0 || depth == 6 || length + HEADER > maxLength - RESERVE || !reserve(HEADER)) {
            return beginLeftOut();
        }
        header(group.id(), BEGIN, HEADER);
        depth++;
        return this;
    }

    /** Begins a group for which there is no room: what is told until its {@link #end} is cut off. */
    public final FieldList beginLeftOut() {
        cut = true;
        lostDepth++;
        limit = 0;
        return this;
    }

    /** Says that more was left out: what is told of a list ends early. */
    public final void leftOut() {
        cut = true;
    }

    /** Tells all that another list holds, or nothing of it if there is no room; it has no group that is not ended. */
    public final FieldList addAll(final FieldList other) {
        if (other.length > 0 && lostDepth == 0 && length + other.length <= maxLength - RESERVE
            && reserve(other.length)) {
            System.arraycopy(other.array, 0, array, length, other.length);
            length += other.length;
            last = -1;
        } else {
            cut |= other.length > 0;
        }
        cut |= other.cut;
        return this;
    }

    /**
     * Tells fields that another list has told, as they lie in its array; groups among them are ended.
     *
     * @return false if there is no room for all of them: then none is told
     */
    public final boolean putAll(final byte[] fields, final int count) {
        if (!hasRoom(count)) {
            return false;
        }
        Objects.checkFromIndexSize(0, count, fields.length);
        ShortCopy.copy(fields, place(0), array, place(length), count);
        length += count;
        last = -1;
        return true;
    }

    /**
     * Tells once more the group that was told last, with another value of the same length in place of its own last one.
     *
     * @param from  bytes of the list before that group
     * @param bytes whose bytes from {@code at} on are the value; they are all there
     * @return false if there is no room: then nothing is told
     */
    public final boolean again(final int from, final Bytes bytes, final int at, final int count) {
        final int group = length - from;
        if (!hasRoom(group)) {
            return false;
        }
        System.arraycopy(array, from, array, length, group);
        length += group;
        bytes.copyTo(at, array, length - HEADER - count, count);
        last = -1;
        return true;
    }

    /** True if there is room for so many bytes, or is now. */
    private boolean hasRoom(final int count) {
        return length + count <= limit || lostDepth == 0 && length + count <= maxLength - RESERVE && reserve(count);
    }

    /** Ends the group begun last. */
    public final FieldList end() {
        if (lostDepth > 0) {
            lostDepth--;
            setLimit();
        } else if (depth > 0) {
            depth--;
            if (reserve(HEADER)) {
                header(0, END, HEADER);
                last = -1;
            }
        }
        return this;
    }

    /** From here on fields stand in an object beside the record's own, named like this group. Not within a group. */
    public final FieldList sibling(final Field group) {
        if (depth == 0 && lostDepth == 0 && length + HEADER <= maxLength - RESERVE && reserve(HEADER)) {
            header(group.id(), SIBLING, HEADER);
        } else {
            cut = true;
        }
        return this;
    }

    /** Where a byte of the array lies; whoever writes there has made room. */
    private static long place(final int at) {
        return BufferUtil.ARRAY_BASE_OFFSET + at;
    }

    /** Tells a field with a value of so many bytes, for which there is room: at the place answered. */
    private int value(final Field field, final int count) {
        return header(field.id(), count, HEADER + count);
    }

    /** Tells a header, behind which the list is so many bytes longer than before it; answers where the value begins. */
    private int header(final int id, final int valueLength, final int more) {
        final int at = length;
        last = at;
        lastField = (char) id;
        length = at + more;
        UnsafeApi.putInt(array, place(at),
            LITTLE_ENDIAN ? id & 0xffff | valueLength << Short.SIZE : id << Short.SIZE | valueLength & 0xffff);
        return at + HEADER;
    }

    private boolean reserve(final int more) {
        if (length + more <= capacity) {
            return true;
        }
        final int wanted = wanted(more);
        if (!moveTo(pool.take(wanted), wanted)) {
            cut = true;
            return false;
        }
        return true;
    }

    /** Twice as long each time: most records are copied once at most. */
    private int wanted(final int more) {
        return Math.max(length + more, Math.min(capacity == 0 ? USUAL : 2 * capacity, maxLength));
    }

    /** Goes on in an array that was taken for so many bytes; false if there is none. */
    private boolean moveTo(final byte[] larger, final int wanted) {
        if (larger == null) {
            return false;
        }
        if (array != null) {
            System.arraycopy(array, 0, larger, 0, length);
            pool.giveBack(array);
        }
        array = larger;
        capacity = BufferPool.lengthFor(wanted);
        setLimit();
        return true;
    }
}
