package io.weir.flow;

import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * Follows a TCP connection far enough to tell its {@link TcpState} (RFC 9293, section 3.3.2) from the frames alone:
 * handshake, pick-up in the middle, one direction only, both FINs, resets. Works on the record; keeps nothing itself.
 *
 * <p>It judges positions loosely, since it does not know windows: it never has to protect a stream, only to date its
 * end.
 */
final class TcpTracker {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    /** A reset this far ahead of what its receiver acknowledged may still lie in the window; RFC 5961, section 3. */
    private static final int RESET_REACH = 1 << 24;
    /** An acknowledgement further back than this acknowledges something else. */
    private static final int ACKNOWLEDGEMENT_REACH = 1 << 30;

    private static final int NEXT = 0;
    private static final int ACKNOWLEDGED = 4;

    private static final int STATE_NONE = TcpState.NONE.ordinal();
    private static final int STATE_SYN_SENT = TcpState.SYN_SENT.ordinal();
    private static final int STATE_SYN_RECV = TcpState.SYN_RECV.ordinal();
    private static final int STATE_ESTABLISHED = TcpState.ESTABLISHED.ordinal();
    private static final int STATE_FIN_WAIT1 = TcpState.FIN_WAIT1.ordinal();
    private static final int STATE_FIN_WAIT2 = TcpState.FIN_WAIT2.ordinal();
    private static final int STATE_CLOSING = TcpState.CLOSING.ordinal();
    private static final int STATE_CLOSE_WAIT = TcpState.CLOSE_WAIT.ordinal();
    private static final int STATE_LAST_ACK = TcpState.LAST_ACK.ordinal();
    private static final int STATE_TIME_WAIT = TcpState.TIME_WAIT.ordinal();
    private static final int STATE_CLOSED = TcpState.CLOSED.ordinal();

    private static final int HANDSHAKE = FIN | SYN | RST | ACK;
    private static final int BOTH = 3;
    private static final int POSITIONS_KNOWN =
        FlowRecord.FLAG_SEQUENCE_KNOWN * BOTH | FlowRecord.FLAG_ACKNOWLEDGEMENT_KNOWN * BOTH;
    private static final int UNSTEADY =
        FlowRecord.FLAG_TCP_STATE | FlowRecord.FLAG_CLASS | POSITIONS_KNOWN | FlowRecord.FLAG_FIN_SEEN * BOTH;
    private static final int STEADY =
        EvictionClass.with(STATE_ESTABLISHED | POSITIONS_KNOWN, EvictionClass.ESTABLISHED);

    private TcpTracker() {
    }

    /**
     * True if a segment neither opens nor closes a connection that is established in both directions, so that
     * {@link #advance} is all that {@link #update} would do.
     *
     * @param flags the record's flags
     */
    static boolean isSteady(final int flags, final Frame frame) {
        return (flags & UNSTEADY) == STEADY && (frame.tcpFlags & HANDSHAKE) == ACK;
    }

    /** Takes the positions of a segment into account with which nothing else changes. */
    static void advance(final long hot, final Frame frame, final int direction) {
        final long own = positions(hot, direction);
        if (frame.tcpAcknowledgement - UnsafeApi.getInt(own + ACKNOWLEDGED) > 0) {
            UnsafeApi.putInt(own + ACKNOWLEDGED, frame.tcpAcknowledgement);
        }
        final int end = frame.tcpSequence + frame.payloadLength + frame.payloadMissing;
        if (end - UnsafeApi.getInt(own + NEXT) > 0) {
            UnsafeApi.putInt(own + NEXT, end);
        }
    }

