package io.weir.protocol.steam;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Steam's client: datagrams to its servers behind "VS01" with their length, the older form on TCP behind "VT01",
 * and the search for other clients on the local network.
 */
public final class Steam {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("steam", "Steam")
        .tcpPorts(27017)
        .udpPorts(27017, 27036)
        .tcp(Steam::stream)
        .udp(Steam::datagram)
        .udpByte(0, 0xff, 'V')
        .build();

    private static final int HEADER = 36;
    private static final int CHALLENGE_REQUEST = 1;
    private static final int CHALLENGE = 2;
    private static final int CONNECT = 3;
    private static final int ACCEPT = 4;
    private static final int MOST_TYPE = 7;
    private static final int LONGEST = 1 << 20;
    private static final int ENCRYPT_REQUEST = 1303;
    private static final int ENCRYPT_RESPONSE = 1304;
    private static final long SERVER = 0x56533031L;
    private static final long STREAM = 0x56543031L;
    private static final long SEARCH = 0xffffffff214c5fa0L;

    private Steam() {
    }

    private static Answer datagram(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u64(0) == SEARCH) {
            return b.u32le(8) < 256 && b.u8(12) == 0x08 ? Answer.YES : Answer.NO;
        }
        if (b.u32(0) != SERVER || b.u16le(4) != probe.announced() - HEADER || b.u8(6) > MOST_TYPE) {
            return Answer.NO;
        }
        return switch (b.u8(6)) {
            case CHALLENGE_REQUEST, CONNECT -> probe.yesFromClient();
            case CHALLENGE, ACCEPT -> probe.yesFromServer();
            default -> Answer.YES;
        };
    }

    /** A length, "VT01", and a message: of the two that agree on encryption, the first is the server's. */
    private static Answer stream(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 3 && b.u32le(0) > LONGEST) {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return b.length() < 8 || b.u32(4) == STREAM ? Answer.MORE : Answer.NO;
        }
        final long message = b.u32le(8);
        return b.u32(4) != STREAM ? Answer.NO : message == ENCRYPT_REQUEST ? probe.yesFromServer()
            : message == ENCRYPT_RESPONSE ? probe.yesFromClient() : probe.isMidStream() ? Answer.YES : Answer.NO;
    }
}
