package io.weir.protocol.trdp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Train Real Time Data Protocol (IEC 61375-2-3): sequence, version 1.0, message type in letters, and the length of
 * what follows the header.
 */
public final class Trdp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("trdp", "Train Real Time Data Protocol")
        .tcpPorts(17225)
        .udpPorts(17224, 17225)
        .tcp(Trdp::detect)
        .udp(Trdp::detect)
        .udpByte(4, 1)
        .build();

    private Trdp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 4 && b.u8(4) != 1) {
            return Answer.NO;
        }
        if (b.length() < 40) {
            return probe.isUdp() ? Answer.NO : b.length() > 7 && !isType(b) ? Answer.NO : Answer.MORE;
        }
        final long length = b.u32(20);
        final int header = b.u8(6) == 'P' ? 40 : 116;
        return b.u8(5) <= 9 && isType(b) && length < 1 << 17
            && (!probe.isUdp() || header + length <= probe.announced() && probe.announced() - header - length < 8)
            ? Answer.YES : Answer.NO;
    }

    /** Process data: data, request, reply, error; message data: notification, request, reply, query, confirm, error. */
    private static boolean isType(final Bytes b) {
        final int kind = b.u8(7);
        return b.u8(6) == 'P' && (kind == 'd' || kind == 'r' || kind == 'p' || kind == 'e')
            || b.u8(6) == 'M' && (kind == 'n' || kind == 'r' || kind == 'p' || kind == 'q' || kind == 'c'
            || kind == 'e');
    }
}
