package io.weir.protocol.capwap;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Control of wireless access points (RFC 5415). */
public final class Capwap {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("capwap", "Control of Wireless Access Points")
        .udpPorts(5246, 5247)
        .onlyOnUdpPorts()
        .firstBytes(0, 1)
        .udp(Capwap::detect)
        .build();

    private Capwap() {
    }

    /** Recognises a control message by its length, or a record of DTLS behind the preamble for one. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(5246) && !probe.onPort(5247)) {
            return Answer.NO;
        }
        if (now.u8(0) == 1) {
            final int type = now.u8(4);
            return now.u24(1) == 0 && type >= 20 && type <= 25 && now.u8(5) == 0xfe
                && now.u16(15) <= probe.announced() - 17 ? Answer.YES : Answer.NO;
        }
        final int header = (now.u8(1) >> 3) * 4;
        if (header < 8 || (now.u8(7) & 7) != 0) {
            return Answer.NO;
        }
        final long type = now.u32(header);
        final int length = now.u16(header + 5);
        final boolean control = probe.onPort(5246) && (type & 0xff) >= 1 && (type & 0xff) <= 30 && length >= 0
            && length + header + 5 <= probe.announced() && length + header + 8 >= probe.announced();
        return control || probe.onPort(5247) && isData(now, header) ? Answer.YES : Answer.NO;
    }

    /** Data are whole frames of 802.11, some with swapped bytes, or keep-alives with the session's identifier. */
    private static boolean isData(final Bytes now, final int header) {
        final boolean keepAlive = (now.u8(3) & 8) != 0;
        return keepAlive ? now.u16(header) == now.length() - header && now.u16(header + 2) == 35
            : now.u16(4) == 0 && now.u16(6) == 0 && now.has(header, 24);
    }
}
