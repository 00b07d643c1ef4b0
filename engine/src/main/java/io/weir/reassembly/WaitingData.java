package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.ACKED;
import static io.weir.reassembly.TcpConnections.ACK_KNOWN;
import static io.weir.reassembly.TcpConnections.ANSWERED;
import static io.weir.reassembly.TcpConnections.CHUNKS;
import static io.weir.reassembly.TcpConnections.ENDED;
import static io.weir.reassembly.TcpConnections.FLAGS;
import static io.weir.reassembly.TcpConnections.GRACE;
import static io.weir.reassembly.TcpConnections.NEXT;
import static io.weir.reassembly.TcpConnections.STRAYS_AND_GRACE;
import static io.weir.reassembly.TcpConnections.UNWANTED;
import static io.weir.reassembly.TcpConnections.WAITING;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.flow.FlowTable;
import org.agrona.UnsafeApi;

/**
 * Keeps data that came out of order, within the limits for a stream and for all, and decides when to wait no longer.
 * Owned by one worker.
 */
final class WaitingData {
    /** A gap is declared so many frames of its connection after it was acknowledged... */
    static final int GRACE_FRAMES = 16;
    /** ...or so many milliseconds: until then it may be the capture that swapped frames. */
    static final int GRACE_MS = 30;
    /** The next gap gets a shorter grace, lest they pile up: it may have been acknowledged a while ago, or just now. */
    static final int FURTHER_GRACE_FRAMES = 4;

    /** What keeping a segment came to. */
    enum Outcome {
        /** It waits. */
        KEPT,
        /** It waits, and some of it was there already. */
        OVERLAPPING,
        /** It waits, and some of it was there already with other bytes. */
        DIFFERING,
        /** There was no room for it. */
        REFUSED,
        /** The stream has gone on past it. */
        PASSED
    }

    private static final int NS_PER_MS = 1_000_000;
    private static final int ESTABLISHED = 2;
    /** A chunk holds more than this; a segment is taken to need a little more than it does. */
    private static final int LEAST_CHUNK_DATA = PieceStore.CHUNK_BYTES - 64;

    private final TcpConnections connections;
    private final PieceStore pieces;
    private final StreamDelivery delivery;
    private final Backlogs backlogs;
    private final FlowTable flows;
    private final Counters counters;
    private final int streamChunks;

    WaitingData(final StreamContext context, final TcpConnections connections, final PieceStore pieces,
        final StreamDelivery delivery, final FlowTable flows, final Counters counters) {
        this.connections = connections;
        this.pieces = pieces;
        this.delivery = delivery;
        this.flows = flows;
        this.counters = counters;
        backlogs = new Backlogs(connections);
        streamChunks = context.streamBytes() / PieceStore.CHUNK_BYTES;
    }

    /**
     * Keeps a segment, or what the rule leaves of it.
     *
     * @param isNext true if it will not wait: then it is kept beyond the stream's limit, and refused rather than that
     *               anything gives way
     */
    Outcome keep(final int stream, final long hot, final int sequence, final long address, final int length,
        final OverlapRule rule, final int pieceFlags, final boolean isNext, final long timeNs) {
        final long cold = cold(stream);
        while (true) {
            if (sequence + length - UnsafeApi.getInt(hot + NEXT) <= 0
                || (UnsafeApi.getInt(hot + FLAGS) & (UNWANTED | ENDED)) != 0) {
                return Outcome.PASSED;
            }
            final int chunks = UnsafeApi.getInt(cold + CHUNKS);
            if (chunks > 0 && !isNext && chunks + length / LEAST_CHUNK_DATA + 1 > streamChunks) {
                counters.increment(Counter.TCP_STREAM_LIMIT_REACHED);
                final int heard = ACK_KNOWN | ANSWERED;
                if ((UnsafeApi.getInt(hot + FLAGS) & heard) == heard && !isAcknowledged(hot)) {
                    // its receiver still waits for what is missing: hosts too give up the newest
                    counters.add(Counter.TCP_BYTES_GIVEN_UP, length);
                    return Outcome.REFUSED;
                }
                skip(stream, hot, timeNs);
                continue;
            }
            final int before = pieces.inUse();
            final int root =
                pieces.insert(UnsafeApi.getInt(hot + WAITING), sequence, address, length, rule, pieceFlags);
            if (pieces.isRefused()) {
                counters.increment(Counter.TCP_MEMORY_LIMIT_REACHED);
                if (isNext) {
                    return Outcome.REFUSED;
                }
                if (!makeRoom(timeNs)) {
                    counters.add(Counter.TCP_BYTES_GIVEN_UP, length);
                    return Outcome.REFUSED;
                }
                continue;
            }
            UnsafeApi.putInt(hot + WAITING, root);
            UnsafeApi.putInt(cold + CHUNKS, chunks + pieces.inUse() - before);
            if (!StreamDelivery.hasBacklog(hot)) {
                backlogs.append(stream, flows.standing(stream >>> 1));
            }
            publishBuffered();
            return pieces.isDiffering() ? Outcome.DIFFERING
                : pieces.overlapBytes() > 0 ? Outcome.OVERLAPPING : Outcome.KEPT;
        }
    }

