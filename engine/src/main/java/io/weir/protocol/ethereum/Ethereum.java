package io.weir.protocol.ethereum;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Ethereum's peers: node discovery version 4 (a hash, a signature, a type and one list of RLP), and RLPx, whose
 * first message each way is a length (EIP-8) and an elliptic curve's point.
 */
public final class Ethereum {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ethereum", "Ethereum (devp2p)")
        .tcpPorts(30303)
        .udpPorts(30303)
        .tcp(Ethereum::stream)
        .udp(Ethereum::datagram)
        .udpByte(97, 1, 2, 3, 4, 5, 6)
        .encrypted()
        .build();

    private static final int RECOVERY = 96;
    private static final int TYPE = 97;
    private static final int LIST = 98;
    private static final int SHORTEST = 280;
    private static final int LONGEST = 800;
    private static final int POINT = 64;

    private Ethereum() {
    }

    private static Answer datagram(final Probe probe) {
        final Bytes b = probe.now();
        final int type = b.u8(TYPE);
        if (b.u8(RECOVERY) > 1 || type < 1 || type > 6) {
            return Answer.NO;
        }
        final int list = b.u8(LIST);
        final int end = list == 0xf8 ? LIST + 2 + b.u8(LIST + 1) : list == 0xf9 ? LIST + 3 + b.u16(LIST + 1)
            : list >= 0xc0 && list < 0xf8 ? LIST + 1 + list - 0xc0 : -1;
        return end == probe.announced() ? Answer.YES : Answer.NO;
    }

    /** The side that begins waits for an answer, so that its message is all there is of it. */
    private static Answer stream(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) < SHORTEST >> 8 || b.u8(0) > LONGEST >> 8 || b.length() > 2 && b.u8(2) != 4) {
            return Answer.NO;
        }
        if (b.length() < 3 + POINT) {
            return Answer.MORE;
        }
        final int length = 2 + b.u16(0);
        if (length < SHORTEST || length > LONGEST || !isPoint(b)) {
            return Answer.NO;
        }
        return b.length() == length ? Answer.YES : b.length() < length ? Answer.MORE : Answer.NO;
    }

    /** Coordinates look random: few of their bytes are zero, and not all are text. */
    private static boolean isPoint(final Bytes b) {
        int zeros = 0;
        for (int i = 3; i < 3 + POINT; i++) {
            zeros += b.u8(i) == 0 ? 1 : 0;
        }
        return zeros <= 4 && !b.isPrintable(3, 16);
    }
}
