package io.weir.protocol.edonkey;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * eDonkey2000, eMule and Kademlia as eMule speaks it: a first byte for the dialect, on TCP a length, and an
 * operation with a body of its own shape.
 */
public final class Edonkey {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("edonkey", "eDonkey")
        .tcpPorts(4662)
        .udpPorts(4672)
        .firstBytes(0xe3, 0xc5, 0xe4)
        .tcp(Edonkey::stream)
        .udp(Edonkey::datagram)
        .build();

    private static final int EDONKEY = 0xe3;
    private static final int EMULE = 0xc5;
    private static final int KAD = 0xe4;
    private static final int HASH = 16;
    private static final int CONTACT = 25;
    private static final int MOST = 2048;

    private Edonkey() {
    }

    /** Hellos and a server's messages; lengths count from the operation on. */
    private static Answer stream(final Probe probe) {
        final Bytes b = probe.now();
        final long length = b.u32le(1);
        if (b.length() < 6) {
            return b.length() < 5 || length > 1 && length < MOST ? Answer.MORE : Answer.NO;
        }
        if (length < 2 || length >= MOST) {
            return Answer.NO;
        }
        final boolean emule = b.u8(0) == EMULE;
        return switch (b.u8(5)) {
            case 0x01 -> emule ? emuleInfo(b, length) : hello(b, length);
            case 0x02 -> emule ? emuleInfo(b, length) : Answer.NO;
            case 0x4c -> emule ? Answer.NO : tags(b, 6 + HASH + 6, length);
            case 0x38 -> emule || length < 4 ? Answer.NO : serverMessage(b, length);
            default -> Answer.NO;
        };
    }

    /** To a peer with the hash's length of 16 before it, to a server without. */
    private static Answer hello(final Bytes b, final long length) {
        final Answer peer = b.u8(6) == HASH ? tags(b, 7 + HASH + 6, length) : Answer.NO;
        return peer == Answer.NO ? tags(b, 6 + HASH + 6, length) : peer;
    }

    /** A count of tags, and a first one: its type, and a name of one byte in the old style or the new. */
    private static Answer tags(final Bytes b, final int at, final long length) {
        if (length < at + 6) {
            return Answer.NO;
        }
        final long count = b.u32le(at);
        if (!b.has(at, 8)) {
            return b.length() >= at + 4 && (count < 1 || count > 32) ? Answer.NO : Answer.MORE;
        }
        final int type = b.u8(at + 4);
        return count < 1 || count > 32 ? Answer.NO
            : (type == 2 || type == 3) && b.u16le(at + 5) == 1 || type > 0x80 && type < 0xa8 && b.u8(at + 5) <= 0x11
                && b.u8(at + 5) > 0 ? Answer.YES : Answer.NO;
    }

    /** Two versions and a count of tags. */
    private static Answer emuleInfo(final Bytes b, final long length) {
        if (b.length() < 15) {
            return Answer.MORE;
        }
        return b.u8(7) == 1 && b.u32le(8) <= 16 && length >= 7 && (b.u8(12) == 2 || b.u8(12) == 3)
            && b.u16le(13) == 1 ? Answer.YES : Answer.NO;
    }

    private static Answer serverMessage(final Bytes b, final long length) {
        if (b.length() < 8) {
            return Answer.MORE;
        }
        return b.u16le(6) != length - 3 ? Answer.NO : b.length() < 16 && b.length() < length + 5 ? Answer.MORE
            : b.isPrintable(8, (int) Math.min(8, length - 3)) ? Answer.YES : Answer.NO;
    }

    private static Answer datagram(final Probe probe) {
        final Bytes b = probe.now();
        final int length = probe.announced();
        if (b.u8(0) == EDONKEY) {
            // A server is asked for its state with a random number, and says it again before its counts.
            return b.u8(1) == 0x97 && length >= 14 && length < 64 && probe.other().u16(0) == 0xe396
                && probe.other().length() == 6 && probe.other().u32(2) == b.u32(2) ? probe.yesFromServer()
                : b.u8(1) == 0x96 && length == 6 ? Answer.MORE : Answer.NO;
        }
        return b.u8(0) == KAD && isKad(b, length) ? Answer.YES : b.u8(0) == KAD && length == 2 ? Answer.MORE
            : Answer.NO;
    }

    private static boolean isKad(final Bytes b, final int length) {
        return switch (b.u8(1)) {
            case 0x21 -> length == 3 + 2 * HASH && (b.u8(2) == 2 || b.u8(2) == 4 || b.u8(2) == 0x0b);
            case 0x29 -> b.u8(18) <= 32 && length == 19 + CONTACT * b.u8(18);
            case 0x11, 0x19 -> b.u8(20) >= 2 && b.u8(20) <= 12 && (b.u8(21) == 0 ? length == 22
                : b.u8(21) <= 3 && (b.u8(22) == 9 || b.u8(22) == 8) && b.u16le(23) == 1);
            default -> false;
        };
    }
}
