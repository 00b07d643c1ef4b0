package io.weir.capture.file;

import org.agrona.UnsafeApi;

/**
 * Finds the way back into a pcap file behind a record header that cannot be right: the first place from which several
 * record headers follow one another, each with believable lengths and times near one another.
 */
final class PcapResync {
    /** Bytes searched at once. */
    private static final int WINDOW = 1 << 20;
    /** Bytes searched in all before the rest of the file is given up. */
    private static final int MAX_SKIPPED = 64 << 20;
    /** Headers that must follow one another, unless the file ends exactly behind fewer. */
    private static final int CHAIN = 4;
    private static final long MAX_SECONDS_APART = 7 * 86_400;

    private final BlockReader in;
    private final boolean swapped;
    private final int recordHeader;
    private final int maxCaptured;
    private long lostAt = -1;
    private int lostLength;

    PcapResync(final BlockReader in, final boolean swapped, final int recordHeader, final int maxCaptured) {
        this.in = in;
        this.swapped = swapped;
        this.recordHeader = recordHeader;
        this.maxCaptured = maxCaptured;
    }

    /**
     * Moves to the next believable record and notes what was skipped.
     *
     * @param captured    the captured length that the bad header gives
     * @param lastSeconds time of the last good record, -1 if there was none
     * @return {@link BlockReader#READY} at a record, {@link BlockReader#NO_BLOCK} to be called again, or
     *     {@link BlockReader#ENDED}
     */
    int skip(final int captured, final long lastSeconds) {
        if (lostAt < 0) {
            lostAt = in.offset(in.position);
            lostLength = captured;
        }
        while (true) {
            final int state = in.requireUpTo(WINDOW);
            if (state == BlockReader.NO_BLOCK) {
                return state;
            }
            final boolean atEnd = in.limit - in.position < WINDOW;
            // A place too near the end of the window cannot be judged unless the file ends there.
            final long last = atEnd ? in.limit - recordHeader : in.limit - WINDOW / 2;
            for (long at = Math.max(in.position, addressOf(lostAt + 1)); at <= last; at++) {
                if (isChain(at, lastSeconds, atEnd)) {
                    return found(at);
                }
            }
            if (atEnd || in.offset(last) - lostAt > MAX_SKIPPED) {
                return giveUp();
            }
            in.position = last;
        }
    }

    private long addressOf(final long offset) {
        return in.position + (offset - in.offset(in.position));
    }

    private boolean isChain(final long start, final long lastSeconds, final boolean atEnd) {
        long at = start;
        long before = read(start);
        for (int i = 0; i < CHAIN; i++) {
            if (in.limit - at < recordHeader) {
                // Fewer headers than asked for must at least fit what was read before.
                return i > 0 && (!atEnd || in.limit == at) && (lastSeconds < 0 || isNear(read(start), lastSeconds));
            }
            final long seconds = read(at);
            final long captured = read(at + 8);
            final long wire = read(at + 12);
            if (captured == 0 || captured > maxCaptured || wire < captured || wire > BlockReader.MAX_BYTES
                || read(at + 4) >= 1_000_000_000 || !isNear(seconds, before)) {
                return false;
            }
            before = seconds;
            at += recordHeader + captured;
        }
        return true;
    }

    private static boolean isNear(final long seconds, final long otherSeconds) {
        return Math.abs(seconds - otherSeconds) <= MAX_SECONDS_APART;
    }

    private long read(final long address) {
        final int value = UnsafeApi.getInt(address);
        return (swapped ? Integer.reverseBytes(value) : value) & 0xffff_ffffL;
    }

    private int found(final long at) {
        in.damage(addressOf(lostAt), "record header with a captured length of "
            + Integer.toUnsignedString(lostLength) + "; " + (in.offset(at) - lostAt) + " bytes skipped");
        lostAt = -1;
        in.position = at;
        return BlockReader.READY;
    }

    private int giveUp() {
        in.damage(addressOf(lostAt), "record header with a captured length of "
            + Integer.toUnsignedString(lostLength) + "; no record was found behind it");
        lostAt = -1;
        in.position = in.limit;
        return BlockReader.ENDED;
    }
}
