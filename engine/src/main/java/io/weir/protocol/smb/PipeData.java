package io.weir.protocol.smb;

import io.weir.protocol.Bytes;

/**
 * Where a message of either version holds what is written to a pipe or read from it, and which pipe that is. A view.
 * One thread.
 */
final class PipeData {
    private static final int BODY = Smb2Teller.BODY;
    /** Of version 1: where parameters are. */
    private static final int WORDS = Smb1Teller.WORDS;
    /** Of version 1: a write begins a message, whose length comes first. */
    private static final int MESSAGE_START = 8;
    private static final int TRANSACT_NAMED_PIPE = 0x26;
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

    /** Looks at what a WRITE holds ([MS-SMB2] 2.2.21, [MS-CIFS] 2.2.4.43.1); true if it begins with a packet. */
    boolean written(final Bytes b) {
        if (isOld(b)) {
            pipe.set(session(b), b.u16le(WORDS + 4));
            final int from = b.u16le(WORDS + 22);
            final int length = b.u16le(WORDS + 20);
            return look(b, from, length)
                || (b.u16le(WORDS + 14) & MESSAGE_START) != 0 && look(b, from + 2, length - 2);
        }
        pipe.set(session(b), b, BODY + 16);
        return look(b, b.u16le(BODY + 2), b.u32le(BODY + 4));
    }

    /** Keeps which pipe a READ is of ([MS-SMB2] 2.2.19, [MS-CIFS] 2.2.4.42.1). */
    void asked(final Bytes b, final PipeReads reads) {
        if (isOld(b)) {
            pipe.set(session(b), b.u16le(WORDS + 4));
        } else {
            pipe.set(session(b), b, BODY + 16);
        }
        reads.asked(message(b), pipe);
    }

    /**
     * Looks at what the answer to a READ holds ([MS-SMB2] 2.2.20, [MS-CIFS] 2.2.4.42.2); true if it begins with a
     * packet.
     */
    boolean read(final Bytes b, final PipeReads reads) {
        final int status = (int) b.u32le(isOld(b) ? 5 : 8);
        if (status == PENDING) {
            return false;
        }
        reads.answered(message(b), session(b), pipe);
        return (status == 0 || status == OVERFLOW) && (isOld(b)
            ? look(b, b.u16le(WORDS + 12), b.u16le(WORDS + 10)) : look(b, b.u8(BODY + 2), b.u32le(BODY + 4)));
    }

    /**
     * Looks at what a command gives to a pipe ([MS-SMB2] 2.2.31, [MS-CIFS] 2.2.5.6.1); true if it begins with a packet.
     */
    boolean request(final Bytes b) {
        if (isOld(b)) {
            pipe.set(session(b), b.u16le(WORDS + 30));
            return b.u8(WORDS + 26) >= 2 && b.u16le(WORDS + 28) == TRANSACT_NAMED_PIPE
                && look(b, b.u16le(WORDS + 24), b.u16le(WORDS + 22));
        }
        pipe.set(session(b), b, BODY + 8);
        return (int) b.u32le(BODY + 4) == TRANSCEIVE && look(b, b.u32le(BODY + 24), b.u32le(BODY + 28));
    }

    /** Looks at what it gives back ([MS-SMB2] 2.2.32, [MS-CIFS] 2.2.5.6.2); true if it begins with a packet. */
    boolean response(final Bytes b) {
        return isOld(b) ? look(b, b.u16le(WORDS + 14), b.u16le(WORDS + 12))
            : look(b, b.u32le(BODY + 32), b.u32le(BODY + 36));
    }

    private static boolean isOld(final Bytes b) {
        return b.u8(0) == Smb.VERSION_1;
    }

    private static long message(final Bytes b) {
        return isOld(b) ? b.u16le(30) << 16 | b.u16le(26) : b.u64le(24);
    }

    /** The session that a message is of. */
    static long session(final Bytes b) {
        return isOld(b) ? b.u16le(28) : b.u64le(40);
    }

    private boolean look(final Bytes b, final long from, final long length) {
        bytes = b;
        at = from;
        end = from + length;
        return from >= (isOld(b) ? WORDS : BODY) && at < end && packet.read(b, at);
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
