package io.weir.rule.regex;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/** What is searched: checked once against its buffer, then read without checks by index below {@link #length}. */
final class Input {
    /** What stands behind the last byte. */
    static final int END = -1;
    /** A line feed that ends the input. */
    static final int LAST_LINE_FEED = -2;

    /** What lies before a position, as bits. */
    static final int AT_START = 1;
    static final int AT_SEARCH_START = 2;
    static final int BEHIND_LINE_FEED = 4;
    static final int BEHIND_WORD = 8;

    Object base;
    long address;
    int length;
    int searchStart;

    void wrap(final DirectBuffer buffer, final int offset, final int newLength, final int from) {
        buffer.boundsCheck(offset, newLength);
        if (from < 0 || from > newLength) {
            throw new IndexOutOfBoundsException("from " + from + " in " + newLength + " bytes");
        }
        base = buffer.byteArray();
        address = buffer.addressOffset() + offset;
        length = newLength;
        searchStart = from;
    }

    int at(final int index) {
        return UnsafeApi.getByte(base, address + index) & 0xff;
    }

    /** What lies before a position. */
    int before(final int position) {
        final int start = position == searchStart ? AT_SEARCH_START : 0;
        return start | (position == 0 ? AT_START : behind(at(position - 1)));
    }

    /** What lies before the position behind a byte. */
    static int behind(final int value) {
        return value == '\n' ? BEHIND_LINE_FEED : ByteSet.WORD.contains(value) ? BEHIND_WORD : 0;
    }

    /** The byte at a position, or {@link #END} or {@link #LAST_LINE_FEED}. */
    int next(final int position) {
        if (position == length) {
            return END;
        }
        final int value = at(position);
        return value == '\n' && position == length - 1 ? LAST_LINE_FEED : value;
    }
}
