package io.weir.reassembly;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * The streams that have data waiting, by how well their connection stands and, within that, by when they began to wait:
 * doubly linked through the connections. When memory runs out the first gives way. Owned by one worker.
 *
 * <p>Who opens gaps on connections nobody answers therefore loses his own first. Among established ones the oldest gap
 * goes: a gap of a well-behaved connection is filled within a round trip, one that was opened to stay grows old.
 */
final class Backlogs {
    static final int NONE = -1;

    private static final int CLASSES = 3;

    private final TcpConnections connections;
    private final int[] heads = new int[CLASSES];
    private final int[] tails = new int[CLASSES];

    Backlogs(final TcpConnections connections) {
        this.connections = connections;
        Arrays.fill(heads, NONE);
        Arrays.fill(tails, NONE);
    }

    /** Appends a stream to the list of a class: 0 unanswered, 1 one-sided, 2 established. */
    void append(final int stream, final int standing) {
        final long cold = cold(stream);
        final int tail = tails[standing];
        UnsafeApi.putInt(cold + TcpConnections.PREVIOUS, tail);
        UnsafeApi.putInt(cold + TcpConnections.FOLLOWING, NONE);
        if (tail == NONE) {
            heads[standing] = stream;
        } else {
            UnsafeApi.putInt(cold(tail) + TcpConnections.FOLLOWING, stream);
        }
        tails[standing] = stream;
        final long hot = hot(stream);
        final int flags = UnsafeApi.getInt(hot + TcpConnections.FLAGS) & ~TcpConnections.CLASS;
        UnsafeApi.putInt(hot + TcpConnections.FLAGS,
            flags | TcpConnections.BACKLOG | standing << TcpConnections.CLASS_SHIFT);
    }

    /** Takes a stream out of its list. */
    void remove(final int stream) {
        final long hot = hot(stream);
        final int flags = UnsafeApi.getInt(hot + TcpConnections.FLAGS);
        final int standing = (flags & TcpConnections.CLASS) >> TcpConnections.CLASS_SHIFT;
        final long cold = cold(stream);
        final int previous = UnsafeApi.getInt(cold + TcpConnections.PREVIOUS);
        final int following = UnsafeApi.getInt(cold + TcpConnections.FOLLOWING);
        if (previous == NONE) {
            heads[standing] = following;
        } else {
            UnsafeApi.putInt(cold(previous) + TcpConnections.FOLLOWING, following);
        }
        if (following == NONE) {
            tails[standing] = previous;
        } else {
            UnsafeApi.putInt(cold(following) + TcpConnections.PREVIOUS, previous);
        }
        UnsafeApi.putInt(hot + TcpConnections.FLAGS, flags & ~TcpConnections.BACKLOG);
    }

    /** The stream that has waited longest in a class, or {@link #NONE}. */
    int oldest(final int standing) {
        return heads[standing];
    }

    private long hot(final int stream) {
        return TcpConnections.hot(connections.address(stream >>> 1), stream & 1);
    }

    private long cold(final int stream) {
        return TcpConnections.cold(connections.address(stream >>> 1), stream & 1);
    }
}
