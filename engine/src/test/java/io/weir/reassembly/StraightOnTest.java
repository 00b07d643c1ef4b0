package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Most segments take a short way past all that may be odd about one. An urgent pointer to nothing makes a segment take
 * the long way and means nothing itself: streams, counters and anomalies are the same with it and without.
 */
class StraightOnTest {
    private static final int SEEDS = 2_000;
    private static final int SEGMENTS = 60;
    private static final int FULL = 100;

    private Random random;
    private long inOrder;

    @Test
    void shouldComeToTheSameAsTheLongWay() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            random = new Random(seed);
            try (Conversation shortWay = new Conversation(); Conversation longWay = new Conversation()) {
                compare(seed, shortWay, longWay);
            }
        }
        assertTrue(inOrder > SEEDS * SEGMENTS / 10, inOrder + " segments with data came in order");
    }

    private void compare(final long seed, final Conversation shortWay, final Conversation longWay) {
        final int client = random.nextInt(4) == 0 ? -1 - random.nextInt(3000) : random.nextInt();
        final int server = random.nextInt();
        shortWay.initial(client, server);
        longWay.initial(client, server);
        final int window = random.nextInt(3) == 0 ? FULL * (1 + random.nextInt(3)) : 0xffff;
        for (final Side side : List.of(shortWay.client, shortWay.server, longWay.client, longWay.server)) {
            side.window = window;
        }
        final boolean scaled = window > 0x7fff && random.nextBoolean();
        final boolean stamped = random.nextBoolean();
        if (random.nextInt(4) != 0) {
            open(shortWay, scaled, stamped);
            open(longWay, scaled, stamped);
        }
        final int sane = random.nextInt(60);
        for (int i = 0; i < SEGMENTS; i++) {
            final long choice = random.nextLong();
            segment(shortWay, new Random(choice), sane, stamped, i, 0);
            segment(longWay, new Random(choice), sane, stamped, i, TcpFlags.URG);
            assertEquals(longWay.fixture.recorder.log.toString(), shortWay.fixture.recorder.log.toString(),
                "seed " + seed + ", segment " + i);
        }
        shortWay.fixture.endAll();
        longWay.fixture.endAll();
        assertEquals(texts(longWay), texts(shortWay), "seed " + seed);
        assertEquals(anomalies(longWay), anomalies(shortWay), "seed " + seed);
        for (final Counter counter : Counter.values()) {
            assertEquals(longWay.count(counter), shortWay.count(counter), "seed " + seed + ", " + counter);
        }
        inOrder += shortWay.count(Counter.TCP_SEGMENTS_IN_ORDER);
    }

    private static void open(final Conversation tcp, final boolean scaled, final boolean stamped) {
        final Segment syn = tcp.client.segment(-1).flags(TcpFlags.SYN);
        final Segment answer = tcp.server.segment(-1).flags(TcpFlags.SYN | TcpFlags.ACK);
        for (final Segment segment : List.of(syn, answer)) {
            if (scaled) {
                segment.windowScale(3);
            }
            if (stamped) {
                segment.timestamps(1, 0);
            }
        }
        syn.send();
        answer.send();
        tcp.client.acks(0);
    }

    /** Mostly what comes next; one time in {@code sane + 2} something else. */
    private static void segment(final Conversation tcp, final Random random, final int sane, final boolean stamped,
        final int number, final int flag) {
        final Side side = random.nextBoolean() ? tcp.client : tcp.server;
        final boolean odd = random.nextInt(sane + 2) == 0;
        side.acknowledged = odd && random.nextBoolean()
            ? side.peer.sent + random.nextInt(random.nextInt(3) == 0 ? 60_000_000 : 3000) - 2000
            : random.nextInt(3) == 0 ? side.acknowledged : side.peer.sent;
        final Segment segment = side.segment(side.sent + (odd && random.nextBoolean()
            ? random.nextInt(random.nextBoolean() ? 2000 : 200_000) - 1000 : 0));
        int flags = TcpFlags.ACK | flag;
        if (random.nextInt(3) != 0) {
            segment.data(random.nextInt(3) == 0 ? FULL : random.nextInt(FULL), (char) ('a' + number % 26));
        }
        if (odd) {
            switch (random.nextInt(8)) {
                case 0 -> flags |= TcpFlags.FIN;
                case 1 -> flags |= TcpFlags.RST;
                case 2 -> flags &= ~TcpFlags.ACK;
                case 3 -> segment.window(random.nextInt(50));
                case 4 -> segment.wrongChecksum();
                case 5 -> segment.cut(random.nextInt(8));
                case 6 -> segment.frameFlags(Frame.REFUSED);
                default -> segment.window(0);
            }
        }
        if (stamped && random.nextInt(8) != 0) {
            segment.timestamps(odd ? random.nextInt(100) : 2 + number, 0);
        }
        segment.flags(flags).send();
    }

    private static List<String> texts(final Conversation tcp) {
        return tcp.fixture.recorder.streams.stream().map(RecordedStream::toString).toList();
    }

    private static List<StreamFixture.Found> anomalies(final Conversation tcp) {
        return tcp.fixture.anomalies.stream().filter(found -> found.anomaly() != Anomaly.STREAM_URGENT).toList();
    }
}
