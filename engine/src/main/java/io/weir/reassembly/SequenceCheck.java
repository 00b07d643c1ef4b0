package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACKED;
import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.ENDED;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.RECENT_TIMESTAMP;
import static io.weir.reassembly.TcpConnections.RIGHT_EDGE;
import static io.weir.reassembly.TcpConnections.STARTED;
import static io.weir.reassembly.TcpConnections.STRAYED;
import static io.weir.reassembly.TcpConnections.STRAYS_AND_GRACE;
import static io.weir.reassembly.TcpConnections.STRAY_NEXT;
import static io.weir.reassembly.TcpConnections.TIMESTAMPS;

import org.agrona.UnsafeApi;

/**
 * Judges whether a receiving host would take a segment, from what is known of its window, its acknowledgements and time
 * stamps. Stateless; works on the stream's lines.
 */
final class SequenceCheck {
    /** The segment begins within the window, or before it. */
    static final int INSIDE = 0;
    /** It begins a little behind the window as far as that is known: it counts once it is acknowledged. */
    static final int BEYOND = 1;
    /** One byte right behind a closed window. */
    static final int PROBE = 2;
    /** It is not for this stream. */
    static final int OUTSIDE = 3;

    /** Whatever is acknowledged and announced, nothing waits further ahead: sequences must stay comparable. */
    private static final int MAX_REACH = 1 << 30;
    /** Reach of a window nobody has announced. */
    static final int UNKNOWN_REACH = 16 << 20;
    /** The newest announcement may not have come by yet. */
    private static final int LEAST_SLACK = 64 << 10;
    /** PAWS, as Linux has it, lets a clock be back by one. */
    private static final int TIMESTAMP_SLACK = 1;
    private static final int STRAYS_UNACKNOWLEDGED = 8;
    private static final int STRAYS = 255;

    private SequenceCheck() {
    }

    /** Where a segment lies. */
    static int place(final long hot, final int sequence, final int length) {
        final int ahead = sequence - UnsafeApi.getInt(hot + NEXT);
        if ((UnsafeApi.getInt(hot + FLAGS) & ACK_KNOWN) == 0) {
            return ahead > UNKNOWN_REACH || ahead < -UNKNOWN_REACH ? OUTSIDE : INSIDE;
        }
        final int rightEdge = UnsafeApi.getInt(hot + RIGHT_EDGE);
        final int acked = UnsafeApi.getInt(hot + ACKED);
        final int beyond = sequence - rightEdge;
        final int window = rightEdge - acked;
        if (ahead > MAX_REACH) {
            return OUTSIDE;
        }
        if (beyond < 0) {
            // data from long ago is a retransmission, but an acknowledgement from long ago is nothing
            return length == 0 && sequence - acked < -Math.max(window, LEAST_SLACK) ? OUTSIDE : INSIDE;
        }
        if (beyond == 0 && window == 0 && length == 1) {
            return PROBE;
        }
        return beyond < Math.max(window, LEAST_SLACK) ? BEYOND : OUTSIDE;
    }

