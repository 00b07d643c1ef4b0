package io.weir.flow;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.FlowEvent;
import org.agrona.UnsafeApi;

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
    void write(final long hot, final long cold, final long sequence, final int reason, final FlowObserver observer,
        final int record) {
        final long firstFrame = FlowRecord.firstFrame(cold);
        final int body = events.claim(EventType.FLOW, FlowEvent.LENGTH, sequence, firstFrame);
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return;
        }
        event.wrap(events.buffer(), body);
        final long lowerHi = UnsafeApi.getLong(hot + FlowRecord.LOWER_HI);
        final long lowerLo = UnsafeApi.getLong(hot + FlowRecord.LOWER_LO);
        final long upperHi = UnsafeApi.getLong(hot + FlowRecord.UPPER_HI);
        final long upperLo = UnsafeApi.getLong(hot + FlowRecord.UPPER_LO);
        final long portsAndInterface = UnsafeApi.getLong(hot + FlowRecord.PORTS_AND_PROTOCOL);
        final long portsAndProtocol = portsAndInterface & (1L << FlowKey.KEY_BITS) - 1;
        final long vlanAndTunnel = UnsafeApi.getLong(hot + FlowRecord.VLAN_AND_TUNNEL);
        final int lowerPort = (int) portsAndProtocol & 0xffff;
        final int upperPort = (int) portsAndProtocol >>> 16;
        final int flags = FlowRecord.flags(hot);
        if ((flags & FlowRecord.FLAG_INITIATOR_IS_UPPER) == 0) {
            event.initiator(lowerHi, lowerLo, lowerPort);
            event.responder(upperHi, upperLo, upperPort);
        } else {
            event.initiator(upperHi, upperLo, upperPort);
            event.responder(lowerHi, lowerLo, lowerPort);
        }
        final long startNs = UnsafeApi.getLong(cold + FlowRecord.START_NS);
        event.identity(FlowId.of(lowerHi, lowerLo, upperHi, upperLo, portsAndProtocol, vlanAndTunnel, startNs,
            firstFrame), startNs, FlowRecord.endNs(hot), firstFrame);
        event.sent(FlowRecord.frames(hot, 0), FlowRecord.bytes(hot, 0),
            flags >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT & 0xff);
        event.answered(FlowRecord.frames(hot, 1), FlowRecord.bytes(hot, 1),
            flags >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT + Byte.SIZE);
        final int protocol = FlowRecord.protocol(hot);
        event.protocol((int) (portsAndProtocol >>> FlowKey.IP_VERSION_SHIFT) & 0xf, protocol);
        event.state(FlowRecord.state(hot).ordinal(), reason, flags & FlowRecord.FLAG_TCP_STATE);
        final boolean isIcmp = FlowProtocol.of(protocol) == FlowProtocol.ICMP;
        final int sent = isIcmp ? FlowRecord.icmp(hot, 0) : 0;
        final int answered = isIcmp ? FlowRecord.icmp(hot, 1) : 0;
        event.icmp(sent, sent >>> Byte.SIZE, answered, answered >>> Byte.SIZE);
        event.seenOn((int) (portsAndInterface >>> FlowKey.KEY_BITS), (int) vlanAndTunnel,
            (int) (portsAndProtocol >>> FlowKey.VLAN_COUNT_SHIFT) & FlowKey.VLAN_COUNT_MAX);
        final int endpoints = UnsafeApi.getInt(cold + FlowRecord.TUNNEL_ENDPOINTS);
        event.tunnel(UnsafeApi.getInt(cold + FlowRecord.TUNNELS), (int) (vlanAndTunnel >>> 32),
            tunnelEndpoints.ipVersion(endpoints));
        tunnelEndpoints.write(endpoints, event);
        event.unlabelled();
        if (hardware != null) {
            hardware.write(record, event, (flags & FlowRecord.FLAG_INITIATOR_IS_UPPER) != 0);
        }
        observer.describe(record, event);
        events.commit();
    }
}
