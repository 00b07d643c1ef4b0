package io.weir.protocol.push;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Xiaomi's push notifications: magic, version, length and a kind of message. The format is not published. */
public final class XiaomiPush {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("xiaomi-push", "Xiaomi push notifications")
        .tcpPorts(5222, 443)
        .firstBytes(0xc2)
        .tcp(XiaomiPush::detect)
        .build();

    /** Magic and version, then the two high bytes of the length. */
    private static final byte[] BEGINNING = {(byte) 0xc2, (byte) 0xfe, 0, 5, 0, 0};
    private static final int KIND = 0x0002_0016;

    private XiaomiPush() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer begins = now.beginsWith(BEGINNING);
        if (begins != Answer.YES || now.length() < 12) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        return now.u32(8) == KIND ? Answer.YES : Answer.NO;
    }
}
