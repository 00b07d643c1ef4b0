package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACKED;
import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.ANSWERED;
import static io.weir.reassembly.TcpConnections.BACKLOG;
import static io.weir.reassembly.TcpConnections.CUT;
import static io.weir.reassembly.TcpConnections.ENDED;
import static io.weir.reassembly.TcpConnections.FIN;
import static io.weir.reassembly.TcpConnections.FIN_SEQUENCE;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.HISTORY;
import static io.weir.reassembly.TcpConnections.HISTORY_SHIFT;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.OFFSET;
import static io.weir.reassembly.TcpConnections.OPEN;
import static io.weir.reassembly.TcpConnections.STARTED;
import static io.weir.reassembly.TcpConnections.START_KNOWN;
import static io.weir.reassembly.TcpConnections.UNWANTED;
import static io.weir.reassembly.TcpConnections.URGENT;
import static io.weir.reassembly.TcpConnections.URGENT_SEQUENCE;
import static io.weir.reassembly.TcpConnections.WAITING;

import io.weir.base.Counter;
import io.weir.base.Counters;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hands a stream's bytes, gaps and end to the sink in order, and keeps its place. Owned by one worker.
 *
 * <p>A stream is named by its number and by where its hot part lies; the caller has looked that up already.
 */
final class StreamDelivery {
    /** Flag of a piece that waits: the capture cut off what comes behind its segment. */
    static final int CUT_BEHIND = 2;

    /** Missing bytes beyond this are no gap but an acknowledgement that makes no sense. */
    private static final int MAX_TAIL_GAP = 1 << 30;

    private final TcpConnections connections;
    private final PieceStore pieces;
    private final DeliveredBytes delivered;
    private final StreamSink sink;
    private final Counters counters;
    private final boolean cutOff;
    private final long depth;
    private final boolean urgentInline;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private int draining = -1;
    private long gapOffset;
    private int gapLength;

    StreamDelivery(final StreamContext context, final TcpConnections connections, final PieceStore pieces,
        final DeliveredBytes delivered, final StreamSink sink, final Counters counters) {
        this.connections = connections;
        this.pieces = pieces;
        this.delivered = delivered;
        this.sink = sink;
        this.counters = counters;
        this.cutOff = context.cutOff();
        this.depth = context.depth();
        this.urgentInline = context.urgentInline();
    }

    /** Hands on the bytes that come next. */
    void deliver(final int stream, final long hot, final long address, final int length, final long timeNs) {
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        final int next = UnsafeApi.getInt(hot + NEXT);
        UnsafeApi.putInt(hot + NEXT, next + length);
        if ((flags & (UNWANTED | ENDED)) != 0) {
            UnsafeApi.putLong(hot + OFFSET, UnsafeApi.getLong(hot + OFFSET) + length);
            return;
        }
        if ((flags & (OPEN | CUT)) != OPEN) {
            UnsafeApi.putInt(hot + FLAGS, flags & ~CUT | OPEN);
        }
        if ((flags & URGENT) != 0 && !urgentInline) {
            final int urgent = deliverAroundUrgent(stream, hot, address, length, next, timeNs);
            rememberAround(urgent, stream, hot, address, length);
        } else {
            hand(stream, hot, address, length, timeNs);
            if (cutOff) {
                remember(stream, hot, address, length, sink.passedFirst(), sink.passedLast());
            } else {
                remember(stream, hot, address, length, 0, 0);
            }
        }
    }

    /**
     * Copies of a segment what somebody has looked at, for later comparison, but not of the one with which the stream
     * ends by its depth, nor of a stream that nobody wants any more.
     *
     * @param first how many bytes nobody has looked at in front
     * @param last  and at the end
     */
    private void remember(final int stream, final long hot, final long address, final int length, final int first,
        final int last) {
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        if ((flags & UNWANTED) != 0) {
            return;
        }
        int remembered = 0;
        if (length <= DeliveredBytes.LENGTH_MAX) {
            remembered = (flags & HISTORY) >>> HISTORY_SHIFT;
            final long newest = connections.newest(stream);
            long before = remembered == 0 ? DeliveredBytes.NONE : UnsafeApi.getLong(newest);
            final boolean isMore = first > 0 && first < length && remembered > 0 && delivered.passMore(before, first);
            if (first > 0 && !isMore) {
                before = delivered.pass(first, before);
                remembered++;
            }
            if (first + last < length) {
                before = delivered.add(address + first, length - first - last, before);
                remembered++;
            }
            if (last > 0 && first < length) {
                before = delivered.pass(last, before);
                remembered++;
            }
            UnsafeApi.putLong(newest, before);
            remembered = Math.min(DeliveredBytes.COUNT, remembered);
        }
        UnsafeApi.putInt(hot + FLAGS, flags & ~HISTORY | remembered << HISTORY_SHIFT);
    }