    /**
     * Takes a segment into account.
     *
     * @param flags     the record's flags, TCP flags of this segment not yet added
     * @param direction 0 from the initiator, 1 from the responder
     * @return the record's flags after it, class included
     */
    static int update(final long hot, final long cold, final Frame frame, final int flags, final int direction) {
        final int tcpFlags = taken(frame.tcpFlags);
        if ((tcpFlags & RST) != 0) {
            return isResetPlausible(hot, frame, flags, direction) ? withState(flags, STATE_CLOSED) : flags;
        }
        final long own = positions(hot, direction);
        final long other = positions(hot, direction ^ 1);
        int next = flags;
        boolean acknowledgementMoved = false;
        boolean finAcknowledged = false;
        if ((tcpFlags & ACK) != 0) {
            final int ack = frame.tcpAcknowledgement;
            if (is(next, FlowRecord.FLAG_SEQUENCE_KNOWN, direction ^ 1)) {
                final int ahead = ack - UnsafeApi.getInt(other + NEXT);
                if (ahead <= 0 && ahead > -ACKNOWLEDGEMENT_REACH) {
                    next |= FlowRecord.FLAG_ACKNOWLEDGED << direction;
                }
                finAcknowledged = ahead >= 0 && is(next, FlowRecord.FLAG_FIN_SEEN, direction ^ 1);
            }
            if (!is(next, FlowRecord.FLAG_ACKNOWLEDGEMENT_KNOWN, direction)) {
                next |= FlowRecord.FLAG_ACKNOWLEDGEMENT_KNOWN << direction;
                UnsafeApi.putInt(own + ACKNOWLEDGED, ack);
            } else if (ack - UnsafeApi.getInt(own + ACKNOWLEDGED) > 0) {
                UnsafeApi.putInt(own + ACKNOWLEDGED, ack);
                acknowledgementMoved = true;
            }
        }
        next = takeSequence(cold, own, frame, next, direction);
        next = withState(next, nextState(next, tcpFlags, direction, finAcknowledged));
        final int held = EvictionClass.of(next);
        return held == EvictionClass.ESTABLISHED ? next
            : EvictionClass.with(next, Math.max(held, EvictionClass.ofTcp(next, acknowledgementMoved)));
    }

    private static int takeSequence(final long cold, final long own, final Frame frame, final int flags,
        final int direction) {
        final int tcpFlags = taken(frame.tcpFlags);
        if ((tcpFlags & (SYN | ACK)) == 0 && is(flags, FlowRecord.FLAG_SEQUENCE_KNOWN, direction)) {
            return flags;
        }
        final int end = frame.tcpSequence + frame.payloadLength + frame.payloadMissing
            + (tcpFlags & SYN) / SYN + (tcpFlags & FIN);
        int next = flags;
        if (direction == 0 && (tcpFlags & SYN) != 0 && (flags >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT & SYN) == 0) {
            UnsafeApi.putInt(cold + FlowRecord.INITIAL, frame.tcpSequence);
        }
        if (!is(flags, FlowRecord.FLAG_SEQUENCE_KNOWN, direction)) {
            next |= FlowRecord.FLAG_SEQUENCE_KNOWN << direction;
            UnsafeApi.putInt(own + NEXT, end);
        } else if (!is(flags, FlowRecord.FLAG_FIN_SEEN, direction) && end - UnsafeApi.getInt(own + NEXT) > 0) {
            // nothing follows a FIN, so what claims to is not taken
            UnsafeApi.putInt(own + NEXT, end);
        }
        return (tcpFlags & FIN) == 0 ? next : next | FlowRecord.FLAG_FIN_SEEN << direction;
    }

    private static int nextState(final int flags, final int tcpFlags, final int direction,
        final boolean finAcknowledged) {
        final int state = open(flags, tcpFlags, direction);
        final boolean fin = (tcpFlags & FIN) != 0;
        if (!fin && !finAcknowledged || state < STATE_ESTABLISHED) {
            return state;
        }
        return direction == 0 ? closeByInitiator(state, fin, finAcknowledged)
            : closeByResponder(state, fin, finAcknowledged);
    }

    private static int open(final int flags, final int tcpFlags, final int direction) {
        final int state = flags & FlowRecord.FLAG_TCP_STATE;
        if (state >= STATE_ESTABLISHED) {
            return state;
        }
        final boolean syn = (tcpFlags & SYN) != 0;
        final boolean ack = (tcpFlags & ACK) != 0;
        if (state == STATE_NONE) {
            if (syn) {
                return ack ? STATE_SYN_RECV : STATE_SYN_SENT;
            }
            return ack ? STATE_ESTABLISHED : STATE_NONE;
        }
        if (syn) {
            return state == STATE_SYN_SENT && ack && direction == 1 && is(flags, FlowRecord.FLAG_ACKNOWLEDGED, 1)
                ? STATE_SYN_RECV : state;
        }
        if (!ack) {
            return state;
        }
        if (direction == 0) {
            final boolean responderSeen = is(flags, FlowRecord.FLAG_SEQUENCE_KNOWN, 1);
            return !responderSeen || is(flags, FlowRecord.FLAG_ACKNOWLEDGED, 0) ? STATE_ESTABLISHED : state;
        }
        // the responder talks on: either its SYN was missed, or it is the only one seen here
        return state == STATE_SYN_SENT && is(flags, FlowRecord.FLAG_ACKNOWLEDGED, 1)
            || !is(flags, FlowRecord.FLAG_SEQUENCE_KNOWN, 0) ? STATE_ESTABLISHED : state;
    }

