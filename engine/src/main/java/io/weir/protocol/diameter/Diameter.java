package io.weir.protocol.diameter;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Authentication and accounting (RFC 6733), over TCP and SCTP. */
public final class Diameter {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("diameter", "Diameter")
        .tcpPorts(3868)
        .sctpPorts(3868)
        .firstBytes(1)
        .tcp(Diameter::detect)
        .sctp(Diameter::detectMessage, 46)
        .build();

    private Diameter() {
    }

    /** Recognises a message by its header and the head of its first attribute. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = now.u24(1);
        final int flags = now.u8(4);
        final int command = now.u24(5);
        final long application = now.u32(8);
        if (length >= 0 && (length < 28 || (length & 3) != 0 || length > 1 << 20)
            || flags >= 0 && (flags & 0x0f) != 0
            || command >= 0 && (command < 257 || command > 340) && (command < 8_388_600 || command > 8_388_800)
            || application >= 0 && application > 32 && (application < 16_777_216 || application > 16_777_500)
            && application != 0xffff_ffffL) {
            return Answer.NO;
        }
        if (!now.has(0, 28)) {
            return Answer.MORE;
        }
        final int attribute = now.u24(25);
        if (now.u32(20) > 100_000 || (now.u8(24) & 0x1f) != 0 || attribute < 8 || attribute > length - 20) {
            return Answer.NO;
        }
        return probe.fromClient() == flags < 0x80 ? Answer.YES_TURNED : Answer.YES;
    }

    /** The same over SCTP, where a message has a length besides. */
    static Answer detectMessage(final Probe probe) {
        final Answer answer = detect(probe);
        return answer == Answer.MORE || probe.announced() > 0 && probe.now().u24(1) != probe.announced() ? Answer.NO
            : answer;
    }
}