    /** Copies a segment of which a byte was taken out of the stream, unless its place is below 0. */
    private void rememberAround(final int urgent, final int stream, final long hot, final long address,
        final int length) {
        if (urgent > 0) {
            remember(stream, hot, address, urgent, 0, 0);
        }
        if (urgent >= 0 && (UnsafeApi.getInt(hot + FLAGS) & UNWANTED) == 0) {
            remember(stream, hot, address + urgent, 1, 0, 0);
            delivered.takenOut(UnsafeApi.getLong(connections.newest(stream)));
        }
        if (urgent + 1 < length) {
            remember(stream, hot, address + urgent + 1, length - urgent - 1, 0, 0);
        }
    }

    private void hand(final int stream, final long hot, final long address, final int length, final long timeNs) {
        final long offset = UnsafeApi.getLong(hot + OFFSET);
        UnsafeApi.putLong(hot + OFFSET, offset + length);
        if (depth != 0 && offset + length >= depth) {
            handToDepth(stream, hot, address, (int) Math.min(length, Math.max(0, depth - offset)), offset, timeNs);
            return;
        }
        counters.add(Counter.TCP_BYTES_DELIVERED, length);
        buffer.wrap(address, length);
        sink.data(stream, buffer, 0, length, offset, timeNs);
    }

    private void handToDepth(final int stream, final long hot, final long address, final int length, final long offset,
        final long timeNs) {
        if (length > 0) {
            counters.add(Counter.TCP_BYTES_DELIVERED, length);
            buffer.wrap(address, length);
            sink.data(stream, buffer, 0, length, offset, timeNs);
        }
        endAtDepth(stream, hot, timeNs);
    }

