package io.weir.perf.trace;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Flows that leave a gap open and send data behind it, so that whoever puts streams together has to keep it. Every
 * fifth is answered, with a whole handshake. A thousand of them are under way at a time.
 */
final class GapAttack {
    /** Port of its victims. */
    static final int PORT = 80;

    private static final int ALIVE = 1_000;
    private static final int ANSWERED = 5;
    private static final int GAP = 1_000;

    private final SplittableRandom random;
    private final StreamPattern pattern = new StreamPattern();
    private final TcpConnection[] alive = new TcpConnection[ALIVE];
    private int started;

    GapAttack(final SplittableRandom random) {
        this.random = random;
        for (int i = 0; i < ALIVE; i++) {
            alive[i] = start();
        }
    }

    private TcpConnection start() {
        final boolean answered = random.nextInt(ANSWERED) == 0;
        final TcpTalk.Segment syn = new TcpTalk.Segment(false, TcpTalk.SYN, 0, 0, 0);
        final TcpTalk.Segment synAck = new TcpTalk.Segment(true, TcpTalk.SYN | TcpTalk.ACK, 0, 0, 0);
        final TcpTalk.Segment ack = new TcpTalk.Segment(false, TcpTalk.ACK, 0, 0, 1);
        final TcpTalk.Segment data =
            new TcpTalk.Segment(false, TcpTalk.PSH | TcpTalk.ACK, GAP, 100 + random.nextInt(500), 1);
        final TcpTalk.Segment stillWaiting = new TcpTalk.Segment(true, TcpTalk.ACK, 0, 0, 2);
        final TcpTalk talk = new TcpTalk(
            answered ? List.of(syn, synAck, ack, data, stillWaiting) : List.of(syn, data), 0, 0);
        return new TcpConnection(pattern, talk, started & 0x7fffff, 1024 + started++ % 60_000, random.nextInt(4096),
            PORT, random.nextLong());
    }

    /** Writes the next frame of any of the flows; answers its length. */
    int next(final byte[] frame) {
        final int slot = random.nextInt(ALIVE);
        final int length = alive[slot].next(frame);
        if (alive[slot].isOver()) {
            alive[slot] = start();
        }
        return length;
    }

    int flowsStarted() {
        return started;
    }
}
