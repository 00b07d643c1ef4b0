package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import java.util.ArrayDeque;

/**
 * Named pipes of a connection, and the calls of DCE/RPC that are written to them, read from them, or both at once. One
 * thread.
 */
final class Pipes {
    private static final int ASYNCHRONOUS = 2;
    /** Trees that are remembered. */
    private static final int TREES = 8;
    /** Packets of calls in one message that are looked at. */
    private static final int MOST_PACKETS = 16;

    private final long[] trees = new long[TREES];
    private final long[] sessions = new long[TREES];
    private final PipeData data = new PipeData();
    private final Utf16 text = new Utf16();
    /** Made with the first read, or the first call; calls are used again. */
    private PipeReads reads;
    private PipeInterfaces interfaces;
    private final ArrayDeque<PipeCall> free = new ArrayDeque<>(1);
    private int known;
    private int next;
    private int packets;
    /** Not all of the connection was seen. */
    private boolean partial;

    /** A connection begins. */
    void begin(final boolean midStream) {
        partial = midStream;
        known = 0;
        next = 0;
        if (reads != null) {
            reads.clear();
        }
        if (interfaces != null) {
            interfaces.clear();
        }
    }

    /** Something was not seen. */
    void missed() {
        partial = true;
    }

    /** A tree of a session was connected: its number may have been that of another. */
    void tree(final long session, final long id, final boolean ofPipes) {
        for (int i = 0; i < known; i++) {
            if (isTree(i, session, id)) {
                trees[i] = -1;
            }
        }
        if (ofPipes) {
            sessions[next] = session;
            trees[next] = id;
            next = (next + 1) % TREES;
            known = Math.max(known, next == 0 ? TREES : next);
        }
    }

    private boolean isTree(final int index, final long session, final long id) {
        return trees[index] == id && sessions[index] == session;
    }

    /** True if a message, whose header begins there, may be about a pipe. */
    boolean mayBePipe(final Bytes b, final int header) {
        if (partial || known == 0) {
            return partial;
        }
        if (b.u8(header) == Smb.VERSION_1) {
            return isOfPipes(b.u16le(header + 28), b.u16le(header + 24));
        }
        return (b.u8(header + 16) & ASYNCHRONOUS) != 0 || isOfPipes(b.u64le(header + 40), b.u32le(header + 36));
    }

    private boolean isOfPipes(final long session, final long id) {
        for (int i = 0; i < known; i++) {
            if (isTree(i, session, id)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps which pipe a command reads from, for its answer. */
    void asked(final Bytes b) {
        if (reads == null) {
            reads = new PipeReads();
        }
        data.asked(b, reads);
    }

    /** Looks at what a command writes; true if it begins with a packet. */
    boolean written(final Bytes b) {
        packets = 1;
        return data.written(b);
    }

    /** Looks at what a command has read; true if it begins with a packet. */
    boolean read(final Bytes b) {
        packets = 1;
        if (reads == null) {
            reads = new PipeReads();
        }
        return data.read(b, reads);
    }

    /** Looks at what a command gives to a pipe whose answer it waits for; true if it begins with a packet. */
    boolean request(final Bytes b) {
        packets = 1;
        return data.request(b);
    }

    /** Looks at the answer to that; true if it begins with a packet. */
    boolean response(final Bytes b) {
        packets = 1;
        return data.response(b);
    }

    /** Goes on to the packet behind; false if there is none. */
    boolean next() {
        return packets++ < MOST_PACKETS && data.next();
    }

    /** Bytes behind the packet that was looked at last, for too many were before it; 0 if it was the last. */
    long left() {
        return packets > MOST_PACKETS ? data.left() : 0;
    }

    /** The packet that is looked at. */
    PipePacket packet() {
        return data.packet();
    }

    /**
     * Which of these calls the packet is about: the one on the same pipe; else, where the pipe of either is not known,
     * the only one that it may be.
     *
     * @param calls some of them null
     * @return -1 if there is none
     */
    int indexIn(final PipeCall[] calls, final int count) {
        int found = -1;
        int other = 0;
        for (int i = 0; i < count; i++) {
            final PipeCall call = calls[i];
            if (call != null && call.isRead() && call.number() == packet().callId()
                && call.pipe().mayBe(data.pipe())) {
                if (call.pipe().is(data.pipe())) {
                    return i;
                }
                found = i;
                other++;
            }
        }
        return other == 1 ? found : -1;
    }

    /** A call with the number and pipe of the packet that is looked at, which it is yet to take. */
    PipeCall begin() {
        if (interfaces == null) {
            interfaces = new PipeInterfaces();
        }
        final PipeCall kept = free.pollLast();
        final PipeCall call = kept == null ? new PipeCall() : kept;
        call.begin(data.pipe(), packet().callId());
        return call;
    }

    /** The packet belongs to that call. */
    void ask(final PipeCall call) {
        call.pipe().set(data.pipe());
        call.request(packet(), interfaces.pipe(data.pipe()), interfaces);
    }

    /** The packets that a command gives to a pipe belong to the call that the first does. */
    void askAll(final PipeCall call) {
        do {
            if (packet().callId() == call.number()) {
                ask(call);
            }
        } while (next());
    }

    /** The packet answers that call; true if it is the end of the answer. */
    boolean answer(final PipeCall call) {
        call.response(packet(), interfaces);
        return packet().isLast() || packet().type() != PipePacket.RESPONSE;
    }

    /** The packets are answers to that call; true if one is, and none is the end of the answer. */
    boolean answerInPart(final PipeCall call) {
        boolean some = false;
        do {
            if (packet().callId() == call.number()) {
                if (answer(call)) {
                    return false;
                }
                some = true;
            }
        } while (next());
        return some;
    }

    /** Tells a call, which ends. */
    void tell(final Transaction t, final PipeCall call) {
        call.tell(t, interfaces, text);
        free.addLast(call);
    }
}
