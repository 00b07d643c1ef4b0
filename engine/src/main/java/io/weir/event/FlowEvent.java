package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a flow record on an event ring, and a view of it. Lengths in bytes, times in ns since 1970.
 *
 * <p>"Initiator" is the side that opened the flow as decided by the flow table; all per-direction values come as
 * initiator first, responder second. A view is wrapped anew for each record and owned by one thread.
 */
public final class FlowEvent {
    /** Length of the body. */
    public static final int LENGTH = 240;

    /** Length of what says which flow it is, in front: all there is of it in records about something in the flow. */
    public static final int IDENTITY_LENGTH = 112;

    private static final int FLOW_ID = 0;
    private static final int INITIATOR_HI = 8;
    private static final int INITIATOR_LO = 16;
    private static final int RESPONDER_HI = 24;
    private static final int RESPONDER_LO = 32;
    private static final int START = 40;
    private static final int END = 48;
    private static final int FIRST_FRAME = 56;
    private static final int INITIATOR_PORT = 64;
    private static final int RESPONDER_PORT = 66;
    private static final int PROTOCOL = 68;
    private static final int IP_VERSION = 69;
    private static final int INTERFACE = 70;
    private static final int VLAN_IDS = 72;
    private static final int VLAN_COUNT = 76;
    private static final int TUNNEL_IP_VERSION = 77;
    private static final int TUNNELS = 80;
    private static final int TUNNEL_ID = 84;
    private static final int ICMP_TYPE = 88;
    private static final int ICMP_CODE = 89;
    private static final int ICMP_RESPONSE_TYPE = 90;
    private static final int ICMP_RESPONSE_CODE = 91;
    private static final int INITIATOR_HARDWARE = 96;
    private static final int RESPONDER_HARDWARE = 104;

    private static final int INITIATOR_FRAMES = 112;
    private static final int RESPONDER_FRAMES = 120;
    private static final int INITIATOR_BYTES = 128;
    private static final int RESPONDER_BYTES = 136;
    private static final int STATE = 144;
    private static final int END_REASON = 145;
    private static final int TCP_STATE = 146;
    private static final int INITIATOR_TCP_FLAGS = 147;
    private static final int RESPONDER_TCP_FLAGS = 148;
    private static final int TUNNEL_SOURCE_HI = 152;
    private static final int TUNNEL_SOURCE_LO = 160;
    private static final int TUNNEL_DESTINATION_HI = 168;
    private static final int TUNNEL_DESTINATION_LO = 176;
    private static final int PROTOCOLS = 184;
    private static final int APPLICATION = 192;
    private static final int LEAD = 194;
    private static final int CONFIDENCE = 195;
    private static final int HINTS = 196;
    private static final int LABEL_FLAGS = 200;
    private static final int TRANSACTIONS = 204;
    private static final int RULE_LABELS = 208;

    /** {@link #labelFlags}: what it carries is encrypted. */
    public static final int ENCRYPTED = 1;
    /** {@link #labelFlags}: it had content, and nobody recognised it. */
    public static final int UNRECOGNISED = 1 << 1;
    /** {@link #labelFlags}: its application is known by a name or address, not by its own content. */
    public static final int APPLICATION_INFERRED = 1 << 2;
    /** {@link #labelFlags}: the name it is inferred from is one that a name server told the client. */
    public static final int APPLICATION_NAMED = 1 << 3;
    /** {@link #labelFlags}: a rule has alerted on it. */
    public static final int ALERTED = 1 << 4;
    /** {@link #initiatorHardware}: there is one, in the lower 48 bits. */
    public static final long HARDWARE_KNOWN = 1L << 63;
    /** Protocols kept of a flow. */
    public static final int MAX_PROTOCOLS = 4;
    /** Labels kept of a flow. */
    public static final int MAX_LABELS = 8;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public FlowEvent wrap(final UnsafeBuffer ring, final int offset) {
        buffer.wrap(ring, offset, LENGTH);
        return this;
    }

    /** Looks at the identity of a flow alone: nothing else of the record may be asked for or set. */
    FlowEvent wrapIdentity(final UnsafeBuffer ring, final int offset) {
        buffer.wrap(ring, offset, IDENTITY_LENGTH);
        return this;
    }

    /** Copies the identity. */
    public void copyIdentityTo(final UnsafeBuffer target, final int offset) {
        target.putBytes(offset, buffer, 0, IDENTITY_LENGTH);
    }

