package io.weir.reassembly;

import org.agrona.UnsafeApi;

/**
 * The last bytes that streams were handed, as long as they are kept for comparison with what comes again: who may want
 * to see them later need not copy them. Of the worker that owns the {@link TcpReassembler}.
 */
public final class StreamHistory {
    /** Bytes of the longest piece that is kept: nothing is there of one that is longer. */
    public static final int LONGEST_PIECE = DeliveredBytes.LENGTH_MAX;

    private final TcpConnections connections;
    private final DeliveredBytes delivered;

    StreamHistory(final TcpConnections connections, final DeliveredBytes delivered) {
        this.connections = connections;
        this.delivered = delivered;
    }

    /** Bytes that are kept of all streams together, with what they take beside them. */
    public long capacity() {
        return delivered.capacity();
    }

    /** How many bytes were kept since the start: what was kept {@link #capacity} of them ago is lost. */
    public long place() {
        return delivered.end();
    }

    /** Tells by being another one that a stream was handed more, which is kept by now. */
    public long newest(final long stream) {
        return UnsafeApi.getLong(connections.newest((int) stream));
    }

    /**
     * Copies the last bytes that a stream was handed to native memory.
     *
     * @param count as many as were handed on behind the last gap, at most
     * @return false if some are lost, or were not kept since their sink did not look at them; the target is undefined
     */
    public boolean copyLast(final long stream, final int count, final long target) {
        final long hot = TcpConnections.hot(connections.address(stream >>> 1), (int) stream & 1);
        return count == 0 || (UnsafeApi.getInt(hot + TcpConnections.FLAGS) & TcpConnections.HISTORY) != 0
            && delivered.copyLast(newest(stream), count, target);
    }
}
