package io.weir.protocol.rtmp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Real-Time Messaging Protocol (Adobe, 2012): a version byte and 1536 bytes of handshake from both sides. */
public final class Rtmp {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("rtmp", "Real-Time Messaging Protocol").tcpPorts(1935)
        .firstBytes(3).tcp(Rtmp::detect).build();

    private static final int VERSION = 3;
    private static final int HANDSHAKE = 1537;
    /** Where a plain handshake has zeros, and one with a digest the version of the program. */
    private static final int ZERO = 5;
    private static final int FIRST_RELEASE = 8;
    private static final int LAST_RELEASE = 0x20;
    private static final int LIBRARY = 0x80;

    private Rtmp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        // Servers put into the version what they like.
        final boolean sound = mayBegin(now);
        if (now.u8(0) != VERSION || !other.isEmpty() && other.u8(0) != VERSION || !sound && !other.isEmpty()
            && !mayBegin(other)) {
            return Answer.NO;
        }
        if (!sound && other.isEmpty()) {
            return Answer.NO;
        }
        if (now.length() < HANDSHAKE) {
            return Answer.MORE;
        }
        return now.u32(ZERO) == 0 || other.length() > ZERO + 4 ? Answer.YES : Answer.MORE;
    }

    private static boolean mayBegin(final Bytes bytes) {
        if (bytes.u8(0) != VERSION) {
            return false;
        }
        if (bytes.length() < ZERO + 4) {
            return bytes.u8(ZERO) < 0 || bytes.u8(ZERO) == 0 || isRelease(bytes.u8(ZERO));
        }
        return bytes.u32(ZERO) == 0 || isRelease(bytes.u8(ZERO)) && bytes.u8(ZERO + 1) < 2;
    }

    private static boolean isRelease(final int major) {
        return major >= FIRST_RELEASE && major <= LAST_RELEASE || major == LIBRARY;
    }
}
