package io.weir.protocol.s7commplus;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.cotp.Cotp;

/** Siemens S7comm-plus: protocol 0x72 in the first data TPDU of ISO transport over TCP. */
public final class S7CommPlus {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("s7comm-plus", "Siemens S7 communication plus")
        .tcpPorts(102)
        .firstBytes(3)
        .tcp(S7CommPlus::detect)
        .build();

    private S7CommPlus() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int at = Cotp.firstData(b);
        if (at < 0) {
            return at == Cotp.MORE ? Answer.MORE : Answer.NO;
        }
        if (b.u8(at) >= 0 && b.u8(at) != 0x72) {
            return Answer.NO;
        }
        if (b.length() < at + 5) {
            return Answer.MORE;
        }
        // Version, length, then what is done: a request, an answer or a notification.
        final int version = b.u8(at + 1);
        final int opcode = b.u8(at + 4);
        return (version >= 1 && version <= 3 || version == 0xfe) && b.u16(at + 2) < Cotp.lengthBefore(b, at)
            && (version == 3 || opcode == 0x31 || opcode == 0x32 || opcode == 0x33)
            ? opcode == 0x32 ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
    }
}
