package io.weir.protocol;

import static io.weir.base.Ascii.lower8;

import io.weir.base.Ascii;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A view of bytes from the wire that cannot be read beyond its end: reading there answers -1, whatever the width. So a
 * detector or parser that forgets a check gets a value no field has, and nothing is thrown.
 *
 * <p>Wrapped anew for each use and valid for the time of the call that hands it out. One thread.
 */
public final class Bytes {
    /** For eight bytes at once: one in each byte. */
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Made when first asked for: most views are never looked at as a buffer. */
    private UnsafeBuffer buffer;
    private byte[] array;
    private long address;
    private int length;

    /** Looks at part of a buffer, which must contain it. */
    public Bytes wrap(final DirectBuffer source, final int offset, final int newLength) {
        source.boundsCheck(offset, newLength);
        return set(source.byteArray(), source.addressOffset() + offset, newLength);
    }

    /** Looks at native memory. */
    public Bytes wrap(final long newAddress, final int newLength) {
        return set(null, newAddress, newLength);
    }

    /** Looks at part of an array, which must contain it. */
    public Bytes wrap(final byte[] source, final int offset, final int newLength) {
        Objects.checkFromIndexSize(offset, newLength, source.length);
        return set(source, BufferUtil.ARRAY_BASE_OFFSET + offset, newLength);
    }

    /** Looks at part of another view; what lies beyond its end is left out. */
    public Bytes wrap(final Bytes source, final int from, final int newLength) {
        final int start = Math.min(Math.max(from, 0), source.length);
        return set(source.array, source.address + start, Math.max(0, Math.min(newLength, source.length - start)));
    }

    private Bytes set(final byte[] newArray, final long newAddress, final int newLength) {
        // Views are wrapped many times for each message: a store of a reference costs more than looking first.
        if (array != newArray) {
            array = newArray;
        }
        address = newAddress;
        length = newLength;
        return this;
    }

