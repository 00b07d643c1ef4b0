package io.weir.protocol.kcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * KCP, a reliable transport over UDP that games and tunnels use: segments that fill the datagram, of one conversation,
 * each with a command, numbers and its length, in the order of small machines.
 */
public final class Kcp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("kcp", "KCP")
        .udp(Kcp::detect)
        .udpByte(4, 81, 82, 83, 84)
        .build();

    private static final int HEADER = 24;
    private static final int PUSH = 81;
    private static final int LAST = 84;
    private static final int MOST_SEGMENTS = 64;
    private static final int MOST_FRAGMENTS = 128;

    private Kcp() {
    }

    /** Only what is pushed has content, and is one of a few fragments. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = probe.announced();
        if (now.length() != length || now.u32(0) == 0) {
            return Answer.NO;
        }
        int at = 0;
        for (int i = 0; i < MOST_SEGMENTS && at < length; i++) {
            final int command = now.u8(at + 4);
            final long content = now.u32le(at + 20);
            if (!now.has(at, HEADER) || now.u32(at) != now.u32(0) || command < PUSH || command > LAST
                || (command == PUSH ? now.u8(at + 5) > MOST_FRAGMENTS || content == 0
                    : now.u8(at + 5) != 0 || content != 0) || content > length) {
                return Answer.NO;
            }
            at += HEADER + (int) content;
        }
        return at == length ? Answer.YES : Answer.NO;
    }
}
