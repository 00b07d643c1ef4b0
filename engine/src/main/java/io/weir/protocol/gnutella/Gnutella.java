package io.weir.protocol.gnutella;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Gnutella: on TCP a line "GNUTELLA CONNECT/0.6"; on UDP descriptors of 23 bytes whose length fits the datagram,
 * and Gnutella2's fragments, which begin with "GND".
 */
public final class Gnutella {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("gnutella", "Gnutella")
        .tcpPorts(6346)
        .udpPorts(6346)
        .tcp(Gnutella::stream)
        .udp(Gnutella::datagram)
        .udpByteFrom('H', 8, 0xff)
        .build();

    private static final byte[] CONNECT = "GNUTELLA CONNECT/0.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = "GNUTELLA/0.6 ".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 23;
    private static final int FRAGMENT = 0x474e44;
    private static final int MOST_HOPS = 15;
    private static final int MOST_PARTS = 10;

    private Gnutella() {
    }

    private static Answer stream(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) != 'G') {
            return Answer.NO;
        }
        final Answer connects = now.beginsWith(CONNECT);
        final Answer answers = now.beginsWith(ANSWER);
        return connects == Answer.YES ? probe.yesFromClient() : answers == Answer.YES ? probe.yesFromServer()
            : connects == Answer.MORE || answers == Answer.MORE ? Answer.MORE : Answer.NO;
    }

    private static Answer datagram(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u24(0) == FRAGMENT) {
            return fragment(now, probe.announced());
        }
        // An identifier marks itself as a new servant's by its bytes 8 and 15.
        return now.u32le(19) == probe.announced() - HEADER && isType(now.u8(16)) && now.u8(8) == 0xff
            && now.u8(15) <= 1 && now.u8(17) + now.u8(18) <= MOST_HOPS && now.u8(17) > 0 ? Answer.YES : Answer.NO;
    }

    /** Flags, a number of two bytes, which part this is and of how many; none in an acknowledgement. */
    private static Answer fragment(final Bytes now, final int length) {
        final int part = now.u8(6);
        final int count = now.u8(7);
        return (now.u8(3) & 0xfc) == 0 && part >= 1 && (count == 0 ? length == 8 : part <= count && count <= MOST_PARTS
            && length > 8) ? Answer.YES : Answer.NO;
    }

    private static boolean isType(final int type) {
        return switch (type) {
            case 0x00, 0x01, 0x02, 0x30, 0x31, 0x32, 0x40, 0x80, 0x81 -> true;
            default -> false;
        };
    }
}