    /** Sets all behind the identity to nothing. */
    public void nothingMore() {
        buffer.setMemory(IDENTITY_LENGTH, LENGTH - IDENTITY_LENGTH, (byte) 0);
    }

    /** Sets identity and times. */
    public void identity(final long flowId, final long startNs, final long endNs, final long firstFrame) {
        buffer.putLong(FLOW_ID, flowId);
        buffer.putLong(START, startNs);
        buffer.putLong(END, endNs);
        buffer.putLong(FIRST_FRAME, firstFrame);
    }

    /** Sets the initiator's endpoint. */
    public void initiator(final long addressHi, final long addressLo, final int port) {
        buffer.putLong(INITIATOR_HI, addressHi);
        buffer.putLong(INITIATOR_LO, addressLo);
        buffer.putShort(INITIATOR_PORT, (short) port);
    }

    /** Sets the responder's endpoint. */
    public void responder(final long addressHi, final long addressLo, final int port) {
        buffer.putLong(RESPONDER_HI, addressHi);
        buffer.putLong(RESPONDER_LO, addressLo);
        buffer.putShort(RESPONDER_PORT, (short) port);
    }

    /** Sets what the initiator sent. */
    public void sent(final long frames, final long bytes, final int tcpFlags) {
        buffer.putLong(INITIATOR_FRAMES, frames);
        buffer.putLong(INITIATOR_BYTES, bytes);
        buffer.putByte(INITIATOR_TCP_FLAGS, (byte) tcpFlags);
    }

    /** Sets what the responder sent. */
    public void answered(final long frames, final long bytes, final int tcpFlags) {
        buffer.putLong(RESPONDER_FRAMES, frames);
        buffer.putLong(RESPONDER_BYTES, bytes);
        buffer.putByte(RESPONDER_TCP_FLAGS, (byte) tcpFlags);
    }

    /** Sets address family and transport protocol. */
    public void protocol(final int ipVersion, final int protocol) {
        buffer.putByte(IP_VERSION, (byte) ipVersion);
        buffer.putByte(PROTOCOL, (byte) protocol);
    }

    /** Sets state, end reason and TCP state as codes of the flow package's enums. */
    public void state(final int state, final int endReason, final int tcpState) {
        buffer.putByte(STATE, (byte) state);
        buffer.putByte(END_REASON, (byte) endReason);
        buffer.putByte(TCP_STATE, (byte) tcpState);
    }

    /** Sets type and code of the initiator's first ICMP message and of the first answer. */
    public void icmp(final int type, final int code, final int responseType, final int responseCode) {
        buffer.putByte(ICMP_TYPE, (byte) type);
        buffer.putByte(ICMP_CODE, (byte) code);
        buffer.putByte(ICMP_RESPONSE_TYPE, (byte) responseType);
        buffer.putByte(ICMP_RESPONSE_CODE, (byte) responseCode);
    }

    /** Sets where it was seen: interface, VLAN ids (outer in the lower 16 bits) and how many. */
    public void seenOn(final int interfaceId, final int vlanIds, final int vlanCount) {
        buffer.putShort(INTERFACE, (short) interfaceId);
        buffer.putInt(VLAN_IDS, vlanIds);
        buffer.putByte(VLAN_COUNT, (byte) vlanCount);
    }

    /** Sets the tunnel stack (4 bits each) and identifier; 0 if none. */
    public void tunnel(final int tunnels, final int tunnelId, final int outerIpVersion) {
        buffer.putInt(TUNNELS, tunnels);
        buffer.putInt(TUNNEL_ID, tunnelId);
        buffer.putByte(TUNNEL_IP_VERSION, (byte) outerIpVersion);
    }

    /** Sets the outermost addresses of the tunnel's first frame, source then destination. */
    public void tunnelEndpoints(final long sourceHi, final long sourceLo, final long destHi, final long destLo) {
        buffer.putLong(TUNNEL_SOURCE_HI, sourceHi);
        buffer.putLong(TUNNEL_SOURCE_LO, sourceLo);
        buffer.putLong(TUNNEL_DESTINATION_HI, destHi);
        buffer.putLong(TUNNEL_DESTINATION_LO, destLo);
    }

