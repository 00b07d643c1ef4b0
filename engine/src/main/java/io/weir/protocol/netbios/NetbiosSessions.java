package io.weir.protocol.netbios;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** NetBIOS session service (RFC 1002, 4.3): a request by names, and within the session mostly SMB. */
public final class NetbiosSessions {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("netbios-ssn", "NetBIOS Session Service")
        .tcpPorts(139)
        .firstBytes(NetbiosSessions.REQUEST)
        .tcp(NetbiosSessions::detect)
        .streamParser(SessionParser::new)
        .build();

    static final int REQUEST = 0x81;
    static final int POSITIVE = 0x82;
    static final int HEADER = 4;
    private static final int SHORTEST = 68;
    private static final int LONGEST = 400;

    private NetbiosSessions() {
    }

    /** Recognises a request by its two names. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.has(1, 1) && now.u8(1) != 0) {
            return Answer.NO;
        }
        final int length = now.u16(2);
        if (length < 0) {
            return Answer.MORE;
        }
        if (length < SHORTEST || length > LONGEST || !NetbiosName.isAt(now, HEADER, true)) {
            return Answer.NO;
        }
        if (!now.has(HEADER, NetbiosName.LENGTH)) {
            return Answer.MORE;
        }
        return probe.fromClient() ? Answer.YES : Answer.YES_TURNED;
    }
}
