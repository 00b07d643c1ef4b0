package io.weir.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * What a source received and lost since it was opened, all 64-bit totals.
 *
 * <p>{@link #received} counts every frame the socket or file offered, dropped ones included, so that
 * {@code received = delivered + kernelDropped + filtered...} can be checked. Interface and softnet figures stand beside
 * that identity: they are frames which never reached the socket.
 */
public final class CaptureStatistics {
    /** Frames the socket or file offered, including those it dropped. */
    public long received;
    /** Frames handed out by {@link FrameSource#next}. */
    public long delivered;
    /** Frames the kernel dropped because the ring was full. */
    public long kernelDropped;
    /** Frames read but rejected by a filter that runs in user space. */
    public long filtered;
    /** Frames longer than the memory the source has for one. */
    public long oversized;
    /** Frames discarded while the source was being set up, reopened or closed. */
    public long discarded;
    /** Times the ring froze because no block was free. */
    public long freezes;
    /** Times an interface came back after it was down or removed. */
    public long interfaceRestarts;
    /** Interface drops and errors ({@code rx_dropped, rx_missed_errors, rx_fifo_errors}) since open. */
    public long interfaceDropped;
    /** Frames dropped in softnet backlogs of the whole machine since open. */
    public long softnetDropped;
    /** Bytes read from a file, before decompression: the measure of progress. */
    public long bytesRead;
    /** Bytes a file or set of files has in all, 0 if unknown. */
    public long bytesTotal;
    /** What was found damaged or lost, in order, capped by the source. */
    public final List<Damage> damages = new ArrayList<>();

    /**
     * A place where a capture was damaged or interrupted.
     *
     * @param where  file or interface
     * @param offset byte offset in the (decompressed) file, -1 if it has none
     * @param what   one sentence for people
     */
    public record Damage(String where, long offset, String what) {
    }
}
