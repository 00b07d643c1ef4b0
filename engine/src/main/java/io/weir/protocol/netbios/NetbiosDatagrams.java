package io.weir.protocol.netbios;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** NetBIOS datagram service (RFC 1002, 4.4). */
public final class NetbiosDatagrams {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("netbios-dgm", "NetBIOS Datagram Service")
        .udpPorts(138)
        .firstByteRange(0x10, 0x16)
        .udp(NetbiosDatagrams::detect)
        .build();

    private static final int ERROR = 0x13;
    private static final int ERROR_LENGTH = 11;

    private NetbiosDatagrams() {
    }

    /** Recognises a datagram by the name of its source or, of an error, by its length. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(0);
        final boolean usual = probe.onPort(138);
        if ((now.u8(1) & 0xf0) != 0 || now.length() < ERROR_LENGTH) {
            return Answer.NO;
        }
        if (type == ERROR) {
            return usual && now.length() == ERROR_LENGTH && now.u16(8) == 138 && now.u8(10) >= 0x82
                && now.u8(10) <= 0x84 ? Answer.YES : Answer.NO;
        }
        // Fragments behind the first one hold no names, and come after it.
        return NetbiosName.isAt(now, type < ERROR ? 14 : 10, false) ? Answer.YES : Answer.NO;
    }
}
