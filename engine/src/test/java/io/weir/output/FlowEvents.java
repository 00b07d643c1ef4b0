package io.weir.output;

import io.weir.event.FlowEvent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds flow records that read like flows. */
final class FlowEvents {
    static final long START_NS = 1_700_000_000_123_456_789L;

    private final FlowEvent event =
        new FlowEvent().wrap(new UnsafeBuffer(ByteBuffer.allocateDirect(FlowEvent.LENGTH)), 0);

    private FlowEvents(final int protocol) {
        event.identity(1234, START_NS, START_NS + 1_500_000_000L, 1);
        event.protocol(4, protocol);
        event.sent(3, 300, 0);
        event.answered(2, 2000, 0);
        between("192.0.2.1", 40000, "198.51.100.2", 443);
    }

    static FlowEvents of(final int protocol) {
        return new FlowEvents(protocol);
    }

    FlowEvents between(final String initiator, final int fromPort, final String responder, final int toPort) {
        final long[] from = address(initiator);
        final long[] to = address(responder);
        event.initiator(from[0], from[1], fromPort);
        event.responder(to[0], to[1], toPort);
        event.protocol(initiator.indexOf(':') >= 0 ? 6 : 4, event.protocol());
        return this;
    }

    FlowEvents icmp(final int type, final int code) {
        event.icmp(type, code, 0, 0);
        return this;
    }

    FlowEvents lone(final long startNs) {
        event.identity(1234, startNs, startNs, 1);
        event.sent(1, 60, 2);
        event.answered(0, 0, 0);
        return this;
    }

    FlowEvent event() {
        return event;
    }

    static long[] address(final String text) {
        try {
            final byte[] bytes = InetAddress.getByName(text).getAddress();
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return bytes.length == 4
                ? new long[] {0, buffer.getInt() & 0xffff_ffffL}
                : new long[] {buffer.getLong(), buffer.getLong()};
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