    /** Sets that nothing is known of its protocol and hardware addresses. */
    public void unlabelled() {
        hardware(0, 0);
        buffer.putLong(PROTOCOLS, 0);
        buffer.putLong(APPLICATION, 0);
        buffer.putLong(LABEL_FLAGS, 0);
        buffer.putInt(TRANSACTIONS, 0);
        buffer.setMemory(RULE_LABELS, MAX_LABELS * Integer.BYTES, (byte) 0);
    }

    /** Sets Ethernet addresses: 48 bits each and {@link #HARDWARE_KNOWN}, or 0. */
    public void hardware(final long ofInitiator, final long ofResponder) {
        buffer.putLong(INITIATOR_HARDWARE, ofInitiator);
        buffer.putLong(RESPONDER_HARDWARE, ofResponder);
    }

    /** Ethernet address at the initiator's side, with {@link #HARDWARE_KNOWN}, or 0. */
    public long initiatorHardware() {
        return buffer.getLong(INITIATOR_HARDWARE);
    }

    /** Ethernet address at the responder's side, with {@link #HARDWARE_KNOWN}, or 0. */
    public long responderHardware() {
        return buffer.getLong(RESPONDER_HARDWARE);
    }

    /** Sets the n-th word that rules have added to it, by its number among names; not negative. */
    public void label(final int index, final int number) {
        buffer.putInt(RULE_LABELS + Integer.BYTES * index, number + 1);
    }

    /** Number of the n-th word that rules have added to it, or -1; those after the first -1 are -1 too. */
    public int label(final int index) {
        return buffer.getInt(RULE_LABELS + Integer.BYTES * index) - 1;
    }

    /**
     * Sets what is known of its protocol.
     *
     * @param packed up to {@link #MAX_PROTOCOLS} protocol numbers, 16 bits each from the low end, outer first
     * @param lead   index of the one that was recognised last after a hand-over, 0 without one
     */
    public void protocols(final long packed, final int lead, final int confidence) {
        buffer.putLong(PROTOCOLS, packed);
        buffer.putByte(LEAD, (byte) lead);
        buffer.putByte(CONFIDENCE, (byte) confidence);
    }

    /** Sets the application's number, 0 for none. */
    public void application(final int number) {
        buffer.putShort(APPLICATION, (short) number);
    }

    /** Sets the flags above, hints of statistics (a bit each) and how many transactions were told. */
    public void labels(final int flags, final int hints, final int transactions) {
        buffer.putInt(LABEL_FLAGS, flags);
        buffer.putInt(HINTS, hints);
        buffer.putInt(TRANSACTIONS, transactions);
    }

    /** Number of its n-th protocol, outer first, or 0. */
    public int protocolNumber(final int index) {
        return buffer.getShort(PROTOCOLS + 2 * index) & 0xffff;
    }

    /** All protocol numbers, 16 bits each from the low end. */
    public long packedProtocols() {
        return buffer.getLong(PROTOCOLS);
    }

    /** Index of the protocol that was recognised last after a hand-over, 0 without one. */
    public int lead() {
        return buffer.getByte(LEAD) & MAX_PROTOCOLS - 1;
    }

    /** How sure the protocol is, as code of the protocol package's enum. */
    public int confidence() {
        return buffer.getByte(CONFIDENCE);
    }

    /** Number of the application, 0 for none. */
    public int applicationNumber() {
        return buffer.getShort(APPLICATION) & 0xffff;
    }

    /** The flags above. */
    public int labelFlags() {
        return buffer.getInt(LABEL_FLAGS);
    }

    /** Hints of statistics, a bit each. */
    public int hints() {
        return buffer.getInt(HINTS);
    }

    /** Transactions told of it. */
    public int transactions() {
        return buffer.getInt(TRANSACTIONS);
    }

    /** 51-bit identifier, the same in every run, never 0. */
    public long flowId() {
        return buffer.getLong(FLOW_ID);
    }

    /** Upper half of the initiator's address. */
    public long initiatorHi() {
        return buffer.getLong(INITIATOR_HI);
    }

    /** Lower half of the initiator's address; IPv4 zero-extended. */
    public long initiatorLo() {
        return buffer.getLong(INITIATOR_LO);
    }

    /** Upper half of the responder's address. */
    public long responderHi() {
        return buffer.getLong(RESPONDER_HI);
    }

    /** Lower half of the responder's address. */
    public long responderLo() {
        return buffer.getLong(RESPONDER_LO);
    }

