package io.weir.protocol.mongodb;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * MongoDB's wire protocol: little-endian length, request, response-to, opcode, and a body that begins as the opcode
 * requires.
 */
public final class MongoDb {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("mongodb", "MongoDB")
        .tcpPorts(27017, 27018, 27019)
        .tcp(MongoDb::detect)
        .build();

    private static final int LONGEST = 48_000_000;
    private static final int REPLY = 1;
    private static final int QUERY = 2004;
    private static final int COMPRESSED = 2012;
    private static final int MESSAGE = 2013;

    private MongoDb() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(3) > 2 || b.u8(14) > 0 || b.u8(15) > 0) {
            return Answer.NO;
        }
        if (b.length() < 16) {
            return Answer.MORE;
        }
        final long length = b.u32le(0);
        if (length < 26 || length > LONGEST) {
            return Answer.NO;
        }
        final Answer side = b.u32le(8) == 0 ? probe.yesFromClient() : probe.yesFromServer();
        switch ((int) b.u32le(12)) {
            case MESSAGE -> {
                // Flags, of which only three are given; a section of kind 0, whose document fits.
                if (b.length() < 25) {
                    return Answer.MORE;
                }
                return (b.u32le(16) & ~0x1_0003L) == 0 && (b.u8(20) == 1
                    || b.u8(20) == 0 && b.u32le(21) >= 5 && b.u32le(21) <= length - 21) ? side : Answer.NO;
            }
            case REPLY -> {
                if (b.length() < 40) {
                    return Answer.MORE;
                }
                return b.u32le(8) != 0 && b.u32le(16) < 16 && b.u32le(32) < 1 << 20
                    && (b.u32le(32) == 0 && length == 36 || b.u32le(36) >= 5 && b.u32le(36) <= length - 36)
                    ? probe.yesFromServer() : Answer.NO;
            }
            case COMPRESSED -> {
                if (b.length() < 25) {
                    return Answer.MORE;
                }
                return b.u32le(16) >= 1 && b.u32le(16) <= MESSAGE && b.u8(24) <= 3 && b.u32le(20) <= LONGEST
                    ? side : Answer.NO;
            }
            case QUERY -> {
                return query(probe);
            }
            default -> {
                return Answer.NO;
            }
        }
    }

    /** Flags, then the collection's name: printable, with a dot, ended by 0. */
    private static Answer query(final Probe probe) {
        final Bytes b = probe.now();
        final int end = b.indexOf(0, 20);
        if (b.length() < 21 || end < 0 && b.isPrintable(20, b.length() - 20) && b.length() < 160) {
            return Answer.MORE;
        }
        final int dot = b.indexOf('.', 20);
        return b.u32le(16) < 256 && dot > 20 && dot < end && b.isPrintable(20, end - 20) ? probe.yesFromClient()
            : Answer.NO;
    }
}
