package io.weir.protocol.quic;

import io.weir.protocol.Bytes;

/**
 * A view of a packet with a long header: RFC 8999, RFC 9000, 17.2, and Google's forms of it. Places count in the
 * datagram. Used again by wrapping; one thread.
 */
final class LongHeader {
    /** Kinds of packets, whatever number the version gives them. */
    enum Type { INITIAL, ZERO_RTT, HANDSHAKE, RETRY, VERSION_NEGOTIATION }

    /** Longest connection id of the versions known. */
    static final int MAX_ID = 20;

    private static final Type[] FIRST = {Type.INITIAL, Type.ZERO_RTT, Type.HANDSHAKE, Type.RETRY};
    private static final Type[] SECOND = {Type.RETRY, Type.INITIAL, Type.ZERO_RTT, Type.HANDSHAKE};
    private static final int ID_FROM = 6;

    private Type type;
    private Version version;
    private long number;
    private int destinationFrom;
    private int destinationLength;
    private int sourceLength;
    private int tokenLength;
    private int from;
    private int end;
    /** Where the number that {@link #variable} read ends. */
    private int next;

    /**
     * Looks at the packet that begins at a place of a datagram.
     *
     * @param announced length of the datagram, of which the last bytes may be missing
     * @return false if there is none, or one that does not fit into what the datagram announces
     */
    boolean wrap(final Bytes datagram, final int at, final int announced) {
        final int first = datagram.u8(at);
        number = datagram.u32(at + 1);
        if (first < 0x80 || number < 0) {
            return false;
        }
        version = Version.of(number);
        if (version == Version.GOOGLE_LONG) {
            return wrapGoogle(datagram, at, first, announced);
        }
        destinationLength = datagram.u8(at + 5);
        destinationFrom = at + ID_FROM;
        sourceLength = datagram.u8(destinationFrom + destinationLength);
        if (destinationLength < 0 || sourceLength < 0) {
            return false;
        }
        from = destinationFrom + destinationLength + 1 + sourceLength;
        end = announced;
        tokenLength = 0;
        if (number == 0) {
            type = Type.VERSION_NEGOTIATION;
            return from < end && (end - from & 3) == 0;
        }
        if (version == Version.UNKNOWN || destinationLength > MAX_ID || sourceLength > MAX_ID) {
            return false;
        }
        type = (version.isSecond() ? SECOND : FIRST)[first >> 4 & 3];
        return type == Type.RETRY ? from + 16 <= end : wrapLengths(datagram);
    }

    private boolean wrapLengths(final Bytes datagram) {
        if (type == Type.INITIAL) {
            final long token = variable(datagram, from);
            if (token < 0 || token > end - next) {
                return false;
            }
            tokenLength = (int) token;
            from = next + tokenLength;
        }
        final long length = variable(datagram, from);
        if (length < 20 || length > end - next) {
            return false;
        }
        from = next;
        end = from + (int) length;
        return true;
    }

    /** Q044 has types of its own, the later ones have those of version 1; ids are in halves of a byte. */
    private boolean wrapGoogle(final Bytes datagram, final int at, final int first, final int announced) {
        final int lengths = datagram.u8(at + 5);
        if (lengths < 0) {
            return false;
        }
        destinationLength = lengths >> 4 == 0 ? 0 : (lengths >> 4) + 3;
        sourceLength = (lengths & 15) == 0 ? 0 : (lengths & 15) + 3;
        destinationFrom = at + ID_FROM;
        tokenLength = 0;
        from = destinationFrom + destinationLength + sourceLength;
        end = announced;
        if ((number & 0xff) <= '5') {
            if (first < 0xfc) {
                return false;
            }
            type = first == 0xff ? Type.INITIAL : first == 0xfe ? Type.RETRY : first == 0xfd ? Type.HANDSHAKE
                : Type.ZERO_RTT;
            from += 4;
        } else {
            type = FIRST[first >> 4 & 3];
            from += (first & 3) + 1;
        }
        return destinationLength + sourceLength > 0 && from < end;
    }

    /** A number of 1, 2, 4 or 8 bytes: RFC 9000, 16; -1 if it is not all there. */
    private long variable(final Bytes bytes, final int at) {
        final int first = bytes.u8(at);
        if (first < 0) {
            return -1;
        }
        next = at + (1 << (first >> 6));
        return switch (first >> 6) {
            case 0 -> first;
            case 1 -> masked(bytes.u16(at), 0x3fff);
            case 2 -> masked(bytes.u32(at), 0x3fff_ffff);
            default -> bytes.has(at, 8) ? bytes.u64(at) & 0x3fff_ffff_ffff_ffffL : -1;
        };
    }

    private static long masked(final long value, final long mask) {
        return value < 0 ? -1 : value & mask;
    }

    Type type() {
        return type;
    }

    Version version() {
        return version;
    }

    /** Number of the version on the wire. */
    long number() {
        return number;
    }

    int destinationFrom() {
        return destinationFrom;
    }

    int destinationLength() {
        return destinationLength;
    }

    int sourceLength() {
        return sourceLength;
    }

    int tokenLength() {
        return tokenLength;
    }

    /** Where the packet number begins; in Google's clear versions, where it ends; in the rest, what follows the ids. */
    int from() {
        return from;
    }

    /** Where the packet ends. */
    int end() {
        return end;
    }
}
