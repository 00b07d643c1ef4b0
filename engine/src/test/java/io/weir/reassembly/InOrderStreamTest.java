package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** The plain way of a stream: opened, sent, closed, and nothing left behind. */
final class InOrderStreamTest {
    private final StringBuilder seen = new StringBuilder();

    @Test
    void shouldDeliverWhatWasSentThenItsEnd() {
        final long before = NativeMemory.inUse();
        final FlowTableContext flowContext = new FlowTableContext().memoryBytes(1 << 20).conclude();
        try (Counters counters = new Counters();
            EventRing events = new EventRing(1 << 20, false);
            FlowTable flows = new FlowTable(flowContext, events, counters);
            TcpReassembler streams = new TcpReassembler(
                new StreamContext().conclude(), flows, new Recorder(), AnomalySink.NONE, counters)) {
            flows.observer(streams);
            final FlowHash hash = FlowHash.random(flowContext);
            final Object[][] segments = {
                {0, TcpFlags.SYN, 99, 0, ""}, {1, TcpFlags.SYN | TcpFlags.ACK, 499, 100, ""},
                {0, TcpFlags.ACK, 100, 500, "one "}, {0, TcpFlags.ACK, 108, 500, "three"},
                {0, TcpFlags.ACK, 104, 500, "two "}, {0, TcpFlags.ACK | TcpFlags.FIN, 113, 500, "."},
            };
            long number = 0;
            for (final Object[] s : segments) {
                final boolean client = (int) s[0] == 0;
                final byte[] bytes = PacketBuilder.ethernet()
                    .ipv4(client ? "10.0.0.1" : "10.0.0.2", client ? "10.0.0.2" : "10.0.0.1")
                    .tcp(client ? 4000 : 80, client ? 80 : 4000).flags((int) s[1]).seq((int) s[2])
                    .ack((int) s[3]).payload((String) s[4]).build();
                try (NativeMemory.Region region =
                    NativeMemory.allocate(NativeMemory.Tag.OTHER, bytes.length, 8)) {
                    for (int i = 0; i < bytes.length; i++) {
                        UnsafeApi.putByte(region.address() + i, bytes[i]);
                    }
                    final Frame frame = new Frame();
                    frame.address = region.address();
                    frame.capturedLength = bytes.length;
                    frame.wireLength = bytes.length;
                    frame.linkType = LinkType.ETHERNET;
                    new Decoder().decode(frame);
                    frame.sequence = ++number;
                    frame.number = number;
                    frame.timeNs = 1_000_000_000L + number;
                    frame.flowHash = hash.hash(frame);
                    streams.onSegment(flows.onFrame(frame), frame);
                }
            }
            flows.endAll(++number, 2_000_000_000L);
        }
        assertEquals("one two three.<fin>", seen.toString());
        assertEquals(before, NativeMemory.inUse());
    }

    private final class Recorder implements StreamSink {
        @Override
        public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
            final long streamOffset, final long timestampNs) {
            seen.append(buffer.getStringWithoutLengthAscii(offset, length));
        }

        @Override
        public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
            seen.append('<').append(length).append('>');
        }

        @Override
        public void end(final long stream, final StreamEnd reason, final long timestampNs) {
            seen.append('<').append(reason.label()).append('>');
        }
    }
}
