package io.weir.protocol.fastcgi;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** FastCGI: version 1 and a request's beginning with its role, or the output and end of one. */
public final class FastCgi {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("fastcgi", "FastCGI")
        .tcpPorts(9000)
        .firstBytes(1)
        .tcp(FastCgi::detect)
        .build();

    private FastCgi() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int type = b.u8(1);
        if (type >= 0 && type != 1 && type != 9) {
            return Answer.NO;
        }
        if (b.length() < 16) {
            return Answer.MORE;
        }
        // Length 8, no padding; role 1 to 3, flags, five reserved bytes.
        if (type == 1) {
            return b.u16(4) == 8 && b.u16(6) == 0 && b.u16(8) >= 1 && b.u16(8) <= 3 && b.u8(10) <= 1 && b.u8(11) == 0
                && b.u32(12) == 0 ? probe.yesFromClient() : Answer.NO;
        }
        return b.u16(2) == 0 && b.u16(4) > 2 && b.u16(4) < 256 && b.u8(6) < 8 && b.u8(7) == 0 && b.u8(8) < 64
            && b.isPrintable(10, 4) ? probe.yesFromClient() : Answer.NO;
    }
}
