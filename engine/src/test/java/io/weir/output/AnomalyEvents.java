package io.weir.output;

import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds anomaly records, of the flow that {@link FlowEvents} builds. */
final class AnomalyEvents {
    /** Those that Suricata has no event for. */
    static final Set<Anomaly> OURS = EnumSet.of(Anomaly.STREAM_DATA_AFTER_END, Anomaly.STREAM_DATA_WITHOUT_ACK,
        Anomaly.STREAM_URGENT, Anomaly.TCP_CHECKSUM_WRONG, Anomaly.FRAGMENT_TINY,
        Anomaly.FRAGMENT_OVERLAP_DIFFERENT_DATA, Anomaly.FRAGMENT_END_CONFLICT, Anomaly.LINK_CUT, Anomaly.LLC_CUT,
        Anomaly.RADIO_CUT, Anomaly.RADIO_BAD, Anomaly.DOT11_CUT, Anomaly.LAYERS_TOO_MANY, Anomaly.TUNNELS_TOO_MANY,
        Anomaly.AH_CUT, Anomaly.DCCP_CUT, Anomaly.FLOW_ELEPHANT);

    private AnomalyEvents() {
    }

    static AnomalyEvent of(final Anomaly anomaly) {
        final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(AnomalyEvent.LENGTH));
        final AnomalyEvent event = new AnomalyEvent().wrap(bytes, 0);
        final long[] from = FlowEvents.address("192.0.2.1");
        final long[] to = FlowEvents.address("198.51.100.2");
        event.flow().identity(1234, FlowEvents.START_NS, FlowEvents.START_NS, 1);
        event.flow().initiator(from[0], from[1], 40_000);
        event.flow().responder(to[0], to[1], 443);
        event.flow().protocol(4, 6);
        event.what(anomaly, 1);
        event.seenIn(FlowEvents.START_NS, 99);
        event.concerns(AnomalyEvent.NO_OFFSET, 0);
        return event;
    }
}
