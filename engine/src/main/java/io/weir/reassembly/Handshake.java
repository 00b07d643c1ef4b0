package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACKED;
import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.ENDED;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.OFFSET;
import static io.weir.reassembly.TcpConnections.OPEN;
import static io.weir.reassembly.TcpConnections.SACK_OFFERED;
import static io.weir.reassembly.TcpConnections.SCALE;
import static io.weir.reassembly.TcpConnections.SCALE_OFFERED;
import static io.weir.reassembly.TcpConnections.SCALE_SHIFT;
import static io.weir.reassembly.TcpConnections.STARTED;
import static io.weir.reassembly.TcpConnections.START_KNOWN;
import static io.weir.reassembly.TcpConnections.SYN;
import static io.weir.reassembly.TcpConnections.TIMESTAMPS_OFFERED;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import org.agrona.UnsafeApi;

/**
 * Finds where the streams of a connection start: at their SYNs, retransmitted, changed, crossing each other or missed
 * as they may be, or in the middle. Owned by one worker.
 */
final class Handshake {
    /** What a SYN is to the stream of its sender. */
    enum Start {
        /** It starts it. */
        TAKEN,
        /** It starts it in place of an earlier SYN nobody has answered. */
        CHANGED,
        /** It differs from an earlier one that was answered, or that is answered by this connection's other side. */
        REFUSED,
        /** The stream is under way. */
        LATE
    }

    /** Data this far behind the last acknowledgement follows on it. */
    private static final int PICK_UP_REACH = 1 << 20;
    /** Streams longer than this were answered, whether that was seen or not. */
    private static final long FAR = 1 << 30;
    /** As much as a SYN can carry. */
    private static final int MAX_SYN_DATA = 0xffff;
    /** Windows whose scale is not known are taken to be as large as they may be (RFC 7323, section 2.3). */
    private static final int UNKNOWN_SCALE = 14;

    private final boolean midstream;
    private final Counters counters;
    private final TcpOptions options;

    Handshake(final StreamContext context, final TcpOptions options, final Counters counters) {
        this.midstream = context.midstream();
        this.options = options;
        this.counters = counters;
    }

    /** Flags of a stream of which nothing is known. */
    static int initialFlags() {
        return UNKNOWN_SCALE << SCALE_SHIFT;
    }

    /** Starts the stream of a SYN's sender, if it does. */
    Start onSyn(final long connection, final int direction, final Frame frame) {
        final long own = TcpConnections.hot(connection, direction);
        final int flags = UnsafeApi.getInt(own + FLAGS);
        if (UnsafeApi.getLong(own + OFFSET) != 0 || (flags & (OPEN | ENDED)) != 0) {
            return Start.LATE;
        }
        final int start = frame.tcpSequence + 1;
        final boolean changed = (flags & SYN) != 0 && UnsafeApi.getInt(own + NEXT) != start;
        final int acknowledged = UnsafeApi.getInt(own + ACKED) - start;
        final boolean answered = (flags & ACK_KNOWN) != 0 && acknowledged >= 0 && acknowledged <= MAX_SYN_DATA;
        final boolean otherwiseKnown = (flags & (STARTED | ACK_KNOWN | SYN)) == (STARTED | ACK_KNOWN)
            && (frame.tcpFlags & TcpFlags.ACK) == 0 && UnsafeApi.getInt(own + NEXT) != start;
        if ((changed && (flags & ACK_KNOWN) != 0 || otherwiseKnown) && !answered) {
            return Start.REFUSED;
        }
        final long other = TcpConnections.hot(connection, direction ^ 1);
        if (((flags | UnsafeApi.getInt(other + FLAGS)) & STARTED) == 0) {
            counters.increment(Counter.TCP_CONNECTIONS);
        }
        UnsafeApi.putInt(own + NEXT, start);
        // an acknowledgement of something else came too early to be of this connection
        UnsafeApi.putInt(own + FLAGS, (answered ? flags : flags & ~ACK_KNOWN) | STARTED | START_KNOWN | SYN);
        if (changed || (flags & SYN) == 0) {
            takeOptions(connection, direction, frame);
        }
        return changed ? Start.CHANGED : Start.TAKEN;
    }

    /**
     * A SYN-ACK tells where the stream starts whose SYN was not seen, or which of several SYNs its sender has taken.
     *
     * @return true if it is another than the newest one seen
     */
    static boolean startAnswered(final long other, final Frame synAck) {
        final int flags = UnsafeApi.getInt(other + FLAGS);
        final int ahead = synAck.tcpAcknowledgement - UnsafeApi.getInt(other + NEXT);
        final boolean started = (flags & STARTED) != 0;
        final boolean untouched = UnsafeApi.getLong(other + OFFSET) == 0 && (flags & (OPEN | ENDED)) == 0;
        final boolean isOther = started && untouched && (ahead < 0 || ahead > MAX_SYN_DATA);
        if (!started || isOther) {
            UnsafeApi.putInt(other + NEXT, synAck.tcpAcknowledgement);
            UnsafeApi.putInt(other + FLAGS, flags | STARTED | START_KNOWN);
        }
        return isOther;
    }

    /** True if the first acknowledgement of a stream says that its SYN was not taken. */
    static boolean isDenied(final long hot) {
        return UnsafeApi.getLong(hot + OFFSET) == 0 && (UnsafeApi.getInt(hot + FLAGS) & (SYN | OPEN)) == SYN
            && (UnsafeApi.getInt(hot + ACKED) - UnsafeApi.getInt(hot + NEXT) < 0
                || UnsafeApi.getInt(hot + ACKED) - UnsafeApi.getInt(hot + NEXT) > MAX_SYN_DATA);
    }

