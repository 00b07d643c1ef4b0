package io.weir.protocol.classify;

import io.weir.base.Spares;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * What is kept of a flow whose protocol is not recognised yet: the beginnings of both sides, and who has said no.
 * Pooled; owned by one worker. Side 0 is the client's, 1 the server's.
 */
final class Beginnings {
    /** A side is asked about again that many times whatever it sends. */
    private static final int ASKED_AGAIN = 4;
    /** And once more for so many bytes of its beginning. */
    private static final int BYTES_ASKED_AGAIN = 32;

    /** Bytes of a side that are looked at, each as often as it was part of a question, however small pieces are. */
    private static final int BYTES_ASKED = 32 * Probe.MAX_STREAM;
    /** Beyond that, a side is asked about when it has grown by a part as large as this. */
    private static final int GROWTH = 8;
    /** Questions about what is left of a side whose last pieces nobody was asked about. */
    private static final int ASKED_LEFT = 4;

    private final Sides sides;
    /** Null while there is nothing of it. */
    private Side client;
    private Side server;
    private int firstSide = -1;
    private Protocol hopeful;
    /** Left by the parser before, or null. */
    private Transaction left;

    Beginnings(final Sides sides) {
        this.sides = sides;
    }

    private Side of(final int side) {
        return side == 0 ? client : server;
    }

    /** The same for one of which there is something from now on. */
    private Side made(final int side) {
        final Side there = of(side);
        return there == null ? make(side) : there;
    }

    private Side make(final int side) {
        final Side made = sides.take();
        if (side == 0) {
            client = made;
        } else {
            server = made;
        }
        return made;
    }

    /** Keeps what the parser before has left for the next one; null if that is nothing. */
    void left(final Transaction value) {
        left = value;
    }

    /** Hands that over to the caller, or null. */
    Transaction takeLeft() {
        final Transaction taken = left;
        left = null;
        return taken;
    }

    /** Forgets everything but what is {@link #left}, and gives back what was taken. */
    void clear() {
        clear(client);
        clear(server);
        client = null;
        server = null;
        firstSide = -1;
        hopeful = null;
    }

    private void clear(final Side side) {
        if (side != null) {
            sides.giveBack(side);
        }
    }

    /** Keeps bytes of a side's beginning, up to a length in all; what finds no room is left out. */
    void keep(final int side, final Bytes bytes, final int most) {
        made(side).keep(bytes, most, sides.buffers);
    }

    /** Keeps the beginning of a side's newest datagram, announced as long as this, instead of the one before. */
    void keepInstead(final int side, final Bytes bytes, final int announced, final int most) {
        final Side of = made(side);
        of.headLength = 0;
        keep(side, bytes, most);
        of.whole = of.headLength == announced;
    }

    /** Length of a side's newest datagram if all of it is kept, else 0. */
    int wholeLength(final int side) {
        final Side of = of(side);
        return of != null && of.whole ? of.headLength : 0;
    }

    /** Hands a side's beginning over to the caller, who gives it back; null if there is none. */
    byte[] takeHead(final int side) {
        final Side of = of(side);
        if (of == null) {
            return null;
        }
        final byte[] head = of.head;
        of.head = null;
        of.headLength = 0;
        return head;
    }

    /** Looks at what is kept of a side. */
    Bytes head(final int side, final Bytes view) {
        final Side of = of(side);
        return of == null || of.head == null ? view.clear() : view.wrap(of.head, 0, of.headLength);
    }

    int headLength(final int side) {
        final Side of = of(side);
        return of == null ? 0 : of.headLength;
    }

    /** Counts a piece or datagram of a side. */
    void arrived(final int side) {
        made(side).pieces++;
        if (firstSide < 0) {
            firstSide = side;
        }
    }

    int pieces(final int side) {
        final Side of = of(side);
        return of == null ? 0 : of.pieces;
    }

    int firstSide() {
        return firstSide;
    }

    /** Sets whether a protocol may still be recognised by what a side sends. */
    void open(final int side, final boolean value) {
        made(side).open = value;
    }

