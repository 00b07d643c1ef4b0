package io.weir.protocol.cotp;

import io.weir.protocol.Bytes;

/**
 * ISO transport class 0 over TCP (RFC 1006): packets of version 3 with a length, each with one TPDU. What several
 * protocols begin with before they differ.
 */
public final class Cotp {
    /** More bytes are needed. */
    public static final int MORE = -1;
    /** It is not ISO transport. */
    public static final int NO = -2;

    private static final int HEADER = 4;
    private static final int CONNECT = 0xe0;
    private static final int CONFIRM = 0xd0;
    private static final int DATA = 0xf0;
    private static final int LONGEST_CONNECT = 128;

    private Cotp() {
    }

    /**
     * Where the payload of the first data TPDU of a direction begins, behind a connect request or confirmation if
     * there is one.
     *
     * @return its place, {@link #MORE} or {@link #NO}
     */
    public static int firstData(final Bytes b) {
        int at = 0;
        if (isKnownNot(b, 0, 3) || isKnownNot(b, 1, 0)) {
            return NO;
        }
        if (b.length() < HEADER + 2) {
            return MORE;
        }
        final int type = b.u8(HEADER + 1);
        if (type == CONNECT || type == CONFIRM) {
            final int length = b.u16(2);
            if (!isConnect(b, length)) {
                return NO;
            }
            at = length;
        }
        return data(b, at);
    }

    /** A connect or confirmation fills its packet; its parameters are TLVs. */
    private static boolean isConnect(final Bytes b, final int length) {
        return length >= 11 && length <= LONGEST_CONNECT && b.u8(HEADER) == length - HEADER - 1;
    }

    private static int data(final Bytes b, final int at) {
        if (isKnownNot(b, at, 3) || isKnownNot(b, at + 1, 0) || isKnownNot(b, at + 4, 2)
            || isKnownNot(b, at + 5, DATA)) {
            return NO;
        }
        if (b.length() < at + 8) {
            return MORE;
        }
        // The last fragment of a TSDU is marked, and class 0 has no numbers.
        return (b.u8(at + 6) & 0x7f) == 0 && b.u16(at + 2) > 7 ? at + 7 : NO;
    }

    /** Length of the payload that begins at that place, as {@link #firstData} answered it. */
    public static int lengthBefore(final Bytes b, final int at) {
        return b.u16(at - 5) - 7;
    }

    private static boolean isKnownNot(final Bytes b, final int at, final int value) {
        return b.u8(at) >= 0 && b.u8(at) != value;
    }
}
