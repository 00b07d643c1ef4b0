package io.weir.protocol.weave;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Nest's Weave over TCP: length, a header that names source and destination, and a node of the maker's address
 * block.
 */
public final class NestWeave {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("nest-weave", "Nest Weave")
        .tcpPorts(11095)
        .tcp(NestWeave::detect)
        .build();

    /** The maker's block 18:B4:30, least significant byte first. */
    private static final byte[] MAKER = {0x30, (byte) 0xb4, 0x18};

    private NestWeave() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 3 && ((b.u16le(2) & 0xf300) != 0x1300 || (b.u8(2) & 0xf) != 0)) {
            return Answer.NO;
        }
        if (b.length() < 24) {
            return Answer.MORE;
        }
        return b.u16le(0) >= 24 && (b.matches(13, MAKER) || b.matches(21, MAKER)) ? Answer.YES : Answer.NO;
    }
}
