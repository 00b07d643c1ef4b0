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
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LAYERS = 64;
    private static final int ERRORS = 64;
    private static final int TUNNELS = 16;
    private static final int ERROR = LAYERS;
    private static final int TUNNEL = ERROR + ERRORS;
    private static final int INVALID = TUNNEL + TUNNELS;
    /** Frames of Ethernet and IPv4 with one header more, by its type: most are counted once instead of thrice. */
    private static final int PLAIN = INVALID + 1;
    private static final int PLAIN_LAYERS = 3;
    private static final int ETHERNET = LayerType.ETHERNET.ordinal();
    private static final int IPV4 = LayerType.IPV4.ordinal();
    private static final int LONGEST = PLAIN + LAYERS;
    /** Cells at both ends that stay empty, so that no cache line is shared with another worker. */
    private static final int PADDING = 16;

    private final long[] cells = new long[LONGEST + 1 + 2 * PADDING];

    /** Counts a frame that was decoded. */
    public void count(final Frame frame) {
        if (frame.wireLength > cells[LONGEST + PADDING]) {
            ELEMENT.setOpaque(cells, LONGEST + PADDING, (long) frame.wireLength);
        }
        if (isPlain(frame)) {
            increment(PLAIN + (frame.layers[2] >>> 24 & LAYERS - 1));
            return;
        }
        for (int i = 0; i < frame.layerCount; i++) {
            increment(frame.layers[i] >>> 24 & LAYERS - 1);
        }
        if (frame.error != 0) {
            increment(ERROR + (frame.error & ERRORS - 1));
            if (!frame.isCut()) {
                increment(INVALID);
            }
        }
        for (int tunnels = frame.tunnels; tunnels != 0; tunnels >>>= 4) {
            increment(TUNNEL + (tunnels & TUNNELS - 1));
        }
    }

    private static boolean isPlain(final Frame frame) {
        return frame.layerCount == PLAIN_LAYERS && (frame.error | frame.tunnels) == 0
            && frame.layers[0] >>> 24 == ETHERNET && frame.layers[1] >>> 24 == IPV4;
    }

    private void increment(final int cell) {
        ELEMENT.setOpaque(cells, cell + PADDING, cells[cell + PADDING] + 1);
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
        final int ordinal = type.ordinal();
        long headers = get(ordinal) + get(PLAIN + ordinal);
        if (ordinal == ETHERNET || ordinal == IPV4) {
            for (int last = 0; last < LAYERS; last++) {
                headers += get(PLAIN + last);
            }
        }
        return headers;
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
