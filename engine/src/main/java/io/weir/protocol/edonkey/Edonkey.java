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
        .firstBytes(0xe3, 0xc5, 0xd4, 0xe4)
        .tcp(Edonkey::stream)
        .udp(Edonkey::datagram)
        .build();

    private static final int EDONKEY = 0xe3;
    private static final int EMULE = 0xc5;
    private static final int PACKED = 0xd4;
    private static final int KAD = 0xe4;
    private static final int HEADER = 6;
    private static final int HASH = 16;
    private static final int CONTACT = 25;
    private static final int MOST = 2048;
    private static final int MOST_OF_ANY = 1 << 20;
    /** Blocks that peers ask each other for have at most so many bytes. */
    private static final int MOST_BLOCK = 184_320;

    private Edonkey() {
    }

    /** Hellos and a server's messages, and what peers send then; lengths count from the operation on. */
    private static Answer stream(final Probe probe) {
        final Bytes b = probe.now();
        final long length = b.u32le(1);
        if (b.length() < HEADER) {
            return b.length() < 5 || length > 0 && length < MOST_OF_ANY ? Answer.MORE : Answer.NO;
        }
        if (length < 1 || length >= MOST_OF_ANY) {
            return Answer.NO;
        }
        return switch (b.u8(0)) {
            case EMULE -> length > 1 && length < MOST && (b.u8(5) == 1 || b.u8(5) == 2) ? emuleInfo(b, length)
                : probe.isMidStream() ? emule(b, length) : Answer.NO;
            case EDONKEY -> {
                final Answer first = edonkey(b, length);
                yield first == Answer.NO && probe.isMidStream() ? fromPeer(b, length) : first;
            }
            case PACKED -> packed(b);
            default -> Answer.NO;
        };
    }

    /** With what a connection begins, and what a server answers to it. */
    private static Answer edonkey(final Bytes b, final long length) {
        return switch (b.u8(5)) {
            case 0x01 -> length < MOST ? hello(b, length) : Answer.NO;
            case 0x4c -> length < MOST ? tags(b, HEADER + HASH + 6, length) : Answer.NO;
            case 0x38 -> length < MOST && length > 3 ? serverMessage(b, length) : Answer.NO;
            // a server's identity, addresses of others, and of who has a file
            case 0x41 -> length < MOST ? tags(b, HEADER + HASH + 6, length) : Answer.NO;
            case 0x32 -> counted(b, HEADER, length, 2);
            case 0x42 -> counted(b, HEADER + HASH, length, 2 + HASH);
            // the number that a server gives its client, and how many users and files it has
            case 0x40 -> length <= 21 && length % 4 == 1 && length > 1 ? followed(b, length) : Answer.NO;
            case 0x34 -> length == 9 ? followed(b, length) : Answer.NO;
            default -> Answer.NO;
        };
    }

    /** What goes on between peers, and a client's wishes to a server. */
    private static Answer fromPeer(final Bytes b, final long length) {
        final int body = HEADER + HASH;
        return switch (b.u8(5)) {
            case 0x46 -> !b.has(0, body + 8) ? Answer.MORE
                : Answer.yesIf(length == 1 + HASH + 8 + b.u32le(body + 4) - b.u32le(body) && length > 1 + HASH + 8);
            case 0x47 -> length != 1 + HASH + 24 ? Answer.NO : !b.has(0, body + 24) ? Answer.MORE
                : Answer.yesIf(isBlock(b, body) && isBlock(b, body + 4) && isBlock(b, body + 8));
            case 0x50 -> !b.has(0, body + 2) ? Answer.MORE : Answer.yesIf(length == 3 + HASH + (b.u16le(body) + 7) / 8);
            case 0x59 -> !b.has(0, body + 2) ? Answer.MORE
                : Answer.yesIf(length == 3 + HASH + b.u16le(body) && length < MOST);
            case 0x14, 0x55, 0x56, 0x57 -> length == 1 ? followed(b, length) : Answer.NO;
            case 0x48, 0x4f, 0x51, 0x54 -> length == 1 + HASH ? followed(b, length) : Answer.NO;
            case 0x19 -> length == 1 + HASH || length == 5 + HASH || length == 13 + HASH ? followed(b, length)
                : Answer.NO;
            default -> Answer.NO;
        };
    }

    /** Where a peer stands in the queue: a number, and ten bytes for later. */
    private static Answer emule(final Bytes b, final long length) {
        return b.u8(5) != 0x60 || length != 13 ? Answer.NO : !b.has(0, 18) ? Answer.MORE
            : Answer.yesIf(b.u16(8) == 0 && b.u64(10) == 0);
    }

    /** A message deflated by zlib, behind its operation. */
    private static Answer packed(final Bytes b) {
        final int zlib = b.u16(HEADER);
        return b.length() < HEADER + 2 ? Answer.MORE
            : Answer.yesIf(b.u8(5) >= 1 && b.u8(5) < 0x60 && b.u8(HEADER) == 0x78 && zlib % 31 == 0
                && (zlib & 0x20) == 0);
    }

    /** First and last byte of one of three blocks that are asked for; if there are fewer, both are 0. */
    private static boolean isBlock(final Bytes b, final int at) {
        final long size = b.u32le(at + 12) - b.u32le(at);
        return size >= 0 && size <= MOST_BLOCK;
    }

    /** A count in one byte, of addresses with ports. */
    private static Answer counted(final Bytes b, final int at, final long length, final int fixed) {
        return !b.has(at, 1) ? length < MOST ? Answer.MORE : Answer.NO
            : Answer.yesIf(b.u8(at) > 0 && length == fixed + 6L * b.u8(at));
    }

    /** A message that says little is one if another begins right behind it. */
    private static Answer followed(final Bytes b, final long length) {
        final int at = HEADER - 1 + (int) length;
        if (!b.has(at, HEADER)) {
            return b.has(at, 1) && !isDialect(b.u8(at)) ? Answer.NO : Answer.MORE;
        }
        return Answer.yesIf(isDialect(b.u8(at)) && b.u32le(at + 1) > 0 && b.u32le(at + 1) < MOST_OF_ANY
            && b.u8(at + 5) > 0 && b.u8(at + 5) < 0xb0);
    }

    private static boolean isDialect(final int value) {
        return value == EDONKEY || value == EMULE || value == PACKED;
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
            return server(probe, b, length);
        }
        if (b.u8(0) == EMULE) {
            return peer(probe, b, length);
        }
        return b.u8(0) == KAD && isKad(b, length) ? Answer.YES : b.u8(0) == KAD && length == 2 ? Answer.MORE
            : Answer.NO;
    }

    /**
     * A server is asked for its state with a random number, and says it again before its counts; or who has a file with
     * this hash.
     */
    private static Answer server(final Probe probe, final Bytes b, final int length) {
        final Bytes other = probe.other();
        return switch (b.u8(1)) {
            case 0x96 -> length == 6 ? Answer.MORE : Answer.NO;
            case 0x97 -> length >= 14 && length < 64 && other.u16(0) == 0xe396 && other.length() == 6
                && other.u32(2) == b.u32(2) ? probe.yesFromServer() : Answer.NO;
            case 0x9a -> (length - 2) % HASH == 0 && length > 2 ? Answer.MORE : Answer.NO;
            case 0x94 -> length >= 2 + HASH + 4 ? Answer.MORE : Answer.NO;
            case 0x9b -> (other.u16(0) == 0xe39a || other.u16(0) == 0xe394) && length >= 3 + HASH
                && other.has(0, 2 + HASH) && other.u64(2) == b.u64(2) && other.u64(10) == b.u64(10)
                ? probe.yesFromServer() : Answer.NO;
            default -> Answer.NO;
        };
    }

    /** A peer asks whether it still stands in the queue for a file; the other says where, or that it has none. */
    private static Answer peer(final Probe probe, final Bytes b, final int length) {
        final boolean asked = probe.other().u16(0) == 0xc590 && probe.other().length() >= 2 + HASH;
        return switch (b.u8(1)) {
            case 0x90 -> length >= 2 + HASH && length < MOST ? Answer.MORE : Answer.NO;
            case 0x91 -> Answer.yesIf(asked && length >= 4);
            case 0x92, 0x93 -> Answer.yesIf(asked && length == 2);
            default -> Answer.NO;
        };
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
