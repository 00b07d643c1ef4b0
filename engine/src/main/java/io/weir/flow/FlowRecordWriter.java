package io.weir.flow;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.FlowEvent;

/** Writes flows that end to the event ring. Their number in the trace is the minor key. Owned by one worker. */
final class FlowRecordWriter {
    private final TunnelEndpoints tunnelEndpoints;
    /** Null if none are kept. */
    private final HardwareAddresses hardware;
    private final EventRing events;
    private final Counters counters;
    private final FlowEvent event = new FlowEvent();

    FlowRecordWriter(final TunnelEndpoints tunnelEndpoints, final HardwareAddresses hardware, final EventRing events,
        final Counters counters) {
        this.tunnelEndpoints = tunnelEndpoints;
        this.hardware = hardware;
        this.events = events;
        this.counters = counters;
    }

    /** Writes one flow; if the ring refuses it, counts that. */
    void write(final FlowSlab slab, final int record, final long sequence, final int reason,
        final FlowObserver observer) {
        final long hot = slab.hot(record);
        final long rare = slab.rare(record);
        final long firstFrame = FlowRecord.firstFrame(hot);
        final int body = events.claim(EventType.FLOW, FlowEvent.LENGTH, sequence, firstFrame);
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return;
        }
        event.wrap(events.buffer(), body);
        final int flags = FlowRecord.flags(hot);
        final boolean initiatorIsUpper = (flags & FlowRecord.FLAG_INITIATOR_IS_UPPER) != 0;
        FlowRecord.identify(hot, rare, event, initiatorIsUpper);
        event.sent(FlowRecord.frames(hot, 0), FlowRecord.bytes(hot, 0),
            flags >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT & 0xff);
        event.answered(FlowRecord.frames(hot, 1), FlowRecord.bytes(hot, 1),
            flags >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT + Byte.SIZE);
        final int protocol = FlowRecord.protocol(hot);
        event.state(FlowRecord.state(hot).ordinal(), reason, flags & FlowRecord.FLAG_TCP_STATE);
        final boolean isIcmp = FlowProtocol.of(protocol) == FlowProtocol.ICMP;
        final int sent = isIcmp ? FlowRecord.icmp(slab.cold(record), 0) : 0;
        final int answered = isIcmp ? FlowRecord.icmp(slab.cold(record), 1) : 0;
        event.icmp(sent, sent >>> Byte.SIZE, answered, answered >>> Byte.SIZE);
        final int endpoints = FlowRecord.tunnelEndpoints(hot, rare);
        event.tunnelIpVersion(tunnelEndpoints.ipVersion(endpoints));
        tunnelEndpoints.write(endpoints, event);
        event.unlabelled();
        if (hardware != null) {
            hardware.write(record, event, initiatorIsUpper);
        }
        observer.describe(record, event);
        events.commit();
    }
}
