package io.weir.flow;

import io.weir.base.Counter;

/**
 * How readily a flow is given up when the table is full; kept in the record's flags. A flow only ever goes up.
 *
 * <p>Established means that both sides were seen and, in TCP, that each acknowledged something of the other, which no
 * spoofed sender can bring about. One-sided means that only one direction passes here, but that it shows signs of an
 * answer: a TCP acknowledgement that moves, or, in other protocols, a fourth frame.
 */
final class EvictionClass {
    static final int UNESTABLISHED = 0;
    static final int ONE_SIDED = 1;
    static final int ESTABLISHED = 2;
    static final int COUNT = 3;

    /** Frames after which a direction without an answer counts as one-sided, where there are no acknowledgements. */
    static final int ONE_SIDED_FRAMES = 4;

    private static final int BOTH = 3;
    private static final int ACKNOWLEDGED_SHIFT = Integer.numberOfTrailingZeros(FlowRecord.FLAG_ACKNOWLEDGED);
    private static final int SEQUENCE_KNOWN_SHIFT = Integer.numberOfTrailingZeros(FlowRecord.FLAG_SEQUENCE_KNOWN);

    private EvictionClass() {
    }

    static int of(final int flags) {
        return (flags & FlowRecord.FLAG_CLASS) >> FlowRecord.FLAG_CLASS_SHIFT;
    }

    static int with(final int flags, final int evictionClass) {
        return flags & ~FlowRecord.FLAG_CLASS | evictionClass << FlowRecord.FLAG_CLASS_SHIFT;
    }

    /** The class of a TCP flow after a frame. */
    static int ofTcp(final int flags, final boolean acknowledgementMoved) {
        if ((flags >>> ACKNOWLEDGED_SHIFT & BOTH) == BOTH) {
            return ESTABLISHED;
        }
        final int seen = flags >>> SEQUENCE_KNOWN_SHIFT & BOTH;
        return acknowledgementMoved && seen != BOTH ? ONE_SIDED : UNESTABLISHED;
    }

    /** The class of any other flow after a frame. */
    static int ofOther(final long frames, final long framesBack) {
        if (frames > 0 && framesBack > 0) {
            return ESTABLISHED;
        }
        return frames + framesBack >= ONE_SIDED_FRAMES ? ONE_SIDED : UNESTABLISHED;
    }

    static Counter counter(final int evictionClass) {
        return switch (evictionClass) {
            case UNESTABLISHED -> Counter.FLOWS_EVICTED_UNESTABLISHED;
            case ONE_SIDED -> Counter.FLOWS_EVICTED_ONE_SIDED;
            default -> Counter.FLOWS_EVICTED_ESTABLISHED;
        };
    }
}
