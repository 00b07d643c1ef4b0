package io.weir.protocol.smpp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Short Message Peer-to-Peer: length, command, status and sequence, and a body that fits the command. */
public final class Smpp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("smpp", "Short Message Peer-to-Peer")
        .tcpPorts(2775)
        .firstBytes(0)
        .tcp(Smpp::detect)
        .build();

    private static final int HEADER = 16;

    private Smpp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.u8(2) > 0x10 || b.u8(4) > 0 && b.u8(4) != 0x80 || b.u8(5) > 0 || b.u8(6) > 1) {
            return Answer.NO;
        }
        if (b.length() < HEADER) {
            return Answer.MORE;
        }
        final long length = b.u32(0);
        final int command = b.u16(6);
        final boolean answer = b.u8(4) == 0x80;
        if (length < HEADER || b.u32(8) > 0x5ff || !answer && b.u32(8) != 0 || b.u32(12) == 0 || b.u8(12) > 0x7f) {
            return Answer.NO;
        }
        switch (command) {
            case 1, 2, 9 -> {
                // The system's name, up to 15 characters and 0.
                if (answer && length == HEADER) {
                    return probe.yesFromServer();
                }
                if (b.length() < HEADER + 2) {
                    return Answer.MORE;
                }
                return b.isPrintable(HEADER, 2) && length >= HEADER + 3 && length < 128
                    ? answer ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
            }
            case 6, 0x15 -> {
                return length == HEADER ? answer ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
            }
            case 4, 5 -> {
                if (b.length() < HEADER + 4) {
                    return Answer.MORE;
                }
                return answer ? length <= HEADER + 66 && b.isPrintable(HEADER, 1) ? probe.yesFromServer() : Answer.NO
                    : length > 40 && length < 1024 && b.u8(HEADER + 1) <= 9 && b.u8(HEADER + 2) <= 18
                    ? probe.yesFromClient() : Answer.NO;
            }
            default -> {
                return Answer.NO;
            }
        }
    }
}