    private static int closeByInitiator(final int state, final boolean fin, final boolean finAcknowledged) {
        if (state == STATE_ESTABLISHED) {
            return fin ? STATE_CLOSE_WAIT : state;
        }
        if (state == STATE_FIN_WAIT1) {
            if (fin) {
                return finAcknowledged ? STATE_TIME_WAIT : STATE_CLOSING;
            }
            return STATE_FIN_WAIT2;
        }
        if (state == STATE_FIN_WAIT2) {
            return fin ? STATE_TIME_WAIT : state;
        }
        if (state == STATE_CLOSING) {
            return finAcknowledged ? STATE_TIME_WAIT : state;
        }
        return state == STATE_LAST_ACK && finAcknowledged ? STATE_CLOSED : state;
    }

    private static int closeByResponder(final int state, final boolean fin, final boolean finAcknowledged) {
        if (state == STATE_ESTABLISHED) {
            return fin ? STATE_FIN_WAIT1 : state;
        }
        if (state == STATE_CLOSE_WAIT) {
            return fin ? STATE_LAST_ACK : state;
        }
        return state == STATE_TIME_WAIT && finAcknowledged ? STATE_CLOSED : state;
    }

    private static boolean isResetPlausible(final long hot, final Frame frame, final int flags, final int direction) {
        final boolean sequenceKnown = is(flags, FlowRecord.FLAG_SEQUENCE_KNOWN, direction);
        final boolean otherKnown = is(flags, FlowRecord.FLAG_SEQUENCE_KNOWN, direction ^ 1);
        if ((flags & FlowRecord.FLAG_TCP_STATE) == STATE_SYN_SENT && direction == 1) {
            // refused: such a reset carries sequence number 0, its acknowledgement is what counts
            return (frame.tcpFlags & ACK) != 0
                && frame.tcpAcknowledgement == UnsafeApi.getInt(positions(hot, 0) + NEXT);
        }
        if (is(flags, FlowRecord.FLAG_ACKNOWLEDGEMENT_KNOWN, direction ^ 1)) {
            final int acknowledged = UnsafeApi.getInt(positions(hot, direction ^ 1) + ACKNOWLEDGED);
            final int ahead = frame.tcpSequence - acknowledged;
            final int next = next(hot, direction);
            final boolean lost = !sequenceKnown || acknowledged - next > 0;
            final boolean near = next - acknowledged >= 0 && next - acknowledged < RESET_REACH;
            return ahead == 0 || sequenceKnown && near && frame.tcpSequence == next
                || lost && ahead > 0 && ahead < RESET_REACH;
        }
        if (sequenceKnown) {
            final int ahead = frame.tcpSequence - UnsafeApi.getInt(positions(hot, direction) + NEXT);
            return Math.abs((long) ahead) < RESET_REACH;
        }
        return !otherKnown;
    }

    /** Hosts take no FIN without ACK. */
    private static int taken(final int tcpFlags) {
        return (tcpFlags & ACK) == 0 ? tcpFlags & ~FIN : tcpFlags;
    }

    /** The sequence number behind the newest that a direction was seen to send. */
    static int next(final long hot, final int direction) {
        return UnsafeApi.getInt(positions(hot, direction) + NEXT);
    }

    private static long positions(final long hot, final int direction) {
        return hot + FlowRecord.TCP_POSITIONS + direction * 8L;
    }

    private static boolean is(final int flags, final int flagOfInitiator, final int direction) {
        return (flags & flagOfInitiator << direction) != 0;
    }

    private static int withState(final int flags, final int state) {
        return flags & ~FlowRecord.FLAG_TCP_STATE | state;
    }
}
