package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACKED;
import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.BACKLOG;
import static io.weir.reassembly.TcpConnections.DOUBTED;
import static io.weir.reassembly.TcpConnections.ENDED;
import static io.weir.reassembly.TcpConnections.FIN;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.HISTORY;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.OFFSET;
import static io.weir.reassembly.TcpConnections.RIGHT_EDGE;
import static io.weir.reassembly.TcpConnections.SCALE;
import static io.weir.reassembly.TcpConnections.SCALE_SHIFT;
import static io.weir.reassembly.TcpConnections.STARTED;
import static io.weir.reassembly.TcpConnections.STRAYED;
import static io.weir.reassembly.TcpConnections.UNWANTED;
import static io.weir.reassembly.TcpConnections.stream;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.flow.EndReason;
import io.weir.flow.FlowObserver;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.packet.ChecksumVerdict;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import io.weir.packet.TransportChecksum;
import org.agrona.UnsafeApi;

/**
 * Puts the TCP streams of one worker back together: each as its receiving host's application read it, byte for byte.
 *
 * <p>A segment that is next is handed on in place; a copy goes aside, to compare later ones with. One that comes early
 * waits in {@link WaitingData}; where copies overlap, the rule of the receiving host's system decides. What hosts may
 * or may not take (data in a SYN, behind the window, without ACK) waits as provisional until its receiver acknowledged
 * it or another copy took its place.
 *
 * <p>Everything happens on the worker's thread; nothing is allocated after construction.
 */
public final class TcpReassembler implements FlowObserver, AutoCloseable {
    private static final int HEADER = 20;
    private static final int SYN_OR_RST = TcpFlags.SYN | TcpFlags.RST;
    private static final int UNUSUAL = TcpFlags.ACK | TcpFlags.SYN | TcpFlags.RST | TcpFlags.FIN | TcpFlags.URG;
    private static final int UNSETTLED = ACK_KNOWN | BACKLOG | STRAYED | DOUBTED;
    /** Of a stream whose next segment is straight on, these flags are {@link #UNTROUBLED}. */
    private static final int TROUBLED = UNSETTLED | STARTED | FIN | ENDED;
    private static final int UNTROUBLED = ACK_KNOWN | STARTED;

    private final FlowTable flows;
    private final Counters counters;
    private final TcpConnections connections;
    private final PieceStore pieces;
    private final DeliveredBytes delivered;
    private final StreamDelivery delivery;
    private final WaitingData waiting;
    private final Handshake handshake;
    private final Acknowledgements acknowledgements;
    private final ControlSegments control;
    private final Retransmissions retransmissions;
    private final AnomalyReports reports;
    private final SegmentData data;
    private final boolean verify;
    private final boolean cutOff;
    private final TcpOptions options = new TcpOptions();

    /**
     * Makes a reassembler without connections; {@code flows} is to tell it of flows ({@link FlowTable#observer}).
     *
     * @param context   concluded configuration; this reassembler takes its share of the memory
     * @param flows     the worker's flow table
     * @param sink      receives the streams
     * @param anomalies hears of what is odd
     * @param counters  the worker's counters
     */
    public TcpReassembler(final StreamContext context, final FlowTable flows, final StreamSink sink,
        final AnomalySink anomalies, final Counters counters) {
        this(context, flows, sink, anomalies, counters, 0);
    }

    /**
     * The same for a sink that looks at the {@link #history} of streams.
     *
     * @param historyBytes memory for that, at least; less may be kept of what the sink has not looked at
     */
    public TcpReassembler(final StreamContext context, final FlowTable flows, final StreamSink sink,
        final AnomalySink anomalies, final Counters counters, final long historyBytes) {
        this.flows = flows;
        this.counters = counters;
        connections = new TcpConnections((int) flows.capacity());
        pieces = new PieceStore(context.memoryBytesPerWorker());
        delivered = new DeliveredBytes(Math.max(context.comparisonBytes(), Long.highestOneBit(historyBytes)));
        delivery = new StreamDelivery(context, connections, pieces, delivered, sink, counters);
        waiting = new WaitingData(context, connections, pieces, delivery, flows, counters);
        handshake = new Handshake(context, options, counters);
        reports = new AnomalyReports(anomalies);
        retransmissions = new Retransmissions(connections, delivered, counters, reports);
        data = new SegmentData(context, pieces, delivery, waiting, retransmissions, reports, counters);
        acknowledgements = new Acknowledgements(waiting);
        control = new ControlSegments(pieces, waiting, handshake, options, acknowledgements, data, reports, counters);
        verify = context.checksums() == StreamContext.Checksums.VERIFY;
        cutOff = context.cutOff();
    }

