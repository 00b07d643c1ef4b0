package io.weir.protocol.cassandra;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Cassandra's native protocol, versions 1 to 5: version and direction, flags, stream, opcode, length, and a body
 * that fits.
 */
public final class Cassandra {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("cassandra", "Cassandra CQL")
        .tcpPorts(9042, 7000)
        .firstByteRange(1, 5)
        .firstByteRange(0x81, 0x85)
        .firstBytes(0xca)
        .tcp(Cassandra::detect)
        .build();

    private static final byte[] CQL_VERSION = "CQL_VERSION".getBytes(StandardCharsets.US_ASCII);
    /** What nodes begin with among themselves. */
    private static final byte[] NODES = {(byte) 0xca, 0x55, 0x2d, (byte) 0xfa};
    private static final int LONGEST = 1 << 28;
    private static final int ERROR = 0;
    private static final int STARTUP = 1;
    private static final int READY = 2;
    private static final int AUTHENTICATE = 3;
    private static final int OPTIONS = 5;
    private static final int SUPPORTED = 6;
    private static final int QUERY = 7;

    private Cassandra() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) == 0xca) {
            return node(b);
        }
        // From version 3 on the stream has two bytes.
        final int at = (b.u8(0) & 0x7f) >= 3 ? 4 : 3;
        if (b.u8(1) > 0x1f || b.u8(at) > 0x10) {
            return Answer.NO;
        }
        final int body = at + 5;
        if (b.length() < body) {
            return Answer.MORE;
        }
        final long length = b.u32(at + 1);
        if (length > LONGEST) {
            return Answer.NO;
        }
        return b.u8(0) < 0x80 ? request(probe, b.u8(at), body, length) : answer(probe, b.u8(at), body, length);
    }

    /** The magic, then the least and greatest version of messages that the node speaks. */
    private static Answer node(final Bytes b) {
        final Answer begins = b.beginsWith(NODES);
        if (begins != Answer.YES || b.length() < 8) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        return b.u8(4) <= 16 && b.u8(5) <= 16 && b.u8(6) <= 16 ? Answer.YES : Answer.NO;
    }

    private static Answer request(final Probe probe, final int opcode, final int body, final long length) {
        final Bytes b = probe.now();
        switch (opcode) {
            case STARTUP -> {
                // A map of strings; drivers may put other keys before the one that must be there.
                if (b.length() < body + 15) {
                    return Answer.MORE;
                }
                return length < 1024 && b.u16(body) >= 1 && b.u16(body) < 16 && b.u16(body + 2) <= 64
                    && (b.matches(body + 4, CQL_VERSION) || b.isPrintable(body + 4, 6)) ? probe.yesFromClient()
                    : Answer.NO;
            }
            case OPTIONS -> {
                return length == 0 ? probe.yesFromClient() : Answer.NO;
            }
            case QUERY -> {
                if (b.length() < body + 12) {
                    return Answer.MORE;
                }
                return b.u32(body) > 6 && b.u32(body) < length && b.isPrintable(body + 4, 8)
                    ? probe.yesFromClient() : Answer.NO;
            }
            default -> {
                return Answer.NO;
            }
        }
    }

    private static Answer answer(final Probe probe, final int opcode, final int body, final long length) {
        final Bytes b = probe.now();
        switch (opcode) {
            case READY -> {
                return length == 0 ? probe.yesFromServer() : Answer.NO;
            }
            case ERROR -> {
                if (b.length() < body + 10) {
                    return Answer.MORE;
                }
                return b.u32(body) <= 0x2500 && b.u16(body + 4) <= length - 6 && b.isPrintable(body + 6, 4)
                    ? probe.yesFromServer() : Answer.NO;
            }
            case SUPPORTED, AUTHENTICATE -> {
                final int text = opcode == SUPPORTED ? body + 4 : body + 2;
                if (b.length() < text + 4) {
                    return Answer.MORE;
                }
                return b.u16(text - 2) >= 4 && b.u16(text - 2) < Math.min(length, 256) && b.isPrintable(text, 4)
                    ? probe.yesFromServer() : Answer.NO;
            }
            default -> {
                return Answer.NO;
            }
        }
    }
}
