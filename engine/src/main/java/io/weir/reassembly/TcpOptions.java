package io.weir.reassembly;

import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/** The options of a TCP header that reassembly needs (RFC 7323). Owned by one thread; parsed anew for each segment. */
final class TcpOptions {
    private static final int FIXED = 20;
    private static final int END = 0;
    private static final int NOP = 1;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int TIMESTAMPS = 8;
    private static final int MD5_SIGNATURE = 19;
    private static final int AUTHENTICATION = 29;
    private static final int MAX_SCALE = 14;
    /** Two NOPs and a time stamp option, as most systems write them, in the byte order of memory. */
    private static final int USUAL = 0x0a08_0101;
    private static final int USUAL_LENGTH = 32;

    private boolean hasTimestamp;
    private int timestamp;
    private boolean sackPermitted;
    private boolean signed;

    /** Reads the time stamp; false if there is none. */
    boolean readTimestamp(final Frame frame) {
        final int header = frame.payloadOffset - frame.transportOffset;
        final long at = frame.address + frame.transportOffset;
        signed = false;
        if (header == FIXED) {
            return false;
        }
        if (header == USUAL_LENGTH && UnsafeApi.getInt(at + FIXED) == USUAL) {
            timestamp = Integer.reverseBytes(UnsafeApi.getInt(at + FIXED + 4));
            return true;
        }
        walk(at, header);
        return hasTimestamp;
    }

    /** Sender's clock of the time stamp read last. */
    int timestamp() {
        return timestamp;
    }

    /** True if the SYN that {@link #windowScale} read last offered selective acknowledgement (RFC 2018). */
    boolean isSackPermitted() {
        return sackPermitted;
    }

    /** True if the SYN that {@link #windowScale} read last has a time stamp. */
    boolean hasTimestamp() {
        return hasTimestamp;
    }

    /**
     * True if the segment that {@link #readTimestamp} read last is signed (RFC 2385, RFC 5925): a host without its key
     * does not take it.
     */
    boolean isSigned() {
        return signed;
    }

    /** Shift of the window scale option, -1 if there is none. */
    int windowScale(final Frame frame) {
        return walk(frame.address + frame.transportOffset, frame.payloadOffset - frame.transportOffset);
    }

    private int walk(final long header, final int length) {
        int scale = -1;
        sackPermitted = false;
        hasTimestamp = false;
        int at = FIXED;
        while (at < length) {
            final int kind = UnsafeApi.getByte(header + at);
            if (kind == END) {
                break;
            }
            if (kind == NOP) {
                at++;
                continue;
            }
            final int size = at + 1 < length ? UnsafeApi.getByte(header + at + 1) & 0xff : 0;
            if (size < 2 || at + size > length) {
                break;
            }
            if (kind == WINDOW_SCALE && size == 3) {
                scale = Math.min(MAX_SCALE, UnsafeApi.getByte(header + at + 2) & 0xff);
            } else if (kind == SACK_PERMITTED && size == 2) {
                sackPermitted = true;
            } else if (kind == MD5_SIGNATURE || kind == AUTHENTICATION) {
                signed = true;
            } else if (kind == TIMESTAMPS && size == 10) {
                hasTimestamp = true;
                timestamp = Integer.reverseBytes(UnsafeApi.getInt(header + at + 2));
            }
            at += size;
        }
        return scale;
    }
}
