package io.weir.protocol.dns;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;

/** What is known of the messages of one flow, over UDP or TCP. One thread. */
final class DnsDialogue {
    private static final int ASKED = 1;
    private static final int ANSWERED = 2;

    private final DnsWords words;
    private DnsTeller teller;
    private long messages;
    private boolean asked;
    private boolean answered;

    DnsDialogue(final DnsWords words) {
        this.words = words;
    }

    /** Begins with a flow. */
    void begin(final FlowContext flow) {
        teller = flow.scratch(DnsTeller.SCRATCH);
        messages = 0;
        asked = false;
        answered = false;
    }

    /** All that is known, as a number. */
    long kept() {
        return messages << 2 | (asked ? ASKED : 0) | (answered ? ANSWERED : 0);
    }

    /** Goes on with what was known. */
    void resume(final long kept) {
        messages = kept >>> 2;
        asked = (kept & ASKED) != 0;
        answered = (kept & ANSWERED) != 0;
    }

    /**
     * The next message.
     *
     * @return false if it was none
     */
    boolean message(final FlowContext flow, final boolean fromClient, final Bytes message) {
        final int flags = message.u16(2);
        final boolean response = flags >= 0x8000;
        final boolean told = teller.tell(flow, words, message, !fromClient, messages, !response || !asked);
        if (!told) {
            DnsEvents.report(flow, null, -1, teller.problems(), false);
            flow.skipped(message.length());
            return false;
        }
        messages++;
        if (response && asked && !answered) {
            answered = true;
            flow.confirm();
        }
        asked |= !response;
        return true;
    }
}
