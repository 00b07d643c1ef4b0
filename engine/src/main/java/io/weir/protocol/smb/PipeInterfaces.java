package io.weir.protocol.smb;

import io.weir.protocol.Transaction;

/**
 * Interfaces that were bound on each of the named pipes of a connection, of the newest
 * {@link #PIPES} pipes the first {@link #MOST} each. One thread.
 */
final class PipeInterfaces {
    static final int PIPES = 8;
    static final int MOST = 8;

    private static final int UUID = 16;
    /** In {@link #results}: no answer was seen. */
    private static final int UNANSWERED = -1;
    /** Of a BIND, where its contexts are counted, and where they begin. */
    private static final int COUNT = 24;
    private static final int CONTEXTS = 28;
    /** Of a context, without its transfer syntaxes, and of each of these. */
    private static final int CONTEXT = 24;
    private static final int SYNTAX = 20;
    private static final int ADDRESS = 24;
    private static final int RESULT = 24;

    private final PipeId[] pipes = new PipeId[PIPES];
    private final int[] counts = new int[PIPES];
    private final int[] contexts = new int[PIPES * MOST];
    private final int[] majors = new int[PIPES * MOST];
    private final int[] minors = new int[PIPES * MOST];
    private final int[] results = new int[PIPES * MOST];
    private final int[] reasons = new int[PIPES * MOST];
    /** More were bound than are kept. */
    private final boolean[] leftOut = new boolean[PIPES];
    private final byte[] uuids = new byte[PIPES * MOST * UUID];
    /** Pipes so far; the number of a pipe, and not its place alone, says whether it is still there. */
    private long seen;

    PipeInterfaces() {
        for (int i = 0; i < PIPES; i++) {
            pipes[i] = new PipeId();
        }
    }

    /** Forgets all pipes. */
    void clear() {
        seen = 0;
    }

    /** Number of that pipe, which no other gets; a pipe not seen before has none bound. */
    long pipe(final PipeId pipe) {
        for (long i = seen - 1; i >= Math.max(0, seen - PIPES); i--) {
            if (pipes[place(i)].is(pipe)) {
                return i;
            }
        }
        pipes[place(seen)].set(pipe);
        counts[place(seen)] = 0;
        leftOut[place(seen)] = false;
        return seen++;
    }

    private static int place(final long pipe) {
        return (int) (pipe % PIPES);
    }

    /** How many are known of a pipe; none if another has its place. */
    private int count(final long pipe) {
        return pipe >= 0 && pipe >= seen - PIPES ? counts[place(pipe)] : 0;
    }

    /** Takes the interfaces of a BIND, which replace those before, or of an ALTER_CONTEXT, which join them. */
    void bind(final long pipe, final PipePacket packet, final boolean replace) {
        int count = replace ? 0 : count(pipe);
        int at = CONTEXTS;
        leftOut[place(pipe)] &= !replace;
        for (int i = 0; i < packet.u8(COUNT) && packet.u8(at + CONTEXT - 1) >= 0; i++) {
            if (count == MOST) {
                leftOut[place(pipe)] = true;
                break;
            }
            final int index = place(pipe) * MOST + count++;
            contexts[index] = packet.u16(at);
            for (int octet = 0; octet < UUID; octet++) {
                uuids[index * UUID + octet] = (byte) packet.u8(at + 4 + order(octet, packet.isLittle()));
            }
            majors[index] = packet.u16(at + 4 + UUID);
            minors[index] = packet.u16(at + 6 + UUID);
            results[index] = UNANSWERED;
            at += CONTEXT + SYNTAX * packet.u8(at + 2);
        }
        counts[place(pipe)] = count;
    }

    /** The first three groups are numbers. */
    private static int order(final int octet, final boolean little) {
        return !little || octet >= 8 ? octet : octet < 4 ? octet ^ 3 : octet ^ 1;
    }

    /** Takes the results of a BINDACK, behind an address that is filled up to a multiple of four bytes. */
    void acknowledge(final long pipe, final PipePacket packet) {
        final int list = ADDRESS + 2 + Math.max(0, packet.u16(ADDRESS)) + 3 & ~3;
        for (int i = 0; i < Math.min(packet.u8(list), count(pipe)); i++) {
            final int at = list + 4 + i * RESULT;
            if (packet.u8(at + 3) >= 0) {
                results[place(pipe) * MOST + i] = packet.u16(at);
                reasons[place(pipe) * MOST + i] = packet.u16(at + 2);
            }
        }
    }

    /** Tells the interfaces that were bound, with the server's answers. */
    void tell(final Transaction t, final long pipe, final Utf16 text) {
        final int first = place(Math.max(0, pipe)) * MOST;
        for (int i = first; i < first + count(pipe); i++) {
            tellOne(t, i, text);
            if (results[i] != UNANSWERED) {
                t.put(PipeCall.ACK_RESULT, results[i]).put(PipeCall.ACK_REASON, reasons[i]);
            }
            t.end();
        }
        if (count(pipe) > 0 && leftOut[place(pipe)]) {
            t.leftOut();
        }
    }

    /** Tells the interface of a context. */
    void tell(final Transaction t, final long pipe, final int context, final Utf16 text) {
        final int first = place(Math.max(0, pipe)) * MOST;
        for (int i = first; i < first + count(pipe); i++) {
            if (contexts[i] == context) {
                tellOne(t, i, text);
                t.end();
            }
        }
    }

    private void tellOne(final Transaction t, final int index, final Utf16 text) {
        t.begin(PipeCall.INTERFACES);
        text.putUuid(t, PipeCall.UUID, uuids, index * UUID);
        text.putVersion(t, PipeCall.VERSION, majors[index], minors[index]);
    }
}
