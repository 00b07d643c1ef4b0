package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.WorkerParts;
import io.weir.event.FlowEvent;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.Confidence;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.tls.Hellos;
import org.junit.jupiter.api.Test;

final class UninspectedFlowTest {
    @Test
    void shouldBeNamedByItsPortIfNothingButAGapIsSeen() {
        try (WorkerParts parts = new WorkerParts();
            Classifier classifier = new Classifier(new ClassifierContext().conclude(), parts.flows,
                ApplicationMatcher.NONE, parts.ring, parts.counters)) {
            parts.flows.observer(classifier);
            final long handle = parts.put(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(40_000, 443)
                .flags(TcpFlags.SYN));
            classifier.gap(handle << 1, 0, 1_000, parts.frame.timeNs);
            parts.flows.endAll(parts.frame.sequence + 1, parts.frame.timeNs);
            final FlowEvent flow = new FlowEvent().wrap(parts.ring.buffer(), parts.ring.peek());
            assertEquals("tls", Protocols.name(flow.protocolNumber(0)));
            assertEquals(Confidence.PORT, Confidence.of(flow.confidence()));
            assertEquals(0, flow.labelFlags() & FlowEvent.UNRECOGNISED);
        }
    }

    @Test
    void shouldBeNamedByItsPortAlone() {
        try (WorkerParts parts = new WorkerParts();
            Classifier classifier = new Classifier(new ClassifierContext().inspect(false).conclude(), parts.flows,
                ApplicationMatcher.NONE, parts.ring, parts.counters)) {
            parts.flows.observer(classifier);
            final long handle = parts.put(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 53)
                .payload("no question at all, and nobody looks"));
            classifier.onDatagram(handle, parts.frame);
            parts.flows.endAll(parts.frame.sequence + 1, parts.frame.timeNs);
            final FlowEvent flow = new FlowEvent().wrap(parts.ring.buffer(), parts.ring.peek());
            assertEquals("dns", Protocols.name(flow.protocolNumber(0)));
            assertEquals(Confidence.PORT, Confidence.of(flow.confidence()));
            assertEquals(0, flow.labelFlags() & FlowEvent.UNRECOGNISED);
        }
    }

    @Test
    void shouldBeGivenUpWhileItWaitsForItsNextDatagram() {
        try (WorkerParts parts = new WorkerParts();
            Classifier classifier = new Classifier(new ClassifierContext().conclude(), parts.flows,
                ApplicationMatcher.NONE, parts.ring, parts.counters)) {
            parts.flows.observer(classifier);
            final long handle = parts.put(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 53)
                .payload(Hellos.hex("1234 0100 0001 0000 0000 0000 0161 0000 0100 01")));
            classifier.onDatagram(handle, parts.frame);
            assertEquals("dns", Protocols.name(classifier.protocol(handle, 0)));
            classifier.giveUp(handle);
            assertTrue(classifier.isOver(handle));
            classifier.onDatagram(handle, parts.frame);
            parts.flows.endAll(parts.frame.sequence + 1, parts.frame.timeNs);
        }
    }
}
