package io.weir.protocol.netbios;

import io.weir.protocol.Bytes;

/** Names of NetBIOS as they are sent: 32 letters from A to P, half a byte in each (RFC 1001, 14.1). */
final class NetbiosName {
    /** Length of the letters with their length in front. */
    static final int LENGTH = 33;

    private NetbiosName() {
    }

    /** True if such a name begins here; what is not there yet counts as right if {@code partial}. */
    static boolean isAt(final Bytes bytes, final int at, final boolean partial) {
        final int length = bytes.u8(at);
        if (length != LENGTH - 1) {
            return length < 0 && partial;
        }
        for (int i = 1; i < LENGTH; i++) {
            final int letter = bytes.u8(at + i);
            if (letter < 0) {
                return partial;
            }
            if (letter < 'A' || letter > 'P') {
                return false;
            }
        }
        return true;
    }
}
