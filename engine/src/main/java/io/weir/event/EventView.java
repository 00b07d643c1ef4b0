package io.weir.event;

import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What views of records share: the bytes of one record in a ring or another buffer. That they are there is checked when
 * a record is looked at, once for all of its values, which the views have at fixed places. One thread.
 */
class EventView {
    /** What a view sees that looks at no record yet. */
    private static final byte[] NOTHING = new byte[FlowEvent.LENGTH];

    private UnsafeBuffer source;
    private byte[] array = NOTHING;
    private long address = BufferUtil.ARRAY_BASE_OFFSET;
    private int start;

    /**
     * Looks at so many bytes from a place on.
     *
     * @throws IndexOutOfBoundsException if they are not all there
     */
    @SuppressWarnings("ReferenceEquality")
    final void look(final UnsafeBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        // Mostly all records lie in one ring: a store of a reference costs more than looking first.
        if (source != buffer) {
            source = buffer;
        }
        final byte[] bytes = buffer.byteArray();
        if (array != bytes) {
            array = bytes;
        }
        address = buffer.addressOffset() + offset;
        start = offset;
    }

    /** Where the record lies. */
    final UnsafeBuffer source() {
        return source;
    }

    /** Where the record begins there. */
    final int start() {
        return start;
    }

    final byte getByte(final int at) {
        return UnsafeApi.getByte(array, address + at);
    }

    final int getShort(final int at) {
        return UnsafeApi.getShort(array, address + at) & 0xffff;
    }

    final int getInt(final int at) {
        return UnsafeApi.getInt(array, address + at);
    }

    final long getLong(final int at) {
        return UnsafeApi.getLong(array, address + at);
    }

    final void putByte(final int at, final int value) {
        UnsafeApi.putByte(array, address + at, (byte) value);
    }

    final void putShort(final int at, final int value) {
        UnsafeApi.putShort(array, address + at, (short) value);
    }

    final void putInt(final int at, final int value) {
        UnsafeApi.putInt(array, address + at, value);
    }

    final void putLong(final int at, final long value) {
        UnsafeApi.putLong(array, address + at, value);
    }
}
