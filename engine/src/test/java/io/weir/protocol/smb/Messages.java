package io.weir.protocol.smb;

import io.weir.protocol.Talk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Messages of version 2, of session 77 and tree 5. */
final class Messages {
    static final byte[] GUID = Talk.hex("01020304 0506 0708 090a 0b0c0d0e0f10");
    static final byte[] NEGOTIATE = two(0, 0, 0, 1, Talk.hex("2400 0200 0100 0000 00000000"), GUID,
        Talk.hex("0000000000000000 1002 1103"));
    static final byte[] NEGOTIATED = two(0, 1, 0, 1, Talk.hex("4100 0100 1103 0000"), GUID,
        Talk.hex("00000000 00001000 00001000 00000800"), new byte[24]);

    private Messages() {
    }

    /** What opens a file or pipe of that name. */
    static byte[] create(final int message, final String name) {
        final byte[] wide = wide(name);
        return two(5, 0, 0, message, Talk.hex("3900 00 00 02000000 0000000000000000 0000000000000000 00000000"
            + "00000000 00000000 01000000 00000000 7800"), little(Short.BYTES, wide.length),
            Talk.hex("00000000 00000000"), wide);
    }

    /** The answer to that, which gives an identifier. */
    static byte[] created(final int message, final byte[] file) {
        return two(5, 1, 0, message, Talk.hex("5900 00 00 01000000"), new byte[56], file, new byte[8]);
    }

    /** A number with the least byte first. */
    static byte[] little(final int size, final long value) {
        final byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >>> 8 * i);
        }
        return bytes;
    }

    static byte[] wide(final String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    /** A message with its header of NetBIOS. */
    static byte[] two(final int command, final int flags, final int status, final int message, final byte[]... body) {
        final byte[] rest = join(body);
        return join(ByteBuffer.allocate(4).putInt(64 + rest.length).array(),
            header(command, flags, status, message, 0), rest);
    }

    /** A command and a second one, which belongs to it, in one message. */
    static byte[] chain(final byte[] first, final byte[] second) {
        final int next = first.length - 4 + 7 & ~7;
        final ByteBuffer b = ByteBuffer.allocate(4 + next + second.length - 4).order(ByteOrder.LITTLE_ENDIAN);
        b.put(first).position(4 + next).put(second, 4, second.length - 4).putInt(4 + 20, next);
        return b.order(ByteOrder.BIG_ENDIAN).putInt(0, next + second.length - 4).array();
    }

    private static byte[] header(final int command, final int flags, final int status, final int message,
        final int next) {
        return ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).put(Talk.hex("fe534d42 4000 0000"))
            .putInt(status).putShort((short) command).putShort((short) 1).putInt(flags).putInt(next).putLong(message)
            .putInt(0).putInt(5).putLong(77).array();
    }

    static byte[] join(final byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final ByteBuffer b = ByteBuffer.allocate(length);
        for (final byte[] part : parts) {
            b.put(part);
        }
        return b.array();
    }
}
