package io.weir.protocol.pfcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Packet Forwarding Control Protocol between control and user planes of mobile cores (3GPP TS 29.244): a header, and
 * information elements that fill the rest.
 */
public final class Pfcp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("pfcp", "Packet Forwarding Control Protocol")
        .udpPorts(8805)
        .firstBytes(0x20, 0x21, 0x22, 0x23)
        .udp(Pfcp::detect)
        .build();

    private static final int FIRST_OF_SESSION = 50;
    private static final int LAST_OF_SESSION = 57;
    private static final int LAST_OF_NODE = 15;
    /** The one message without elements. */
    private static final int VERSION_REFUSED = 11;
    private static final int HEADER = 8;
    private static final int MOST_ELEMENTS = 64;

    private Pfcp() {
    }

    /** The length leaves out the first four bytes; messages of a session have its identifier before their number. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(1);
        final boolean ofSession = (now.u8(0) & 1) != 0;
        final boolean fits = ofSession ? type >= FIRST_OF_SESSION && type <= LAST_OF_SESSION
            : type >= 1 && type <= LAST_OF_NODE && now.u8(7) == 0
                && (type == VERSION_REFUSED || probe.announced() > HEADER);
        return (now.u8(0) & 0xfc) == 0x20 && fits && now.u16(2) == probe.announced() - 4
            && areElements(now, ofSession ? 16 : 8, probe.announced()) ? answer(probe, type) : Answer.NO;
    }

    private static boolean areElements(final Bytes now, final int from, final int end) {
        int at = from;
        for (int i = 0; i < MOST_ELEMENTS && at < end && now.has(at, 4); i++) {
            if (now.u16(at) == 0) {
                return false;
            }
            at += 4 + now.u16(at + 2);
        }
        return at == end || at > now.length() && now.length() < end;
    }

    /** Either side may ask for a heartbeat, and the user plane tells reports. */
    private static Answer answer(final Probe probe, final int type) {
        return switch (type) {
            case 50, 52, 54 -> probe.yesFromClient();
            case 51, 53, 55 -> probe.yesFromServer();
            default -> Answer.YES;
        };
    }
}
