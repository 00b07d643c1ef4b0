package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of what says which flow a record is about, in front of all of them, and a view of it: identifier, tuple, times
 * in ns since 1970, where it was seen. A view is wrapped anew for each record and owned by one thread.
 *
 * <p>"Initiator" is the side that opened the flow as decided by the flow table, or in some records another one that
 * they name; what there is of both sides comes as initiator first, responder second.
 */
public class FlowIdentity extends EventView {
    /** Length of it. */
    public static final int IDENTITY_LENGTH = 112;

    private static final int FLOW_ID = 0;
    private static final int INITIATOR_HI = 8;
    private static final int INITIATOR_LO = 16;
    private static final int RESPONDER_HI = 24;
    private static final int RESPONDER_LO = 32;
    private static final int START = 40;
    private static final int END = 48;
    private static final int FIRST_FRAME = 56;
    /** From the low end: ports (16 bits each), protocol (8), IP version (4), VLAN ids (3), a bit, interface (16). */
    private static final int TUPLE = 64;
    /** VLAN ids in the lower, tunnel identifier in the upper 32 bits. */
    private static final int VLAN_AND_TUNNEL = 72;
    private static final int TUNNELS = 80;
    private static final int TUNNEL_IP_VERSION = 84;
    /** From the low end: type, code, type and code of the answer. */
    private static final int ICMP = 88;
    private static final int INITIATOR_HARDWARE = 96;
    private static final int RESPONDER_HARDWARE = 104;

    private static final int RESPONDER_PORT_SHIFT = 16;
    private static final int PROTOCOL_SHIFT = 32;
    private static final int IP_VERSION_SHIFT = 40;
    private static final int VLAN_COUNT_SHIFT = 44;
    private static final int INTERFACE_SHIFT = 48;
    private static final int VLAN_COUNT_MAX = 7;

    /** {@link #initiatorHardware}: there is one, in the lower 48 bits. */
    public static final long HARDWARE_KNOWN = 1L << 63;

    /** Looks at the identity that begins at {@code offset} of {@code ring}. */
    public FlowIdentity wrapIdentity(final UnsafeBuffer ring, final int offset) {
        look(ring, offset, IDENTITY_LENGTH);
        return this;
    }

    /** Copies the identity. */
    public final void copyIdentityTo(final UnsafeBuffer target, final int offset) {
        target.putBytes(offset, source(), start(), IDENTITY_LENGTH);
    }

    /** Sets identifier and times. */
    public final void identity(final long flowId, final long startNs, final long endNs, final long firstFrame) {
        putLong(FLOW_ID, flowId);
        putLong(START, startNs);
        putLong(END, endNs);
        putLong(FIRST_FRAME, firstFrame);
    }

    /** Sets both addresses, IPv4 zero-extended. */
    public final void addresses(final long initiatorHi, final long initiatorLo, final long responderHi,
        final long responderLo) {
        putLong(INITIATOR_HI, initiatorHi);
        putLong(INITIATOR_LO, initiatorLo);
        putLong(RESPONDER_HI, responderHi);
        putLong(RESPONDER_LO, responderLo);
    }

    /**
     * Sets all else of where the flow was seen, but for addresses, in words as flows are kept.
     *
     * @param tuple         from the low end: port of the initiator and of the responder (16 bits each), protocol (8),
     *                      IP version (4), how many VLAN ids (3), a bit that means nothing here, interface (16)
     * @param vlanAndTunnel VLAN ids in the lower, tunnel identifier in the upper 32 bits
     * @param tunnels       tunnel stack, 4 bits each
     */
    public final void seen(final long tuple, final long vlanAndTunnel, final int tunnels) {
        putLong(TUPLE, tuple);
        putLong(VLAN_AND_TUNNEL, vlanAndTunnel);
        putInt(TUNNELS, tunnels);
    }

    /** Sets the initiator's endpoint. */
    public final void initiator(final long addressHi, final long addressLo, final int port) {
        putLong(INITIATOR_HI, addressHi);
        putLong(INITIATOR_LO, addressLo);
        tuple(0xffff, 0, port);
    }

    /** Sets the responder's endpoint. */
    public final void responder(final long addressHi, final long addressLo, final int port) {
        putLong(RESPONDER_HI, addressHi);
        putLong(RESPONDER_LO, addressLo);
        tuple(0xffff, RESPONDER_PORT_SHIFT, port);
    }

    /** Sets address family and transport protocol. */
    public final void protocol(final int ipVersion, final int protocol) {
        tuple(0xf, IP_VERSION_SHIFT, ipVersion);
        tuple(0xff, PROTOCOL_SHIFT, protocol);
    }

    /** Sets where it was seen: interface, VLAN ids (outer in the lower 16 bits) and how many. */
    public final void seenOn(final int interfaceId, final int vlanIds, final int vlanCount) {
        tuple(0xffff, INTERFACE_SHIFT, interfaceId);
        tuple(VLAN_COUNT_MAX, VLAN_COUNT_SHIFT, vlanCount);
        putLong(VLAN_AND_TUNNEL, getLong(VLAN_AND_TUNNEL) >>> Integer.SIZE << Integer.SIZE | vlanIds & 0xffff_ffffL);
    }

