package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.HISTORY;
import static io.weir.reassembly.TcpConnections.HISTORY_SHIFT;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.OFFSET;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/** Compares what was delivered with other copies of it, as far back as it is remembered. Owned by one worker. */
final class Retransmissions {
    private final Counters counters;
    private final AnomalyReports reports;

    Retransmissions(final Counters counters, final AnomalyReports reports) {
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
        final long line = TcpConnections.history(connection, direction);
        final int cursor = (UnsafeApi.getInt(own + FLAGS) & HISTORY) >>> HISTORY_SHIFT;
        final int end = frame.tcpSequence + frame.payloadLength;
        final int next = UnsafeApi.getInt(own + NEXT);
        int entryEnd = next;
        boolean verified = true;
        for (int back = 0; back < DeliveredHashes.filled(cursor) && entryEnd - frame.tcpSequence > 0; back++) {
            final long entry = DeliveredHashes.entry(line, cursor, back);
            final int length = DeliveredHashes.length(entry);
            final int start = entryEnd - length;
            if (start - frame.tcpSequence >= 0 && end - entryEnd >= 0) {
                final long copy = frame.address + frame.payloadOffset + (start - frame.tcpSequence);
                final long hash = PieceStore.hash(copy, length) & DeliveredHashes.HASH;
                if (hash != (entry & DeliveredHashes.HASH)) {
                    counters.increment(Counter.TCP_SEGMENTS_DIFFERING);
                    reports.report(handle, connection, frame, Anomaly.STREAM_OVERLAP_DIFFERENT_DATA,
                        UnsafeApi.getLong(own + OFFSET) + (start - next), length, entry & DeliveredHashes.HASH, hash);
                }
            } else if (end - start > 0) {
                verified = false;
            }
            entryEnd = start;
        }
        if (!verified || entryEnd - frame.tcpSequence > 0) {
            counters.increment(Counter.TCP_OVERLAPS_UNVERIFIED);
        }
    }
}