    private void endAtDepth(final int stream, final long hot, final long timeNs) {
        counters.increment(Counter.TCP_DEPTH_REACHED);
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~(OPEN | HISTORY) | UNWANTED);
        sink.end(stream, StreamEnd.DEPTH, timeNs);
    }

    /** Answers which of the bytes was taken out, or -1. */
    private int deliverAroundUrgent(final int stream, final long hot, final long address, final int length,
        final int sequence, final long timeNs) {
        final long cold = TcpConnections.cold(connections.address(stream >>> 1), stream & 1);
        final int at = UnsafeApi.getInt(cold + URGENT_SEQUENCE) - sequence;
        if (at < 0) {
            UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~URGENT);
        }
        if (at < 0 || at >= length) {
            hand(stream, hot, address, length, timeNs);
            return -1;
        }
        counters.increment(Counter.TCP_URGENT_BYTES);
        if (at > 0) {
            hand(stream, hot, address, at, timeNs);
        }
        if (at + 1 < length && (UnsafeApi.getInt(hot + FLAGS) & UNWANTED) == 0) {
            hand(stream, hot, address + at + 1, length - at - 1, timeNs);
        }
        return at;
    }

    /** Tells that the next bytes are missing. At the very start of a stream that was picked up nothing is missing. */
    void gap(final int stream, final long hot, final int length, final long timeNs) {
        final int flags = UnsafeApi.getInt(hot + FLAGS) & ~CUT;
        UnsafeApi.putInt(hot + FLAGS, flags);
        UnsafeApi.putInt(hot + NEXT, UnsafeApi.getInt(hot + NEXT) + length);
        final long offset = UnsafeApi.getLong(hot + OFFSET);
        gapLength = 0;
        if (offset == 0 && (flags & (OPEN | START_KNOWN)) == 0) {
            return;
        }
        final long missing = Integer.toUnsignedLong(length);
        UnsafeApi.putLong(hot + OFFSET, offset + missing);
        if ((flags & (UNWANTED | ENDED)) != 0) {
            return;
        }
        UnsafeApi.putInt(hot + FLAGS, flags & ~HISTORY | OPEN);
        counters.increment(Counter.TCP_GAPS);
        counters.add(Counter.TCP_GAP_BYTES, missing);
        gapOffset = offset;
        gapLength = length;
        sink.gap(stream, offset, missing, timeNs);
        if (depth != 0 && offset + missing >= depth && (UnsafeApi.getInt(hot + FLAGS) & UNWANTED) == 0) {
            endAtDepth(stream, hot, timeNs);
        }
    }

    /**
     * Hands on what waits and is next by now.
     *
     * @return chunks that became free
     */
    int drain(final int stream, final long hot, final long timeNs) {
        draining = stream;
        int freed = 0;
        int root = UnsafeApi.getInt(hot + WAITING);
        while (root != PieceStore.EMPTY && !isDone(stream, hot)) {
            final int chunk = pieces.first(root);
            final int ahead = pieces.sequence(chunk) - UnsafeApi.getInt(hot + NEXT);
            if (ahead > 0 && (UnsafeApi.getInt(hot + FLAGS) & CUT) != 0) {
                gap(stream, hot, ahead, timeNs);
                continue;
            }
            if (ahead > 0 || isHeldBack(hot, chunk)) {
                break;
            }
            final int flags = pieces.flags(chunk);
            if (ahead + pieces.length(chunk) > 0) {
                deliver(stream, hot, pieces.address(chunk) - ahead, pieces.length(chunk) + ahead, timeNs);
                UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) | ((flags & CUT_BEHIND) != 0 ? CUT : 0));
            }
            root = pieces.removeFirst(root);
            freed++;
        }
        draining = -1;
        UnsafeApi.putInt(hot + WAITING, root);
        return root != PieceStore.EMPTY && isDone(stream, hot)
            ? freed + discard(hot, Counter.TCP_BYTES_NOT_TAKEN) : freed;
    }

    private boolean isDone(final int stream, final long hot) {
        return (UnsafeApi.getInt(hot + FLAGS) & UNWANTED) != 0 || isAtFin(stream, hot);
    }

    /** Data that hosts need not take counts once its receiver acknowledged it, or if nothing is heard of him. */
    private boolean isHeldBack(final long hot, final int chunk) {
        return (pieces.flags(chunk) & PieceStore.PROVISIONAL) != 0
            && (UnsafeApi.getInt(hot + FLAGS) & ACK_KNOWN) != 0
            && UnsafeApi.getInt(hot + ACKED) - pieces.sequence(chunk) - pieces.length(chunk) < 0;
    }

    /** True if everything before the FIN was delivered. */
    boolean isAtFin(final int stream, final long hot) {
        if ((UnsafeApi.getInt(hot + FLAGS) & FIN) == 0) {
            return false;
        }
        final long cold = TcpConnections.cold(connections.address(stream >>> 1), stream & 1);
        return UnsafeApi.getInt(hot + NEXT) == UnsafeApi.getInt(cold + FIN_SEQUENCE);
    }

    /**
     * Goes on behind the gap in front of what waits; what is held back there goes on waiting.
     *
     * @return chunks that became free
     */
    int skipGap(final int stream, final long hot, final long timeNs) {
        draining = stream;
        final int ahead = pieces.sequence(pieces.first(UnsafeApi.getInt(hot + WAITING))) - UnsafeApi.getInt(hot + NEXT);
        if (ahead > 0) {
            gap(stream, hot, ahead, timeNs);
        }
        return drain(stream, hot, timeNs);
    }

    /**
     * Goes on behind the gap in front of what waits, and gives up what is held back there.
     *
     * @return chunks that became free, at least one
     */
    int skip(final int stream, final long hot, final long timeNs) {
        final int freed = skipGap(stream, hot, timeNs);
        if (freed > 0) {
            return freed;
        }
        final int root = UnsafeApi.getInt(hot + WAITING);
        counters.add(Counter.TCP_BYTES_GIVEN_UP, pieces.length(pieces.first(root)));
        UnsafeApi.putInt(hot + WAITING, pieces.removeFirst(root));
        return 1;
    }

    /** Ends a stream: hands on what waits as far as its receiver can have read it, then tells the end. */
    void finish(final int stream, final long hot, final StreamEnd reason, final long timeNs) {
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        if ((flags & (ENDED | OPEN)) == ENDED) {
            // told before, but what waits may still hold memory
            discard(hot, Counter.TCP_BYTES_NOT_TAKEN);
            return;
        }
        if ((flags & ENDED) == 0 && reason != StreamEnd.FIN) {
            while (UnsafeApi.getInt(hot + WAITING) != PieceStore.EMPTY && isTaken(hot, reason)) {
                skip(stream, hot, timeNs);
            }
            tailGap(stream, hot, timeNs);
        }
        discard(hot, Counter.TCP_BYTES_NOT_TAKEN);
        final StreamEnd told = isAtFin(stream, hot) ? StreamEnd.FIN : reason;
        if ((flags & (ENDED | STARTED)) == STARTED) {
            counters.increment(told == StreamEnd.FIN ? Counter.TCP_STREAMS_CLOSED
                : told == StreamEnd.RESET ? Counter.TCP_STREAMS_RESET : Counter.TCP_STREAMS_UNFINISHED);
        }
        final int after = UnsafeApi.getInt(hot + FLAGS);
        UnsafeApi.putInt(hot + FLAGS, after & ~OPEN | ENDED);
        if ((after & OPEN) != 0) {
            sink.end(stream, told, timeNs);
        }
    }

    /** A reset throws away what waits; else it counts unless its receiver has shown that he misses what is before. */
    private boolean isTaken(final long hot, final StreamEnd reason) {
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        if ((flags & ACK_KNOWN) == 0 || (flags & ANSWERED) == 0 && reason != StreamEnd.RESET) {
            return true;
        }
        final int chunk = pieces.first(UnsafeApi.getInt(hot + WAITING));
        return UnsafeApi.getInt(hot + ACKED) - pieces.sequence(chunk) - pieces.length(chunk) >= 0;
    }

    /**
     * What was acknowledged last and never seen, up to the FIN; where none was seen, a single number is more likely one
     * than data.
     */
    private void tailGap(final int stream, final long hot, final long timeNs) {
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        if ((flags & (ACK_KNOWN | STARTED | ENDED | UNWANTED)) == (ACK_KNOWN | STARTED)) {
            final int next = UnsafeApi.getInt(hot + NEXT);
            final boolean finKnown = (flags & FIN) != 0;
            final long cold = TcpConnections.cold(connections.address(stream >>> 1), stream & 1);
            final int acked = UnsafeApi.getInt(hot + ACKED) - next;
            final int missing = finKnown ? Math.min(acked, UnsafeApi.getInt(cold + FIN_SEQUENCE) - next) : acked;
            if (missing > (finKnown ? 0 : 1) && missing < MAX_TAIL_GAP) {
                gap(stream, hot, missing, timeNs);
            }
        }
    }

    /**
     * Throws away what waits, and counts its bytes.
     *
     * @return chunks that became free
     */
    int discard(final long hot, final Counter reason) {
        int root = UnsafeApi.getInt(hot + WAITING);
        int freed = 0;
        long bytes = 0;
        while (root != PieceStore.EMPTY) {
            bytes += pieces.length(pieces.first(root));
            root = pieces.removeFirst(root);
            freed++;
        }
        UnsafeApi.putInt(hot + WAITING, PieceStore.EMPTY);
        if (bytes > 0) {
            counters.add(reason, bytes);
        }
        return freed;
    }

    /** Place in its stream of the gap that was told last. */
    long gapOffset() {
        return gapOffset;
    }

    /** Length of the last gap, in bytes; 0 if it was not told, since nothing is missing there or nobody wants it. */
    int gapLength() {
        return gapLength;
    }

    /** True while pieces of this stream are being handed on: its tree must be left alone. */
    boolean isDraining(final int stream) {
        return draining == stream;
    }

    /** True if the stream is in a list of those that wait. */
    static boolean hasBacklog(final long hot) {
        return (UnsafeApi.getInt(hot + FLAGS) & BACKLOG) != 0;
    }
}
