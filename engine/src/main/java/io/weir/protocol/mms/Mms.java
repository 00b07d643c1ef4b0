package io.weir.protocol.mms;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.cotp.Cotp;

/**
 * MMS (ISO 9506, IEC 61850): an ISO session over ISO transport whose connect offers a presentation, or data of a
 * session.
 */
public final class Mms {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("mms", "Manufacturing Message Specification")
        .tcpPorts(102)
        .firstBytes(3)
        .tcp(Mms::detect)
        .build();

    /** The object identifier of MMS as an application context or abstract syntax: 1.0.9506.2. */
    private static final byte[] MMS = {0x28, (byte) 0xca, 0x22, 0x02};

    private Mms() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int at = Cotp.firstData(b);
        if (at < 0) {
            return at == Cotp.MORE ? Answer.MORE : Answer.NO;
        }
        final int session = b.u8(at);
        if (session >= 0 && session != 0x0d && session != 0x0e && session != 1) {
            return Answer.NO;
        }
        final int length = Cotp.lengthBefore(b, at);
        if (session == 1) {
            // Give tokens, data transfer, then the presentation's user data.
            return b.length() < at + 8 ? Answer.MORE : b.u32(at) == 0x0100_0100L && b.u8(at + 4) == 0x61
                && b.u8(at + 5) <= length && b.u8(at + 6) == 0x30 ? probe.yesFromClient() : Answer.NO;
        }
        if (b.indexOf(MMS, at) >= 0) {
            return session == 0x0e ? probe.yesFromServer() : probe.yesFromClient();
        }
        return b.length() < at + length && b.length() < Probe.MAX_STREAM ? Answer.MORE : Answer.NO;
    }
}
