package io.weir.protocol.classify;

import io.weir.protocol.Bytes;

/**
 * Says whether bytes could be a message in Protocol Buffers: fields, one behind the other, each a tag of number and
 * wire type and a value (the encoding as its documentation describes it). A message has no beginning of its own, so
 * that this is a guess, asked once of a flow.
 */
final class ProtobufWalk {
    private static final int VARINT = 0;
    private static final int I64 = 1;
    private static final int LENGTH = 2;
    private static final int I32 = 5;
    private static final int LEAST = 10;
    /** A cut message must have more fields, since its end proves nothing. */
    private static final int LEAST_FIELDS = 3;
    private static final int LEAST_FIELDS_CUT = 6;
    private static final long MOST_NUMBER = 256;
    private static final int MOST_FIELDS = 1_000;
    private static final int MOST_VARINT = 10;

    private ProtobufWalk() {
    }

    /**
     * True if these bytes are a message, alone or behind its length, which programs put in front of it as they like:
     * in 4 bytes of either order, the first of which may be of gRPC (a byte of 0 before), or as a varint.
     *
     * @param most as many bytes are kept of what may be longer
     */
    static boolean fits(final Bytes bytes, final int most) {
        final int length = bytes.length();
        if (length < LEAST || isText(bytes)) {
            return false;
        }
        final boolean cut = length >= most;
        if (isMessage(bytes, 0, length, cut) || behindLength(bytes, 4, bytes.u32(0))
            || behindLength(bytes, 4, bytes.u32le(0)) || bytes.u8(0) == 0 && behindLength(bytes, 5, bytes.u32(1))) {
            return true;
        }
        final int size = varintSize(bytes, 0, length);
        return size > 0 && behindLength(bytes, size, varint(bytes, 0, size));
    }

    private static boolean behindLength(final Bytes bytes, final int at, final long length) {
        return length >= LEAST && length <= bytes.length() - at && isMessage(bytes, at, at + (int) length, false);
    }

    private static boolean isText(final Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            final int value = bytes.u8(i);
            if ((value < ' ' || value > '~') && value != '\r' && value != '\n' && value != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Fields in order of their numbers, as encoders write them, at least one of which has a length. */
    private static boolean isMessage(final Bytes bytes, final int from, final int end, final boolean cut) {
        int at = from;
        int fields = 0;
        boolean anyLength = false;
        long before = 0;
        long distinct = 0;
        while (at < end && fields < MOST_FIELDS) {
            final int tagSize = varintSize(bytes, at, end);
            final long tag = varint(bytes, at, tagSize);
            final long number = tag >>> 3;
            if (tagSize <= 0 || number < Math.max(1, before) || number > MOST_NUMBER) {
                return false;
            }
            final int type = (int) (tag & 7);
            final int size = valueSize(bytes, at + tagSize, end, type);
            if (size < 0) {
                return false;
            }
            if (size > end - at - tagSize) {
                return cut && fields >= LEAST_FIELDS_CUT && anyLength && distinct >= LEAST_FIELDS;
            }
            distinct += number == before ? 0 : 1;
            before = number;
            anyLength |= type == LENGTH && size > 1;
            at += tagSize + size;
            fields++;
        }
        return at == end && anyLength && fields >= LEAST_FIELDS && distinct >= LEAST_FIELDS;
    }

    /** Bytes of a value, more than there are if it is cut; -1 if there is no such value. */
    private static int valueSize(final Bytes bytes, final int at, final int end, final int type) {
        return switch (type) {
            case I64 -> Long.BYTES;
            case I32 -> Integer.BYTES;
            case VARINT -> varintSize(bytes, at, end);
            case LENGTH -> {
                final int size = varintSize(bytes, at, end);
                final long length = varint(bytes, at, size);
                yield size <= 0 || length < 0 || length > Integer.MAX_VALUE / 2 ? -1 : size + (int) length;
            }
            default -> -1;
        };
    }

    /** Bytes of a number in as few of them as it needs; -1 if it needs fewer or does not end. */
    private static int varintSize(final Bytes bytes, final int at, final int end) {
        for (int i = 0; i < MOST_VARINT && at + i < end; i++) {
            final int value = bytes.u8(at + i);
            if (value < 0x80) {
                return value == 0 && i > 0 ? -1 : i + 1;
            }
        }
        return -1;
    }

    private static long varint(final Bytes bytes, final int at, final int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes.u8(at + i) & 0x7fL) << 7 * i;
        }
        return value;
    }
}
