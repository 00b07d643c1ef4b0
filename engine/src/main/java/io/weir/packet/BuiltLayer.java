package io.weir.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One header of a {@link PacketBuilder} with the fields that were set by force. */
final class BuiltLayer {
    final LayerType type;
    byte[] bytes;
    private final List<long[]> forced = new ArrayList<>();

    BuiltLayer(final LayerType type, final int length) {
        this.type = type;
        this.bytes = new byte[length];
    }

    BuiltLayer u8(final int offset, final int value) {
        bytes[offset] = (byte) value;
        return this;
    }

    BuiltLayer u16(final int offset, final int value) {
        put(bytes, offset, 2, value);
        return this;
    }

    BuiltLayer u32(final int offset, final long value) {
        put(bytes, offset, 4, value);
        return this;
    }

    BuiltLayer raw(final int offset, final byte[] value) {
        System.arraycopy(value, 0, bytes, offset, value.length);
        return this;
    }

    void append(final byte[] more, final int multiple) {
        final int length = bytes.length;
        bytes = Arrays.copyOf(bytes, (length + more.length + multiple - 1) / multiple * multiple);
        System.arraycopy(more, 0, bytes, length, more.length);
    }

    void force(final int offset, final int width, final long value) {
        forced.add(new long[] {offset, width, value});
    }

    void applyForced(final byte[] packet, final int start) {
        for (final long[] field : forced) {
            put(packet, start + (int) field[0], (int) field[1], field[2]);
        }
    }

    static void put(final byte[] bytes, final int offset, final int width, final long value) {
        for (int i = 0; i < width; i++) {
            bytes[offset + i] = (byte) (value >>> 8 * (width - 1 - i));
        }
    }

    static int get16(final byte[] bytes, final int offset) {
        return (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
    }
}
