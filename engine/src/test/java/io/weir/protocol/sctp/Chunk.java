package io.weir.protocol.sctp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Builds chunks of SCTP (RFC 9260, section 3.3). */
final class Chunk {
    static final int BEGINS = 2;
    static final int ENDS = 1;
    static final int WHOLE = BEGINS | ENDS;
    private static final int HEADER = 16;

    private Chunk() {
    }

    /** A DATA chunk with its padding. */
    static byte[] data(final int flags, final int payloadProtocol, final byte[] message) {
        return ByteBuffer.allocate(HEADER + (message.length + 3 & ~3)).put((byte) 0).put((byte) flags)
            .putShort((short) (HEADER + message.length)).putInt(1).putShort((short) 0).putShort((short) 0)
            .putInt(payloadProtocol).put(message).array();
    }

    /** An I-DATA chunk (RFC 8260) that has all of a message, with its padding. */
    static byte[] interleaved(final int payloadProtocol, final byte[] message) {
        return ByteBuffer.allocate(HEADER + 4 + (message.length + 3 & ~3)).put((byte) 0x40).put((byte) WHOLE)
            .putShort((short) (HEADER + 4 + message.length)).putInt(1).putInt(0).putInt(0).putInt(payloadProtocol)
            .put(message).array();
    }

    /** A chunk of another type, with its padding. */
    static byte[] other(final int type, final int length) {
        return ByteBuffer.allocate(length + 3 & ~3).put((byte) type).put((byte) 0).putShort((short) length).array();
    }

    /** Chunks of one packet. */
    static byte[] packet(final byte[]... chunks) {
        final ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (final byte[] chunk : chunks) {
            joined.writeBytes(chunk);
        }
        return joined.toByteArray();
    }
}