    private void tuple(final long mask, final int shift, final long value) {
        putLong(TUPLE, getLong(TUPLE) & ~(mask << shift) | (value & mask) << shift);
    }

    /** Sets type and code of the initiator's first ICMP message and of the first answer. */
    public final void icmp(final int type, final int code, final int responseType, final int responseCode) {
        putInt(ICMP, type & 0xff | (code & 0xff) << 8 | (responseType & 0xff) << 16 | responseCode << 24);
    }

    /** Sets the tunnel stack (4 bits each) and identifier; 0 if none. */
    public final void tunnel(final int tunnels, final int tunnelId, final int outerIpVersion) {
        putInt(TUNNELS, tunnels);
        putLong(VLAN_AND_TUNNEL, getLong(VLAN_AND_TUNNEL) & 0xffff_ffffL | (long) tunnelId << Integer.SIZE);
        tunnelIpVersion(outerIpVersion);
    }

    /** Sets the family of the outermost IP header; 0 if the flow is in no tunnel. */
    public final void tunnelIpVersion(final int outerIpVersion) {
        putInt(TUNNEL_IP_VERSION, outerIpVersion);
    }

    /** Sets Ethernet addresses: 48 bits each and {@link #HARDWARE_KNOWN}, or 0. */
    public final void hardware(final long ofInitiator, final long ofResponder) {
        putLong(INITIATOR_HARDWARE, ofInitiator);
        putLong(RESPONDER_HARDWARE, ofResponder);
    }

    /** Ethernet address at the initiator's side, with {@link #HARDWARE_KNOWN}, or 0. */
    public final long initiatorHardware() {
        return getLong(INITIATOR_HARDWARE);
    }

    /** Ethernet address at the responder's side, with {@link #HARDWARE_KNOWN}, or 0. */
    public final long responderHardware() {
        return getLong(RESPONDER_HARDWARE);
    }

    /** 51-bit identifier, the same in every run, never 0 but where there is no flow. */
    public final long flowId() {
        return getLong(FLOW_ID);
    }

    /** Upper half of the initiator's address. */
    public final long initiatorHi() {
        return getLong(INITIATOR_HI);
    }

    /** Lower half of the initiator's address; IPv4 zero-extended. */
    public final long initiatorLo() {
        return getLong(INITIATOR_LO);
    }

    /** Upper half of the responder's address. */
    public final long responderHi() {
        return getLong(RESPONDER_HI);
    }

    /** Lower half of the responder's address. */
    public final long responderLo() {
        return getLong(RESPONDER_LO);
    }

    /** Initiator's port, or ICMP query identifier. */
    public final int initiatorPort() {
        return (int) getLong(TUPLE) & 0xffff;
    }

    /** Responder's port, or ICMP query identifier. */
    public final int responderPort() {
        return (int) getLong(TUPLE) >>> RESPONDER_PORT_SHIFT;
    }

    /** Stamp of the first frame. */
    public final long startNs() {
        return getLong(START);
    }

    /** Greatest stamp of the flow's frames. */
    public final long endNs() {
        return getLong(END);
    }

    /** Number of the flow's first frame in the trace. */
    public final long firstFrame() {
        return getLong(FIRST_FRAME);
    }

    /** 4 or 6. */
    public final int ipVersion() {
        return (int) (getLong(TUPLE) >>> IP_VERSION_SHIFT) & 0xf;
    }

    /** IP protocol number. */
    public final int protocol() {
        return (int) (getLong(TUPLE) >>> PROTOCOL_SHIFT) & 0xff;
    }

    /** Type of the first ICMP message. */
    public final int icmpType() {
        return getInt(ICMP) & 0xff;
    }

    /** Code of the first ICMP message. */
    public final int icmpCode() {
        return getInt(ICMP) >>> 8 & 0xff;
    }

    /** Type of the first ICMP answer, 0 if none came. */
    public final int icmpResponseType() {
        return getInt(ICMP) >>> 16 & 0xff;
    }

    /** Code of the first ICMP answer. */
    public final int icmpResponseCode() {
        return getInt(ICMP) >>> 24;
    }

    /** Interface of the first frame. */
    public final int interfaceId() {
        return (int) (getLong(TUPLE) >>> INTERFACE_SHIFT);
    }

    /** VLAN ids, outer in the lower 16 bits. */
    public final int vlanIds() {
        return (int) getLong(VLAN_AND_TUNNEL);
    }

    /** How many VLAN ids, 0 to 2. */
    public final int vlanCount() {
        return (int) (getLong(TUPLE) >>> VLAN_COUNT_SHIFT) & VLAN_COUNT_MAX;
    }

    /** Tunnel types from outer to inner, 4 bits each. */
    public final int tunnels() {
        return getInt(TUNNELS);
    }

    /** Tunnel identifier. */
    public final int tunnelId() {
        return (int) (getLong(VLAN_AND_TUNNEL) >>> Integer.SIZE);
    }

    /** Family of the outermost IP header, 0 if the flow is in no tunnel or that is not known of it. */
    public final int tunnelIpVersion() {
        return getInt(TUNNEL_IP_VERSION);
    }
}
