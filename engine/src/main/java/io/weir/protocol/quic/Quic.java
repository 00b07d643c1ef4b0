package io.weir.protocol.quic;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** QUIC: RFC 9000 and RFC 9369, the drafts before them, and Google's versions Q024 to Q050 and T048 to T051. */
public final class Quic {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("quic", "QUIC")
        .udpPorts(443, 80, 8443)
        .firstByteRange(0x00, 0xff)
        .udp(Quic::detect)
        .udpByteFrom(0x80, 2, Version.secondBytes())
        .datagramParser(QuicParser::new)
        .fields(QuicFields.ALL)
        .records(QuicFields.RECORD)
        .events(QuicParser.FAILED_DECRYPT, QuicParser.ERROR_ON_DATA)
        .encrypted()
        .build();

    /** Every datagram with a client's Initial packet has at least this length: RFC 9000, 14.1. */
    private static final int MIN_CLIENT_INITIAL = 1200;
    /** First byte, id of 8 bytes, packet number and authentication tag. */
    private static final int LEAST_SHORT = 28;
    static final int GOOGLE_HASH = 12;
    private static final byte[] RESET = {'P', 'R', 'S', 'T'};

    private Quic() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) >= 0x80) {
            return detectLong(probe, now);
        }
        if (now.u8(0) >= 0x40) {
            return detectShort(probe, now);
        }
        if (hasGoogleVersion(now)) {
            return probe.fromClient() ? Answer.YES : fromServerOr(probe, now);
        }
        if (googleReject(now) || (now.u8(0) & 0xc2) == 2 && now.matches(9, RESET)) {
            return probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
        }
        return Answer.NO;
    }

    /** From the middle: what follows the protected first byte is the same connection id in both of two datagrams. */
    private static Answer detectShort(final Probe probe, final Bytes now) {
        final Bytes before = probe.before();
        final int first = before.u8(0);
        final long id = now.u64(1);
        final boolean random = id != 0 && id != -1 && now.u32(1) != now.u32(5);
        if (probe.serverPort() != 443 && probe.clientPort() != 443 || probe.announced() < LEAST_SHORT || !random) {
            return Answer.NO;
        }
        return first < 0 ? Answer.MORE
            : first >= 0x40 && first < 0x80 && first != now.u8(0) && before.u64(1) == id ? Answer.YES : Answer.NO;
    }

    /** With a version the server answers only to propose others; everything else with a version comes from clients. */
    private static Answer fromServerOr(final Probe probe, final Bytes now) {
        return now.indexOf(GoogleHello.CHLO, 13) >= 0 && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }

    /** Flags without unknown bits, an id of 8 bytes, and the version. */
    static boolean hasGoogleVersion(final Bytes datagram) {
        final long version = datagram.u32(9);
        final int digits = (int) version & 0xffff;
        return (datagram.u8(0) & 0xc9) == 9 && version >>> 16 == ('Q' << 8 | '0')
            && digits >= ('2' << 8 | '4') && digits <= ('4' << 8 | '9') && isDigit(digits & 0xff);
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }

    /** Bytes of the packet number that these flags announce. */
    static int googleNumberLength(final int flags) {
        return (flags & 0x30) == 0 ? 1 : flags >> 4 << 1 & 6;
    }

    /** What a server sends first in Google's handshake: its only message in the clear, recognised by its tags. */
    static boolean googleReject(final Bytes datagram) {
        final int flags = datagram.u8(0);
        if ((flags & 0xc3) != 0) {
            return false;
        }
        final int from = 1 + ((flags & 8) != 0 ? 8 : 0) + googleNumberLength(flags) + GOOGLE_HASH;
        final int at = datagram.indexOf(GoogleHello.REJ, from);
        return at >= 0 && at < from + 64 && datagram.u16le(at + 4) > 0 && datagram.u16le(at + 4) < 32
            && datagram.u16le(at + 6) == 0;
    }

    private static Answer detectLong(final Probe probe, final Bytes now) {
        final long number = now.u32(1);
        final int destinationLength = now.u8(5);
        if (number == 0) {
            return detectNegotiation(probe, now, destinationLength);
        }
        final Version version = Version.of(number);
        if (version == Version.UNKNOWN) {
            return Answer.NO;
        }
        if (version == Version.GOOGLE_LONG) {
            return detectGoogleLong(probe, now);
        }
        if (destinationLength < 0 || destinationLength > LongHeader.MAX_ID) {
            return Answer.NO;
        }
        final int sourceLength = now.u8(6 + destinationLength);
        if (sourceLength < 0 || sourceLength > LongHeader.MAX_ID) {
            return Answer.NO;
        }
        final int from = 7 + destinationLength + sourceLength;
        final int type = now.u8(0) >> 4 & 3;
        final int kind = version.isSecond() ? type + 3 & 3 : type;
        return switch (kind) {
            case 0 -> detectInitial(probe, now, from, destinationLength, number);
            case 3 -> detectRetry(probe, destinationLength, sourceLength, from, number);
            default -> !Version.isReserved(number) && fits(probe, now, from) ? Answer.YES : Answer.NO;
        };
    }

    private static Answer detectInitial(final Probe probe, final Bytes now, final int from, final int destinationLength,
        final long number) {
        final int token = variableLength(now, from);
        final long tokenLength = variable(now, from);
        if (token == 0 || tokenLength < 0 || tokenLength > probe.announced() - from - token
            || !fits(probe, now, from + token + (int) tokenLength)) {
            return Answer.NO;
        }
        final boolean full = probe.announced() >= MIN_CLIENT_INITIAL;
        if (Version.isReserved(number) && (!full || destinationLength < 8 || now.u8(0) < 0xc0)) {
            return Answer.NO;
        }
        final boolean ofServer = destinationLength == 0 && tokenLength == 0;
        return ofServer && probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }

    /** A Retry has no length: ids and token must be as servers choose them. */
    private static Answer detectRetry(final Probe probe, final int destinationLength, final int sourceLength,
        final int from, final long number) {
        final int token = probe.announced() - from - 16;
        if (Version.isReserved(number) || token < 1 || token > 512 || sourceLength < 4
            || destinationLength != 0 && destinationLength < 4) {
            return Answer.NO;
        }
        return probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }

    /** True if a packet with its length lies in the datagram. */
    private static boolean fits(final Probe probe, final Bytes now, final int at) {
        final long length = variable(now, at);
        final int end = at + variableLength(now, at);
        return length >= 20 && length <= probe.announced() - end;
    }

    private static int variableLength(final Bytes bytes, final int at) {
        final int first = bytes.u8(at);
        return first < 0 ? 0 : 1 << (first >> 6);
    }

    /** A number of up to 4 bytes: RFC 9000, 16; -1 if it is longer or not there. */
    private static long variable(final Bytes bytes, final int at) {
        return switch (bytes.u8(at) >> 6) {
            case 0 -> bytes.u8(at);
            case 1 -> bytes.has(at, 2) ? bytes.u16(at) & 0x3fff : -1;
            case 2 -> bytes.has(at, 4) ? bytes.u32(at) & 0x3fff_ffff : -1;
            default -> -1;
        };
    }

    /** The server lists the versions it knows: RFC 8999, 6. One must be known here, or all be reserved but one. */
    private static Answer detectNegotiation(final Probe probe, final Bytes now, final int destinationLength) {
        final int sourceLength = now.u8(6 + destinationLength);
        final int from = 7 + destinationLength + sourceLength;
        final int count = (now.length() - from) / 4;
        if (destinationLength < 0 || sourceLength < 0 || destinationLength > LongHeader.MAX_ID
            || sourceLength > LongHeader.MAX_ID || count < 1 || count > 64
            || (probe.announced() - from & 3) != 0) {
            return Answer.NO;
        }
        for (int i = 0; i < count; i++) {
            final long version = now.u32(from + 4 * i);
            if (version == 0) {
                return Answer.NO;
            }
            if (Version.of(version) != Version.UNKNOWN && !Version.isReserved(version)) {
                return probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
            }
        }
        return Answer.NO;
    }

    /** Ids of 8 bytes or none, both lengths in one byte. */
    private static Answer detectGoogleLong(final Probe probe, final Bytes now) {
        final int lengths = now.u8(5);
        if (lengths != 0x50 && lengths != 0x05 && lengths != 0x55 || now.length() < 32) {
            return Answer.NO;
        }
        return lengths == 0x05 && probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }
}
