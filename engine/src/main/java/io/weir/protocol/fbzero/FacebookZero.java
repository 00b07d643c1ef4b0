package io.weir.protocol.fbzero;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Zero, the protocol under which Facebook's older apps said their first request with the handshake: Google's QUIC
 * handshake on TCP, a byte of flags, the version "QTV0", a length, and a hello of tags.
 */
public final class FacebookZero {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("facebook-zero", "Facebook Zero")
        .firstBytes(0x01, 0x31)
        .tcp(FacebookZero::detect)
        .encrypted()
        .build();

    private static final byte[] VERSION = {'Q', 'T', 'V', '0'};
    private static final byte[] HELLO = {'C', 'H', 'L', 'O'};
    private static final int HEADER = 17;
    private static final int MOST_TAGS = 128;

    private FacebookZero() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        for (int i = 1; i < Math.min(b.length(), 1 + VERSION.length); i++) {
            if (b.u8(i) != VERSION[i - 1]) {
                return Answer.NO;
            }
        }
        if (b.length() < HEADER) {
            return Answer.MORE;
        }
        final int tags = b.u16le(13);
        return b.matches(9, HELLO) && tags > 0 && tags <= MOST_TAGS && b.u16le(15) == 0 && b.u32le(5) >= 8L * tags
            ? probe.yesFromClient() : Answer.NO;
    }
}
