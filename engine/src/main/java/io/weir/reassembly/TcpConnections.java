package io.weir.reassembly;

import io.weir.base.NativeMemory;
import io.weir.packet.TcpFlags;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * State of the TCP connections of one worker in native memory, under the handles of its flow table: two cache lines
 * each, of which an in-order segment touches one. Owned by one worker.
 *
 * <p>A connection is two streams, 0 sent by the lower and 1 by the upper endpoint. The first line holds the hot part of
 * both, the second the cold part of both. Where the newest segment of a stream lies in {@link DeliveredBytes} is in a
 * column of its own, so that the segments of connections that began one after the other share lines there. As columns
 * beside the flow records they need no allocation of their own, and memory that no TCP flow has used is never resident.
 */
final class TcpConnections implements AutoCloseable {
    /** Bytes of a connection. */
    static final int LENGTH = 128;

    /** Next sequence number that its receiver's application has not got yet. */
    static final int NEXT = 0;
    static final int FLAGS = 4;
    /** Highest acknowledgement of its receiver; holds if {@link #ACK_KNOWN}. */
    static final int ACKED = 8;
    /** Highest right edge of its receiver's window; holds if {@link #ACK_KNOWN}. */
    static final int RIGHT_EDGE = 12;
    /** Time stamp of its sender that newer segments must not fall behind; holds if {@link #TIMESTAMPS}. */
    static final int RECENT_TIMESTAMP = 16;
    /** Tree of data that waits for what comes before it. */
    static final int WAITING = 20;
    /** Place of {@link #NEXT} in the stream. */
    static final int OFFSET = 24;
    private static final int HOT = 32;

    /** Chunks that wait. */
    static final int CHUNKS = 0;
    /** Sequence number of the FIN; holds if {@link #FIN}. */
    static final int FIN_SEQUENCE = 4;
    /** Neighbours in a list of {@link Backlogs}. */
    static final int PREVIOUS = 8;
    static final int FOLLOWING = 12;
    /** Anomalies reported already, in stream 0 for both. */
    static final int REPORTED = 16;
    /** Where the newest segment outside of the window ended. */
    static final int STRAY_NEXT = 20;
    /** How many of those came in a row, and since when, in frames and milliseconds, a gap is known to stay. */
    static final int STRAYS_AND_GRACE = 24;
    /** Sequence number of the newest urgent byte; holds if {@link #URGENT}. */
    static final int URGENT_SEQUENCE = 28;
    private static final int COLD = 32;

    private static final int COLD_LINE = 64;

    /** From the connection: which of its SYNs offered selective acknowledgement, a bit for each direction. */
    static final int SACK_OFFERED = COLD_LINE + COLD + REPORTED;

    /** {@link #NEXT} holds. */
    static final int STARTED = 1;
    /** Its SYN was seen. */
    static final int SYN = 1 << 1;
    static final int ACK_KNOWN = 1 << 2;
    static final int TIMESTAMPS = 1 << 3;
    static final int FIN = 1 << 4;
    /** Nothing of it is delivered any more. */
    static final int ENDED = 1 << 5;
    /** Its sink has heard of it, and not yet of its end. */
    static final int OPEN = 1 << 6;
    /** Nobody wants more of it. */
    static final int UNWANTED = 1 << 7;
    /** It is in a list of {@link Backlogs}. */
    static final int BACKLOG = 1 << 8;
    /** A gap is known to stay, and is declared when the grace is over. */
    static final int GRACE = 1 << 9;
    static final int URGENT = 1 << 10;
    /** Its sender's SYN offered window scaling. */
    static final int SCALE_OFFERED = 1 << 11;
    /** Its sender is the one who reset the connection, or closed the stream. */
    static final int CLOSED_BY_SENDER = 1 << 12;
    /** The place of the stream's first byte is known. */
    static final int START_KNOWN = 1 << 13;
    /** Its receiver was heard since data waits, and would have acknowledged that if it had the bytes before it. */
    static final int ANSWERED = 1 << 14;
    /** Segments or acknowledgements that do not fit have been counted in {@link #STRAYS_AND_GRACE}. */
    static final int STRAYED = 1 << 15;
    static final int SCALE_SHIFT = 16;
    static final int SCALE = 0xf << SCALE_SHIFT;
    static final int CLASS_SHIFT = 20;
    static final int CLASS = 3 << CLASS_SHIFT;
    /** Its sender's SYN had a time stamp. */
    static final int TIMESTAMPS_OFFERED = 1 << 22;
    /** The capture cut off what comes next. */
    static final int CUT = 1 << 23;
    /** How many of its newest segments {@link DeliveredBytes} has; {@link #newest} holds if there are any. */
    static final int HISTORY_SHIFT = 24;
    static final int HISTORY = 0xf << HISTORY_SHIFT;

    /** Its receiver may be gone: what comes counts once it is acknowledged. */
    static final int DOUBTED = 1 << 31;

    private final int capacity;
    private final NativeMemory.Region region;
    private final long address;
    private final long newestAddress;

    TcpConnections(final int capacity) {
        this.capacity = capacity;
        region = NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, (long) capacity * (LENGTH + 2 * Long.BYTES),
            LENGTH);
        address = region.address();
        newestAddress = address + (long) capacity * LENGTH;
    }

    /** Where a connection lies. */
    long address(final long handle) {
        return address + (long) Objects.checkIndex((int) handle, capacity) * LENGTH;
    }

    /** Makes it one of which nothing is known. */
    static void clear(final long connection) {
        for (int at = 0; at < LENGTH; at += Long.BYTES) {
            UnsafeApi.putLong(connection + at, 0);
        }
        UnsafeApi.putInt(connection + WAITING, PieceStore.EMPTY);
        UnsafeApi.putInt(connection + HOT + WAITING, PieceStore.EMPTY);
    }

    /** Number of a stream: that of its flow, and its direction in the lowest bit. */
    static int stream(final long handle, final int direction) {
        return (int) (handle << 1) | direction;
    }

    /** From a connection: its cold line for SYN or FIN among a segment's flags, for none of them the hot one again. */
    static int lineBeside(final int synAndFin) {
        return (synAndFin + TcpFlags.SYN + TcpFlags.FIN >> 2) * COLD_LINE;
    }

    /** Hot part of a stream. */
    static long hot(final long connection, final int direction) {
        return connection + (long) direction * HOT;
    }

    /** Cold part of a stream. */
    static long cold(final long connection, final int direction) {
        return connection + COLD_LINE + (long) direction * COLD;
    }

    /** Where the position is kept of the newest segment of a stream in {@link DeliveredBytes}. */
    long newest(final int stream) {
        return newestAddress + ((long) Objects.checkIndex(stream >>> 1, capacity) * 2 + (stream & 1)) * Long.BYTES;
    }

    @Override
    public void close() {
        region.close();
    }
}
