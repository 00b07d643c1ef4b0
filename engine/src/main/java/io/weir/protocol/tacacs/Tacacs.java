package io.weir.protocol.tacacs;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * TACACS+ (RFC 8907): version, what it is about, a number that is odd from the client and even from the server, flags,
 * session, and length of a body that is obscured by a shared secret.
 */
public final class Tacacs {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("tacacs", "TACACS+")
        .tcpPorts(49)
        .firstBytes(0xc0, 0xc1)
        .tcp(Tacacs::detect)
        .build();

    private static final int MAJOR = 0xc0;
    private static final int FLAGS = 3;
    private static final int SINGLE_CONNECTION = 4;
    private static final int LENGTH = 8;
    private static final int HEADER = 12;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 4096;

    private Tacacs() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int number = b.u8(2);
        if ((b.u8(0) & 0xfe) != MAJOR || b.length() > 1 && (b.u8(1) < 1 || b.u8(1) > 3)
            || b.length() > 2 && number != 1 && number != 2
            || b.length() > FLAGS && (b.u8(FLAGS) & ~(SINGLE_CONNECTION | 1)) != 0) {
            return Answer.NO;
        }
        if (b.length() < HEADER) {
            return Answer.MORE;
        }
        final long length = b.u32(LENGTH);
        if (length < SHORTEST || length > LONGEST || b.length() > length + HEADER) {
            return Answer.NO;
        }
        return number == 1 ? probe.yesFromClient() : probe.yesFromServer();
    }
}
