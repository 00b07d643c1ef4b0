package io.weir.protocol.classify;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Protocol;
import java.util.Arrays;

/**
 * What is kept of a flow whose protocol is not recognised yet: the beginnings of both sides, and who has said no.
 * Pooled; owned by one worker. Side 0 is the client's, 1 the server's.
 */
final class Beginnings {
    private final BufferPool buffers;
    private final byte[][] heads = new byte[2][];
    private final int[] headLengths = new int[2];
    private final int[] pieces = new int[2];
    private final boolean[] open = new boolean[2];
    /** A bit for each protocol, of side 0 and behind that of side 1. */
    private final long[] refused;
    private boolean anyRefused;
    private int firstSide = -1;
    private Protocol hopeful;

    Beginnings(final BufferPool buffers, final int protocols) {
        this.buffers = buffers;
        refused = new long[2 * (protocols / Long.SIZE + 1)];
    }

    /** Forgets everything, and gives back what was taken. */
    void clear() {
        for (int side = 0; side < 2; side++) {
            forgetHead(side);
            pieces[side] = 0;
            open[side] = false;
        }
        firstSide = -1;
        hopeful = null;
        if (anyRefused) {
            Arrays.fill(refused, 0);
            anyRefused = false;
        }
    }

    /** Keeps bytes of a side's beginning, up to a length in all; what finds no room is left out. */
    void keep(final int side, final Bytes bytes, final int most) {
        final int length = Math.min(bytes.length(), most - headLengths[side]);
        if (length <= 0) {
            return;
        }
        final int needed = headLengths[side] + length;
        if (heads[side] == null || needed > heads[side].length) {
            final byte[] larger = buffers.take(needed);
            if (larger == null) {
                return;
            }
            if (heads[side] != null) {
                System.arraycopy(heads[side], 0, larger, 0, headLengths[side]);
                buffers.giveBack(heads[side]);
            }
            heads[side] = larger;
        }
        bytes.copyTo(0, heads[side], headLengths[side], length);
        headLengths[side] = needed;
    }

    /** Keeps the beginning of a side's newest datagram instead of the one before. */
    void keepInstead(final int side, final Bytes bytes, final int most) {
        headLengths[side] = 0;
        keep(side, bytes, most);
    }

    void forgetHead(final int side) {
        if (heads[side] != null) {
            buffers.giveBack(heads[side]);
            heads[side] = null;
        }
        headLengths[side] = 0;
    }

    /** Hands a side's beginning over to the caller, who gives it back; null if there is none. */
    byte[] takeHead(final int side) {
        final byte[] head = heads[side];
        heads[side] = null;
        headLengths[side] = 0;
        return head;
    }

    /** Looks at what is kept of a side. */
    Bytes head(final int side, final Bytes view) {
        return heads[side] == null ? view.clear() : view.wrap(heads[side], 0, headLengths[side]);
    }

    int headLength(final int side) {
        return headLengths[side];
    }

    /** Counts a piece or datagram of a side. */
    void arrived(final int side) {
        pieces[side]++;
        if (firstSide < 0) {
            firstSide = side;
        }
    }

    int pieces(final int side) {
        return pieces[side];
    }

    int firstSide() {
        return firstSide;
    }

    /** Sets whether a protocol may still be recognised by what a side sends. */
    void open(final int side, final boolean value) {
        open[side] = value;
    }

    boolean isOpen(final int side) {
        return open[side];
    }

    boolean hasRefused(final Protocol asked, final int side) {
        return anyRefused && (refused[side * refused.length / 2 + (asked.id() >>> 6)] & 1L << asked.id()) != 0;
    }

    void refuse(final Protocol asked, final int side) {
        anyRefused = true;
        refused[side * refused.length / 2 + (asked.id() >>> 6)] |= 1L << asked.id();
    }

    /** A protocol would recognise the flow if more datagrams like one of these came; the first that does counts. */
    void hopes(final Protocol asked) {
        if (hopeful == null) {
            hopeful = asked;
        }
    }

    /** The protocol that {@link #hopes}, or null. */
    Protocol hopeful() {
        return hopeful;
    }

    /** Turns client and server. */
    void turn() {
        final byte[] head = heads[0];
        heads[0] = heads[1];
        heads[1] = head;
        final int length = headLengths[0];
        headLengths[0] = headLengths[1];
        headLengths[1] = length;
        final int count = pieces[0];
        pieces[0] = pieces[1];
        pieces[1] = count;
        firstSide ^= 1;
    }
}
