package io.weir.protocol.dns;

import io.weir.protocol.FlowContext;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Transaction;

/** What may be odd about DNS messages. */
public final class DnsEvents {
    private static final ProtocolEvent MALFORMED =
        new ProtocolEvent("malformed_data", "A message could not be read to its end.");
    private static final ProtocolEvent Z_FLAG = new ProtocolEvent("z_flag_set", "The reserved bit is set.");
    private static final ProtocolEvent OPCODE = new ProtocolEvent("invalid_opcode", "The operation is not known.");
    private static final ProtocolEvent LOOP =
        new ProtocolEvent("infinite_loop", "The pointers of a name run in a circle.");
    private static final ProtocolEvent LONG_NAME = new ProtocolEvent("name_too_long", "A name is too long.");

    private static final ProtocolEvent NOT_REQUEST =
        new ProtocolEvent("not_a_request", "A client sends a response.");
    private static final ProtocolEvent NOT_RESPONSE =
        new ProtocolEvent("not_a_response", "A server sends a request.");

    private DnsEvents() {
    }

    /** All of them. */
    public static ProtocolEvent[] all() {
        return new ProtocolEvent[] {MALFORMED, Z_FLAG, OPCODE, LOOP, LONG_NAME, NOT_REQUEST, NOT_RESPONSE};
    }

    /** Reports a message that goes the wrong way. */
    static void wrongWay(final FlowContext flow, final Transaction of, final boolean response) {
        flow.event(response ? NOT_REQUEST : NOT_RESPONSE, of);
    }

    /**
     * Reports what is odd about a message.
     *
     * @param of       the message's record, or null if it has none
     * @param flags    second 16 bits of its header, or below 0
     * @param problems those the teller had with it
     * @param reserved true if the reserved bit must not be set
     */
    static void report(final FlowContext flow, final Transaction of, final int flags, final int problems,
        final boolean reserved) {
        if ((problems & DnsTeller.MALFORMED) != 0) {
            flow.event(MALFORMED, of);
        }
        if ((problems & DnsTeller.LOOP) != 0) {
            flow.event(LOOP, of);
        }
        if ((problems & DnsTeller.LONG_NAME) != 0) {
            flow.event(LONG_NAME, of);
        }
        if (flags >= 0) {
            if (reserved && (flags & 0x40) != 0) {
                flow.event(Z_FLAG, of);
            }
            final int opcode = flags >> 11 & 15;
            if (opcode > 6 || opcode == 3) {
                flow.event(OPCODE, of);
            }
        }
    }
}
