package io.weir.protocol.iscsi;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** iSCSI (RFC 7143): login request or response, with keys behind the header of 48 bytes. */
public final class Iscsi {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("iscsi", "iSCSI")
        .tcpPorts(3260)
        .firstBytes(0x03, 0x43, 0x23)
        .tcp(Iscsi::detect)
        .build();

    private Iscsi() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(2) > 0 || b.u8(3) > 0 || (b.u8(1) & 0x30) > 0 && b.length() > 1) {
            return Answer.NO;
        }
        if (b.length() < 52) {
            return Answer.MORE;
        }
        final int data = b.u24(5);
        // Keys are "Name=value", each ended by 0, and begin with a capital.
        return b.u8(4) == 0 && data <= 1 << 16 && (data == 0 && b.u8(0) == 0x23
            || data >= 4 && b.isPrintable(48, 4) && b.u8(48) >= 'A' && b.u8(48) <= 'Z')
            && b.u32(16) < 0x1_0000_0000L ? b.u8(0) == 0x23 ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
    }
}