    /**
     * Fetches the state of a frame's connection ahead, so that the cache misses of a batch overlap: its hot line, where
     * its newest segments lie, and the cold line for the segments that write and read it, those that begin and end
     * streams.
     *
     * @return something of what was read, which keeps the compiler from leaving it out
     */
    public int touch(final long handle, final Frame frame) {
        if (frame.protocol != FlowProtocol.IP_TCP) {
            return 0;
        }
        final long connection = connections.address(handle);
        return UnsafeApi.getInt(connection + FLAGS) + UnsafeApi.getInt(connections.newest((int) handle << 1))
            + UnsafeApi.getInt(connection + TcpConnections.lineBeside(frame.tcpFlags & (TcpFlags.SYN | TcpFlags.FIN)));
    }

    /** Fetches what a flow that starts with a segment will write. */
    public int touchFree(final long handle) {
        final long connection = connections.address(handle);
        return UnsafeApi.getInt(connection + FLAGS) + UnsafeApi.getInt(connections.newest((int) handle << 1))
            + UnsafeApi.getInt(connection + TcpConnections.lineBeside(TcpFlags.SYN));
    }

    @Override
    public void flowStarted(final long handle, final Frame first) {
        if (first.protocol == FlowProtocol.IP_TCP) {
            final long connection = connections.address(handle);
            TcpConnections.clear(connection);
            UnsafeApi.putInt(TcpConnections.hot(connection, 0) + FLAGS, Handshake.initialFlags());
            UnsafeApi.putInt(TcpConnections.hot(connection, 1) + FLAGS, Handshake.initialFlags());
        }
    }

    @Override
    public long fetch(final long handle) {
        if (flows.protocol(handle) != FlowProtocol.IP_TCP) {
            return 0;
        }
        return UnsafeApi.getInt(connections.address(handle) + FLAGS);
    }

    @Override
    public void flowEnding(final long handle, final EndReason reason, final long sequence) {
        if (flows.protocol(handle) == FlowProtocol.IP_TCP) {
            waiting.finishBoth(handle, connections.address(handle), reasonOf(reason), flows.endNs(handle));
        }
    }

    private static StreamEnd reasonOf(final EndReason reason) {
        return switch (reason) {
            case TIMEOUT -> StreamEnd.TIMEOUT;
            case FORCED -> StreamEnd.EVICTED;
            case SHUTDOWN -> StreamEnd.SHUTDOWN;
            case TCP_REUSE -> StreamEnd.REUSED;
        };
    }

