package io.weir.rule.match;

import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes that steps are asked of. Wrapped anew for each use; one thread.
 *
 * <p>Bytes of a stream know their place in it: {@link #base} is that of the first one, and places that rules count from
 * the beginning are counted from the beginning of the stream.
 */
public final class Input {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private byte[] array;
    private long address;
    private int length;
    private long base;
    private boolean isNumber;
    private long number;

    /** Looks at nothing. */
    public Input clear() {
        return set(null, 0, 0, 0);
    }

    /** Looks at native memory. */
    public Input wrap(final long newAddress, final int newLength) {
        return set(null, newAddress, newLength, 0);
    }

    /** The same, of a stream. */
    public Input wrap(final long newAddress, final int newLength, final long newBase) {
        return set(null, newAddress, newLength, newBase);
    }

    /** Looks at part of an array, which must contain it. */
    public Input wrap(final byte[] source, final int offset, final int newLength) {
        return wrap(source, offset, newLength, 0);
    }

    /** The same, of a stream. */
    public Input wrap(final byte[] source, final int offset, final int newLength, final long newBase) {
        Objects.checkFromIndexSize(offset, newLength, source.length);
        return set(source, BufferUtil.ARRAY_BASE_OFFSET + offset, newLength, newBase);
    }

    /** Looks at what another one looks at. */
    public Input wrap(final Input other) {
        set(other.array, other.address, other.length, other.base);
        isNumber = other.isNumber;
        number = other.number;
        return this;
    }

    private Input set(final byte[] newArray, final long newAddress, final int newLength, final long newBase) {
        array = newArray;
        address = newAddress;
        length = newLength;
        base = newBase;
        isNumber = false;
        return this;
    }

    /** Says that the bytes are the digits of a number. */
    Input number(final long value) {
        isNumber = true;
        number = value;
        return this;
    }

    /** True if they are the digits of a number that is known. */
    boolean isNumber() {
        return isNumber;
    }

    long number() {
        return number;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** Place of the first byte in its stream, 0 elsewhere. */
    public long base() {
        return base;
    }

    /** One byte, which must be there. */
    byte at(final int index) {
        return UnsafeApi.getByte(array, address + index);
    }

    /** Eight bytes, which must be there. */
    long wordAt(final int index) {
        return UnsafeApi.getLong(array, address + index);
    }

    /** Copies bytes, which must be there and find room. */
    public void copyTo(final int from, final byte[] target, final int offset, final int count) {
        Objects.checkFromIndexSize(from, count, length);
        Objects.checkFromIndexSize(offset, count, target.length);
        UnsafeApi.copyMemory(array, address + from, target, BufferUtil.ARRAY_BASE_OFFSET + offset, count);
    }

    /** The same bytes as a buffer, until this is wrapped anew. */
    public DirectBuffer buffer() {
        if (array == null) {
            buffer.wrap(address, length);
        } else {
            buffer.wrap(array, (int) (address - BufferUtil.ARRAY_BASE_OFFSET), length);
        }
        return buffer;
    }
}
