package io.weir.protocol.ajp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Apache JServ Protocol 1.3: 12 34 in front of the web server's packets, "AB" in front of the container's, length,
 * and type.
 */
public final class Ajp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ajp", "Apache JServ Protocol")
        .tcpPorts(8009)
        .firstBytes(0x12, 'A')
        .tcp(Ajp::detect)
        .build();

    private static final int LONGEST = 1 << 16;

    private Ajp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final boolean request = b.u8(0) == 0x12;
        if (b.length() > 1 && b.u8(1) != (request ? 0x34 : 'B')) {
            return Answer.NO;
        }
        if (b.length() < 5) {
            return Answer.MORE;
        }
        final int length = b.u16(2);
        if (b.u8(4) == (request ? 10 : 9) && length == 1) {
            return probe.onPort(8009) ? request ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
        }
        if (request ? b.u8(4) != 2 : b.u8(4) != 4) {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return Answer.MORE;
        }
        // Method, then "HTTP/1.x" with its length; or status, then the length of its text.
        return request ? b.u8(5) >= 1 && b.u8(5) <= 27 && b.u16(6) == 8 && b.u8(8) == 'H' && length > 16
            ? probe.yesFromClient() : Answer.NO
            : b.u16(5) >= 100 && b.u16(5) < 600 && b.u16(7) < length && b.u16(7) < 128 && length < LONGEST
            ? probe.yesFromServer() : Answer.NO;
    }
}
