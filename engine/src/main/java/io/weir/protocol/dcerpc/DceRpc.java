package io.weir.protocol.dcerpc;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * DCE/RPC (C706), connection-oriented over TCP and connectionless over UDP: version, packet type, data
 * representation and a fragment length that fits.
 */
public final class DceRpc {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("dcerpc", "DCE/RPC")
        .tcpPorts(135)
        .udpPorts(135)
        .firstBytes(4, 5)
        .tcp(DceRpc::tcp)
        .udp(DceRpc::udp)
        .build();

    private static final int BIND = 11;
    private static final int BIND_ACK = 12;
    private static final int ALTER = 14;
    private static final int LAST_TYPE = 19;

    private DceRpc() {
    }

    private static Answer tcp(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 5 || b.u8(1) > 1 || b.u8(2) > LAST_TYPE) {
            return Answer.NO;
        }
        if (b.length() < 20) {
            return Answer.MORE;
        }
        final int type = b.u8(2);
        final boolean little = b.u8(4) == 0x10;
        final int length = little ? b.u16le(8) : b.u16(8);
        final int authentication = little ? b.u16le(10) : b.u16(10);
        if (!little && b.u8(4) != 0 || b.u8(5) > 3 || b.u16(6) != 0 || length < 16 || authentication > length - 16) {
            return Answer.NO;
        }
        if (type == BIND || type == ALTER || type == BIND_ACK) {
            final int largest = little ? b.u16le(16) : b.u16(16);
            if (largest < 512 || length < 24) {
                return Answer.NO;
            }
        }
        final boolean answer = type == BIND_ACK || type == 2 || type == 3 || type == 13 || type == 15;
        return answer ? probe.yesFromServer() : probe.yesFromClient();
    }

    private static Answer udp(final Probe probe) {
        return isDatagram(probe) ? probe.yesFromClient() : Answer.NO;
    }

    /** True for a connectionless packet whose lengths agree with the datagram. */
    public static boolean isDatagram(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() < 80 || b.u8(0) != 4 || b.u8(1) > 10 || b.u8(4) != 0x10 && b.u8(4) != 0 || b.u8(5) > 3) {
            return false;
        }
        final int length = b.u8(4) == 0x10 ? b.u16le(74) : b.u16(74);
        return b.u8(6) == 0 && length <= probe.announced() - 80 && probe.announced() - 80 - length < 64;
    }
}