    /** Initiator's port, or ICMP query identifier. */
    public int initiatorPort() {
        return buffer.getShort(INITIATOR_PORT) & 0xffff;
    }

    /** Responder's port, or ICMP query identifier. */
    public int responderPort() {
        return buffer.getShort(RESPONDER_PORT) & 0xffff;
    }

    /** Stamp of the first frame. */
    public long startNs() {
        return buffer.getLong(START);
    }

    /** Greatest stamp of the flow's frames. */
    public long endNs() {
        return buffer.getLong(END);
    }

    /** Number of the flow's first frame in the trace. */
    public long firstFrame() {
        return buffer.getLong(FIRST_FRAME);
    }

    /** Frames the initiator sent. */
    public long initiatorFrames() {
        return buffer.getLong(INITIATOR_FRAMES);
    }

    /** Frames the responder sent. */
    public long responderFrames() {
        return buffer.getLong(RESPONDER_FRAMES);
    }

    /** Wire bytes the initiator sent. */
    public long initiatorBytes() {
        return buffer.getLong(INITIATOR_BYTES);
    }

    /** Wire bytes the responder sent. */
    public long responderBytes() {
        return buffer.getLong(RESPONDER_BYTES);
    }

    /** 4 or 6. */
    public int ipVersion() {
        return buffer.getByte(IP_VERSION);
    }

    /** IP protocol number. */
    public int protocol() {
        return buffer.getByte(PROTOCOL) & 0xff;
    }

    /** Code of the flow's state. */
    public int state() {
        return buffer.getByte(STATE);
    }

    /** Code of why the flow ended. */
    public int endReason() {
        return buffer.getByte(END_REASON);
    }

    /** Code of the TCP state. */
    public int tcpState() {
        return buffer.getByte(TCP_STATE);
    }

    /** TCP flags the initiator sent, or-ed. */
    public int initiatorTcpFlags() {
        return buffer.getByte(INITIATOR_TCP_FLAGS) & 0xff;
    }

    /** TCP flags the responder sent, or-ed. */
    public int responderTcpFlags() {
        return buffer.getByte(RESPONDER_TCP_FLAGS) & 0xff;
    }

    /** Type of the first ICMP message. */
    public int icmpType() {
        return buffer.getByte(ICMP_TYPE) & 0xff;
    }

    /** Code of the first ICMP message. */
    public int icmpCode() {
        return buffer.getByte(ICMP_CODE) & 0xff;
    }

    /** Type of the first ICMP answer, 0 if none came. */
    public int icmpResponseType() {
        return buffer.getByte(ICMP_RESPONSE_TYPE) & 0xff;
    }

    /** Code of the first ICMP answer. */
    public int icmpResponseCode() {
        return buffer.getByte(ICMP_RESPONSE_CODE) & 0xff;
    }

    /** Interface of the first frame. */
    public int interfaceId() {
        return buffer.getShort(INTERFACE) & 0xffff;
    }

    /** VLAN ids, outer in the lower 16 bits. */
    public int vlanIds() {
        return buffer.getInt(VLAN_IDS);
    }

    /** How many VLAN ids, 0 to 2. */
    public int vlanCount() {
        return buffer.getByte(VLAN_COUNT);
    }

    /** Tunnel types from outer to inner, 4 bits each. */
    public int tunnels() {
        return buffer.getInt(TUNNELS);
    }

    /** Tunnel identifier. */
    public int tunnelId() {
        return buffer.getInt(TUNNEL_ID);
    }

    /** Family of the outermost IP header, 0 if the flow is in no tunnel. */
    public int tunnelIpVersion() {
        return buffer.getByte(TUNNEL_IP_VERSION);
    }

    /** Upper half of the outermost source. */
    public long tunnelSourceHi() {
        return buffer.getLong(TUNNEL_SOURCE_HI);
    }

    /** Lower half of the outermost source. */
    public long tunnelSourceLo() {
        return buffer.getLong(TUNNEL_SOURCE_LO);
    }

    /** Upper half of the outermost destination. */
    public long tunnelDestinationHi() {
        return buffer.getLong(TUNNEL_DESTINATION_HI);
    }

    /** Lower half of the outermost destination. */
    public long tunnelDestinationLo() {
        return buffer.getLong(TUNNEL_DESTINATION_LO);
    }
}
