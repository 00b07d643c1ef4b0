package io.weir.stats;

import io.weir.packet.DecodeError;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.packet.TunnelType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many headers of each type one worker has seen, how many errors, and in which tunnels. That worker alone counts;
 * any thread may read and sees each value whole, a moment old.
 */
public final class DecoderCounts {
    /** Most frames of a batch: so many fit into a lane of a sum. */
    public static final int MOST_AT_ONCE = 511;

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LAYERS = 64;
    private static final int ERRORS = 64;
    private static final int TUNNELS = 16;
    private static final int ERROR = LAYERS;
    private static final int TUNNEL = ERROR + ERRORS;
    private static final int INVALID = TUNNEL + TUNNELS;
    /** Frames by {@link Frame#plain}: most are counted once instead of three headers of each. */
    private static final int PLAIN = INVALID + 1;
    private static final int LANE_BITS = 9;
    private static final int LONGEST = PLAIN + Frame.PLAIN_END;
    /** Cells at both ends that stay empty, so that no cache line is shared with another worker. */
    private static final int PADDING = 16;

    private final long[] cells = new long[LONGEST + 1 + 2 * PADDING];

    /** Frames and their bytes on the wire; the worker's own. */
    private long frames;
    private long bytes;

    /**
     * Counts the frames of a batch that were decoded; ticks and the end are none.
     *
     * @param count at most {@link #MOST_AT_ONCE}
     */
    public void count(final Frame[] batch, final int count) {
        long layouts = 0;
        long sum = 0;
        long longest = cells[LONGEST + PADDING];
        for (int i = 0; i < count; i++) {
            final Frame frame = batch[i];
            // marks are of layout 0, and have no length
            layouts += 1L << frame.plain * LANE_BITS;
            sum += frame.wireLength;
            longest = Math.max(longest, frame.wireLength);
        }
        if ((layouts & MOST_AT_ONCE) != 0) {
            countOthers(batch, count);
        }
        for (int layout = 1; layout < Frame.PLAIN_END; layout++) {
            final long found = layouts >>> layout * LANE_BITS & MOST_AT_ONCE;
            if (found != 0) {
                add(PLAIN + layout, found);
                frames += found;
            }
        }
        bytes += sum;
        ELEMENT.setOpaque(cells, LONGEST + PADDING, longest);
    }

    private void countOthers(final Frame[] batch, final int count) {
        for (int i = 0; i < count; i++) {
            if (batch[i].plain == 0 && (batch[i].flags & Frame.MARKS) == 0) {
                countHeaders(batch[i]);
                frames++;
            }
        }
    }

    private void countHeaders(final Frame frame) {
        for (int i = 0; i < frame.layerCount; i++) {
            add(frame.layer(i) >>> 24 & LAYERS - 1, 1);
        }
        if (frame.error != 0) {
            add(ERROR + (frame.error & ERRORS - 1), 1);
            if (!frame.isCut()) {
                add(INVALID, 1);
            }
        }
        for (int tunnels = frame.tunnels; tunnels != 0; tunnels >>>= 4) {
            add(TUNNEL + (tunnels & TUNNELS - 1), 1);
        }
    }

    private void add(final int cell, final long found) {
        ELEMENT.setOpaque(cells, cell + PADDING, cells[cell + PADDING] + found);
    }

    private long get(final int cell) {
        return (long) ELEMENT.getOpaque(cells, cell + PADDING);
    }

    /** Adds what another has counted so far. */
    public DecoderCounts add(final DecoderCounts other) {
        for (int cell = 0; cell < LONGEST; cell++) {
            cells[cell + PADDING] += other.get(cell);
        }
        cells[LONGEST + PADDING] = Math.max(cells[LONGEST + PADDING], other.get(LONGEST));
        return this;
    }

    /** Headers of a type. */
    public long layers(final LayerType type) {
        long headers = get(type.ordinal());
        for (int layout = 0; layout < Frame.PLAIN_END; layout++) {
            if (isIn(layout, type)) {
                headers += get(PLAIN + layout);
            }
        }
        return headers;
    }

    private static boolean isIn(final int layout, final LayerType type) {
        return switch (type) {
            case ETHERNET -> true;
            case IPV4 -> (layout & Frame.PLAIN_IPV6) == 0;
            case IPV6 -> (layout & Frame.PLAIN_IPV6) != 0;
            case TCP -> (layout & Frame.PLAIN_TCP) != 0;
            case UDP -> (layout & Frame.PLAIN_UDP) != 0;
            default -> false;
        };
    }

    /** Frames that the worker has counted; for its own thread. */
    public long frames() {
        return frames;
    }

    /** Their bytes on the wire; for its own thread. */
    public long bytes() {
        return bytes;
    }

    /** Frames with an error. */
    public long errors(final DecodeError error) {
        return get(ERROR + error.ordinal());
    }

    /** Tunnels of a type. */
    public long tunnels(final TunnelType type) {
        return get(TUNNEL + type.ordinal());
    }

    /** Frames whose headers are wrong, those that the capture cut off left out. */
    public long invalid() {
        return get(INVALID);
    }

    /** Length of the longest frame on the wire, in bytes. */
    public long longest() {
        return get(LONGEST);
    }
}