    /**
     * Takes note of a segment outside of the window. When many come end to end and nothing is acknowledged, then it is
     * not they that are wrong but what is known of the stream.
     *
     * @return true if the stream should go on with this segment
     */
    static boolean isNewCourse(final long hot, final long cold, final int sequence, final int length) {
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) | STRAYED);
        final int word = UnsafeApi.getInt(cold + STRAYS_AND_GRACE);
        final int run = sequence == UnsafeApi.getInt(cold + STRAY_NEXT) ? (word >>> 24) + 1 : 1;
        UnsafeApi.putInt(cold + STRAY_NEXT, sequence + length);
        final boolean acknowledged = (UnsafeApi.getInt(hot + FLAGS) & ACK_KNOWN) != 0;
        final boolean isNew = run >= (acknowledged ? STRAYS : STRAYS_UNACKNOWLEDGED);
        UnsafeApi.putInt(cold + STRAYS_AND_GRACE, word & 0xff_ffff | (isNew ? 0 : run) << 24);
        return isNew;
    }

    /**
     * Judges an acknowledgement: it lies between what was acknowledged and the right edge of the window, both taken
     * generously. Others are ignored (RFC 5961, section 5), unless nothing else comes any more: then it is what is
     * known that is wrong.
     *
     * @param isNext true if the segment is the very next of its sender's own stream, so that it is hardly made up
     */
    static boolean isAcknowledgementTaken(final long hot, final long cold, final int acknowledgement,
        final boolean isNext) {
        if (isAcknowledgementNear(hot, acknowledgement)) {
            return true;
        }
        if (!isNext) {
            return false;
        }
        final boolean isNew = isAnotherStray(hot, cold);
        if (isNew) {
            UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~ACK_KNOWN);
        }
        return isNew;
    }

    /** True if it lies between what was acknowledged and the right edge of the window, both taken generously. */
    static boolean isAcknowledgementNear(final long hot, final int acknowledgement) {
        return acknowledgement - UnsafeApi.getInt(hot + RIGHT_EDGE) <= UNKNOWN_REACH
            && acknowledgement - UnsafeApi.getInt(hot + ACKED) >= -UNKNOWN_REACH;
    }

    /** Takes note of a segment that does not fit to what is known; true once so many have come. */
    static boolean isAnotherStray(final long hot, final long cold) {
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) | STRAYED);
        final int word = UnsafeApi.getInt(cold + STRAYS_AND_GRACE);
        final int run = (word >>> 24) + 1;
        final boolean enough = run >= STRAYS_UNACKNOWLEDGED;
        UnsafeApi.putInt(cold + STRAYS_AND_GRACE, word & 0xff_ffff | (enough ? 0 : run) << 24);
        return enough;
    }

    /** True if the stream is further than its receiver can ever have let it come. */
    static boolean isAstray(final long hot) {
        return UnsafeApi.getInt(hot + NEXT) - UnsafeApi.getInt(hot + RIGHT_EDGE) > UNKNOWN_REACH;
    }

    /** Its receiver goes on acknowledging: what lies outside of the window is wrong. */
    static void forgetStrays(final long hot, final long cold) {
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~STRAYED);
        UnsafeApi.putInt(cold + STRAYS_AND_GRACE, UnsafeApi.getInt(cold + STRAYS_AND_GRACE) & 0xff_ffff);
    }

    /** True if a segment is an old duplicate by its time stamp (RFC 7323, section 5). */
    static boolean isOld(final long hot, final int timestamp) {
        final int known = ACK_KNOWN | TIMESTAMPS;
        return (UnsafeApi.getInt(hot + FLAGS) & known) == known
            && UnsafeApi.getInt(hot + RECENT_TIMESTAMP) - timestamp > TIMESTAMP_SLACK;
    }

    /**
     * Keeps the time stamp of a segment that hosts take, if its receiver does for certain: if what it has acknowledged
     * last, which lies between what is known to be acknowledged and what has come, is within the segment. Without
     * acknowledgements nothing is certain.
     */
    static void keepTimestamp(final long hot, final int sequence, final int end, final int timestamp) {
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        final boolean newer = (flags & TIMESTAMPS) == 0 || UnsafeApi.getInt(hot + RECENT_TIMESTAMP) - timestamp < 0;
        if ((flags & ACK_KNOWN) != 0 && newer && sequence - UnsafeApi.getInt(hot + ACKED) <= 0
            && end - UnsafeApi.getInt(hot + NEXT) >= 0) {
            UnsafeApi.putInt(hot + RECENT_TIMESTAMP, timestamp);
            UnsafeApi.putInt(hot + FLAGS, flags | TIMESTAMPS);
        }
    }

    /**
     * True if hosts take a reset (RFC 5961, section 3.2): its number must be the very one its receiver expects. Where
     * data was lost on the way here that may be anything in the window. It may also be the end of what waits: what is
     * missing before was lost on the way here, or its receiver acknowledges selectively and takes it all the same.
     */
    static boolean isResetTaken(final long hot, final int sequence, final boolean endsWaiting) {
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        final int next = UnsafeApi.getInt(hot + NEXT);
        if ((flags & STARTED) != 0 && (sequence == next || (flags & ENDED) != 0 && sequence == next + 1)) {
            return true;
        }
        if ((flags & ACK_KNOWN) == 0) {
            return false;
        }
        final int acked = UnsafeApi.getInt(hot + ACKED);
        final boolean lost = (flags & STARTED) == 0 || acked - next > 0;
        return endsWaiting || lost && sequence - acked >= 0 && sequence - UnsafeApi.getInt(hot + RIGHT_EDGE) < 0;
    }

    /**
     * True for a reset that answers a segment: its number is what that acknowledged (RFC 9293, section 3.5.2). Whether
     * it is taken or not, a host that sends it has no connection any more; but it may be made up.
     */
    static boolean isAnswer(final long hot, final int sequence) {
        return (UnsafeApi.getInt(hot + FLAGS) & ACK_KNOWN) != 0 && sequence == UnsafeApi.getInt(hot + ACKED);
    }
}
