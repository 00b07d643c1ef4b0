package io.weir.protocol.mumble;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Mumble's ping: an answer says the question's identifier again, with a version and counts of users. */
public final class Mumble {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("mumble", "Mumble")
        .udpPorts(64738)
        .firstBytes(0)
        .udp(Mumble::detect)
        .build();

    private static final int PING = 12;
    private static final int ANSWER = 24;

    private Mumble() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (probe.announced() == PING && b.u32(0) == 0 && b.u64(4) != 0) {
            return Answer.MORE;
        }
        return probe.announced() == ANSWER && b.u8(1) >= 1 && b.u8(1) <= 9 && probe.other().length() == PING
            && probe.other().u32(0) == 0 && probe.other().u64(4) == b.u64(4) && b.u32(12) <= b.u32(16)
            ? probe.yesFromServer() : Answer.NO;
    }
}
