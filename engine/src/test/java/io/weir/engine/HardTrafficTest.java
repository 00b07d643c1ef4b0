package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.flow.FlowTableContext;
import io.weir.output.Summary;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small forms of what {@code scripts/trial} sends by the million. */
class HardTrafficTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long BOUND_NS = 60_000_000_000L;

    private final List<TimedFrame> trace = new ArrayList<>();

    private void add(final PacketBuilder frame) {
        trace.add(new TimedFrame(START + trace.size() * 1_000L, frame.build()));
    }

    private Summary run(final int workers, final FlowTableContext flows) throws Exception {
        try (MemorySource source = new MemorySource(trace, 16, 64, false);
            Engine engine = new Engine(new EngineContext().source(source).workers(workers).output(new RecordList())
                .flowTable(flows).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
            final Summary summary = engine.summary();
            assertTrue(summary.ledger().balanced(), summary.ledger().toString());
            assertEquals(trace.size(), summary.frames());
            return summary;
        }
    }

    @Test
    void shouldPutARequestOfTinySegmentsInOrderThatComeInPairsSwapped() throws Exception {
        final int bytes = 100_000;
        final byte[] request = ("GET /" + "a".repeat(bytes - 5)).getBytes(StandardCharsets.US_ASCII);
        add(client(999, TcpFlags.SYN));
        add(PacketBuilder.ethernet().ipv4("198.51.100.1", "192.0.2.1").tcp(80, 40_000).seq(4_999).ack(1_000)
            .flags(TcpFlags.SYN | TcpFlags.ACK));
        add(client(1_000, TcpFlags.ACK));
        for (int i = 0; i < bytes; i++) {
            final int place = i ^ 1;
            add(client(1_000 + place, TcpFlags.ACK).payload(new byte[] {request[place]}));
            if (i % 1_000 == 999) {
                add(PacketBuilder.ethernet().ipv4("198.51.100.1", "192.0.2.1").tcp(80, 40_000).seq(5_000)
                    .ack(1_001 + i).flags(TcpFlags.ACK));
            }
        }
        add(client(1_000 + bytes, TcpFlags.ACK | TcpFlags.FIN));
        final Summary summary = run(1, new FlowTableContext());
        assertEquals(1, summary.flows().flows());
        assertEquals(0, summary.count(Counter.TCP_GAPS));
        assertEquals(bytes, summary.count(Counter.TCP_BYTES_DELIVERED));
        assertEquals(0, summary.count(Counter.PARSER_FAULTS));
    }

    private static PacketBuilder client(final long sequence, final int flags) {
        return PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").tcp(40_000, 80).seq(sequence)
            .ack((flags & TcpFlags.ACK) == 0 ? 0 : 5_000).flags(flags);
    }

    @Test
    void shouldGiveUpTheOldestUnansweredFlowsWhenAFloodOfSynsFillsTheTable() throws Exception {
        final int flows = 60_000;
        for (int i = 0; i < flows; i++) {
            add(PacketBuilder.ethernet().ipv4("10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255),
                "198.51.100.1").tcp(1_024 + i % 60_000, 80).seq(i).flags(TcpFlags.SYN));
        }
        final Summary summary = run(2, new FlowTableContext().memoryBytes(4 << 20));
        assertEquals(flows, summary.flows().flows());
        assertTrue(summary.count(Counter.FLOWS_EVICTED_UNESTABLISHED) > 10_000);
        assertEquals(0, summary.count(Counter.FLOWS_EVICTED_ESTABLISHED));
    }
}
