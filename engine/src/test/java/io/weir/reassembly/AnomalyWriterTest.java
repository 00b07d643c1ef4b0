package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.WorkerParts;
import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import io.weir.event.EventType;
import io.weir.event.FlowEvent;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.packet.PacketBuilder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnomalyWriterTest {
    private final WorkerParts worker = new WorkerParts(1 << 18);
    private final AnomalyWriter writer = new AnomalyWriter(worker.flows, worker.ring, worker.counters, false);
    private final AnomalyEvent event = new AnomalyEvent();

    @AfterEach
    void close() {
        worker.close();
    }

    private static PacketBuilder tcp(final String source, final int from, final String destination, final int to) {
        return PacketBuilder.ethernet().vlan(7).ipv4(source, destination).tcp(from, to).payload("x");
    }

    private static PacketBuilder arp() {
        return PacketBuilder.ethernet().arp(1, "192.0.2.1", "192.0.2.2");
    }

    /** The next record of the ring. */
    private AnomalyEvent next() {
        final int body = worker.ring.peek();
        assertTrue(body >= 0, "there is a record");
        assertEquals(EventType.ANOMALY, worker.ring.type(body));
        return event.wrap(worker.ring.buffer(), body);
    }

    private List<String> drain() {
        final List<String> drained = new ArrayList<>();
        for (int body = worker.ring.peek(); body >= 0; body = worker.ring.peek()) {
            drained.add(next().anomaly() + " " + event.count());
            worker.ring.advance();
        }
        return drained;
    }

    @Test
    void shouldWriteIdentityAndWhatWasOddInPacketOrder() {
        final long handle = worker.at(0).put(tcp("192.0.2.1", 40_000, "192.0.2.2", 80));
        final long first = worker.frame.number;
        worker.at(1.5).put(tcp("192.0.2.2", 80, "192.0.2.1", 40_000));
        writer.anomaly(handle, worker.frame, Anomaly.STREAM_OVERLAP_DIFFERENT_DATA, 17, 3, -5, 6);

        final FlowEvent flow = next().flow();
        assertEquals(new FlowView().wrap(worker.flows, handle).flowId(), flow.flowId());
        assertEquals(0xc000_0202L, flow.initiatorLo());
        assertEquals(80, flow.initiatorPort());
        assertEquals(0xc000_0201L, flow.responderLo());
        assertEquals(40_000, flow.responderPort());
        assertEquals(4, flow.ipVersion());
        assertEquals(6, flow.protocol());
        assertEquals(7, flow.vlanIds());
        assertEquals(1, flow.vlanCount());
        assertEquals(first, flow.firstFrame());
        assertEquals(Anomaly.STREAM_OVERLAP_DIFFERENT_DATA, event.anomaly());
        assertEquals(1, event.count());
        assertEquals(WorkerParts.START_NS + 1_500_000_000L, event.stampNs());
        assertEquals(worker.frame.number, event.frameNumber());
        assertEquals(17, event.streamOffset());
        assertEquals(3, event.length());
        assertEquals(-5, event.keptHash());
        assertEquals(6, event.refusedHash());
        assertEquals(worker.frame.sequence, worker.ring.sequence(worker.ring.peek()));
        assertEquals(first, worker.ring.minor(worker.ring.peek()));
    }

    @Test
    void shouldNameTheInitiatorWhereNoFrameShowsIt() {
        final long handle = worker.put(tcp("192.0.2.9", 40_000, "192.0.2.2", 80));
        writer.anomaly(handle, null, Anomaly.STREAM_GAP, 5, 10, 0, 0);
        assertEquals(0xc000_0209L, next().flow().initiatorLo());
        assertEquals(0, event.frameNumber());
        assertEquals(WorkerParts.START_NS, event.stampNs());
    }

    @Test
    void shouldWriteEachKindOfAFrameOnceForEveryFlow() {
        for (int port = 1; port <= 2; port++) {
            for (int i = 0; i < 3; i++) {
                final long handle = worker.put(tcp("192.0.2.1", port, "192.0.2.2", 80));
                worker.frame.anomalies =
                    Anomaly.FRAGMENT_TINY.bit() | (i == 2 ? Anomaly.IPV4_FRAGMENT_OVERLAP.bit() : 0);
                writer.onFrame(handle, worker.frame);
            }
        }
        assertEquals(List.of("FRAGMENT_TINY 1", "IPV4_FRAGMENT_OVERLAP 1", "FRAGMENT_TINY 1",
            "IPV4_FRAGMENT_OVERLAP 1"), drain());
    }

    @Test
    void shouldWriteWhatTheDecoderFoundForEveryFrameButNotWhatTheCaptureCut() {
        for (int i = 0; i < 2; i++) {
            final long handle = worker.put(PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2").tcp(1, 80)
                .force(12, 1, 0x40));
            writer.onFrame(handle, worker.frame);
        }
        worker.frame.wireLength++;
        writer.onFrame(FlowTable.NO_FLOW, worker.frame);
        assertEquals(List.of("TCP_HEADER_TOO_SHORT 1", "TCP_HEADER_TOO_SHORT 1"), drain());
    }

    @Test
    void shouldKeepTheHeadersOfTheFrameWhereThatIsWanted() {
        final AnomalyWriter keeping = new AnomalyWriter(worker.flows, worker.ring, worker.counters, true);
        final long handle = worker.put(tcp("192.0.2.1", 1, "192.0.2.2", 80));
        keeping.anomaly(handle, worker.frame, Anomaly.STREAM_URGENT, 1, 1, 0, 0);
        assertEquals(worker.frame.capturedLength, next().packetLength());
        assertEquals(1, event.linkType());
        assertEquals((short) 0x8100, event.buffer().getShort(AnomalyEvent.LENGTH + 12, ByteOrder.BIG_ENDIAN));
        assertEquals(Anomaly.STREAM_URGENT, event.anomaly());
        worker.ring.advance();
        keeping.anomaly(handle, null, Anomaly.STREAM_GAP, 1, 1, 0, 0);
        assertEquals(0, next().packetLength());
    }

    @Test
    void shouldNameWhoSentAFragmentWhoseFlowIsNotKnown() {
        worker.at(0).put(PacketBuilder.ethernet().vlan(7).ipv4("192.0.2.2", "192.0.2.1").fragment(9, 64, true)
            .payload(16));
        worker.frame.flags |= Frame.FLOW_UNKNOWN;
        worker.frame.anomalies = Anomaly.IPV4_FRAGMENT_TOO_LARGE.bit();
        writer.onFrame(FlowTable.NO_FLOW, worker.frame);

        final FlowEvent nobody = next().flow();
        assertEquals(0, nobody.flowId());
        assertEquals(4, nobody.ipVersion());
        assertEquals(0xc000_0202L, nobody.initiatorLo());
        assertEquals(0xc000_0201L, nobody.responderLo());
        assertEquals(7, nobody.vlanIds());
    }

    @Test
    void shouldSumUpWhatFramesWithoutFlowShowBeyondTheRate() {
        for (int i = 0; i < AnomalyWriter.MOST_PER_SECOND + 5; i++) {
            worker.at(i * 0.005).decode(arp()).anomalies = Anomaly.FRAGMENT_TINY.bit();
            writer.onFrame(FlowTable.NO_FLOW, worker.frame);
        }
        assertEquals(AnomalyWriter.MOST_PER_SECOND, drain().size());
        assertEquals(5, worker.count(Counter.ANOMALIES_SUMMED_UP));
        worker.at(1);
        writer.onMark(worker.tick());
        assertEquals(List.of("FRAGMENT_TINY 5"), drain());
        writer.onMark(worker.tick());
        assertEquals(List.of(), drain());
        worker.decode(arp()).anomalies = Anomaly.FRAGMENT_TINY.bit();
        writer.onFrame(FlowTable.NO_FLOW, worker.frame);
        assertEquals(List.of("FRAGMENT_TINY 1"), drain());
    }

    @Test
    void shouldCountWhatAFullRingRefuses() {
        final long handle = worker.put(tcp("192.0.2.1", 1, "192.0.2.2", 2));
        final int most = (1 << 18) / AnomalyEvent.LENGTH;
        for (int i = 0; i < most; i++) {
            writer.anomaly(handle, worker.frame, Anomaly.STREAM_GAP, 0, 1, 0, 0);
        }
        final int taken = drain().size();
        assertTrue(taken > most * 3 / 4, "the part kept for the urgent is used: " + taken + " of " + most);
        assertEquals(most - taken, worker.count(Counter.RECORDS_REFUSED));
    }
}
