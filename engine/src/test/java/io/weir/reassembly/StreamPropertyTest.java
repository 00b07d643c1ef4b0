package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.event.Anomaly;
import io.weir.packet.TcpFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random conversations between hosts that behave: whatever is swapped, repeated, cut otherwise or missing, each stream
 * is what was sent, with gaps where the capture has nothing.
 */
class StreamPropertyTest {
    private static final int SEEDS = 1_500;
    private static final int LONGEST_STREAM = 20_000;
    /** How many frames the capture may move a frame. */
    private static final int CAPTURE_DISPLACEMENT = 3;

    /** How many frames must be in their places for a start in the middle to be known. */
    private static final int START_IN_PLACE = 8;

    private Random random;
    private Conversation tcp;
    private List<Segment> capture;
    private boolean twoSided;
    private boolean withSyn;
    private boolean loses;

    @Test
    void shouldDeliverWhatWasSentWithGapsWhereTheCaptureHasNothing() {
        final long memoryBefore = NativeMemory.inUse();
        final List<String> failures = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                run(seed);
            } catch (final AssertionError e) {
                failures.add("seed " + seed + (twoSided ? ", two-sided" : ", one-sided")
                    + (withSyn ? ", with SYN" : ", in the middle") + ": " + e.getMessage());
            }
        }
        assertTrue(failures.isEmpty(), () -> failures.size() + " failures\n"
            + String.join("\n", failures.subList(0, Math.min(20, failures.size()))));
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private void run(final long seed) {
        random = new Random(seed);
        twoSided = random.nextInt(3) != 0;
        withSyn = random.nextInt(3) != 0;
        loses = random.nextBoolean();
        capture = new ArrayList<>();
        tcp = new Conversation().initial(initial(), initial());
        try {
            final RandomDirection fromClient = direction(tcp.client);
            final RandomDirection fromServer = direction(tcp.server);
            open(fromClient, fromServer);
            final int inPlace = capture.size() + (withSyn ? 0 : START_IN_PLACE);
            talk(fromClient, fromServer);
            swapFrames(inPlace);
            capture.forEach(Segment::send);
            tcp.fixture.endAll();
            check(fromClient, fromServer);
        } finally {
            tcp.close();
        }
    }

    private RandomDirection direction(final Side side) {
        final int length = random.nextInt(10) == 0 ? 0 : random.nextInt(LONGEST_STREAM);
        return new RandomDirection(side, random, length, random.nextBoolean());
    }

    /** Often close before the place where sequence numbers wrap. */
    private int initial() {
        return random.nextInt(3) == 0 ? random.nextInt() : -1 - random.nextInt(LONGEST_STREAM);
    }

    private void open(final RandomDirection fromClient, final RandomDirection fromServer) {
        int early = 0;
        int seen = 0;
        if (withSyn) {
            early = random.nextInt(3) == 0 ? Math.min(fromClient.stream.length(), random.nextInt(500)) : 0;
            seen = early;
            final String data = fromClient.stream.substring(0, early);
            capture.add(tcp.client.segment(-1).flags(TcpFlags.SYN).data(data));
            if (random.nextBoolean()) {
                early = 0;
            }
            if (twoSided) {
                tcp.server.acknowledged = early;
                capture.add(tcp.server.segment(-1).flags(TcpFlags.SYN | TcpFlags.ACK));
                capture.add(tcp.client.segment(early));
            }
        }
        final int loss = loses ? 1 + random.nextInt(10) : 0;
        fromClient.send(early, seen, loss, !withSyn, twoSided);
        fromServer.send(0, 0, loss, !withSyn, twoSided);
    }

    private void talk(final RandomDirection fromClient, final RandomDirection fromServer) {
        boolean first = true;
        while (fromClient.hasNext() || twoSided && fromServer.hasNext()) {
            final boolean client = fromClient.hasNext()
                && (first || !twoSided || !fromServer.hasNext() || random.nextBoolean());
            first = false;
            final RandomDirection from = client ? fromClient : fromServer;
            final RandomDirection back = client ? fromServer : fromClient;
            if (twoSided) {
                from.side.acknowledged = back.acknowledgement();
            } else {
                from.side.acknowledged += random.nextInt(100);
            }
            from.next(capture);
            if (twoSided && random.nextBoolean()) {
                acknowledge(from, back);
            }
        }
        if (twoSided) {
            acknowledge(fromClient, fromServer);
            acknowledge(fromServer, fromClient);
        }
    }

    private void acknowledge(final RandomDirection from, final RandomDirection back) {
        back.side.acknowledged = from.acknowledgement();
        capture.add(back.side.segment(back.sent()));
    }

    private void swapFrames(final int inPlace) {
        for (int i = inPlace; i < capture.size(); i++) {
            if (random.nextInt(10) == 0) {
                final int other = Math.min(capture.size() - 1, i + random.nextInt(CAPTURE_DISPLACEMENT));
                capture.add(other, capture.remove(i));
            }
        }
    }

    private void check(final RandomDirection fromClient, final RandomDirection fromServer) {
        assertSame(fromClient.expected(), tcp.client.stream());
        assertSame(twoSided ? fromServer.expected() : "", tcp.server.stream());
        assertEquals(List.of(), tcp.fixture.anomalies.stream()
            .filter(found -> found.anomaly() != Anomaly.STREAM_GAP || !loses).toList());
        final int gaps = fromClient.unseen.cardinality() + (twoSided ? fromServer.unseen.cardinality() : 0);
        final int bytes = fromClient.stream.length() + (twoSided ? fromServer.stream.length() : 0);
        assertEquals(gaps, tcp.count(Counter.TCP_GAP_BYTES));
        assertEquals(bytes - gaps, tcp.count(Counter.TCP_BYTES_DELIVERED));
        assertEquals(0, tcp.count(Counter.TCP_BYTES_GIVEN_UP) + tcp.count(Counter.TCP_BYTES_NOT_TAKEN));
        assertEquals(0, tcp.count(Counter.TCP_BYTES_BUFFERED));
    }

    private static void assertSame(final String expected, final String found) {
        final int at = Arrays.mismatch(expected.toCharArray(), found.toCharArray());
        if (at >= 0) {
            throw new AssertionError("at " + at + " of " + expected.length() + " expected "
                + expected.substring(at, Math.min(expected.length(), at + 20)) + ", found "
                + found.substring(at, Math.min(found.length(), at + 20)) + " of " + found.length());
        }
    }
}