    private void takeOptions(final long connection, final int direction, final Frame frame) {
        final long own = TcpConnections.hot(connection, direction);
        takeScale(own, TcpConnections.hot(connection, direction ^ 1), frame);
        final int flags = UnsafeApi.getInt(own + FLAGS) & ~TIMESTAMPS_OFFERED;
        UnsafeApi.putInt(own + FLAGS, flags | (options.hasTimestamp() ? TIMESTAMPS_OFFERED : 0));
        final int offers = UnsafeApi.getInt(connection + SACK_OFFERED) & ~(1 << direction);
        UnsafeApi.putInt(connection + SACK_OFFERED, offers | (options.isSackPermitted() ? 1 << direction : 0));
    }

    /** True unless both SYNs were seen and not both had a time stamp (RFC 7323, section 3.2). */
    static boolean mayHaveTimestamps(final long own, final long other) {
        final int ownFlags = UnsafeApi.getInt(own + FLAGS);
        final int otherFlags = UnsafeApi.getInt(other + FLAGS);
        return (ownFlags & otherFlags & SYN) == 0 || (ownFlags & otherFlags & TIMESTAMPS_OFFERED) != 0;
    }

    /** Scales hold only if both sides offered theirs (RFC 7323, section 2.2). */
    private void takeScale(final long own, final long other, final Frame frame) {
        final int offered = options.windowScale(frame);
        final int ownFlags = UnsafeApi.getInt(own + FLAGS) & ~(SCALE | SCALE_OFFERED);
        final int otherFlags = UnsafeApi.getInt(other + FLAGS);
        if ((otherFlags & SYN) != 0 && ((otherFlags & SCALE_OFFERED) == 0 || offered < 0)) {
            UnsafeApi.putInt(other + FLAGS, otherFlags & ~SCALE);
            UnsafeApi.putInt(own + FLAGS, ownFlags | (offered < 0 ? 0 : SCALE_OFFERED));
        } else {
            UnsafeApi.putInt(own + FLAGS, offered < 0 ? ownFlags : ownFlags | SCALE_OFFERED | offered << SCALE_SHIFT);
        }
    }

    /** True if a SYN was seen that did not offer selective acknowledgement. */
    static boolean isWithoutSelectiveAcknowledgement(final long connection) {
        for (int direction = 0; direction < 2; direction++) {
            final boolean seen = (UnsafeApi.getInt(TcpConnections.hot(connection, direction) + FLAGS) & SYN) != 0;
            if (seen && (UnsafeApi.getInt(connection + SACK_OFFERED) & 1 << direction) == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Finds the start of a stream whose SYN was not seen: what was acknowledged last, if its first data is a little
     * behind that, else that data, acknowledged though it may be; false if the stream is not to be followed.
     */
    boolean pickUp(final long own, final long other, final Frame frame) {
        final int otherFlags = UnsafeApi.getInt(other + FLAGS);
        if (!midstream && (otherFlags & SYN) == 0) {
            return false;
        }
        final int flags = UnsafeApi.getInt(own + FLAGS);
        int start = frame.tcpSequence;
        if ((flags & ACK_KNOWN) != 0) {
            final int ahead = start - UnsafeApi.getInt(own + ACKED);
            final boolean keepAlive = ahead == -1 && frame.payloadLength <= 1;
            if (ahead > 0 && ahead < PICK_UP_REACH || keepAlive) {
                start -= ahead;
            }
        }
        if ((otherFlags & STARTED) == 0) {
            counters.increment(Counter.TCP_CONNECTIONS);
            counters.increment(Counter.TCP_MIDSTREAM);
        }
        UnsafeApi.putInt(own + NEXT, start);
        UnsafeApi.putInt(own + FLAGS, flags | STARTED);
        return true;
    }

    /**
     * True if the other side's SYN is not answered, and this acknowledges something else (RFC 9293, 3.10.7.3). When
     * nothing else comes it is the SYN that was made up.
     */
    static boolean isFromOlderConnection(final long other, final long otherCold, final Frame frame) {
        final int flags = UnsafeApi.getInt(other + FLAGS);
        final long offset = UnsafeApi.getLong(other + OFFSET);
        if ((flags & (SYN | ACK_KNOWN)) != SYN || (frame.tcpFlags & TcpFlags.ACK) == 0 || offset > FAR) {
            return false;
        }
        // the SYN's own number says that it has not been taken
        final int ahead = frame.tcpAcknowledgement - (UnsafeApi.getInt(other + NEXT) - (int) offset);
        final boolean isUntouched = offset == 0 && (flags & OPEN) == 0;
        if (ahead >= -1 && !(isUntouched && ahead > SequenceCheck.UNKNOWN_REACH)) {
            return false;
        }
        if (SequenceCheck.isAnotherStray(other, otherCold)) {
            UnsafeApi.putInt(other + FLAGS, UnsafeApi.getInt(other + FLAGS) & ~SYN);
            return false;
        }
        return true;
    }

    /** True for the answer to a SYN where nobody listens: its acknowledgement is what counts, its number may be 0. */
    static boolean isRefusal(final long own, final long other, final Frame reset) {
        final int otherFlags = UnsafeApi.getInt(other + FLAGS);
        final int ahead = reset.tcpAcknowledgement - UnsafeApi.getInt(other + NEXT);
        return (UnsafeApi.getInt(own + FLAGS) & STARTED) == 0 && (otherFlags & SYN) != 0
            && (reset.tcpFlags & TcpFlags.ACK) != 0 && ahead >= 0 && ahead <= MAX_SYN_DATA;
    }
}
