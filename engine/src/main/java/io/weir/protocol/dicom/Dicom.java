package io.weir.protocol.dicom;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** DICOM's upper layer (PS3.8): an association asked for or accepted, with version 1 and two printable titles. */
public final class Dicom {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("dicom", "DICOM")
        .tcpPorts(104, 11112)
        .firstBytes(1, 2)
        .tcp(Dicom::detect)
        .build();

    private Dicom() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.u8(2) > 0 || b.u8(3) > 0) {
            return Answer.NO;
        }
        if (b.length() < 26) {
            return Answer.MORE;
        }
        return b.u32(2) >= 68 && b.u32(2) < 1 << 16 && b.u16(6) == 1 && b.u16(8) == 0 && b.isPrintable(10, 16)
            ? b.u8(0) == 1 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