    /**
     * Tells that nobody wants more of a stream: nothing of it is kept, and its sink hears of its end alone. Does
     * nothing where {@link StreamContext#cutOff} is off.
     */
    public void unwanted(final long stream) {
        if (!cutOff) {
            return;
        }
        final long hot = TcpConnections.hot(connections.address(stream >>> 1), (int) stream & 1);
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~HISTORY | UNWANTED);
        if (!delivery.isDraining((int) stream)) {
            waiting.discard((int) stream, hot, Counter.TCP_BYTES_NOT_TAKEN);
        }
    }

    /**
     * Judges the checksums of a TCP segment before its flow is looked up, so that one which its receiver does not take
     * changes nothing there either: it is marked {@link Frame#REFUSED}, where wrong ones are not data.
     */
    public void judge(final Frame frame) {
        if ((frame.flags & Frame.CHECKSUMS_RIGHT) == 0) {
            judgeOthers(frame);
        }
    }

    private void judgeOthers(final Frame frame) {
        if (TransportChecksum.verify(frame) == ChecksumVerdict.WRONG
            || verify && TransportChecksum.verifyIpHeader(frame) == ChecksumVerdict.WRONG) {
            counters.increment(Counter.TCP_CHECKSUMS_WRONG);
            if (verify) {
                frame.flags |= Frame.REFUSED;
            }
        }
    }

    /**
     * Takes a TCP segment into account that was judged.
     *
     * @param handle the flow that {@link FlowTable#onFrame} answered for the frame
     * @param frame  decoded TCP, a fragment of it or a damaged one included
     */
    public void onSegment(final long handle, final Frame frame) {
        final int direction = frame.fromUpper ? 1 : 0;
        final long connection = connections.address(handle);
        final long own = TcpConnections.hot(connection, direction);
        final long other = TcpConnections.hot(connection, direction ^ 1);
        if (isStraightOn(own, other, frame)) {
            onNext(stream(handle, direction), own, other, frame);
        } else if (isWhole(frame)) {
            onOther(handle, connection, direction, frame);
        }
    }

    /** False for a fragment, and for a segment whose header says what cannot be, which is counted. */
    private boolean isWhole(final Frame frame) {
        if (frame.moreFragments || frame.fragmentOffset != 0) {
            return false;
        }
        if (frame.payloadOffset - frame.transportOffset < HEADER) {
            counters.increment(Counter.TCP_HEADERS_CUT);
            return false;
        }
        if (frame.payloadMissing > 0 && announcesTooMuch(frame)) {
            counters.increment(Counter.TCP_LENGTHS_WRONG);
            return false;
        }
        return true;
    }

    private void onOther(final long handle, final long connection, final int direction, final Frame frame) {
        if ((frame.flags & Frame.REFUSED) != 0) {
            reports.report(handle, connection, frame, Anomaly.TCP_CHECKSUM_WRONG);
            return;
        }
        final long own = TcpConnections.hot(connection, direction);
        final long other = TcpConnections.hot(connection, direction ^ 1);
        if ((frame.tcpFlags & SYN_OR_RST) != 0) {
            control.onSegment(handle, connection, direction, frame);
        } else if (!Handshake.isFromOlderConnection(other, TcpConnections.cold(connection, direction ^ 1), frame)
            && ((UnsafeApi.getInt(own + FLAGS) & STARTED) != 0 || handshake.pickUp(own, other, frame))) {
            onNumbered(handle, connection, direction, frame);
        }
        if (((UnsafeApi.getInt(own + FLAGS) | UnsafeApi.getInt(other + FLAGS)) & BACKLOG) != 0) {
            data.settle(handle, connection, direction, frame);
        }
    }

    /**
     * True for what most segments are: data or an acknowledgement that is just what its receiver expects, on a
     * connection of which both sides are known, where nothing waits, is in doubt or ends. Compared with all else that
     * may be so in one look at each stream's flags, and one at the signs of four differences: it begins within the
     * window, and acknowledges what its receiver may have sent and nothing that was acknowledged before.
     */
    private boolean isStraightOn(final long own, final long other, final Frame frame) {
        final int sequence = frame.tcpSequence;
        final int acknowledgement = frame.tcpAcknowledgement;
        if ((frame.tcpFlags & UNUSUAL) != TcpFlags.ACK || (UnsafeApi.getInt(own + FLAGS) & TROUBLED) != UNTROUBLED
            || (UnsafeApi.getInt(other + FLAGS) & UNSETTLED) != ACK_KNOWN
            || sequence != UnsafeApi.getInt(own + NEXT)
            || (sequence - UnsafeApi.getInt(own + ACKED) | UnsafeApi.getInt(own + RIGHT_EDGE) - 1 - sequence
                | acknowledgement - UnsafeApi.getInt(other + ACKED)
                | UnsafeApi.getInt(other + RIGHT_EDGE) - acknowledgement) < 0
            || (frame.flags & Frame.REFUSED) != 0 || frame.plain == 0
            && ((frame.payloadMissing | frame.fragmentOffset) != 0 || frame.moreFragments)) {
            return false;
        }
        final int header = frame.payloadOffset - frame.transportOffset;
        return header == HEADER || header > HEADER && isInTime(own, other, frame);
    }

    /** Looks at the options of a segment that is straight on otherwise, and keeps its time stamp. */
    private boolean isInTime(final long own, final long other, final Frame frame) {
        final boolean stamped = options.readTimestamp(frame) && Handshake.mayHaveTimestamps(own, other);
        if (options.isSigned() || stamped && SequenceCheck.isOld(own, options.timestamp())) {
            return false;
        }
        if (stamped) {
            SequenceCheck.keepTimestamp(own, frame.tcpSequence, frame.tcpSequence + frame.payloadLength,
                options.timestamp());
        }
        return true;
    }

    private void onNext(final int stream, final long own, final long other, final Frame frame) {
        final int flags = UnsafeApi.getInt(own + FLAGS);
        final int acknowledgement = frame.tcpAcknowledgement;
        final int rightEdge = acknowledgement + (frame.tcpWindow << ((flags & SCALE) >> SCALE_SHIFT));
        UnsafeApi.putInt(other + ACKED, acknowledgement);
        if (rightEdge - UnsafeApi.getInt(other + RIGHT_EDGE) > 0) {
            UnsafeApi.putInt(other + RIGHT_EDGE, rightEdge);
        }
        final int length = frame.payloadLength;
        if (length == 0) {
            return;
        }
        if ((flags & UNWANTED) == 0) {
            counters.increment(Counter.TCP_SEGMENTS_IN_ORDER);
            delivery.deliver(stream, own, frame.address + frame.payloadOffset, length, frame.timeNs);
        } else {
            UnsafeApi.putInt(own + NEXT, frame.tcpSequence + length);
            UnsafeApi.putLong(own + OFFSET, UnsafeApi.getLong(own + OFFSET) + length);
        }
    }

    /** True if not all that is missing was cut off by the capture: hosts do not take what is shorter than it says. */
    private static boolean announcesTooMuch(final Frame frame) {
        return frame.datagramBlock == Frame.NO_BLOCK && frame.payloadMissing > frame.wireLength - frame.capturedLength;
    }

    private void onNumbered(final long handle, final long connection, final int direction, final Frame frame) {
        final long own = TcpConnections.hot(connection, direction);
        final int length = frame.payloadLength + frame.payloadMissing;
        final int fin = frame.tcpFlags & TcpFlags.FIN;
        int place = SequenceCheck.place(own, frame.tcpSequence, length);
        if (place == SequenceCheck.OUTSIDE
            && (length + fin == 0 || !takesNewCourse(handle, connection, direction, frame, length))) {
            return;
        }
        final boolean stamped = options.readTimestamp(frame)
            && Handshake.mayHaveTimestamps(own, TcpConnections.hot(connection, direction ^ 1));
        if (stamped && SequenceCheck.isOld(own, options.timestamp())) {
            counters.increment(Counter.TCP_OLD_TIMESTAMPS);
            reports.report(handle, connection, frame, Anomaly.STREAM_OLD_TIMESTAMP);
            return;
        }
        if (!acknowledges(handle, connection, direction, frame, length) || options.isSigned()
            || (UnsafeApi.getInt(own + FLAGS) & DOUBTED) != 0) {
            place = SequenceCheck.BEYOND;
        }
        if (stamped && place == SequenceCheck.INSIDE) {
            SequenceCheck.keepTimestamp(own, frame.tcpSequence, frame.tcpSequence + length + fin, options.timestamp());
        }
        if (length + fin != 0) {
            data.take(handle, connection, direction, frame, place);
        }
    }

    /** Takes the acknowledgement of a segment; false if it has none, or one for which hosts drop the segment. */
    private boolean acknowledges(final long handle, final long connection, final int direction, final Frame frame,
        final int length) {
        if ((frame.tcpFlags & TcpFlags.ACK) != 0) {
            final long own = TcpConnections.hot(connection, direction);
            return acknowledgements.take(handle, connection, direction ^ 1, frame.tcpAcknowledgement,
                frame.tcpWindow << ((UnsafeApi.getInt(own + FLAGS) & SCALE) >> SCALE_SHIFT),
                frame.tcpSequence == UnsafeApi.getInt(own + NEXT));
        }
        if (length != 0) {
            counters.increment(Counter.TCP_DATA_WITHOUT_ACK);
            reports.report(handle, connection, frame, Anomaly.STREAM_DATA_WITHOUT_ACK);
        }
        return false;
    }

    private boolean takesNewCourse(final long handle, final long connection, final int direction, final Frame frame,
        final int length) {
        final long own = TcpConnections.hot(connection, direction);
        counters.increment(Counter.TCP_OUT_OF_WINDOW);
        reports.report(handle, connection, frame, Anomaly.STREAM_OUT_OF_WINDOW);
        if (!SequenceCheck.isNewCourse(own, TcpConnections.cold(connection, direction), frame.tcpSequence, length)) {
            return false;
        }
        final int stream = stream(handle, direction);
        UnsafeApi.putInt(own + FLAGS, UnsafeApi.getInt(own + FLAGS) & ~ACK_KNOWN);
        waiting.handOn(stream, own, frame.timeNs);
        final int ahead = frame.tcpSequence - UnsafeApi.getInt(own + NEXT);
        delivery.gap(stream, own, Math.max(1, ahead), frame.timeNs);
        UnsafeApi.putInt(own + NEXT, frame.tcpSequence);
        UnsafeApi.putInt(own + FLAGS, UnsafeApi.getInt(own + FLAGS) & ~FIN);
        return true;
    }

    /** What is kept of the bytes that streams were handed last. */
    public StreamHistory history() {
        return new StreamHistory(connections, delivered);
    }

    /** Bytes of a stream that were delivered so far, gaps included. */
    public long delivered(final long stream) {
        return UnsafeApi.getLong(TcpConnections.hot(connections.address(stream >>> 1), (int) stream & 1) + OFFSET);
    }

    @Override
    public void close() {
        connections.close();
        pieces.close();
        delivered.close();
        retransmissions.close();
    }
}
