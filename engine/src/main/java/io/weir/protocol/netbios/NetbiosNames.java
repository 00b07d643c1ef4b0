package io.weir.protocol.netbios;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** NetBIOS name service (RFC 1002, 4.2): messages like those of DNS, with names of its own. */
public final class NetbiosNames {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("netbios-ns", "NetBIOS Name Service")
        .udpPorts(137)
        .udp(NetbiosNames::detect)
        .udpByte(12, 32)
        .build();

    private static final int NAME = 12;
    private static final int NB = 32;
    private static final int NBSTAT = 33;

    private NetbiosNames() {
    }

    /** Recognises a message by its counts, its first name and the type behind it. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int questions = now.u16(4);
        final int answers = now.u16(6);
        if (questions < 0 || questions > 1 || questions + answers == 0 && now.u16(8) == 0 || answers > 1
            || !NetbiosName.isAt(now, NAME, false)) {
            return Answer.NO;
        }
        int at = NAME + NetbiosName.LENGTH;
        for (int labels = 0; now.u8(at) > 0 && now.u8(at) < 64 && labels < 8; labels++) {
            at += 1 + now.u8(at);
        }
        final int type = now.u16(at + 1);
        if (now.u8(at) != 0 || type != NB && type != NBSTAT && type != 10 && type != 2 || now.u16(at + 3) != 1) {
            return Answer.NO;
        }
        return probe.fromClient() && now.u8(2) >= 0x80 && questions == 0 ? Answer.YES_TURNED : Answer.YES;
    }
}
