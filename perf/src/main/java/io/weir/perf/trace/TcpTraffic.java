package io.weir.perf.trace;

import java.util.SplittableRandom;

/** TCP connections that are alive at the same time; frames of any of them in turn by chance. */
final class TcpTraffic {
    private final TcpTalk.Disorder disorder;
    private final int turns;
    private final int serverPort;
    private final SplittableRandom random;
    private final StreamPattern pattern = new StreamPattern();
    private final TcpConnection[] alive;
    private int started;
    private int live;

    private long segments;
    private long acks;
    private long swaps;
    private long repeats;
    private long streams;
    private long streamBytes;

    /**
     * Starts connections.
     *
     * @param turns that a connection has on average
     */
    TcpTraffic(final int connections, final int turns, final int serverPort, final TcpTalk.Disorder disorder,
        final SplittableRandom random) {
        this.disorder = disorder;
        this.turns = turns;
        this.serverPort = serverPort;
        this.random = random;
        alive = new TcpConnection[connections];
        while (live < connections) {
            alive[live++] = start();
        }
    }

    private TcpConnection start() {
        final TcpTalk talk = TcpTalk.of(turns / 2 + random.nextInt(turns), disorder, random);
        final int client = 0x800000 | started;
        final TcpConnection connection = new TcpConnection(pattern, talk, client, 16_384 + started / 7 % 48_000,
            random.nextInt(4096), serverPort, random.nextLong());
        started++;
        swaps += talk.swaps();
        repeats += talk.repeats();
        final int[] ends = new int[2];
        for (final TcpTalk.Segment segment : talk.frames()) {
            segments += segment.length() > 0 ? 1 : 0;
            acks += segment.length() == 0 && segment.flags() == TcpTalk.ACK ? 1 : 0;
            final int sender = segment.fromServer() ? 1 : 0;
            ends[sender] = Math.max(ends[sender], segment.place() + segment.length());
        }
        for (final int end : ends) {
            streams += end > 0 ? 1 : 0;
            streamBytes += end;
        }
        return connection;
    }

    boolean isOver() {
        return live == 0;
    }

    /**
     * Writes the next frame of any connection.
     *
     * @param goOn true if another connection takes the place of one that has ended
     * @return its length
     */
    int next(final byte[] frame, final boolean goOn) {
        final int slot = random.nextInt(live);
        final int length = alive[slot].next(frame);
        if (alive[slot].isOver()) {
            alive[slot] = goOn ? start() : alive[--live];
        }
        return length;
    }

    /** Facts of what was started so far, in a trace of so many frames. */
    TraceFacts facts(final long frames) {
        return new TraceFacts(frames, segments, acks, swaps, repeats, streams, streamBytes);
    }
}
