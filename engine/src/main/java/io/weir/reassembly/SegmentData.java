package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACKED;
import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.BACKLOG;
import static io.weir.reassembly.TcpConnections.CLOSED_BY_SENDER;
import static io.weir.reassembly.TcpConnections.CUT;
import static io.weir.reassembly.TcpConnections.ENDED;
import static io.weir.reassembly.TcpConnections.FIN;
import static io.weir.reassembly.TcpConnections.FIN_SEQUENCE;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.OFFSET;
import static io.weir.reassembly.TcpConnections.UNWANTED;
import static io.weir.reassembly.TcpConnections.URGENT;
import static io.weir.reassembly.TcpConnections.URGENT_SEQUENCE;
import static io.weir.reassembly.TcpConnections.WAITING;
import static io.weir.reassembly.TcpConnections.stream;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import org.agrona.UnsafeApi;

/**
 * What the data and the FIN of a TCP segment do to its stream, once {@link TcpReassembler} has judged the segment: they
 * are delivered, wait, are compared with what came before, or end the stream. Owned by one worker.
 */
final class SegmentData {
    private static final int URGENT_POINTER = 18;

    private final Counters counters;
    private final PieceStore pieces;
    private final StreamDelivery delivery;
    private final WaitingData waiting;
    private final Retransmissions retransmissions;
    private final AnomalyReports reports;
    private final TargetPolicies policies;
    private final boolean urgentInline;

    SegmentData(final StreamContext context, final PieceStore pieces, final StreamDelivery delivery,
        final WaitingData waiting, final Retransmissions retransmissions, final AnomalyReports reports,
        final Counters counters) {
        this.pieces = pieces;
        this.delivery = delivery;
        this.waiting = waiting;
        this.retransmissions = retransmissions;
        this.reports = reports;
        this.counters = counters;
        policies = context.policies();
        urgentInline = context.urgentInline();
    }

    /**
     * Takes the data and the FIN of a segment.
     *
     * @param place of {@link SequenceCheck}: whether its receiver takes it, as far as that is known
     */
    void take(final long handle, final long connection, final int direction, final Frame frame,
        final int place) {
        final long own = TcpConnections.hot(connection, direction);
        final int flags = UnsafeApi.getInt(own + FLAGS);
        final int length = frame.payloadLength + frame.payloadMissing;
        final int next = UnsafeApi.getInt(own + NEXT);
        final int ahead = frame.tcpSequence - next;
        if ((flags & ENDED) != 0) {
            onDataAfterEnd(handle, connection, frame, flags, ahead + length);
            return;
        }
        if ((frame.tcpFlags & TcpFlags.URG) != 0 && place == SequenceCheck.INSIDE) {
            takeUrgent(handle, connection, direction, frame);
        }
        if (length != 0) {
            if (ahead == 0 && place == SequenceCheck.INSIDE && (flags & (BACKLOG | UNWANTED)) == 0) {
                counters.increment(Counter.TCP_SEGMENTS_IN_ORDER);
                straight(stream(handle, direction), own, frame.address + frame.payloadOffset, frame.payloadLength,
                    frame.payloadMissing, frame.timeNs);
            } else {
                onOtherData(handle, connection, direction, frame, place);
            }
        }
        if ((frame.tcpFlags & TcpFlags.FIN) != 0
            && (place == SequenceCheck.INSIDE || isFinTaken(own, frame.tcpSequence + length))) {
            onFin(connection, direction, frame.tcpSequence + length);
        }
        endAtFin(handle, connection, direction, frame.timeNs);
    }

    private void straight(final int stream, final long own, final long address, final int length, final int missing,
        final long timeNs) {
        if (length > 0) {
            delivery.deliver(stream, own, address, length, timeNs);
        }
        if (missing > 0) {
            delivery.gap(stream, own, missing, timeNs);
        }
    }

    private void onDataAfterEnd(final long handle, final long connection, final Frame frame, final int flags,
        final int behind) {
        if (behind > 0 && frame.payloadLength > 0) {
            counters.increment(Counter.TCP_DATA_AFTER_END);
            if ((flags & CLOSED_BY_SENDER) != 0) {
                reports.report(handle, connection, frame, Anomaly.STREAM_DATA_AFTER_END);
            }
        }
    }

