package io.weir.packet;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * Reads numbers in network byte order from raw addresses.
 *
 * <p>Nothing is checked here: the caller has compared the bytes it reads with the length of the frame before.
 */
public final class Wire {
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Wire() {
    }

    /** Unsigned 8-bit number. */
    public static int u8(final long address) {
        return UnsafeApi.getByte(address) & 0xff;
    }

    /** Unsigned 16-bit number. */
    public static int u16(final long address) {
        final char raw = UnsafeApi.getChar(address);
        return LITTLE_ENDIAN ? Character.reverseBytes(raw) : raw;
    }

    /** Unsigned 24-bit number. */
    public static int u24(final long address) {
        return u16(address) << 8 | u8(address + 2);
    }

    /** 32-bit number, signed because Java has no other. */
    public static int i32(final long address) {
        final int raw = UnsafeApi.getInt(address);
        return LITTLE_ENDIAN ? Integer.reverseBytes(raw) : raw;
    }

    /** Unsigned 32-bit number. */
    public static long u32(final long address) {
        return i32(address) & 0xffff_ffffL;
    }

    /** 64-bit number, signed because Java has no other. */
    public static long i64(final long address) {
        final long raw = UnsafeApi.getLong(address);
        return LITTLE_ENDIAN ? Long.reverseBytes(raw) : raw;
    }

    /** Unsigned 16-bit number stored with its low byte first, as radiotap and 802.11 do. */
    public static int u16Little(final long address) {
        final short raw = UnsafeApi.getShort(address);
        return (LITTLE_ENDIAN ? raw : Short.reverseBytes(raw)) & 0xffff;
    }

    /** 32-bit number stored with its low byte first. */
    public static int i32Little(final long address) {
        final int raw = UnsafeApi.getInt(address);
        return LITTLE_ENDIAN ? raw : Integer.reverseBytes(raw);
    }
}
