package io.weir.rule.action;

import io.weir.packet.Frame;
import io.weir.rule.model.Effect;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Hosts whose packets rules want written, shared by all workers without locks: a rule that matches in one worker tags
 * the host's packets in each. Any thread; nothing is allocated once it is made.
 *
 * <p>A host takes a place, ten words long. The first is a version, odd while somebody writes the place. A packet's
 * count is added atomically, so that all workers together write no more than the rule asked for. Two workers that tag a
 * host at the same moment may take two places: its tag may begin once more when the first is over.
 */
final class TaggedHosts {
    private static final int PLACES = 1 << 10;
    /** Places that a host may have, one behind the other. */
    private static final int TRIES = 8;
    private static final long SECOND_NS = 1_000_000_000L;
    /** A host that was not seen for so long gives its place to another. */
    private static final long SILENT_SECONDS = 600;
    private static final Effect.Tag.Unit[] UNITS = Effect.Tag.Unit.values();

    private static final int FAMILY = 1;
    private static final int HI = 2;
    private static final int LO = 3;
    private static final int LIMIT = 4;
    private static final int UNIT = 5;
    private static final int BEGAN = 6;
    private static final int FRAME = 7;
    private static final int USED = 8;
    private static final int SEEN = 9;
    private static final int WORDS = 10;

    private final AtomicLongArray words = new AtomicLongArray(PLACES * WORDS);
    private final AtomicInteger inUse = new AtomicInteger();

    /** True if a host is tagged. */
    boolean isAny() {
        return inUse.get() > 0;
    }

    /**
     * Tags the packets of a frame's sender or receiver that follow it; a tag that goes on goes on, unless this one asks
     * for more of the same.
     *
     * @return false if there is no place
     */
    boolean add(final Effect.Tag tag, final Frame frame) {
        final boolean upper = frame.fromUpper == tag.source();
        final long hi = upper ? frame.upperHi : frame.lowerHi;
        final long lo = upper ? frame.upperLo : frame.lowerLo;
        final long second = second(frame);
        final int known = find(frame.ipVersion, hi, lo);
        if (known >= 0) {
            if (words.get(known + UNIT) == tag.unit().ordinal() && words.get(known + LIMIT) < tag.count()) {
                words.set(known + LIMIT, tag.count());
            }
            return true;
        }
        final int home = home(hi, lo);
        for (int i = 0; i < TRIES; i++) {
            final int place = place(home, i);
            final long version = words.get(place);
            if ((version & 1) == 0 && isFree(place, second) && words.compareAndSet(place, version, version + 1)) {
                if (words.get(place + FAMILY) == 0) {
                    inUse.incrementAndGet();
                }
                words.set(place + HI, hi);
                words.set(place + LO, lo);
                words.set(place + LIMIT, tag.count());
                words.set(place + UNIT, tag.unit().ordinal());
                words.set(place + BEGAN, second);
                words.set(place + FRAME, frame.number);
                words.set(place + USED, 0);
                words.set(place + SEEN, second);
                words.set(place + FAMILY, frame.ipVersion);
                words.set(place, version + 2);
                return true;
            }
        }
        return false;
    }

    /** Takes a frame into account; true if one of its hosts is tagged. */
    boolean tags(final Frame frame) {
        if (!isAny()) {
            return false;
        }
        final boolean lower = tags(frame, frame.lowerHi, frame.lowerLo);
        if (frame.lowerHi == frame.upperHi && frame.lowerLo == frame.upperLo) {
            return lower;
        }
        return tags(frame, frame.upperHi, frame.upperLo) || lower;
    }

    /** As of sessions, the packet that matched counts, and is not tagged; seconds are whole ones. */
    private boolean tags(final Frame frame, final long hi, final long lo) {
        final int place = find(frame.ipVersion, hi, lo);
        if (place < 0) {
            return false;
        }
        final long version = words.get(place);
        final Effect.Tag.Unit unit = UNITS[(int) words.get(place + UNIT)];
        final long limit = words.get(place + LIMIT);
        final long second = second(frame);
        final boolean over;
        if (unit == Effect.Tag.Unit.SECONDS) {
            over = second - words.get(place + BEGAN) > limit;
        } else {
            final long more = unit == Effect.Tag.Unit.BYTES ? frame.wireLength : 1;
            over = words.addAndGet(place + USED, more) > limit;
        }
        words.lazySet(place + SEEN, second);
        if (words.get(place + FRAME) == frame.number) {
            return false;
        }
        if (over) {
            free(place, version);
        }
        return !over;
    }

    private void free(final int place, final long version) {
        if ((version & 1) == 0 && words.compareAndSet(place, version, version + 1)) {
            words.set(place + FAMILY, 0);
            inUse.decrementAndGet();
            words.set(place, version + 2);
        }
    }

    /** The place of a host, or -1. */
    private int find(final int family, final long hi, final long lo) {
        final int home = home(hi, lo);
        for (int i = 0; i < TRIES; i++) {
            final int place = place(home, i);
            final long version = words.get(place);
            if (words.get(place + FAMILY) == family && words.get(place + LO) == lo && words.get(place + HI) == hi
                && (version & 1) == 0 && words.get(place) == version) {
                return place;
            }
        }
        return -1;
    }

    private boolean isFree(final int place, final long second) {
        return words.get(place + FAMILY) == 0 || second - words.get(place + SEEN) > SILENT_SECONDS;
    }

    private static int home(final long hi, final long lo) {
        final long mixed = (lo ^ hi * 31) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> Long.SIZE - Integer.numberOfTrailingZeros(PLACES));
    }

    private static int place(final int home, final int step) {
        return (home + step & PLACES - 1) * WORDS;
    }

    private static long second(final Frame frame) {
        return Math.floorDiv(frame.timeNs, SECOND_NS);
    }
}