    boolean isOpen(final int side) {
        final Side of = of(side);
        return of != null && of.open;
    }

    /**
     * Counts a question about what a side sent last, if there may be one: pieces of a few bytes must not cost a
     * question each.
     */
    boolean mayAskAgain(final int side) {
        final Side of = made(side);
        final boolean may = of.askedAgain < ASKED_AGAIN + of.headLength / BYTES_ASKED_AGAIN;
        of.askedAgain += may ? 1 : 0;
        return may;
    }

    /** Notes that there was a question about all that is kept of a side. */
    void asked(final int side) {
        made(side).ask();
    }

    /**
     * Counts a question about all that is kept of a side, if there may be one: all questions together look at no more
     * bytes than a multiple of what is kept at most.
     */
    boolean mayAsk(final int side) {
        final Side of = made(side);
        final int grown = of.headLength - of.asked;
        final boolean may = grown > 0 && (of.looked + of.headLength <= BYTES_ASKED
            || of.headLength == Probe.MAX_STREAM || grown >= of.asked / GROWTH);
        if (may) {
            of.ask();
        }
        return may;
    }

    /** The same when what is kept will perhaps not grow: the other side speaks, or this one has ended. */
    boolean mayAskLeft(final int side) {
        final Side of = of(side);
        final boolean may = of != null && of.headLength > of.asked && of.askedLeft < ASKED_LEFT;
        if (may) {
            of.askedLeft++;
            of.ask();
        }
        return may;
    }

    boolean hasRefused(final Protocol asked, final int side) {
        final Side of = of(side);
        return of != null && of.anyRefused && (of.refused[asked.id() >>> 6] & 1L << asked.id()) != 0;
    }

    void refuse(final Protocol asked, final int side) {
        final Side of = made(side);
        of.anyRefused = true;
        of.refused[asked.id() >>> 6] |= 1L << asked.id();
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
        final Side side = client;
        client = server;
        server = side;
        firstSide ^= 1;
    }

    /** Those of one worker that no flow has, and where memory for all of them comes from. */
    static final class Sides {
        private final Spares<Side> free = new Spares<>();
        private final BufferPool buffers;
        private final int protocols;

        Sides(final BufferPool buffers, final int protocols) {
            this.buffers = buffers;
            this.protocols = protocols;
        }

        private Side take() {
            final Side pooled = free.take();
            return pooled == null ? new Side(protocols) : pooled;
        }

        private void giveBack(final Side over) {
            over.clear(buffers);
            free.giveBack(over);
        }
    }

    /** The beginning of one side. */
    private static final class Side {
        private byte[] head;
        private int headLength;
        private int pieces;
        private int askedAgain;
        /** How much of the head there was at the last question. */
        private int asked;
        private int askedLeft;
        /** Bytes that questions were about. */
        private int looked;
        private boolean open;
        private boolean whole;
        private boolean anyRefused;
        /** A bit for each protocol that has said no to this side. */
        private final long[] refused;

        Side(final int protocols) {
            refused = new long[protocols / Long.SIZE + 1];
        }

        void clear(final BufferPool buffers) {
            if (head != null) {
                buffers.giveBack(head);
                head = null;
            }
            headLength = 0;
            pieces = 0;
            askedAgain = 0;
            asked = 0;
            askedLeft = 0;
            looked = 0;
            open = false;
            whole = false;
            if (anyRefused) {
                Arrays.fill(refused, 0);
                anyRefused = false;
            }
        }

        void ask() {
            asked = headLength;
            looked += headLength;
        }

        void keep(final Bytes bytes, final int most, final BufferPool buffers) {
            final int length = Math.min(bytes.length(), most - headLength);
            if (length <= 0) {
                return;
            }
            final int needed = headLength + length;
            if (head == null || needed > head.length) {
                final byte[] larger = buffers.take(needed);
                if (larger == null) {
                    return;
                }
                if (head != null) {
                    System.arraycopy(head, 0, larger, 0, headLength);
                    buffers.giveBack(head);
                }
                head = larger;
            }
            bytes.copyTo(0, head, headLength, length);
            headLength = needed;
        }
    }
}
