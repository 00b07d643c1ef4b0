package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.HISTORY;
import static io.weir.reassembly.TcpConnections.HISTORY_SHIFT;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.OFFSET;
import static io.weir.reassembly.TcpConnections.stream;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/** Compares what was delivered with other copies of it, as far back as it is remembered. Owned by one worker. */
final class Retransmissions implements AutoCloseable {
    private final TcpConnections connections;
    private final DeliveredBytes delivered;
    private final Counters counters;
    private final AnomalyReports reports;
    private final OverlapDifference difference = new OverlapDifference();
    /** Positions of the segments that {@link #remembered} has counted, the newest first. */
    private final long[] positions = new long[DeliveredBytes.COUNT];
    /** Sequence number at which the oldest of them starts. */
    private int oldest;

    Retransmissions(final TcpConnections connections, final DeliveredBytes delivered, final Counters counters,
        final AnomalyReports reports) {
        this.connections = connections;
        this.delivered = delivered;
        this.counters = counters;
        this.reports = reports;
    }

    /** Takes a segment of which nothing is new. */
    void onOld(final long handle, final long connection, final int direction, final Frame frame) {
        final long own = TcpConnections.hot(connection, direction);
        if (frame.payloadLength <= 1 && UnsafeApi.getInt(own + NEXT) - frame.tcpSequence == 1) {
            // a keep-alive may carry one byte, which is garbage
            counters.increment(Counter.TCP_KEEPALIVES);
        } else {
            counters.increment(Counter.TCP_SEGMENTS_RETRANSMITTED);
            compare(handle, connection, direction, frame);
        }
    }

    /** Compares the part of a segment that was delivered already. */
    void compare(final long handle, final long connection, final int direction, final Frame frame) {
        final long own = TcpConnections.hot(connection, direction);
        final int filled = (UnsafeApi.getInt(own + FLAGS) & HISTORY) >>> HISTORY_SHIFT;
        final int next = UnsafeApi.getInt(own + NEXT);
        final int from = frame.tcpSequence;
        final int to = from + Math.min(frame.payloadLength, next - from);
        final long copy = frame.address + frame.payloadOffset;
        final int count = remembered(connections.newest(stream(handle, direction)), filled, next, from);
        boolean verified = oldest - from <= 0 || to - from <= 0;
        difference.clear();
        verified &= walk(count, from, to, copy, false);
        if (!verified) {
            counters.increment(Counter.TCP_OVERLAPS_UNVERIFIED);
        }
        if (difference.isDiffering()) {
            final int start = difference.sequence();
            walk(count, start, start + difference.scratchLength(), copy + (start - from), true);
            difference.hash(copy + (start - from));
            counters.increment(Counter.TCP_SEGMENTS_DIFFERING);
            reports.report(handle, connection, frame, Anomaly.STREAM_OVERLAP_DIFFERENT_DATA,
                UnsafeApi.getLong(own + OFFSET) + (start - next) + takenOut(count, start), difference.length(),
                difference.keptHash(), difference.refusedHash());
        }
    }

    /** How many of the newest segments are remembered, back to the one that holds {@code from}. */
    private int remembered(final long newest, final int filled, final int next, final int from) {
        long position = UnsafeApi.getLong(newest);
        int count = 0;
        oldest = next;
        while (count < filled && oldest - from > 0 && delivered.holds(position)) {
            oldest -= delivered.length(position);
            positions[count++] = position;
            position = delivered.before(position);
        }
        return count;
    }

    /** How many bytes from a sequence number on were taken out of the stream. */
    private int takenOut(final int count, final int from) {
        int taken = 0;
        int start = oldest;
        for (int back = count - 1; back >= 0; back--) {
            taken += start - from >= 0 && delivered.isTakenOut(positions[back]) ? 1 : 0;
            start += delivered.length(positions[back]);
        }
        return taken;
    }

    /**
     * Goes through the remembered segments from the {@link #oldest} on, as far as they overlap a copy, and compares
     * them with it, or lays what was delivered into the scratch.
     *
     * @param from sequence number of the copy
     * @param to   where it ends
     * @return false if it overlaps a segment of which there are no bytes
     */
    private boolean walk(final int count, final int from, final int to, final long copy, final boolean intoScratch) {
        boolean complete = true;
        int start = oldest;
        for (int back = count - 1; back >= 0 && to - start > 0; back--) {
            final long position = positions[back];
            final int end = start + delivered.length(position);
            final int skipped = Math.max(0, from - start);
            final int overlapEnd = end - to < 0 ? end : to;
            final int overlapStart = start + skipped;
            if (overlapEnd - overlapStart > 0 && delivered.isPassed(position)) {
                complete = false;
            } else if (overlapEnd - overlapStart > 0) {
                final long kept = delivered.address(position) + skipped;
                if (intoScratch) {
                    UnsafeApi.copyMemory(kept, difference.scratch() + (overlapStart - from), overlapEnd - overlapStart);
                } else {
                    difference.overlap(overlapStart, overlapEnd, true, kept, copy + (overlapStart - from));
                }
            }
            start = end;
        }
        return complete;
    }

    @Override
    public void close() {
        difference.close();
    }
}