    /** Looks at nothing. */
    public Bytes clear() {
        length = 0;
        return this;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** True if they do not lie in an array. */
    public boolean isNative() {
        return array == null;
    }

    /** Where the first one is, as memory is addressed: if they lie in an array, counted from that. */
    public long address() {
        return address;
    }

    /** What they lie in, or null if that is native memory. */
    byte[] array() {
        return array;
    }

    /** True if there are none. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** The same bytes as a buffer, until the view is wrapped anew. */
    public DirectBuffer buffer() {
        if (buffer == null) {
            buffer = new UnsafeBuffer(0, 0);
        }
        if (array == null) {
            buffer.wrap(address, length);
        } else {
            buffer.wrap(array, (int) (address - BufferUtil.ARRAY_BASE_OFFSET), length);
        }
        return buffer;
    }

    /**
     * Copies bytes.
     *
     * @throws IndexOutOfBoundsException if they are not all there, or find no room
     */
    public void copyTo(final int from, final byte[] target, final int offset, final int count) {
        Objects.checkFromIndexSize(from, count, length);
        Objects.checkFromIndexSize(offset, count, target.length);
        copy(from, target, offset, count);
    }

    /** The same for whoever has made sure that they are all there, and find room. */
    void copy(final int from, final byte[] target, final int offset, final int count) {
        ShortCopy.copy(array, address + from, target, BufferUtil.ARRAY_BASE_OFFSET + offset, count);
    }

    /** Copies bytes as {@link #copy} does, ASCII letters in lower case. */
    void copyLower(final int from, final byte[] target, final int offset, final int count) {
        final byte[] source = array;
        final long here = address + from;
        final long place = BufferUtil.ARRAY_BASE_OFFSET + offset;
        final int last = count - Long.BYTES;
        if (last < 0) {
            for (int i = 0; i < count; i++) {
                UnsafeApi.putByte(target, place + i, (byte) Ascii.lower(UnsafeApi.getByte(source, here + i)));
            }
            return;
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            UnsafeApi.putLong(target, place + i, lower8(UnsafeApi.getLong(source, here + i)));
        }
        UnsafeApi.putLong(target, place + last, lower8(UnsafeApi.getLong(source, here + last)));
    }

    /** Unsigned byte, or -1 beyond the end. */
    public int u8(final int at) {
        return has(at, 1) ? UnsafeApi.getByte(array, address + at) & 0xff : -1;
    }

    /** Unsigned 16 bits, big-endian, or -1 beyond the end. */
    public int u16(final int at) {
        return has(at, 2) ? Short.reverseBytes(UnsafeApi.getShort(array, address + at)) & 0xffff : -1;
    }

    /** Unsigned 24 bits, big-endian, or -1 beyond the end. */
    public int u24(final int at) {
        return has(at, 3) ? (UnsafeApi.getByte(array, address + at) & 0xff) << 16 | u16(at + 1) : -1;
    }

    /** Unsigned 32 bits, big-endian, or -1 beyond the end. */
    public long u32(final int at) {
        return has(at, 4) ? Integer.reverseBytes(UnsafeApi.getInt(array, address + at)) & 0xffff_ffffL : -1;
    }

    /** 64 bits, big-endian, or -1 beyond the end. */
    public long u64(final int at) {
        return has(at, 8) ? Long.reverseBytes(UnsafeApi.getLong(array, address + at)) : -1;
    }

    /** Unsigned 16 bits, little-endian, or -1 beyond the end. */
    public int u16le(final int at) {
        return has(at, 2) ? UnsafeApi.getShort(array, address + at) & 0xffff : -1;
    }

    /** Unsigned 24 bits, little-endian, or -1 beyond the end. */
    public int u24le(final int at) {
        return has(at, 3) ? u16le(at) | (UnsafeApi.getByte(array, address + at + 2) & 0xff) << 16 : -1;
    }

    /** Unsigned 32 bits, little-endian, or -1 beyond the end. */
    public long u32le(final int at) {
        return has(at, 4) ? UnsafeApi.getInt(array, address + at) & 0xffff_ffffL : -1;
    }

    /** 64 bits, little-endian, or -1 beyond the end. */
    public long u64le(final int at) {
        return has(at, 8) ? UnsafeApi.getLong(array, address + at) : -1;
    }

    /** True if {@code count} bytes from {@code at} on are there. */
    public boolean has(final int at, final int count) {
        return at >= 0 && count >= 0 && at <= length - count;
    }

    /** True if the bytes begin with these. */
    public boolean startsWith(final byte[] expected) {
        return matches(0, expected);
    }

    /** True if these bytes are at that place. */
    public boolean matches(final int at, final byte[] expected) {
        if (!has(at, expected.length)) {
            return false;
        }
        final byte[] source = array;
        final long here = address + at;
        for (int i = 0; i < expected.length; i++) {
            if (UnsafeApi.getByte(source, here + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** True if that part of an array, which must contain it, is at that place; for many bytes. */
    public boolean matches(final int at, final byte[] expected, final int from, final int count) {
        Objects.checkFromIndexSize(from, count, expected.length);
        if (!has(at, count)) {
            return false;
        }
        if (array != null) {
            final int start = (int) (address - BufferUtil.ARRAY_BASE_OFFSET) + at;
            return Arrays.equals(array, start, start + count, expected, from, from + count);
        }
        final long place = BufferUtil.ARRAY_BASE_OFFSET + from;
        int i = 0;
        for (; i <= count - Long.BYTES; i += Long.BYTES) {
            if (UnsafeApi.getLong(null, address + at + i) != UnsafeApi.getLong(expected, place + i)) {
                return false;
            }
        }
        for (; i < count; i++) {
            if (UnsafeApi.getByte(null, address + at + i) != expected[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** True if that many bytes of other ones, from a place on, are here at a place. */
    public boolean matches(final int at, final Bytes expected, final int from, final int count) {
        boolean same = has(at, count) && expected.has(from, count);
        for (int i = 0; same && i < count; i++) {
            same = u8(at + i) == expected.u8(from + i);
        }
        return same;
    }

    /** True if these ASCII letters are at that place, in either case. */
    public boolean matchesIgnoringCase(final int at, final byte[] expected) {
        return has(at, expected.length)
            && isEqualIgnoringCase(address + at, expected, BufferUtil.ARRAY_BASE_OFFSET, expected.length);
    }

    /** The same for another view. */
    public boolean matchesIgnoringCase(final int at, final Bytes expected) {
        return has(at, expected.length)
            && isEqualIgnoringCase(address + at, expected.array, expected.address, expected.length);
    }

    private boolean isEqualIgnoringCase(final long here, final byte[] other, final long there, final int count) {
        if (count < Integer.BYTES) {
            for (int i = 0; i < count; i++) {
                if (Ascii.lower(UnsafeApi.getByte(array, here + i))
                    != Ascii.lower(UnsafeApi.getByte(other, there + i))) {
                    return false;
                }
            }
            return true;
        }
        if (count < Long.BYTES) {
            final int behind = count - Integer.BYTES;
            return lower8(fourAndFour(array, here, behind)) == lower8(fourAndFour(other, there, behind));
        }
        final int last = count - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (lower8(UnsafeApi.getLong(array, here + i)) != lower8(UnsafeApi.getLong(other, there + i))) {
                return false;
            }
        }
        return lower8(UnsafeApi.getLong(array, here + last)) == lower8(UnsafeApi.getLong(other, there + last));
    }

    /**
     * Whether the bytes begin with these, as far as there are any: {@link Answer#YES} if they do, {@link Answer#MORE}
     * if there are fewer and they agree, {@link Answer#NO} if one differs or there is none.
     */
    public Answer beginsWith(final byte[] expected) {
        final byte[] source = array;
        final long base = address;
        final int known = Math.min(length, expected.length);
        for (int i = 0; i < known; i++) {
            if (UnsafeApi.getByte(source, base + i) != expected[i]) {
                return Answer.NO;
            }
        }
        return known == 0 ? Answer.NO : known < expected.length ? Answer.MORE : Answer.YES;
    }

    /** Place of the next such byte at or after {@code from}, or -1. */
    public int indexOf(final int value, final int from) {
        return indexOf(value, from, length);
    }

    /** The same, at or after {@code from} and before {@code to}. */
    public int indexOf(final int value, final int from, final int to) {
        final int end = Math.min(to, length);
        final int last = end - Long.BYTES;
        int i = Math.max(0, from);
        if (i > last) {
            return indexOfFew(value, i, end);
        }
        // Two words at a time: where a byte stands is hard to predict, and each way out of a loop is a branch. The
        // view's fields are read once, as they would be at each word else.
        final byte[] source = array;
        final long base = address;
        final long repeated = (value & 0xffL) * ONES;
        for (; i <= last - Long.BYTES; i += 2 * Long.BYTES) {
            final long one = equal(UnsafeApi.getLong(source, base + i) ^ repeated);
            final long two = equal(UnsafeApi.getLong(source, base + i + Long.BYTES) ^ repeated);
            if ((one | two) != 0) {
                return one != 0 ? i + place(one) : i + Long.BYTES + place(two);
            }
        }
        // Of the words that are left the last reaches back to bytes in which there is none.
        i = Math.min(i, last);
        final long one = equal(UnsafeApi.getLong(source, base + i) ^ repeated);
        final long two = equal(UnsafeApi.getLong(source, base + last) ^ repeated);
        return one != 0 ? i + place(one) : two != 0 ? last + place(two) : -1;
    }

    private int indexOfFew(final int value, final int from, final int end) {
        for (int i = from; i < end; i++) {
            if (UnsafeApi.getByte(array, address + i) == (byte) value) {
                return i;
            }
        }
        return -1;
    }

    /** Of eight bytes the high bit of the first that is 0, perhaps of some behind it. */
    private static long equal(final long zeroWhereEqual) {
        return (zeroWhereEqual - ONES) & ~zeroWhereEqual & HIGH_BITS;
    }

    private static int place(final long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }

    /**
     * Where bytes from {@code least} to {@code least + 127} end that begin at {@code from}: {@code ' '} and the next
     * are text, {@code '!'} and the next words, as far as they are of ASCII.
     *
     * @return the first place that holds another byte, at most {@code to} and the end
     */
    public int endOfRun(final int least, final int from, final int to) {
        final byte[] source = array;
        final long base = address;
        // Below it, or so far above, a byte's high bit is set by this; of a word, what stands in front is not touched.
        final long subtracted = least * ONES;
        final int end = Math.min(to, length);
        final int last = length - Long.BYTES;
        int i = Math.max(0, from);
        for (; i <= last - Long.BYTES && i < end; i += 2 * Long.BYTES) {
            final long one = UnsafeApi.getLong(source, base + i) - subtracted;
            final long two = UnsafeApi.getLong(source, base + i + Long.BYTES) - subtracted;
            if (((one | two) & HIGH_BITS) != 0) {
                final long first = one & HIGH_BITS;
                return Math.min(end, first != 0 ? i + place(first) : i + Long.BYTES + place(two & HIGH_BITS));
            }
        }
        if (i <= last && i < end) {
            final long found = UnsafeApi.getLong(source, base + i) - subtracted & HIGH_BITS;
            if (found != 0) {
                return Math.min(end, i + place(found));
            }
            i += Long.BYTES;
        }
        while (i < end && (byte) (UnsafeApi.getByte(source, base + i) - least) >= 0) {
            i++;
        }
        return Math.min(i, end);
    }

    /** Place of the first of either byte, or -1. */
    public int indexOfEither(final int one, final int other, final int from) {
        final long ones = (one & 0xffL) * ONES;
        final long others = (other & 0xffL) * ONES;
        final byte[] source = array;
        final long base = address;
        int i = Math.max(0, from);
        while (i <= length - Long.BYTES) {
            final long eight = UnsafeApi.getLong(source, base + i);
            final long found = equal(eight ^ ones) | equal(eight ^ others);
            if (found != 0) {
                return i + place(found);
            }
            i += Long.BYTES;
        }
        for (; i < length; i++) {
            final byte value = UnsafeApi.getByte(array, address + i);
            if (value == (byte) one || value == (byte) other) {
                return i;
            }
        }
        return -1;
    }

    /** A set of bytes: true for each of these characters, which are below 256. */
    public static boolean[] setOf(final String members) {
        final boolean[] set = new boolean[256];
        for (int i = 0; i < members.length(); i++) {
            set[members.charAt(i)] = true;
        }
        return set;
    }

    /**
     * Place of the first byte of a set at or after {@code from} and before {@code to}, or -1.
     *
     * @param set {@link #setOf}
     */
    public int indexOfAny(final boolean[] set, final int from, final int to) {
        final byte[] source = array;
        final long base = address;
        final int end = Math.min(to, length);
        for (int i = Math.max(0, from); i < end; i++) {
            if (set[UnsafeApi.getByte(source, base + i) & 0xff]) {
                return i;
            }
        }
        return -1;
    }

    /** Place of the next such bytes at or after {@code from}, or -1. */
    public int indexOf(final byte[] expected, final int from) {
        for (int i = Math.max(0, from); i <= length - expected.length; i++) {
            if (UnsafeApi.getByte(array, address + i) == expected[0] && matches(i, expected)) {
                return i;
            }
        }
        return -1;
    }

    /** True if all of these bytes are printable ASCII; false if one of them is not there. */
    public boolean isPrintable(final int from, final int count) {
        if (!has(from, count)) {
            return false;
        }
        for (int i = from; i < from + count; i++) {
            final byte value = UnsafeApi.getByte(array, address + i);
            if (value < ' ' || value > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * A decimal number made of all the bytes in a range.
     *
     * @return the number, or -1 if the range is empty, not all digits or longer than 18 digits
     */
    public long decimal(final int from, final int to) {
        if (to <= from || to - from > 18 || !has(from, to - from)) {
            return -1;
        }
        if (to - from <= Long.BYTES && has(from, Long.BYTES)) {
            return Ascii.decimal8(UnsafeApi.getLong(array, address + from), to - from);
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            final int digit = u8(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The first four of four to eight bytes, and the last four. */
    private static long fourAndFour(final byte[] array, final long address, final int behind) {
        return (long) UnsafeApi.getInt(array, address) << Integer.SIZE
            | UnsafeApi.getInt(array, address + behind) & 0xffff_ffffL;
    }

    /** 64 bits, little-endian, with ASCII letters in lower case, or -1 beyond the end. */
    public long lower64le(final int at) {
        return has(at, 8) ? lower8(UnsafeApi.getLong(array, address + at)) : -1;
    }
}
