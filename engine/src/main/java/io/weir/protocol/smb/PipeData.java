package io.weir.protocol.smb;

import io.weir.protocol.Bytes;

/** Where a message holds what is written to a pipe or read from it, and which pipe that is. A view. One thread. */
final class PipeData {
    private static final int BODY = Smb2Teller.BODY;
    private static final int TRANSCEIVE = 0x0011c017;
    private static final int PENDING = 0x103;
    private static final int OVERFLOW = 0x8000_0005;

    private final PipeId pipe = new PipeId();
    private final PipePacket packet = new PipePacket();
    private Bytes bytes;
    private long at;
    private long end;

    /** Which pipe it is. */
    PipeId pipe() {
        return pipe;
    }

    /** The packet that is looked at. */
    PipePacket packet() {
        return packet;
    }

    /** Looks at what a WRITE holds ([MS-SMB2] 2.2.21); true if it begins with a packet. */
    boolean written(final Bytes b) {
        pipe.set(session(b), b, BODY + 16);
        return look(b, b.u16le(BODY + 2), b.u32le(BODY + 4));
    }

    /** Keeps which pipe a READ is of ([MS-SMB2] 2.2.19). */
    void asked(final Bytes b, final PipeReads reads) {
        if (b.has(BODY + 16, 16)) {
            pipe.set(session(b), b, BODY + 16);
            reads.asked(message(b), pipe);
        }
    }

    /** Looks at what the answer to a READ holds ([MS-SMB2] 2.2.20); true if it begins with a packet. */
    boolean read(final Bytes b, final PipeReads reads) {
        final int status = (int) b.u32le(8);
        if (status == PENDING) {
            return false;
        }
        reads.answered(message(b), session(b), pipe);
        return (status == 0 || status == OVERFLOW) && look(b, b.u8(BODY + 2), b.u32le(BODY + 4));
    }

    /** Looks at what a control function is given ([MS-SMB2] 2.2.31); true if it begins with a packet. */
    boolean request(final Bytes b) {
        pipe.set(session(b), b, BODY + 8);
        return (int) b.u32le(BODY + 4) == TRANSCEIVE && look(b, b.u32le(BODY + 24), b.u32le(BODY + 28));
    }

    /** Looks at what a control function gives back ([MS-SMB2] 2.2.32); true if it begins with a packet. */
    boolean response(final Bytes b) {
        return look(b, b.u32le(BODY + 32), b.u32le(BODY + 36));
    }

    private static long message(final Bytes b) {
        return b.u64le(24);
    }

    /** The session that a message is of. */
    static long session(final Bytes b) {
        return b.u64le(40);
    }

    private boolean look(final Bytes b, final long from, final long length) {
        bytes = b;
        at = from;
        end = from + length;
        return from >= BODY && at < end && packet.read(b, at);
    }

    /** Goes on to the packet behind; false if there is none. */
    boolean next() {
        at += packet.length();
        return at < end && packet.read(bytes, at);
    }

    /** Bytes there are behind the packet that is looked at. */
    long left() {
        return Math.max(0, Math.min(end, bytes.length()) - at - packet.length());
    }
}
