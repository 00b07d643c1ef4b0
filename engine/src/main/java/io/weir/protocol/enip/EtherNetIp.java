package io.weir.protocol.enip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** EtherNet/IP encapsulation: command, length, session, status, and options that are zero. */
public final class EtherNetIp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("enip", "EtherNet/IP")
        .tcpPorts(44818)
        .udpPorts(44818)
        .firstBytes(0x04, 0x63, 0x64, 0x65, 0x66, 0x6f, 0x70)
        .tcp(EtherNetIp::detect)
        .udp(EtherNetIp::detect)
        .build();

    private static final int HEADER = 24;
    private static final int REGISTER = 0x65;
    private static final int UNREGISTER = 0x66;
    private static final int SEND = 0x6f;

    private EtherNetIp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0) {
            return Answer.NO;
        }
        if (b.length() < HEADER) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final int length = b.u16le(2);
        if (b.u32le(20) != 0 || b.u32le(8) > 0x6a || probe.isUdp() && length != probe.announced() - HEADER) {
            return Answer.NO;
        }
        switch (b.u8(0)) {
            case REGISTER -> {
                return length == 4 ? b.u32le(4) == 0 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
            }
            case UNREGISTER -> {
                return length == 0 ? probe.yesFromClient() : Answer.NO;
            }
            case SEND, SEND + 1 -> {
                // Interface 0, timeout, and at least two items.
                return length >= 16 && (b.length() < HEADER + 8 || b.u32le(HEADER) == 0 && b.u16le(HEADER + 6) <= 8)
                    ? probe.yesFromClient() : Answer.NO;
            }
            default -> {
                // Lists: an empty request; in the answer the number of items.
                return length == 0 ? probe.yesFromClient() : length < 1024 && length > 4 && b.length() > HEADER
                    && b.u8(HEADER) > 0 && b.u8(HEADER) < 16 ? probe.yesFromServer() : Answer.NO;
            }
        }
    }
}
