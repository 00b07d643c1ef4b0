package io.weir.event;

import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a flow record on an event ring, and a view of it: the flow's identity, and what became of it. Lengths in
 * bytes, times in ns since 1970. All per-direction values come as initiator first, responder second. A view is wrapped
 * anew for each record and owned by one thread.
 */
public final class FlowEvent extends FlowIdentity {
    /** Length of the body. */
    public static final int LENGTH = 240;

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
    /** Protocols kept of a flow. */
    public static final int MAX_PROTOCOLS = 4;
    /** Labels kept of a flow. */
    public static final int MAX_LABELS = 8;

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public FlowEvent wrap(final UnsafeBuffer ring, final int offset) {
        look(ring, offset, LENGTH);
        return this;
    }

    /** Sets all behind the identity to nothing. */
    public void nothingMore() {
        for (int at = IDENTITY_LENGTH; at < LENGTH; at += Long.BYTES) {
            putLong(at, 0);
        }
    }

    /** Sets what the initiator sent. */
    public void sent(final long frames, final long bytes, final int tcpFlags) {
        putLong(INITIATOR_FRAMES, frames);
        putLong(INITIATOR_BYTES, bytes);
        putByte(INITIATOR_TCP_FLAGS, tcpFlags);
    }

    /** Sets what the responder sent. */
    public void answered(final long frames, final long bytes, final int tcpFlags) {
        putLong(RESPONDER_FRAMES, frames);
        putLong(RESPONDER_BYTES, bytes);
        putByte(RESPONDER_TCP_FLAGS, tcpFlags);
    }

    /** Sets state, end reason and TCP state as codes of the flow package's enums. */
    public void state(final int state, final int endReason, final int tcpState) {
        putByte(STATE, state);
        putByte(END_REASON, endReason);
        putByte(TCP_STATE, tcpState);
    }

    /** Sets the outermost addresses of the tunnel's first frame, source then destination. */
    public void tunnelEndpoints(final long sourceHi, final long sourceLo, final long destHi, final long destLo) {
        putLong(TUNNEL_SOURCE_HI, sourceHi);
        putLong(TUNNEL_SOURCE_LO, sourceLo);
        putLong(TUNNEL_DESTINATION_HI, destHi);
        putLong(TUNNEL_DESTINATION_LO, destLo);
    }

    /** Sets that nothing is known of its protocol and hardware addresses. */
    public void unlabelled() {
        hardware(0, 0);
        putLong(PROTOCOLS, 0);
        putLong(APPLICATION, 0);
        putLong(LABEL_FLAGS, 0);
        for (int at = RULE_LABELS; at < LENGTH; at += Long.BYTES) {
            putLong(at, 0);
        }
    }

    /** Sets the n-th word that rules have added to it, by its number among names; not negative. */
    public void label(final int index, final int number) {
        putInt(RULE_LABELS + Integer.BYTES * Objects.checkIndex(index, MAX_LABELS), number + 1);
    }

    /** Number of the n-th word that rules have added to it, or -1; those after the first -1 are -1 too. */
    public int label(final int index) {
        return getInt(RULE_LABELS + Integer.BYTES * Objects.checkIndex(index, MAX_LABELS)) - 1;
    }

    /**
     * Sets what is known of its protocol.
     *
     * @param packed up to {@link #MAX_PROTOCOLS} protocol numbers, 16 bits each from the low end, outer first
     * @param lead   index of the one that was recognised last after a hand-over, 0 without one
     */
    public void protocols(final long packed, final int lead, final int confidence) {
        putLong(PROTOCOLS, packed);
        putByte(LEAD, lead);
        putByte(CONFIDENCE, confidence);
    }

    /** Sets the application's number, 0 for none. */
    public void application(final int number) {
        putShort(APPLICATION, number);
    }

    /** Sets the flags above, hints of statistics (a bit each) and how many transactions were told. */
    public void labels(final int flags, final int hints, final int transactions) {
        putInt(LABEL_FLAGS, flags);
        putInt(HINTS, hints);
        putInt(TRANSACTIONS, transactions);
    }

    /** Number of its n-th protocol, outer first, or 0. */
    public int protocolNumber(final int index) {
        return (int) (packedProtocols() >>> Short.SIZE * index) & 0xffff;
    }

    /** All protocol numbers, 16 bits each from the low end. */
    public long packedProtocols() {
        return getLong(PROTOCOLS);
    }

    /** Index of the protocol that was recognised last after a hand-over, 0 without one. */
    public int lead() {
        return getByte(LEAD) & MAX_PROTOCOLS - 1;
    }

    /** How sure the protocol is, as code of the protocol package's enum. */
    public int confidence() {
        return getByte(CONFIDENCE);
    }

    /** Number of the application, 0 for none. */
    public int applicationNumber() {
        return getShort(APPLICATION);
    }

    /** The flags above. */
    public int labelFlags() {
        return getInt(LABEL_FLAGS);
    }

    /** Hints of statistics, a bit each. */
    public int hints() {
        return getInt(HINTS);
    }

    /** Transactions told of it. */
    public int transactions() {
        return getInt(TRANSACTIONS);
    }

    /** Frames the initiator sent. */
    public long initiatorFrames() {
        return getLong(INITIATOR_FRAMES);
    }

    /** Frames the responder sent. */
    public long responderFrames() {
        return getLong(RESPONDER_FRAMES);
    }

    /** Wire bytes the initiator sent. */
    public long initiatorBytes() {
        return getLong(INITIATOR_BYTES);
    }

    /** Wire bytes the responder sent. */
    public long responderBytes() {
        return getLong(RESPONDER_BYTES);
    }

    /** Code of the flow's state. */
    public int state() {
        return getByte(STATE);
    }

    /** Code of why the flow ended. */
    public int endReason() {
        return getByte(END_REASON);
    }

    /** Code of the TCP state. */
    public int tcpState() {
        return getByte(TCP_STATE);
    }

    /** TCP flags the initiator sent, or-ed. */
    public int initiatorTcpFlags() {
        return getByte(INITIATOR_TCP_FLAGS) & 0xff;
    }

    /** TCP flags the responder sent, or-ed. */
    public int responderTcpFlags() {
        return getByte(RESPONDER_TCP_FLAGS) & 0xff;
    }

    /** Upper half of the outermost source. */
    public long tunnelSourceHi() {
        return getLong(TUNNEL_SOURCE_HI);
    }

    /** Lower half of the outermost source. */
    public long tunnelSourceLo() {
        return getLong(TUNNEL_SOURCE_LO);
    }

    /** Upper half of the outermost destination. */
    public long tunnelDestinationHi() {
        return getLong(TUNNEL_DESTINATION_HI);
    }

    /** Lower half of the outermost destination. */
    public long tunnelDestinationLo() {
        return getLong(TUNNEL_DESTINATION_LO);
    }
}
