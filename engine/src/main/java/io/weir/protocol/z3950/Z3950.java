package io.weir.protocol.z3950;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.asn1.Ber;

/** Z39.50 (ISO 23950): an initialization in ASN.1: protocol version, options, and the two message sizes. */
public final class Z3950 {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("z39.50", "Z39.50")
        .tcpPorts(210)
        .firstBytes(0xb4, 0xb5)
        .tcp(Z3950::detect)
        .build();

    private Z3950() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        int at = 1 + Ber.sizeOfLength(b, 1);
        if (b.length() < at + 16) {
            return b.length() > 4 && b.u8(at) > 0 && b.u8(at) != 0x83 && b.u8(at) != 0x82 ? Answer.NO : Answer.MORE;
        }
        if (b.u8(at) == 0x82) {
            at += 2 + b.u8(at + 1);
        }
        // Version and options are bit strings; the sizes follow as tags 5 and 6.
        final int options = at + 2 + b.u8(at + 1);
        final int sizes = options + 2 + b.u8(options + 1);
        if (b.u8(at) != 0x83 || b.u8(at + 1) > 3 || b.u8(options) > 0 && b.u8(options) != 0x84) {
            return Answer.NO;
        }
        if (b.length() <= sizes + 1) {
            return Answer.MORE;
        }
        return b.u8(sizes) == 0x85 && b.u8(sizes + 1) <= 5 ? b.u8(0) == 0xb4 ? probe.yesFromClient()
            : probe.yesFromServer()
            : Answer.NO;
    }
}
