package io.weir.protocol.quic;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;

/**
 * Walks the frames of an opened Initial packet and collects its CRYPTO frames: RFC 9000, 12.4 and 19. Made once for a
 * parser; one thread.
 */
final class Frames {
    private static final int PADDING = 0;
    private static final int PING = 1;
    private static final int ACK = 2;
    private static final int ACK_ECN = 3;
    private static final int CRYPTO = 6;
    /** CRYPTO in Google's numbering, Q050. */
    private static final int GOOGLE_CRYPTO = 8;
    /** PING in Google's numbering. */
    private static final int GOOGLE_PING = 7;
    /** First and last type of an ACK in Google's numbering. */
    private static final int GOOGLE_ACK = 0x40;
    private static final int LAST_GOOGLE_ACK = 0x7f;
    private static final int CLOSE = 0x1c;
    private static final int CLOSE_BY_APPLICATION = 0x1d;

    private Bytes bytes;
    private int at;
    private boolean closed;
    private int lost;

    /**
     * Takes the CRYPTO frames of a packet.
     *
     * @param google true if frames may also be Google's
     * @return false if something is there that has no place in an Initial packet; what stands in front of it counts
     */
    boolean collect(final Bytes text, final boolean google, final CryptoStream stream, final BufferPool pool) {
        bytes = text;
        at = 0;
        closed = false;
        lost = 0;
        while (at < text.length()) {
            final int type = text.u8(at++);
            switch (type) {
                case PADDING, PING -> {
                    // Nothing but its type.
                }
                case ACK, ACK_ECN -> {
                    if (!skipAck(type == ACK_ECN)) {
                        return false;
                    }
                }
                case CRYPTO, GOOGLE_CRYPTO -> {
                    if (!takeCrypto(stream, pool)) {
                        return false;
                    }
                }
                case CLOSE, CLOSE_BY_APPLICATION -> {
                    closed = true;
                    return true;
                }
                default -> {
                    if (!google || !skipGoogles(type)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean skipGoogles(final int type) {
        if (type >= GOOGLE_ACK && type <= LAST_GOOGLE_ACK) {
            final int end = GoogleFrames.ackEnd(bytes, at - 1);
            at = end < 0 ? bytes.length() : end;
            return end >= 0;
        }
        return type == GOOGLE_PING;
    }

    /** True if the last packet closed the connection. */
    boolean isClosed() {
        return closed;
    }

    /** Bytes of the last packet's CRYPTO frames for which there was no room. */
    int lost() {
        return lost;
    }

    private boolean skipAck(final boolean withCounts) {
        variable();
        variable();
        final long ranges = variable();
        if (ranges < 0 || ranges > bytes.length()) {
            return false;
        }
        variable();
        for (long i = 0; i < 2 * ranges + (withCounts ? 3 : 0); i++) {
            if (variable() < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean takeCrypto(final CryptoStream stream, final BufferPool pool) {
        final long offset = variable();
        final long length = variable();
        if (offset < 0 || length < 0 || length > bytes.length() - at) {
            return false;
        }
        if (!stream.add(pool, offset, bytes.buffer(), at, (int) length)) {
            lost += (int) length;
        }
        at += (int) length;
        return true;
    }

    /** The next number of 1, 2, 4 or 8 bytes; -1, and the end, if it is not all there. */
    private long variable() {
        final int first = bytes.u8(at);
        final int length = first < 0 ? Integer.MAX_VALUE : 1 << (first >> 6);
        if (!bytes.has(at, length)) {
            at = bytes.length();
            return -1;
        }
        final int from = at;
        at += length;
        return switch (length) {
            case 1 -> first;
            case 2 -> bytes.u16(from) & 0x3fff;
            case 4 -> bytes.u32(from) & 0x3fff_ffff;
            default -> bytes.u64(from) & 0x3fff_ffff_ffff_ffffL;
        };
    }
}
