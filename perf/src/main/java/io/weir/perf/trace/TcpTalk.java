package io.weir.perf.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The frames of one TCP connection in the order in which they pass: handshake, turns of either side in bursts of
 * segments, an acknowledgement for every second segment, FIN from both.
 *
 * @param frames  in order
 * @param swaps   times a segment went behind the one that follows it in its burst
 * @param repeats segments that pass twice
 */
record TcpTalk(List<Segment> frames, int swaps, int repeats) {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    /** Largest segment beside the time stamp option on Ethernet. */
    static final int FULL = 1448;

    /**
     * One frame.
     *
     * @param place  of its first byte in its sender's stream
     * @param sentMs when it was sent, for its time stamp option
     */
    record Segment(boolean fromServer, int flags, int place, int length, int sentMs) {
    }

    /**
     * What happens on the way.
     *
     * @param swaps   for each segment
     * @param repeats for each segment
     */
    record Disorder(double swaps, double repeats) {
        /** All in order. */
        static final Disorder NONE = new Disorder(0, 0);

        /** Segments for each that has one behind it in its burst, so that it can be swapped. */
        private static final double SEGMENTS_PER_FOLLOWED = 6.9 / 4.9;

        private boolean swap(final SplittableRandom random) {
            return random.nextDouble() < swaps * SEGMENTS_PER_FOLLOWED;
        }

        private boolean repeat(final SplittableRandom random) {
            return random.nextDouble() < repeats;
        }
    }

    /**
     * Makes one up.
     *
     * @param turns of both sides together
     */
    static TcpTalk of(final int turns, final Disorder disorder, final SplittableRandom random) {
        return new Composer(disorder, random).compose(turns);
    }

    /** Puts one together, turn by turn. */
    private static final class Composer {
        private final List<Segment> frames = new ArrayList<>();
        private final Disorder disorder;
        private final SplittableRandom random;
        /** How far each side's stream has come: client, server. */
        private final int[] place = new int[2];
        private int sentMs;
        private int swaps;
        private int repeats;

        Composer(final Disorder disorder, final SplittableRandom random) {
            this.disorder = disorder;
            this.random = random;
        }

        TcpTalk compose(final int turns) {
            empty(false, SYN);
            empty(true, SYN | ACK);
            empty(false, ACK);
            for (int turn = 0; turn < turns; turn++) {
                sentMs += 1 + random.nextInt(20);
                final boolean fromServer = turn % 2 == 1;
                burst(fromServer, fromServer ? 1 + random.nextInt(10) : random.nextInt(10) < 6 ? 1 : 2);
            }
            sentMs++;
            empty(false, FIN | ACK);
            empty(true, FIN | ACK);
            empty(false, ACK);
            return new TcpTalk(frames, swaps, repeats);
        }

        private void empty(final boolean fromServer, final int flags) {
            frames.add(new Segment(fromServer, flags, place[fromServer ? 1 : 0], 0, sentMs));
        }

        /** Segments of one side; the next turn acknowledges the last ones. */
        private void burst(final boolean fromServer, final int segments) {
            final List<Segment> burst = new ArrayList<>();
            final int sender = fromServer ? 1 : 0;
            for (int i = 0; i < segments; i++) {
                final int length = random.nextInt(12) == 0 ? FULL : 40 + random.nextInt(321);
                burst.add(new Segment(fromServer, i == segments - 1 ? PSH | ACK : ACK, place[sender], length, sentMs));
                place[sender] += length;
            }
            for (int i = 0; i + 1 < burst.size(); i++) {
                if (disorder.swap(random)) {
                    burst.set(i, burst.set(i + 1, burst.get(i)));
                    swaps++;
                }
            }
            for (int i = segments - 1; i >= 0; i--) {
                if (disorder.repeat(random)) {
                    burst.add(Math.min(burst.size(), i + 1 + random.nextInt(4)), burst.get(i));
                    repeats++;
                }
            }
            for (int i = 0; i < burst.size(); i++) {
                frames.add(burst.get(i));
                if (i % 2 == 1 && i + 1 < burst.size()) {
                    empty(!fromServer, ACK);
                }
            }
        }
    }
}
