package io.weir.protocol.dns;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/**
 * Parses DNS and its relatives over TCP: messages with their length in front (RFC 1035, 4.2.2; RFC 7766). Behind a gap
 * the next message is where 16 bits are followed by what has the shape of one of that length.
 */
public final class DnsStreams extends StreamParser {
    private static final int PREFIX = 2;
    /** Bytes in which the next message is looked for at once. */
    private static final int WINDOW = 4096;
    /** Bytes that stay when no message was found, so that one that is cut by their end is not missed. */
    private static final int TAIL = 300;
    /** After so many that were none, a side is given up. */
    private static final int MAX_BAD = 3;

    private final DnsDialogue dialogue;
    private final Bytes message = new Bytes();
    private int lost;
    private int bad;

    /** Makes one that tells in these words. */
    public DnsStreams(final DnsWords words) {
        dialogue = new DnsDialogue(words);
    }

    @Override
    protected void started() {
        dialogue.begin(flow);
        lost = 0;
        bad = 0;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final int side = fromClient ? 1 : 2;
        while ((lost & side) == 0 || find(side, input)) {
            final Bytes prefix = input.peek(PREFIX);
            if (prefix == null) {
                return;
            }
            final int length = prefix.u16(0);
            if (length > 65_534) {
                input.skip(PREFIX + length);
                flow.skipped(PREFIX + length);
                continue;
            }
            final Bytes whole = input.take(PREFIX + length);
            if (whole == null) {
                return;
            }
            if (length > 0 && !dialogue.message(flow, fromClient, message.wrap(whole, PREFIX, length))
                && ++bad >= MAX_BAD) {
                input.skipAll();
                return;
            }
        }
    }

    private boolean find(final int side, final StreamInput input) {
        while (input.available() >= PREFIX + DnsShape.HEADER) {
            final int length = Math.min(input.available(), WINDOW);
            final Bytes bytes = input.peek(length);
            if (bytes == null) {
                return false;
            }
            for (int at = 0; at + PREFIX + DnsShape.HEADER <= length; at++) {
                if (DnsShape.judge(bytes, at + PREFIX, bytes.u16(at), false) == Answer.YES) {
                    input.skip(at);
                    flow.skipped(at);
                    lost &= ~side;
                    return true;
                }
            }
            if (length <= TAIL) {
                return false;
            }
            input.skip(length - TAIL);
            flow.skipped(length - TAIL);
        }
        return false;
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        lost |= fromClient ? 1 : 2;
        parse(fromClient, input);
    }

    @Override
    protected void ended() {
        // A query nobody answered is a record already.
    }
}
