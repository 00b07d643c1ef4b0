package io.weir.protocol.mmtls;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** MMTLS, WeChat's own form of TLS: a record with version 0xf103 or 0xf104, in which a hello has its length again. */
public final class Mmtls {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("mmtls", "MMTLS (WeChat)")
        .firstBytes(0x16, 0x19)
        .tcp(Mmtls::detect)
        .encrypted()
        .build();

    private static final int OLD = 0xf103;
    private static final int NEW = 0xf104;
    private static final int HEADER = 12;

    private Mmtls() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u8(1) != OLD >> 8 || b.length() > 2 && b.u16(1) != OLD && b.u16(1) != NEW) {
            return Answer.NO;
        }
        if (b.length() < HEADER) {
            return Answer.MORE;
        }
        final int hello = b.u8(9);
        return b.u32(5) == b.u16(3) - 4 && (hello == 1 || hello == 2) && (b.u8(10) == 3 || b.u8(10) == 4)
            && b.u8(11) == OLD >> 8 ? hello == 1 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
