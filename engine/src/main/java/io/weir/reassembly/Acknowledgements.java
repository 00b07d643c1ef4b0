package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACKED;
import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.ANSWERED;
import static io.weir.reassembly.TcpConnections.BACKLOG;
import static io.weir.reassembly.TcpConnections.CUT;
import static io.weir.reassembly.TcpConnections.DOUBTED;
import static io.weir.reassembly.TcpConnections.FIN;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.HISTORY;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.RIGHT_EDGE;
import static io.weir.reassembly.TcpConnections.STARTED;
import static io.weir.reassembly.TcpConnections.STRAYED;
import static io.weir.reassembly.TcpConnections.stream;

import io.weir.base.Counter;
import org.agrona.UnsafeApi;

/**
 * Takes the acknowledgements of segments that are not simply next: what they say of the stream that their sender
 * receives. Owned by one worker.
 */
final class Acknowledgements {
    private final WaitingData waiting;

    Acknowledgements(final WaitingData waiting) {
        this.waiting = waiting;
    }

    /**
     * Takes note of what the receiver of a stream has acknowledged, and how far its window reaches.
     *
     * @param direction of the stream
     * @param window    scaled
     * @param isNext    true if the segment is the very next of its sender's own stream
     * @return false if it cannot be the receiver's
     */
    boolean take(final long handle, final long connection, final int direction,
        final int acknowledgement, final int window, final boolean isNext) {
        final long hot = TcpConnections.hot(connection, direction);
        final long cold = TcpConnections.cold(connection, direction);
        final int rightEdge = acknowledgement + window;
        if ((UnsafeApi.getInt(hot + FLAGS) & ACK_KNOWN) != 0
            && !SequenceCheck.isAcknowledgementTaken(hot, cold, acknowledgement, isNext)) {
            return false;
        }
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        if ((flags & ACK_KNOWN) == 0) {
            UnsafeApi.putInt(hot + ACKED, acknowledgement);
            UnsafeApi.putInt(hot + RIGHT_EDGE, rightEdge);
            UnsafeApi.putInt(hot + FLAGS, flags | ACK_KNOWN);
            if ((flags & STARTED) != 0 && (SequenceCheck.isAstray(hot) || Handshake.isDenied(hot))) {
                restart(stream(handle, direction), hot);
            }
            return true;
        }
        if ((flags & BACKLOG) != 0) {
            UnsafeApi.putInt(hot + FLAGS, flags | ANSWERED);
        }
        if (acknowledgement - UnsafeApi.getInt(hot + ACKED) > 0) {
            UnsafeApi.putInt(hot + ACKED, acknowledgement);
            UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~DOUBTED);
        }
        if ((flags & STRAYED) != 0) {
            SequenceCheck.forgetStrays(hot, cold);
        }
        if (rightEdge - UnsafeApi.getInt(hot + RIGHT_EDGE) > 0) {
            UnsafeApi.putInt(hot + RIGHT_EDGE, rightEdge);
        }
        return true;
    }

    /** What was taken for the stream was not: it goes on where its receiver stands. */
    private void restart(final int stream, final long hot) {
        waiting.discard(stream, hot, Counter.TCP_BYTES_GIVEN_UP);
        UnsafeApi.putInt(hot + NEXT, UnsafeApi.getInt(hot + ACKED));
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~(HISTORY | FIN | CUT));
    }
}
