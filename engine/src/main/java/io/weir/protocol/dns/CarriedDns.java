package io.weir.protocol.dns;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;

/** Tells messages of DNS that another protocol carries, like those over HTTP (RFC 8484). */
public final class CarriedDns {
    private CarriedDns() {
    }

    /** True if bytes have the shape of a message. */
    public static boolean isMessage(final Bytes bytes) {
        return DnsShape.judge(bytes, 0, bytes.length(), true) == Answer.YES;
    }

    /**
     * Tells a message. The application of the flow is not that of the name asked for, but the carrier's.
     *
     * @param number of the message in its flow, from 0
     * @return false if it was none: nothing was told
     */
    public static boolean tell(final FlowContext flow, final boolean fromClient, final Bytes message,
        final long number) {
        final DnsTeller teller = flow.scratch(DnsTeller.SCRATCH);
        final boolean told = teller.tell(flow, Dns.words(), message, !fromClient, number, false);
        if (!told) {
            DnsEvents.report(flow, null, -1, teller.problems(), false);
            flow.skipped(message.length());
        }
        return told;
    }
}
