package io.weir.packet.header;

import io.weir.packet.Wire;

/**
 * A read-only view of one header in native memory. It is wrapped anew for each header, with the bytes there are, and
 * checks every read against them. One thread; owns nothing.
 *
 * <pre>{@code
 * final Ipv4Header ip = new Ipv4Header();
 * if (ip.wrap(frame.address + frame.ipOffset, frame.capturedLength - frame.ipOffset)) {
 *     use(ip.timeToLive());
 * }
 * }</pre>
 */
public abstract class HeaderView {
    private long address;
    private int length;

    /** Only the headers of this package are views. */
    HeaderView() {
    }

    /** Bytes without which the fields of this header cannot be read. */
    public abstract int minLength();

    /**
     * Looks at other bytes from now on.
     *
     * @param newAddress first byte of the header
     * @param available  bytes that may be read from there
     * @return false if they are fewer than {@link #minLength()}; reading fields then fails
     */
    public boolean wrap(final long newAddress, final int available) {
        address = newAddress;
        length = Math.max(0, available);
        return length >= minLength();
    }

    /** Bytes that may be read. */
    public int available() {
        return length;
    }

    /** Unsigned byte at an offset; fails with {@link IndexOutOfBoundsException} beyond the end. */
    public int u8(final int offset) {
        return Wire.u8(at(offset, 1));
    }

    /** Unsigned 16-bit number at an offset. */
    public int u16(final int offset) {
        return Wire.u16(at(offset, 2));
    }

    /** 32-bit number at an offset. */
    public int i32(final int offset) {
        return Wire.i32(at(offset, 4));
    }

    /** Unsigned 32-bit number at an offset. */
    public long u32(final int offset) {
        return Wire.u32(at(offset, 4));
    }

    /** 64-bit number at an offset. */
    public long i64(final int offset) {
        return Wire.i64(at(offset, 8));
    }

    /** Copies bytes out; allocates. */
    public byte[] bytes(final int offset, final int count) {
        at(offset, count);
        final byte[] copy = new byte[count];
        for (int i = 0; i < count; i++) {
            copy[i] = (byte) Wire.u8(address + offset + i);
        }
        return copy;
    }

    private long at(final int offset, final int count) {
        if (offset < 0 || count < 0 || count > length - offset) {
            throw new IndexOutOfBoundsException(offset);
        }
        return address + offset;
    }
}
