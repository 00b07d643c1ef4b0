package io.weir.protocol.stun;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Reads the first messages of STUN or TURN on TCP, with a length of 16 bits in front (RFC 4571) or without. */
final class StunStreamParser extends StreamParser {
    private static final int MAX_MESSAGES = 24;
    private static final int LENGTH = 2;
    /** Bytes that tell a message: its head up to the cookie, with a length in front. */
    private static final int TELLING = LENGTH + 8;

    private final StunTeller teller = new StunTeller();
    private int messages;
    private boolean byClient;
    private boolean byServer;
    /** By side: whether the beginning of a message is missing. */
    private final boolean[] lost = new boolean[2];

    @Override
    protected void started() {
        teller.begin();
        messages = 0;
        byClient = false;
        byServer = false;
        lost[0] = false;
        lost[1] = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        while (messages < MAX_MESSAGES) {
            if (lost[fromClient ? 0 : 1] && !isFound(input)) {
                return;
            }
            lost[fromClient ? 0 : 1] = false;
            final Bytes head = input.peek(TELLING);
            if (head == null) {
                return;
            }
            if (head.u32(4) == Stun.COOKIE) {
                if (!message(fromClient, input, head.u16(2) + Stun.HEADER)) {
                    return;
                }
            } else if (head.u32(LENGTH + 4) == Stun.COOKIE) {
                input.skip(LENGTH);
            } else if (head.u16(0) >= 0x4000 && head.u16(0) < 0x8000) {
                input.skip(4 + (head.u16(2) + 3 & ~3));
                messages++;
            } else {
                break;
            }
        }
        flow.done();
    }

    /**
     * Looks behind missing bytes for a message where a piece begins, however small the pieces before it were: what is
     * kept of these is short. Within a longer piece a cookie may be that of a message that a channel carries.
     */
    private boolean isFound(final StreamInput input) {
        final int places = Math.min(TELLING - 1, input.peekKept().length());
        final Bytes beginning = input.peek(Math.min(input.available(), places + TELLING));
        if (beginning == null) {
            return false;
        }
        for (int at = 0; at <= places && beginning.has(at, TELLING); at++) {
            if (beginning.u32(at + 4) == Stun.COOKIE || beginning.u32(at + LENGTH + 4) == Stun.COOKIE
                && beginning.u16(at) == beginning.u16(at + LENGTH + 2) + Stun.HEADER) {
                flow.skipped(at);
                input.skip(at);
                return true;
            }
        }
        if (beginning.has(places, TELLING)) {
            input.giveUp();
            messages++;
        } else if (input.available() >= TELLING) {
            final int over = input.available() - TELLING + 1;
            flow.skipped(over);
            input.skip(over);
        }
        return false;
    }

    private boolean message(final boolean fromClient, final StreamInput input, final int length) {
        final Bytes message = input.take(length);
        if (message == null) {
            return false;
        }
        messages++;
        byClient |= fromClient;
        byServer |= !fromClient;
        if (byClient && byServer) {
            flow.confirm();
        }
        teller.message(flow, fromClient, message);
        Product.tell(flow, message);
        return true;
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        // The next message is told by its cookie, where it begins a segment.
        lost[fromClient ? 0 : 1] = true;
    }

    @Override
    protected void ended() {
        // Nothing stays half.
    }
}
