package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.CLOSED_BY_SENDER;
import static io.weir.reassembly.TcpConnections.DOUBTED;
import static io.weir.reassembly.TcpConnections.ENDED;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.OFFSET;
import static io.weir.reassembly.TcpConnections.OPEN;
import static io.weir.reassembly.TcpConnections.STARTED;
import static io.weir.reassembly.TcpConnections.WAITING;
import static io.weir.reassembly.TcpConnections.stream;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import org.agrona.UnsafeApi;

/**
 * Takes the segments that open a connection or reset it, those with SYN or RST: where its streams begin, and whether
 * their receiver ends them (RFC 9293, sections 3.5 and 3.10.7). Owned by one worker.
 */
final class ControlSegments {
    private final PieceStore pieces;
    private final WaitingData waiting;
    private final Handshake handshake;
    private final TcpOptions options;
    private final Acknowledgements acknowledgements;
    private final SegmentData data;
    private final AnomalyReports reports;
    private final Counters counters;

    ControlSegments(final PieceStore pieces, final WaitingData waiting, final Handshake handshake,
        final TcpOptions options, final Acknowledgements acknowledgements, final SegmentData data,
        final AnomalyReports reports, final Counters counters) {
        this.pieces = pieces;
        this.waiting = waiting;
        this.handshake = handshake;
        this.options = options;
        this.acknowledgements = acknowledgements;
        this.data = data;
        this.reports = reports;
        this.counters = counters;
    }

    /** Takes a segment with one of the two into account; one with both is a reset. */
    void onSegment(final long handle, final long connection, final int direction, final Frame frame) {
        if ((frame.tcpFlags & TcpFlags.RST) != 0) {
            onReset(handle, connection, direction, frame);
        } else {
            onSyn(handle, connection, direction, frame);
        }
    }

    private void onSyn(final long handle, final long connection, final int direction, final Frame frame) {
        final long own = TcpConnections.hot(connection, direction);
        final long other = TcpConnections.hot(connection, direction ^ 1);
        final boolean answers = (frame.tcpFlags & TcpFlags.ACK) != 0;
        final int before = UnsafeApi.getInt(own + NEXT);
        final Handshake.Start start = handshake.onSyn(connection, direction, frame);
        if (answers && (start == Handshake.Start.CHANGED || start == Handshake.Start.REFUSED)) {
            reports.report(handle, connection, frame, Anomaly.STREAM_SYNACK_CHANGED);
        }
        if (start == Handshake.Start.LATE || start == Handshake.Start.REFUSED) {
            return;
        }
        if (UnsafeApi.getInt(own + NEXT) != before) {
            // what waits came before this start was known, and has no place behind it
            waiting.discard(stream(handle, direction), own, Counter.TCP_BYTES_NOT_TAKEN);
        }
        if (answers) {
            if (start == Handshake.Start.CHANGED && UnsafeApi.getLong(other + OFFSET) == 0) {
                // what the former one acknowledged may be as wrong
                UnsafeApi.putInt(other + FLAGS, UnsafeApi.getInt(other + FLAGS) & ~ACK_KNOWN);
            }
            acknowledgements.take(handle, connection, direction ^ 1, frame.tcpAcknowledgement, frame.tcpWindow, true);
            if (Handshake.startAnswered(other, frame)) {
                waiting.discard(stream(handle, direction ^ 1), other, Counter.TCP_BYTES_NOT_TAKEN);
            }
        }
        if (frame.payloadLength > 0) {
            data.keep(handle, connection, direction, frame, frame.tcpSequence + 1, frame.address + frame.payloadOffset,
                frame.payloadLength, PieceStore.PROVISIONAL, false);
        }
    }

    private void onReset(final long handle, final long connection, final int direction, final Frame frame) {
        final long own = TcpConnections.hot(connection, direction);
        final long other = TcpConnections.hot(connection, direction ^ 1);
        final int both = UnsafeApi.getInt(own + FLAGS) | UnsafeApi.getInt(other + FLAGS);
        if ((both & STARTED) == 0) {
            return;
        }
        final boolean stamped = options.readTimestamp(frame);
        if (options.isSigned()) {
            // a host without its key does not take it; one with the key acknowledges nothing any more
            UnsafeApi.putInt(own + FLAGS, UnsafeApi.getInt(own + FLAGS) | DOUBTED);
            UnsafeApi.putInt(other + FLAGS, UnsafeApi.getInt(other + FLAGS) | DOUBTED);
            return;
        }
        final boolean refusal = Handshake.isRefusal(own, other, frame);
        if (!refusal && !SequenceCheck.isResetTaken(own, frame.tcpSequence,
            endsWaiting(connection, own, frame.tcpSequence))) {
            if (SequenceCheck.isAnswer(own, frame.tcpSequence)) {
                UnsafeApi.putInt(other + FLAGS, UnsafeApi.getInt(other + FLAGS) | DOUBTED);
            }
            counters.increment(Counter.TCP_RESETS_REFUSED);
            reports.report(handle, connection, frame, Anomaly.STREAM_RESET_REFUSED);
            return;
        }
        if (stamped && SequenceCheck.isOld(own, options.timestamp())) {
            // hosts take it all the same: RFC 7323, 5.2
            reports.report(handle, connection, frame, Anomaly.STREAM_OLD_TIMESTAMP);
        }
        if (refusal && (UnsafeApi.getInt(other + FLAGS) & (OPEN | ENDED)) == 0
            && UnsafeApi.getLong(other + OFFSET) == 0) {
            // what came with the SYN was not read, and a later SYN may try again, with the same number even
            waiting.discard(stream(handle, direction ^ 1), other, Counter.TCP_BYTES_NOT_TAKEN);
            UnsafeApi.putInt(other + FLAGS, Handshake.initialFlags());
            return;
        }
        waiting.finishBoth(handle, connection, StreamEnd.RESET, frame.timeNs);
        UnsafeApi.putInt(own + FLAGS, UnsafeApi.getInt(own + FLAGS) | CLOSED_BY_SENDER);
    }

    /** True if the last of what waits ends with a number, and its receiver can have told its sender so. */
    private boolean endsWaiting(final long connection, final long own, final int sequence) {
        final int root = UnsafeApi.getInt(own + WAITING);
        final boolean plain = Handshake.isWithoutSelectiveAcknowledgement(connection);
        return root != PieceStore.EMPTY && !plain && pieces.endsAt(root, sequence);
    }
}
