package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import java.util.ArrayDeque;

/**
 * Named pipes of a connection of version 2, and the calls of DCE/RPC that are written to them, read from them, or both
 * at once by a control function. One thread.
 */
final class Pipes {
    private static final int BODY = Smb2Teller.BODY;
    private static final int TRANSCEIVE = 0x0011c017;
    private static final int ASYNCHRONOUS = 2;
    private static final int OVERFLOW = 0x8000_0005;
    /** Trees that are remembered. */
    private static final int TREES = 8;
    private static final long NO_TREE = -1;

    private final long[] trees = new long[TREES];
    private final PipePacket packet = new PipePacket();
    private final Utf16 text = new Utf16();
    /** Made with the first call; calls are used again. */
    private PipeInterfaces interfaces;
    private final ArrayDeque<PipeCall> free = new ArrayDeque<>(1);
    private int known;
    private int next;
    /** Not all of the connection was seen. */
    private boolean partial;
    private Bytes bytes;
    private long at;
    private long end;
    /** Where the identifier of the open pipe is, or 0. */
    private int file;

    /** A connection begins. */
    void begin(final boolean midStream) {
        partial = midStream;
        known = 0;
        next = 0;
        if (interfaces != null) {
            interfaces.clear();
        }
    }

    /** Something was not seen. */
    void missed() {
        partial = true;
    }

    /** Key of a call among what waits for answers. */
    static long key(final long callId) {
        return Long.MIN_VALUE | callId;
    }

    /** A tree was connected: its number may have been that of another. */
    void tree(final long id, final boolean ofPipes) {
        for (int i = 0; i < known; i++) {
            trees[i] = trees[i] == id ? NO_TREE : trees[i];
        }
        if (ofPipes) {
            trees[next] = id;
            next = (next + 1) % TREES;
            known = Math.max(known, next == 0 ? TREES : next);
        }
    }

    /** True if a message, whose header begins there, may be about a pipe. */
    boolean mayBePipe(final Bytes b, final int header) {
        if (partial || (b.u8(header + 16) & ASYNCHRONOUS) != 0 && known > 0) {
            return true;
        }
        for (int i = 0; i < known; i++) {
            if (trees[i] == b.u32le(header + 36)) {
                return true;
            }
        }
        return false;
    }

    /** Looks at what a WRITE holds ([MS-SMB2] 2.2.21); true if it begins with a packet. */
    boolean written(final Bytes b) {
        return look(b, b.u16le(BODY + 2), b.u32le(BODY + 4), BODY + 16);
    }

    /** Looks at what the answer to a READ holds ([MS-SMB2] 2.2.20); true if it begins with a packet. */
    boolean read(final Bytes b) {
        final int status = (int) b.u32le(8);
        return (status == 0 || status == OVERFLOW) && look(b, b.u8(BODY + 2), b.u32le(BODY + 4), 0);
    }

    /** Looks at what a control function is given ([MS-SMB2] 2.2.31); true if it begins with a packet. */
    boolean request(final Bytes b) {
        return (int) b.u32le(BODY + 4) == TRANSCEIVE
            && look(b, b.u32le(BODY + 24), b.u32le(BODY + 28), BODY + 8);
    }

    /** Looks at what a control function gives back ([MS-SMB2] 2.2.32); true if it begins with a packet. */
    boolean response(final Bytes b) {
        return look(b, b.u32le(BODY + 32), b.u32le(BODY + 36), 0);
    }

    private boolean look(final Bytes b, final long from, final long length, final int fileAt) {
        bytes = b;
        at = from;
        end = from + length;
        file = fileAt;
        return from >= BODY && at < end && packet.read(b, at);
    }

    /** Goes on to the packet behind; false if there is none. */
    boolean next() {
        at += packet.length();
        return at < end && packet.read(bytes, at);
    }

    /** Bytes there are from the packet that is looked at on. */
    long left() {
        return Math.min(end, bytes.length()) - at;
    }

    /** The packet that is looked at. */
    PipePacket packet() {
        return packet;
    }

    /** A call with the packet that is looked at. */
    PipeCall begin() {
        final PipeCall call = beginLost();
        ask(call);
        return call;
    }

    /** A call whose beginning was not seen. */
    PipeCall beginLost() {
        if (interfaces == null) {
            interfaces = new PipeInterfaces();
        }
        final PipeCall kept = free.pollLast();
        final PipeCall call = kept == null ? new PipeCall() : kept;
        call.begin(packet.callId());
        return call;
    }

    /** The packet belongs to that call. */
    void ask(final PipeCall call) {
        call.request(packet, interfaces.pipe(bytes, file), interfaces);
    }

    /** The packet answers that call; true if it is the end of the answer. */
    boolean answer(final PipeCall call) {
        call.response(packet, interfaces);
        return packet.isLast() || packet.type() != PipePacket.RESPONSE;
    }

    /** Tells a call, which ends. */
    void tell(final Transaction t, final PipeCall call) {
        call.tell(t, interfaces, text);
        free.addLast(call);
    }
}
