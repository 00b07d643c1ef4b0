package io.weir.reassembly;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** One direction of a made-up conversation: how its stream is cut and sent, and what its receiver has of it. */
final class RandomDirection {
    /** How far a segment may come before or behind its turn. */
    private static final int DISPLACEMENT = 6;
    private static final int LONGEST = 3_000;

    final Side side;
    final String stream;
    /** Bytes that the receiver got and the capture has not. */
    final BitSet unseen = new BitSet();
    final boolean finishes;
    private final Random random;
    private final List<Transmission> transmissions = new ArrayList<>();
    private final BitSet received = new BitSet();
    private boolean finReceived;
    private int position;
    private int sent;

    /** A segment on its way: a FIN stands behind the stream's last byte. */
    private record Transmission(int at, int length, boolean fin, boolean visible) {
    }

    RandomDirection(final Side side, final Random random, final int length, final boolean finishes) {
        this.side = side;
        this.random = random;
        this.finishes = finishes;
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        stream = text.toString();
    }

    /**
     * Cuts the stream into segments from a place on, loses some for the capture, repeats some, and swaps them.
     *
     * @param lossPercent  share of segments that the capture does not have, never the first
     * @param firstIsFirst true if the first segment must come first
     * @param seen         bytes that the SYN carried
     * @param tailLoss     whether the last segment may be lost; not if it is a byte that looks like a FIN of which only
     *                     the acknowledgement was seen
     */
    void send(final int from, final int seen, final int lossPercent, final boolean firstIsFirst,
        final boolean tailLoss) {
        received.set(0, from);
        final int least = firstIsFirst ? 2 : 1;
        sent = from;
        final boolean finAlone = finishes && random.nextBoolean();
        for (int at = from; at < stream.length();) {
            final int longest = random.nextInt(10) == 0 ? LONGEST : random.nextInt(4) == 0 ? 5 : 1_460;
            final int length = Math.min(least + random.nextInt(longest), stream.length() - at);
            final boolean last = at + length == stream.length();
            final boolean lost = random.nextInt(100) < lossPercent && !(at == from && firstIsFirst) && at >= seen
                && (!last || tailLoss && (finAlone || !finishes && length > 1));
            if (lost) {
                unseen.set(at, at + length);
            }
            transmissions.add(new Transmission(at, length, last && finishes && !finAlone, !lost));
            at += length;
            if (random.nextInt(5) == 0) {
                repeat(at);
            }
        }
        if (finAlone || finishes && stream.length() == from) {
            transmissions.add(new Transmission(stream.length(), 0, true, true));
        }
        for (int i = firstIsFirst ? 1 : 0; i < transmissions.size(); i++) {
            if (random.nextInt(4) == 0) {
                final int other = Math.min(transmissions.size() - 1, i + random.nextInt(DISPLACEMENT));
                transmissions.add(other, transmissions.remove(i));
            }
        }
    }

    /** Sends bytes again that were sent already and that the capture has. */
    private void repeat(final int end) {
        final int from = Math.max(0, end - 1 - random.nextInt(4_000));
        final int length = Math.min(1 + random.nextInt(1_460), end - from);
        if (unseen.nextSetBit(from) < 0 || unseen.nextSetBit(from) >= from + length) {
            transmissions.add(new Transmission(from, length, false, true));
        }
    }

    boolean hasNext() {
        return position < transmissions.size();
    }

    /** Sends the next segment: its receiver gets it, and a capture, if it is not lost for that. */
    void next(final List<Segment> capture) {
        final Transmission next = transmissions.get(position++);
        received.set(next.at, next.at + next.length);
        finReceived |= next.fin;
        sent = Math.max(sent, next.at + next.length + (next.fin ? 1 : 0));
        if (next.visible) {
            final Segment segment = side.segment(next.at).data(stream.substring(next.at, next.at + next.length));
            capture.add(next.fin ? segment.fin() : segment);
        }
    }

    /** What its receiver acknowledges. */
    int acknowledgement() {
        final int next = received.nextClearBit(0);
        return finReceived && next == stream.length() ? next + 1 : next;
    }

    /** Where its next new byte goes. */
    int sent() {
        return sent;
    }

    /** What the stream must be, as {@link RecordedStream#text()}. */
    String expected() {
        final StringBuilder text = new StringBuilder();
        for (int at = 0; at < stream.length();) {
            final boolean missing = unseen.get(at);
            int end = missing ? unseen.nextClearBit(at) : unseen.nextSetBit(at);
            end = end < 0 ? stream.length() : Math.min(end, stream.length());
            text.append(missing ? "[" + (end - at) + "]" : stream.substring(at, end));
            at = end;
        }
        return stream.isEmpty() ? "" : text + (finishes ? "<fin>" : "<shutdown>");
    }
}