    /** Data that is not simply the next: early, late, overlapping, behind the window, or wanted by nobody. */
    private void onOtherData(final long handle, final long connection, final int direction, final Frame frame,
        final int place) {
        final long own = TcpConnections.hot(connection, direction);
        final int early = frame.tcpSequence - UnsafeApi.getInt(own + NEXT);
        if (early > 0 && place == SequenceCheck.INSIDE && (UnsafeApi.getInt(own + FLAGS) & CUT) != 0) {
            delivery.gap(stream(handle, direction), own, early, frame.timeNs);
        }
        final int next = UnsafeApi.getInt(own + NEXT);
        final int length = frame.payloadLength + frame.payloadMissing;
        final int end = frame.tcpSequence + length;
        final int late = next - frame.tcpSequence;
        if (end - next <= 0) {
            retransmissions.onOld(handle, connection, direction, frame);
            return;
        }
        if ((UnsafeApi.getInt(own + FLAGS) & UNWANTED) != 0) {
            if (place == SequenceCheck.INSIDE) {
                UnsafeApi.putInt(own + NEXT, end);
                UnsafeApi.putLong(own + OFFSET, UnsafeApi.getLong(own + OFFSET) + (end - next));
            }
            return;
        }
        if (late > 0) {
            counters.increment(Counter.TCP_SEGMENTS_OVERLAPPING);
            retransmissions.compare(handle, connection, direction, frame);
        }
        final int skipped = Math.min(frame.payloadLength, Math.max(0, late));
        final long address = frame.address + frame.payloadOffset + skipped;
        final int left = frame.payloadLength - skipped;
        final int sequence = frame.tcpSequence + skipped;
        if (place == SequenceCheck.PROBE) {
            counters.increment(Counter.TCP_WINDOW_PROBES);
        }
        if (late < 0 || place != SequenceCheck.INSIDE) {
            if (late < 0) {
                counters.increment(Counter.TCP_SEGMENTS_OUT_OF_ORDER);
            }
            if (left > 0) {
                keep(handle, connection, direction, frame, sequence, address, left,
                    (place == SequenceCheck.INSIDE ? 0 : PieceStore.PROVISIONAL)
                        | (frame.payloadMissing > 0 ? StreamDelivery.CUT_BEHIND : 0), false);
            }
            return;
        }
        counters.increment(Counter.TCP_SEGMENTS_IN_ORDER);
        final int missing = end - next - left;
        if (isClearOfWaiting(own, end)
            || left > 0 && !keep(handle, connection, direction, frame, sequence, address, left, 0, true)) {
            straight(stream(handle, direction), own, address, left, missing, frame.timeNs);
        } else {
            waiting.settle(stream(handle, direction), own, frame.timeNs);
        }
    }

    /** True if nothing waits before {@code end}. */
    private boolean isClearOfWaiting(final long own, final int end) {
        final int root = UnsafeApi.getInt(own + WAITING);
        return root == PieceStore.EMPTY || pieces.sequence(pieces.first(root)) - end >= 0;
    }

    /**
     * Keeps data that waits.
     *
     * @return false if there was no room
     */
    boolean keep(final long handle, final long connection, final int direction, final Frame frame,
        final int sequence, final long address, final int length, final int pieceFlags, final boolean isNext) {
        final long own = TcpConnections.hot(connection, direction);
        final WaitingData.Outcome outcome = waiting.keep(stream(handle, direction), own, sequence, address, length,
            policies.of(frame.ipVersion, frame.fromUpper ? frame.lowerHi : frame.upperHi,
                frame.fromUpper ? frame.lowerLo : frame.upperLo).segmentRule(), pieceFlags, isNext, frame.timeNs);
        if (outcome == WaitingData.Outcome.OVERLAPPING || outcome == WaitingData.Outcome.DIFFERING) {
            counters.increment(Counter.TCP_SEGMENTS_OVERLAPPING);
        }
        if (outcome == WaitingData.Outcome.DIFFERING && (pieceFlags & PieceStore.PROVISIONAL) == 0) {
            counters.increment(Counter.TCP_SEGMENTS_DIFFERING);
            reports.report(handle, connection, frame, Anomaly.STREAM_OVERLAP_DIFFERENT_DATA,
                place(connection, direction, pieces.differingSequence()), pieces.differingLength(), pieces.keptHash(),
                pieces.refusedHash());
        }
        return outcome != WaitingData.Outcome.REFUSED;
    }

