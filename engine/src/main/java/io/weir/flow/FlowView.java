package io.weir.flow;

import io.weir.event.FlowEvent;
import io.weir.event.FlowIdentity;
import org.agrona.UnsafeApi;

/**
 * Identity of a live flow, read in place. Wrapped anew for each use; holds until the flow ends. One thread, the
 * worker's.
 */
public final class FlowView {
    private long hot;
    private long rare;
    private HardwareAddresses hardware;
    private int record;

    /** Looks at a flow of a table by its handle. */
    public FlowView wrap(final FlowTable flows, final long handle) {
        hot = flows.hot(handle);
        rare = flows.rare(handle);
        hardware = flows.hardware();
        record = (int) handle;
        return this;
    }

    /** Upper half of the lower address. */
    public long lowerHi() {
        return UnsafeApi.getLong(hot + FlowRecord.LOWER_HI);
    }

    /** Lower half of the lower address; IPv4 zero-extended. */
    public long lowerLo() {
        return UnsafeApi.getLong(hot + FlowRecord.LOWER_LO);
    }

    /** Upper half of the upper address. */
    public long upperHi() {
        return UnsafeApi.getLong(hot + FlowRecord.UPPER_HI);
    }

    /** Lower half of the upper address. */
    public long upperLo() {
        return UnsafeApi.getLong(hot + FlowRecord.UPPER_LO);
    }

    /** Port of the lower endpoint. */
    public int lowerPort() {
        return (int) portsAndProtocol() & 0xffff;
    }

    /** Port of the upper endpoint. */
    public int upperPort() {
        return (int) portsAndProtocol() >>> 16;
    }

    /** Transport protocol. */
    public int protocol() {
        return FlowRecord.protocol(hot);
    }

    /** 4 or 6. */
    public int ipVersion() {
        return (int) (portsAndProtocol() >>> FlowKey.IP_VERSION_SHIFT) & 0xf;
    }

    /** VLAN ids, outer in the lower 16 bits. */
    public int vlanIds() {
        return (int) vlanAndTunnel();
    }

    /** How many VLAN ids count. */
    public int vlanCount() {
        return (int) (portsAndProtocol() >>> FlowKey.VLAN_COUNT_SHIFT) & FlowKey.VLAN_COUNT_MAX;
    }

    /** Interface of the first frame. */
    public int interfaceId() {
        return (int) (UnsafeApi.getLong(hot + FlowRecord.PORTS_AND_PROTOCOL) >>> FlowKey.KEY_BITS);
    }

    /** True if the upper endpoint opened the flow. */
    public boolean initiatorIsUpper() {
        return (FlowRecord.flags(hot) & FlowRecord.FLAG_INITIATOR_IS_UPPER) != 0;
    }

    /** True if both sides were seen and each acknowledged something of the other. */
    public boolean isEstablished() {
        return EvictionClass.of(FlowRecord.flags(hot)) == EvictionClass.ESTABLISHED;
    }

    /** How far the flow has come. */
    public FlowState state() {
        return FlowRecord.state(hot);
    }

    /** Frames of one direction. */
    public long frames(final boolean ofInitiator) {
        return FlowRecord.frames(hot, ofInitiator ? 0 : 1);
    }

    /** Bytes on the wire of one direction. */
    public long bytes(final boolean ofInitiator) {
        return FlowRecord.bytes(hot, ofInitiator ? 0 : 1);
    }

    /** Stamp of the first frame, ns since 1970. */
    public long startNs() {
        return FlowRecord.startNs(hot);
    }

    /** Greatest stamp of its frames so far, ns since 1970. */
    public long endNs() {
        return FlowRecord.endNs(hot);
    }

    /** Number of the first frame. */
    public long firstFrame() {
        return FlowRecord.firstFrame(hot);
    }

    /** The identifier that records of this flow carry. */
    public long flowId() {
        return FlowId.of(lowerHi(), lowerLo(), upperHi(), upperLo(), portsAndProtocol(), vlanAndTunnel(), startNs(),
            firstFrame());
    }

    /**
     * Writes the identity into a record, with one of the two endpoints as its initiator. Counts, states and addresses
     * of tunnels are left at nothing.
     *
     * @param fromUpper true for the upper endpoint
     */
    public void identify(final FlowEvent event, final boolean fromUpper) {
        identity(event, fromUpper);
        event.nothingMore();
    }

    /** The same into a record that has no room for more. */
    public void identity(final FlowIdentity event, final boolean fromUpper) {
        FlowRecord.identify(hot, rare, event, fromUpper);
        event.icmp(0, 0, 0, 0);
        event.tunnelIpVersion(0);
        if (hardware != null) {
            hardware.write(record, event, fromUpper);
        } else {
            event.hardware(0, 0);
        }
    }

    /** Writes what its initiator has sent so far, and what it was answered. */
    public void count(final FlowEvent event) {
        event.sent(FlowRecord.frames(hot, 0), FlowRecord.bytes(hot, 0), 0);
        event.answered(FlowRecord.frames(hot, 1), FlowRecord.bytes(hot, 1), 0);
    }

    private long portsAndProtocol() {
        return UnsafeApi.getLong(hot + FlowRecord.PORTS_AND_PROTOCOL) & (1L << FlowKey.KEY_BITS) - 1;
    }

    private long vlanAndTunnel() {
        return UnsafeApi.getLong(hot + FlowRecord.VLAN_AND_TUNNEL);
    }
}
