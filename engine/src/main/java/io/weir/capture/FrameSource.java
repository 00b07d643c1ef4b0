package io.weir.capture;

import io.weir.packet.Frame;
import java.util.List;

/**
 * Hands out frames in place, one after the other, in the order of the trace.
 *
 * <p>Frames lie in blocks: a block of a kernel ring, or a buffer filled from a file. A frame's bytes stay valid until
 * its
 * block is released, and blocks are released in ascending order. A source whose blocks are all taken answers that
 * nothing
 * is ready: a file source waits that way, a kernel ring fills up and counts what it drops.
 *
 * <p>One thread, the dispatcher, calls everything here except {@link #wakeup()}, which any thread may call.
 */
public interface FrameSource extends AutoCloseable {
    /**
     * Sets the raw part of {@code frame} to the next frame.
     *
     * @return false if none is ready now; {@code frame} is then unspecified
     */
    boolean next(Frame frame);

    /**
     * Sets the raw part of several frames as {@link #next} would one by one, up to the first with a stamp that is not
     * before a given one.
     *
     * @param from    index of the first frame to set
     * @param to      index behind the last one
     * @param untilNs ns since 1970
     * @return index behind the frames that were set; if that is below {@code to}, the last of them has such a stamp or
     *     none is ready now, and the frame there is unspecified
     */
    default int take(final Frame[] frames, final int from, final int to, final long untilNs) {
        int at = from;
        while (at < to && next(frames[at])) {
            if (frames[at++].timestampNs >= untilNs) {
                break;
            }
        }
        return at;
    }

    /** Lets frames in, if the source was opened as one of several members, which begin together. */
    default void admit() {
        // Any other takes frames in from its open on.
    }

    /** True once everything was delivered and nothing more can come. Never true for a live source that is healthy. */
    boolean isExhausted();

    /**
     * Takes no new frames in. What was taken before is still handed out, including what lies in a block the kernel has
     * not finished, which may take one block time-out; after that {@link #isExhausted()} is true.
     */
    void stop();

    /** True if frames come from the wire, so that waiting loses them. */
    boolean isLive();

    /** Blocks the caller until a frame may be ready, {@link #wakeup()} was called or the time has passed. */
    void await(long timeoutNs);

    /** Ends a running or the next {@link #await}. */
    void wakeup();

    /**
     * Gives back all blocks of one leaf source up to and including {@code block}.
     *
     * @param leaf  {@link Frame#source} of the frames in the block
     * @param block {@link Frame#block} of the frames in the block
     */
    void release(int leaf, long block);

    /** How many blocks each leaf source has; the dispatcher sizes its books by this. */
    int blockCount(int leaf);

    /** Number of leaf sources; 1 unless this source merges several. */
    int leafCount();

    /** The longest a frame waits in an unfinished block before the source hands it out, in ns; 0 for files. */
    long blockTimeoutNs();

    /** Interfaces seen so far; {@link Frame#interfaceId} is an index into this list, which only grows. */
    List<CaptureInterface> interfaces();

    /** Adds the totals since open to {@code statistics}. */
    void statistics(CaptureStatistics statistics);

    @Override
    void close();
}
