package io.weir.flow;

import static io.weir.flow.TcpTracker.ACK;
import static io.weir.flow.TcpTracker.FIN;
import static io.weir.flow.TcpTracker.RST;
import static io.weir.flow.TcpTracker.SYN;

import io.weir.packet.Frame;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;

/**
 * Recognises a new connection between the endpoints of an old one. Works on the record; keeps nothing itself.
 *
 * <p>A SYN opens it at once if the old connection has come to its end, or has been silent for longer than hosts keep
 * a closed one. On a live connection a SYN alone proves nothing, since anybody can send one: the other side's answer to
 * it does, or, where only one side passes here, that its sender goes on from it.
 */
final class TcpReuse {
    private static final int HANDSHAKE = SYN | ACK | RST | FIN;
    private static final int CLOSED = TcpState.CLOSED.ordinal();
    private static final int TIME_WAIT = TcpState.TIME_WAIT.ordinal();
    private static final int ESTABLISHED = TcpState.ESTABLISHED.ordinal();
    /** The usual time of TIME-WAIT, after which both hosts have forgotten a connection. */
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(60);

    /** As much as a sender has under way at its start. */
    private static final int OVERTAKEN_REACH = 1 << 16;

    private TcpReuse() {
    }

    /** False if a frame cannot belong to a new connection, nor open one. */
    static boolean isToBeAsked(final long hot, final Frame frame) {
        return (frame.tcpFlags & HANDSHAKE) == SYN || FlowRecord.hasNewStart(hot);
    }

    /** True if a frame belongs to a new connection; else takes note of what may open one. */
    static boolean isReuse(final long hot, final long cold, final long rare, final Frame frame) {
        return (frame.tcpFlags & HANDSHAKE) == SYN ? opens(hot, cold, rare, frame)
            : FlowRecord.hasNewStart(hot) && confirms(hot, rare, frame);
    }

    private static boolean opens(final long hot, final long cold, final long rare, final Frame frame) {
        final int flags = FlowRecord.flags(hot);
        final int state = flags & FlowRecord.FLAG_TCP_STATE;
        final int direction = FlowRecord.direction(flags, frame);
        if (state == CLOSED || state == TIME_WAIT) {
            return direction != 0 || !isInitial(cold, flags, frame);
        }
        if (state < ESTABLISHED || direction == 0 && isInitial(cold, flags, frame)
            || isOvertaken(hot, flags, direction, frame)) {
            return false;
        }
        if (frame.timeNs - FlowRecord.endNs(hot) > IDLE_NS) {
            return true;
        }
        FlowRecord.setNewStart(hot, rare, frame.tcpSequence + 1, direction);
        return false;
    }

    private static boolean confirms(final long hot, final long rare, final Frame frame) {
        final int handshake = frame.tcpFlags & HANDSHAKE;
        final int start = FlowRecord.newStart(rare);
        final int flags = FlowRecord.flags(hot);
        final int direction = FlowRecord.direction(flags, frame);
        if (handshake == (SYN | ACK)) {
            return frame.tcpAcknowledgement == start
                && FlowRecord.isNewStartByResponder(rare) == (direction == 0);
        }
        final boolean otherSeen = (flags & FlowRecord.FLAG_SEQUENCE_KNOWN << (direction ^ 1)) != 0;
        return handshake == ACK && !otherSeen && frame.tcpSequence == start;
    }

    /** True for the SYN, or a copy of it, that opened the connection in the record. */
    private static boolean isInitial(final long cold, final int flags, final Frame frame) {
        return (flags >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT & SYN) != 0
            && UnsafeApi.getInt(cold + FlowRecord.INITIAL) == frame.tcpSequence;
    }

    /** True for a SYN that its own first data overtook on the way here. */
    private static boolean isOvertaken(final long hot, final int flags, final int direction, final Frame frame) {
        final int behind = TcpTracker.next(hot, direction) - frame.tcpSequence;
        return (flags >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT + direction * Byte.SIZE & SYN) == 0
            && behind > 0 && behind <= OVERTAKEN_REACH;
    }
}
