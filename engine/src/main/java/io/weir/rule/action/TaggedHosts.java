package io.weir.rule.action;

import io.weir.packet.Frame;
import io.weir.rule.model.Effect;
import java.security.SecureRandom;
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
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

    private final AtomicLongArray words = new AtomicLongArray(PLACES * WORDS);
    private final AtomicInteger inUse = new AtomicInteger();
    /** So that nobody can choose addresses that take each other's places. */
    private final long seed = new SecureRandom().nextLong();
    /** The last second in which a tagged host was seen, or one before it: hosts that never come again cost nothing. */
    private volatile long newest = Long.MIN_VALUE / 2;

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
        if (known >= 0 && !isOver(known, words.get(known + USED), second)) {
            if (words.get(known + UNIT) == tag.unit().ordinal() && words.get(known + LIMIT) < tag.count()) {
                words.set(known + LIMIT, tag.count());
            }
            return true;
        }
        if (known >= 0) {
            return take(known, tag, frame, hi, lo);
        }
        final int home = home(hi, lo);
        for (int i = 0; i < TRIES; i++) {
            final int place = place(home, i);
            if (isFree(place, second) && take(place, tag, frame, hi, lo)) {
                return true;
            }
        }
        return false;
    }

    /** Begins a tag at a place; false if somebody else is writing there. */
    private boolean take(final int place, final Effect.Tag tag, final Frame frame, final long hi, final long lo) {
        final long version = words.get(place);
        if ((version & 1) != 0 || !words.compareAndSet(place, version, version + 1)) {
            return false;
        }
        if (words.get(place + FAMILY) == 0) {
            inUse.incrementAndGet();
        }
        final long second = second(frame);
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
        newest = Math.max(newest, second);
        return true;
    }

    /** True if a tag of which so much is used is over. */
    private boolean isOver(final int place, final long used, final long second) {
        final long limit = words.get(place + LIMIT);
        return second - words.get(place + SEEN) > SILENT_SECONDS
            || (UNITS[(int) words.get(place + UNIT)] == Effect.Tag.Unit.SECONDS
            ? second - words.get(place + BEGAN) > limit : used > limit);
    }

    /** Takes a frame into account; true if one of its hosts is tagged. */
    boolean tags(final Frame frame) {
        if (!isAny() || second(frame) - newest > SILENT_SECONDS) {
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
        if ((version & 1) != 0 || !isOf(place, frame.ipVersion, hi, lo)) {
            return false; // it was given to another meanwhile
        }
        final long second = second(frame);
        final long more = switch (UNITS[(int) words.get(place + UNIT)]) {
            case SECONDS -> 0;
            case BYTES -> frame.wireLength;
            default -> 1;
        };
        final boolean over = isOver(place, more == 0 ? 0 : words.addAndGet(place + USED, more), second);
        words.lazySet(place + SEEN, second);
        newest = Math.max(newest, second);
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
            if (isOf(place, family, hi, lo) && (version & 1) == 0 && words.get(place) == version) {
                return place;
            }
        }
        return -1;
    }

    private boolean isOf(final int place, final int family, final long hi, final long lo) {
        return words.get(place + FAMILY) == family && words.get(place + LO) == lo && words.get(place + HI) == hi;
    }

    private boolean isFree(final int place, final long second) {
        return words.get(place + FAMILY) == 0 || second - words.get(place + SEEN) > SILENT_SECONDS;
    }

    private int home(final long hi, final long lo) {
        final long mixed = (mix(lo ^ seed) ^ hi) * FACTOR;
        return (int) (mix(mixed ^ seed) >>> Long.SIZE - Integer.numberOfTrailingZeros(PLACES));
    }

    private static long mix(final long value) {
        return Math.multiplyHigh(value, FACTOR) ^ value * FACTOR;
    }

    private static int place(final int home, final int step) {
        return (home + step & PLACES - 1) * WORDS;
    }

    private static long second(final Frame frame) {
        return Math.floorDiv(frame.timeNs, SECOND_NS);
    }
}