    /** Place in the stream of a sequence number behind the next one. */
    private long place(final long connection, final int direction, final int sequence) {
        final long hot = TcpConnections.hot(connection, direction);
        final int next = UnsafeApi.getInt(hot + NEXT);
        final int urgent = UnsafeApi.getInt(TcpConnections.cold(connection, direction) + URGENT_SEQUENCE);
        final boolean takesOut = !urgentInline && (UnsafeApi.getInt(hot + FLAGS) & URGENT) != 0 && urgent - next >= 0
            && urgent - sequence < 0;
        return UnsafeApi.getLong(hot + OFFSET) + (sequence - next) - (takesOut ? 1 : 0);
    }

    private void takeUrgent(final long handle, final long connection, final int direction, final Frame frame) {
        final long pointer = frame.address + frame.transportOffset + URGENT_POINTER;
        final int urgent = Short.toUnsignedInt(Short.reverseBytes(UnsafeApi.getShort(pointer)));
        reports.report(handle, connection, frame, Anomaly.STREAM_URGENT);
        if (urgent > 0 && !urgentInline) {
            final long own = TcpConnections.hot(connection, direction);
            UnsafeApi.putInt(TcpConnections.cold(connection, direction) + URGENT_SEQUENCE,
                frame.tcpSequence + urgent - 1);
            UnsafeApi.putInt(own + FLAGS, UnsafeApi.getInt(own + FLAGS) | URGENT);
        }
    }

    /** A FIN that hosts may or may not take counts once it is acknowledged, or if nothing is heard of its receiver. */
    private static boolean isFinTaken(final long own, final int sequence) {
        return (UnsafeApi.getInt(own + FLAGS) & ACK_KNOWN) == 0 || UnsafeApi.getInt(own + ACKED) - sequence > 0;
    }

    private static void onFin(final long connection, final int direction, final int sequence) {
        final long own = TcpConnections.hot(connection, direction);
        final long cold = TcpConnections.cold(connection, direction);
        final int flags = UnsafeApi.getInt(own + FLAGS);
        if (sequence - UnsafeApi.getInt(own + NEXT) >= 0
            && ((flags & FIN) == 0 || sequence - UnsafeApi.getInt(cold + FIN_SEQUENCE) < 0
                || UnsafeApi.getInt(cold + FIN_SEQUENCE) - UnsafeApi.getInt(own + NEXT) < 0)) {
            UnsafeApi.putInt(cold + FIN_SEQUENCE, sequence);
            UnsafeApi.putInt(own + FLAGS, flags | FIN);
            if ((flags & UNWANTED) != 0) {
                // what was thrown away before it will not come again
                UnsafeApi.putInt(own + NEXT, sequence);
            }
        }
    }

    /** Ends a stream whose FIN is reached. */
    void endAtFin(final long handle, final long connection, final int direction, final long timeNs) {
        final long own = TcpConnections.hot(connection, direction);
        final int flags = UnsafeApi.getInt(own + FLAGS);
        if ((flags & (FIN | ENDED)) == FIN) {
            final int stream = stream(handle, direction);
            if (delivery.isAtFin(stream, own)) {
                UnsafeApi.putInt(own + FLAGS, flags | CLOSED_BY_SENDER);
                waiting.finish(stream, own, StreamEnd.FIN, timeNs);
            }
        }
    }

    /** Hands on what waits, of both streams, if a segment has settled that its receiver has it. */
    void settle(final long handle, final long connection, final int direction, final Frame frame) {
        for (int i = 0; i < 2; i++) {
            final long hot = TcpConnections.hot(connection, i);
            // what came with a SYN waits for another segment: nothing is known of its receiver yet
            final boolean opens = i == direction && (frame.tcpFlags & TcpFlags.SYN) != 0;
            if (StreamDelivery.hasBacklog(hot) && !opens) {
                if (waiting.settle(stream(handle, i), hot, frame.timeNs) && delivery.gapLength() != 0) {
                    reports.report(handle, connection, frame, Anomaly.STREAM_GAP, delivery.gapOffset(),
                        delivery.gapLength(), 0, 0);
                }
                endAtFin(handle, connection, i, frame.timeNs);
            }
        }
    }
}
