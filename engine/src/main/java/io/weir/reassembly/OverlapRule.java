package io.weir.reassembly;

/**
 * Which of two copies counts where a new segment (or fragment) overlaps one that waits already. A rule decides for a
 * whole overlap by where both start and end. {@link OverlapPolicy} tells which hosts follow which rule.
 *
 * <p>Ends are exclusive. All four are sequence numbers or offsets and compare by signed difference, so that they may
 * wrap; they must lie within 2^31 - 1 of each other.
 */
public enum OverlapRule {
    /** The old copy. */
    OLD(true, false) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            return true;
        }
    },
    /** The new copy. */
    NEW(true, false) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            return false;
        }
    },
    /** The copy that starts further left; of two that start together, the old one. */
    LEFT_ELSE_OLD(false, true) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            return oldStart - newStart <= 0;
        }
    },
    /** The copy that starts further left; of two that start together, the new one. */
    LEFT_ELSE_NEW(false, true) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            return oldStart - newStart < 0;
        }
    },
    /** The copy that starts further left; of two that start together, the longer one; of equal ones, the old one. */
    LEFT_ELSE_LONGER(false, false) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            final int start = oldStart - newStart;
            return start < 0 || start == 0 && newEnd - oldEnd <= 0;
        }
    },
    /** The copy that starts further left; of two that start together, the longer one; of equal ones, the new one. */
    LEFT_ELSE_LONGER_ELSE_NEW(false, false) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            final int start = oldStart - newStart;
            return start < 0 || start == 0 && newEnd - oldEnd < 0;
        }
    },
    /** The copy that ends further right; of two that end together, the longer one; of equal ones, the new one. */
    RIGHT_END_ELSE_LONGER(false, true) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            final int end = oldEnd - newEnd;
            return end > 0 || end == 0 && oldStart - newStart < 0;
        }
    },
    /** The old copy, unless the new one goes beyond it on both sides. */
    OLD_UNLESS_SURROUNDED(false, true) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            return !(newStart - oldStart < 0 && newEnd - oldEnd > 0);
        }
    },
    /** The old copy, unless the new one starts before it and ends with or after it. */
    OLD_UNLESS_COVERED_FROM_LEFT(false, true) {
        @Override
        public boolean keepsOld(final int oldStart, final int oldEnd, final int newStart, final int newEnd) {
            return !(newStart - oldStart < 0 && newEnd - oldEnd >= 0);
        }
    };

    private final boolean boundless;
    private final boolean trimming;

    OverlapRule(final boolean boundless, final boolean trimming) {
        this.boundless = boundless;
        this.trimming = trimming;
    }

    /**
     * Whether the copy that waits counts where both overlap.
     *
     * @param oldStart first byte of the segment that waits, as far as it still counts
     * @param oldEnd   first byte after it
     * @param newStart first byte of the new segment, as it came
     * @param newEnd   first byte after it
     */
    public abstract boolean keepsOld(int oldStart, int oldEnd, int newStart, int newEnd);

    /** Whether the answer is the same for all bounds, so that segments may be joined. */
    boolean isBoundless() {
        return boundless;
    }

    /** Whether a segment that waits ends where bytes of it were lost to another copy; otherwise its bounds stay. */
    boolean isTrimming() {
        return trimming;
    }
}
