package io.weir.protocol.quic;

import io.weir.protocol.Bytes;

/**
 * Frames of Google's QUIC that are not those of the RFCs: STREAM in the clear, and ACK in packets of Q050 and T050
 * ("QUIC Wire Layout Specification", 2016). One thread.
 */
final class GoogleFrames {
    /** Stream of the handshake. */
    private static final int HANDSHAKE = 1;
    /** The version from which on numbers are big-endian: Q039. */
    private static final int BIG_ENDIAN = '3' << 8 | '9';

    private int dataFrom;
    private int dataLength;
    private long dataOffset;

    /**
     * Reads the header of a STREAM frame of the handshake: type {@code 1fdoooss}, stream of 1 + ss bytes, offset of
     * 0 or 1 + ooo bytes, a length of two bytes if d.
     *
     * @param version number of the version on the wire
     * @return false if there is no such frame
     */
    boolean stream(final Bytes packet, final int at, final long version) {
        final int type = packet.u8(at);
        if (type < 0x80) {
            return false;
        }
        final boolean big = (version & 0xffff) >= BIG_ENDIAN;
        final int idLength = (type & 3) + 1;
        final int offsetLength = (type & 0x1c) == 0 ? 0 : (type >> 2 & 7) + 1;
        final int lengthLength = (type & 0x20) == 0 ? 0 : 2;
        final int offsetAt = at + 1 + idLength;
        dataFrom = offsetAt + offsetLength + lengthLength;
        if (!packet.has(at, dataFrom - at) || number(packet, at + 1, idLength, big) != HANDSHAKE) {
            return false;
        }
        dataOffset = number(packet, offsetAt, offsetLength, big);
        dataLength = lengthLength == 0 ? packet.length() - dataFrom
            : (int) number(packet, dataFrom - 2, 2, big);
        return true;
    }

    private static long number(final Bytes packet, final int at, final int length, final boolean big) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | packet.u8(at + (big ? i : length - 1 - i));
        }
        return value;
    }

    /** Where the data of the frame begins. */
    int dataFrom() {
        return dataFrom;
    }

    /** How many bytes it says it has, which may be more than there are. */
    int dataLength() {
        return dataLength;
    }

    /** Its place in the stream. */
    long dataOffset() {
        return dataOffset;
    }

    /**
     * Where an ACK frame ends: type {@code 01ntllmm}, the largest number (ll), the delay, if n a count of further
     * blocks, the first block (mm), a gap and a length (mm) for each further one, a count of times, the times.
     *
     * @return the place behind it, or -1 if it is not all there
     */
    static int ackEnd(final Bytes frames, final int at) {
        final int type = frames.u8(at);
        final int block = numberLength(type & 3);
        int end = at + 1 + numberLength(type >> 2 & 3) + 2;
        int blocks = 0;
        if ((type & 0x20) != 0) {
            blocks = frames.u8(end++);
        }
        end += block + blocks * (1 + block);
        final int times = frames.u8(end++);
        end += times > 0 ? 5 + 3 * (times - 1) : 0;
        return blocks < 0 || times < 0 || end > frames.length() ? -1 : end;
    }

    private static int numberLength(final int code) {
        return code == 0 ? 1 : 2 * code;
    }
}
