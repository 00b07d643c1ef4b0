package io.weir.capture;

import static io.weir.capture.VethPair.LEFT;
import static io.weir.capture.VethPair.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.packet.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergedSourceTest {
    private static final long TIMEOUT_NS = 1000;
    private static final long HOLD_NS = TIMEOUT_NS + TIMEOUT_NS / 4;

    private final ScriptedSource a = new ScriptedSource();
    private final ScriptedSource b = new ScriptedSource();
    private final Frame frame = new Frame();
    private long nowNs = 1_000_000;
    private final MergedSource merged = new MergedSource(List.of(a, b), () -> nowNs);

    @Test
    void shouldDeliverInOrderOfStampsWithoutWaitingWhileAllDeliver() {
        nowNs = 60;
        a.add(0, 10, 30, 50);
        b.add(0, 20, 40, 60);
        assertEquals("a10 b20 a30 b40 a50", deliver());
        assertFalse(merged.next(frame), "the last one waits for a, which is silent");
    }

    @Test
    void shouldPreferTheEarlierLeafAtEqualStamps() {
        b.add(0, 10, 11);
        a.add(0, 10, 11);
        assertEquals("a10 b10 a11 b11", deliver());
    }

    @Test
    void shouldWaitOneBlockTimeoutForASilentLeafAndNoLonger() {
        a.add(0, nowNs);
        assertEquals("", deliver());
        nowNs += HOLD_NS - 1;
        assertEquals("", deliver());
        nowNs += 1;
        assertEquals("a1000000", deliver());
    }

    @Test
    void shouldDeliverTheOlderFrameThatCameWhileWaiting() {
        a.add(0, nowNs);
        assertEquals("", deliver());
        nowNs += HOLD_NS / 2;
        b.add(0, 999_999);
        assertEquals("b999999", deliver());
        nowNs += HOLD_NS;
        assertEquals("a1000000", deliver());
    }

    @Test
    void shouldNotWaitForABlockThatIsOldAlready() {
        a.add(0, nowNs - 2 * HOLD_NS, nowNs - HOLD_NS, nowNs);
        assertEquals("a" + (nowNs - 2 * HOLD_NS) + " a" + (nowNs - HOLD_NS), deliver());
    }

    @Test
    void shouldHoldHardwareStampsFromTheTimeTheyWereSeen() {
        a.flags = Frame.HARDWARE_STAMP;
        a.add(0, 5);
        assertEquals("", deliver());
        nowNs += HOLD_NS;
        assertEquals("a5", deliver());
    }

    @Test
    void shouldNotHoldStampsOfASteppedClockForLong() {
        a.add(0, nowNs + 3_600_000_000_000L);
        assertEquals("", deliver());
        nowNs += HOLD_NS;
        assertEquals("a3600001000000", deliver());
    }

    @Test
    void shouldKeepTheBlockOfAFrameNotHandedOutYet() {
        nowNs = 20;
        a.add(0, 10);
        a.add(1, 20);
        b.add(0, 15);
        assertEquals("a10 b15", deliver());
        merged.release(0, Long.MAX_VALUE);
        assertEquals(0, a.released, "block 1 is fetched and waits");
        nowNs += HOLD_NS;
        assertEquals("a20", deliver());
        merged.release(0, 1);
        assertEquals(1, a.released);
    }

    @Test
    void shouldNotCountFramesItHasNotHandedOut() {
        a.add(0, nowNs);
        deliver();
        final CaptureStatistics statistics = new CaptureStatistics();
        merged.statistics(statistics);
        assertEquals(0, statistics.delivered);
        assertEquals(7, statistics.softnetDropped, "one figure for the machine, not one per leaf");
        merged.close();
        final CaptureStatistics afterwards = new CaptureStatistics();
        merged.statistics(afterwards);
        assertEquals(1, afterwards.discarded);
    }

    @Test
    void shouldEndWhenAllLeavesHaveEndedAndNotWaitForThoseThatHave() {
        a.add(0, nowNs, nowNs + 1);
        b.exhausted = true;
        assertFalse(merged.isExhausted());
        assertEquals("a1000000 a1000001", deliver());
        a.exhausted = true;
        assertTrue(merged.isExhausted());
    }

    @Test
    void shouldKeepTheOrderOfRandomTraffic() {
        final Random random = new Random(42);
        long stamp = nowNs;
        long block = 0;
        final List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            stamp += 1 + random.nextInt(500);
            sent.add(stamp);
            (random.nextBoolean() ? a : b).add(block++, stamp);
        }
        nowNs = stamp + HOLD_NS;
        for (final Long expected : sent) {
            assertTrue(merged.next(frame));
            assertEquals(expected, frame.timestampNs);
        }
    }

    @Test
    void shouldMergeBothEndsOfAWireIntoOneTrace() {
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                final TpacketSource left = new TpacketSource(context(LEFT));
                final TpacketSource right = new TpacketSource(context(RIGHT));
                try (MergedSource both = new MergedSource(List.of(left, right));
                    FrameFeed toRight = new FrameFeed(LEFT);
                    FrameFeed toLeft = new FrameFeed(RIGHT)) {
                    long stamp = 0;
                    for (int round = 0; round < 20; round++) {
                        final int once = 1 + round % 3;
                        for (int i = 0; i < 50; i++) {
                            toRight.sendNumbered(once, 60);
                            toLeft.sendNumbered(1, 60);
                        }
                        for (final CapturedFrame got : CapturedFrame.take(both, 50 * (once + 1))) {
                            assertTrue(got.timestampNs() >= stamp, "stamps go forward");
                            assertEquals(got.source(), got.interfaceId());
                            stamp = got.timestampNs();
                        }
                    }
                    toLeft.sendNumbered(3, 60);
                    assertEquals(3, CapturedFrame.drain(both).stream().filter(got -> got.source() == 0).count());
                    final CaptureStatistics statistics = new CaptureStatistics();
                    both.statistics(statistics);
                    assertEquals(toLeft.sent() + toRight.sent(), statistics.received);
                    assertEquals(statistics.received, statistics.delivered);
                    assertEquals(List.of(LEFT, RIGHT), both.interfaces().stream().map(CaptureInterface::name).toList());
                }
            });
        }
    }

    private static TpacketContext context(final String name) {
        return new TpacketContext().interfaceName(name).blockBytes(256 << 10).blockCount(16).blockTimeoutMs(2);
    }

    private String deliver() {
        final StringBuilder all = new StringBuilder();
        while (merged.next(frame)) {
            all.append(frame.source == 0 ? " a" : " b").append(frame.timestampNs);
        }
        return all.toString().strip();
    }

    /** Delivers what a test puts in. */
    private static final class ScriptedSource implements PolledSource {
        private final ArrayDeque<long[]> frames = new ArrayDeque<>();
        private int flags;
        private long delivered;
        private long released = -1;
        private boolean exhausted;

        void add(final long block, final long... stamps) {
            for (final long stamp : stamps) {
                frames.add(new long[] {block, stamp});
            }
        }

        @Override
        public boolean next(final Frame frame) {
            final long[] next = frames.poll();
            if (next == null) {
                return false;
            }
            frame.block = next[0];
            frame.timestampNs = next[1];
            frame.flags = flags;
            delivered++;
            return true;
        }

        @Override
        public void release(final int leaf, final long block) {
            released = block;
        }

        @Override
        public void statistics(final CaptureStatistics statistics) {
            statistics.delivered += delivered;
            statistics.softnetDropped += 7;
        }

        @Override
        public boolean isReady() {
            return !frames.isEmpty();
        }

        @Override
        public boolean isExhausted() {
            return exhausted && frames.isEmpty();
        }

        @Override
        public long blockTimeoutNs() {
            return TIMEOUT_NS;
        }

        @Override
        public List<CaptureInterface> interfaces() {
            return List.of(new CaptureInterface("scripted", 1, 0));
        }

        @Override
        public long pollHandle() {
            return 0;
        }

        @Override
        public boolean mayAwaitInput() {
            return true;
        }

        @Override
        public long patienceNs() {
            return Long.MAX_VALUE;
        }

        @Override
        public void polled(final int answer) {
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void stop() {
        }

        @Override
        public void await(final long timeoutNs) {
        }

        @Override
        public void wakeup() {
        }

        @Override
        public int blockCount(final int leaf) {
            return 4;
        }

        @Override
        public int leafCount() {
            return 1;
        }

        @Override
        public void close() {
        }
    }
}