    /**
     * Hands on what is next by now, and declares a gap that its receiver acknowledged a while ago.
     *
     * @return true if a gap was declared
     */
    boolean settle(final int stream, final long hot, final long timeNs) {
        changed(stream, hot, delivery.drain(stream, hot, timeNs));
        if (!StreamDelivery.hasBacklog(hot)) {
            return false;
        }
        final int flags = UnsafeApi.getInt(hot + FLAGS);
        if (!isAcknowledged(hot)) {
            UnsafeApi.putInt(hot + FLAGS, flags & ~GRACE);
            return false;
        }
        if ((flags & GRACE) == 0) {
            beginGrace(stream, hot, timeNs, 0);
            return false;
        }
        if (!isGraceOver(stream, timeNs)) {
            return false;
        }
        UnsafeApi.putInt(hot + FLAGS, flags & ~GRACE);
        changed(stream, hot, delivery.skipGap(stream, hot, timeNs));
        if (StreamDelivery.hasBacklog(hot) && isAcknowledged(hot)) {
            beginGrace(stream, hot, timeNs, GRACE_FRAMES - FURTHER_GRACE_FRAMES);
        }
        return true;
    }

    /** True if its receiver has acknowledged all of the gap in front of what waits; what is held back is no gap. */
    private boolean isAcknowledged(final long hot) {
        final int sequence = pieces.sequence(pieces.first(UnsafeApi.getInt(hot + WAITING)));
        return (UnsafeApi.getInt(hot + FLAGS) & ACK_KNOWN) != 0 && sequence - UnsafeApi.getInt(hot + NEXT) > 0
            && UnsafeApi.getInt(hot + ACKED) - sequence >= 0;
    }

    private void beginGrace(final int stream, final long hot, final long timeNs, final int frames) {
        final long cold = cold(stream);
        UnsafeApi.putInt(cold + STRAYS_AND_GRACE,
            UnsafeApi.getInt(cold + STRAYS_AND_GRACE) & 0xff00_0000 | frames << 16 | milliseconds(timeNs));
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) | GRACE);
    }

    private boolean isGraceOver(final int stream, final long timeNs) {
        final long cold = cold(stream);
        final int word = UnsafeApi.getInt(cold + STRAYS_AND_GRACE);
        final int frames = (word >>> 16 & 0xff) + 1;
        UnsafeApi.putInt(cold + STRAYS_AND_GRACE, word & 0xff00_ffff | frames << 16);
        return frames >= GRACE_FRAMES || (milliseconds(timeNs) - word & 0xffff) >= GRACE_MS;
    }

    private static int milliseconds(final long timeNs) {
        return (int) (timeNs / NS_PER_MS) & 0xffff;
    }

    private void skip(final int stream, final long hot, final long timeNs) {
        changed(stream, hot, delivery.skip(stream, hot, timeNs));
    }

    /** Throws away what waits. */
    void discard(final int stream, final long hot, final Counter reason) {
        if (StreamDelivery.hasBacklog(hot)) {
            changed(stream, hot, delivery.discard(hot, reason));
        }
    }

    /** Tells the end of a stream, see {@link StreamDelivery#finish}. */
    void finish(final int stream, final long hot, final StreamEnd reason, final long timeNs) {
        delivery.finish(stream, hot, reason, timeNs);
        if (StreamDelivery.hasBacklog(hot)) {
            UnsafeApi.putInt(cold(stream) + CHUNKS, 0);
            leave(stream, hot);
            publishBuffered();
        }
    }

    /** Tells the end of both streams of a connection. */
    void finishBoth(final long handle, final long connection, final StreamEnd reason, final long timeNs) {
        for (int direction = 0; direction < 2; direction++) {
            finish(TcpConnections.stream(handle, direction), TcpConnections.hot(connection, direction), reason, timeNs);
        }
    }

    private void leave(final int stream, final long hot) {
        backlogs.remove(stream);
        UnsafeApi.putInt(hot + FLAGS, UnsafeApi.getInt(hot + FLAGS) & ~(GRACE | ANSWERED));
    }

    private void changed(final int stream, final long hot, final int freed) {
        if (freed == 0) {
            return;
        }
        final long cold = cold(stream);
        UnsafeApi.putInt(cold + CHUNKS, UnsafeApi.getInt(cold + CHUNKS) - freed);
        if (UnsafeApi.getInt(hot + WAITING) == PieceStore.EMPTY) {
            leave(stream, hot);
        }
        publishBuffered();
    }

    private void publishBuffered() {
        counters.set(Counter.TCP_BYTES_BUFFERED, (long) pieces.inUse() * PieceStore.CHUNK_BYTES);
    }

    /**
     * Makes the stream give way whose data counts least.
     *
     * @return false if nothing waits
     */
    private boolean makeRoom(final long timeNs) {
        for (int standing = 0; standing <= ESTABLISHED; standing++) {
            while (backlogs.oldest(standing) != Backlogs.NONE) {
                final int stream = backlogs.oldest(standing);
                final int now = flows.standing(stream >>> 1);
                if (now > standing) {
                    backlogs.remove(stream);
                    backlogs.append(stream, now);
                    continue;
                }
                giveWay(stream, standing, timeNs);
                return true;
            }
        }
        return false;
    }

    /** Hands on what waits, with the gaps before it. */
    void handOn(final int stream, final long hot, final long timeNs) {
        while (StreamDelivery.hasBacklog(hot)) {
            skip(stream, hot, timeNs);
        }
    }

    /** What nobody answered is thrown away; the rest is handed on behind its gaps. */
    private void giveWay(final int stream, final int standing, final long timeNs) {
        final long hot = TcpConnections.hot(connections.address(stream >>> 1), stream & 1);
        if (standing == 0) {
            discard(stream, hot, Counter.TCP_BYTES_GIVEN_UP);
        } else {
            handOn(stream, hot, timeNs);
        }
    }

    private long cold(final int stream) {
        return TcpConnections.cold(connections.address(stream >>> 1), stream & 1);
    }
}
