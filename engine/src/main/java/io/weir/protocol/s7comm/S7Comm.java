package io.weir.protocol.s7comm;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.cotp.Cotp;

/** Siemens S7 communication: protocol 0x32 in the first data TPDU of ISO transport over TCP. */
public final class S7Comm {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("s7comm", "Siemens S7 communication")
        .tcpPorts(102)
        .firstBytes(3)
        .tcp(S7Comm::detect)
        .build();

    private S7Comm() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int at = Cotp.firstData(b);
        if (at < 0) {
            return at == Cotp.MORE ? Answer.MORE : Answer.NO;
        }
        if (b.u8(at) >= 0 && b.u8(at) != 0x32) {
            return Answer.NO;
        }
        if (b.length() < at + 10) {
            return Answer.MORE;
        }
        // Job, acknowledgement, answer or user data; reserved; reference; lengths of parameters and data.
        final int type = b.u8(at + 1);
        final int length = b.u16(at + 6) + b.u16(at + 8) + (type == 2 || type == 3 ? 12 : 10);
        return (type >= 1 && type <= 3 || type == 7) && b.u16(at + 2) == 0 && length <= Cotp.lengthBefore(b, at)
            ? type == 2 || type == 3 ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
    }
}
