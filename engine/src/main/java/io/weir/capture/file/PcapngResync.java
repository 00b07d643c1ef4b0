package io.weir.capture.file;

import org.agrona.UnsafeApi;

/**
 * Finds the way back into a pcapng file behind a block that cannot be right: the next section header, or the next block
 * of a known type that repeats its length at its end.
 */
final class PcapngResync {
    private static final int WINDOW = 1 << 20;
    private static final int MAX_SKIPPED = 64 << 20;
    private static final int MAX_TYPE = 10;

    private final BlockReader in;
    private long lostAt = -1;
    private String lostWhy;

    PcapngResync(final BlockReader in) {
        this.in = in;
    }

    /**
     * Moves to the next believable block and notes what was skipped.
     *
     * @param why what is wrong with the block at the position
     * @return {@link BlockReader#READY} at a block, {@link BlockReader#NO_BLOCK} to be called again, or
     *     {@link BlockReader#ENDED}
     */
    int skip(final String why, final boolean swapped) {
        if (lostAt < 0) {
            lostAt = in.offset(in.position);
            lostWhy = why;
        }
        while (true) {
            final int state = in.requireUpTo(WINDOW);
            if (state == BlockReader.NO_BLOCK) {
                return state;
            }
            final boolean atEnd = in.limit - in.position < WINDOW;
            final long last = atEnd ? in.limit - Pcapng.EMPTY_BLOCK : in.limit - WINDOW / 2;
            for (long at = Math.max(in.position, addressOf(lostAt + 1)); at <= last; at++) {
                if (isBlock(at, swapped)) {
                    return found(at);
                }
            }
            if (atEnd || in.offset(last) - lostAt > MAX_SKIPPED) {
                in.damage(addressOf(lostAt), lostWhy + "; no block was found behind it");
                lostAt = -1;
                in.position = in.limit;
                return BlockReader.ENDED;
            }
            in.position = last;
        }
    }

    private int found(final long at) {
        in.damage(addressOf(lostAt), lostWhy + "; " + (in.offset(at) - lostAt) + " bytes skipped");
        lostAt = -1;
        in.position = at;
        return BlockReader.READY;
    }

    private long addressOf(final long offset) {
        return in.position + (offset - in.offset(in.position));
    }

    /** True if a block may begin with this type and length. */
    static boolean mayBegin(final int type, final int total) {
        return (type > 0 && type <= MAX_TYPE || type == Pcapng.SECTION_HEADER)
            && total >= Pcapng.EMPTY_BLOCK && total <= BlockReader.MAX_BYTES;
    }

    private boolean isBlock(final long at, final boolean swapped) {
        final int type = read(at, swapped);
        if (type == Pcapng.SECTION_HEADER) {
            final int magic = UnsafeApi.getInt(at + 8);
            return magic == Pcapng.BYTE_ORDER_MAGIC || Integer.reverseBytes(magic) == Pcapng.BYTE_ORDER_MAGIC;
        }
        final int total = read(at + 4, swapped);
        return mayBegin(type, total) && (total & 3) == 0
            && total <= in.limit - at && read(at + total - 4, swapped) == total;
    }

    private static int read(final long address, final boolean swapped) {
        final int value = UnsafeApi.getInt(address);
        return swapped ? Integer.reverseBytes(value) : value;
    }
}
