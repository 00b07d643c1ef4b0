package io.weir.capture.tpacket;

import static io.weir.capture.VethPair.LEFT;
import static io.weir.capture.VethPair.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.CaptureStatistics;
import io.weir.capture.CapturedFrame;
import io.weir.capture.FrameFeed;
import io.weir.capture.VethPair;
import io.weir.flow.Toeplitz;
import io.weir.packet.Frame;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a source whose interface goes down, away, and comes back. */
class InterfaceLifeTest {
    private static final long TIME_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private VethPair wire;

    @BeforeEach
    void makeWire() {
        wire = VethPair.create();
    }

    @AfterEach
    void removeWire() {
        if (wire != null) {
            wire.close();
        }
    }

    @Test
    void shouldResumeAfterTheInterfaceWasDown() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(TpacketSourceTest.on(RIGHT));
                FrameFeed feed = new FrameFeed(LEFT)) {
                feed.sendNumbered(3, 60);
                CapturedFrame.take(source, 3);
                wire.ip("link", "set", RIGHT, "down");
                awaitDamages(source, "the interface is down");
                wire.ip("link", "set", RIGHT, "up");
                wire.awaitCarrier();
                awaitDamages(source, "the interface is down", "the interface is up again");
                feed.sendNumbered(4, 60);
                assertEquals(4, CapturedFrame.take(source, 4).size());
                final CaptureStatistics statistics = TpacketSourceTest.statistics(source);
                assertEquals(7, statistics.received);
                assertEquals(7, statistics.delivered);
                assertEquals(RIGHT, statistics.damages.get(0).where());
                assertEquals(1, statistics.interfaceRestarts);
                assertFalse(source.isExhausted());
            }
        });
    }

    @Test
    void shouldNoticeThatTheInterfaceWasDownForAMoment() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(TpacketSourceTest.on(RIGHT));
                FrameFeed feed = new FrameFeed(LEFT)) {
                wire.ip("link", "set", RIGHT, "down");
                wire.ip("link", "set", RIGHT, "up");
                wire.awaitCarrier();
                awaitDamages(source, "the interface was down for a moment");
                feed.sendNumbered(4, 60);
                assertEquals(4, CapturedFrame.take(source, 4).size());
            }
        });
    }

    @Test
    void shouldStartOnAnInterfaceThatIsDownAndCaptureWhenItComesUp() {
        wire.ip("link", "set", RIGHT, "down");
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(TpacketSourceTest.on(RIGHT).filter("udp or vlan 5"));
                FrameFeed feed = new FrameFeed(LEFT)) {
                awaitDamages(source, "the interface is down");
                wire.ip("link", "set", RIGHT, "up");
                wire.awaitCarrier();
                awaitDamages(source, "the interface is down", "the interface is up again");
                feed.sendNumbered(4, 60);
                assertEquals(4, CapturedFrame.take(source, 4).size());
            }
        });
    }

    @Test
    void shouldFollowTheNameWhenTheInterfaceIsRemovedAndMadeAgain() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(TpacketSourceTest.on(RIGHT).filter("udp"))) {
                try (FrameFeed feed = new FrameFeed(LEFT)) {
                    feed.sendNumbered(3, 60);
                    CapturedFrame.take(source, 3);
                }
                wire.ip("link", "del", LEFT);
                awaitDamages(source, "the interface was removed");
                source.await(0);
                wire.addVeth();
                awaitDamages(source, "the interface was removed", "the interface is back");
                try (FrameFeed feed = new FrameFeed(LEFT)) {
                    wire.awaitCarrier();
                    feed.send(new byte[60]);
                    feed.sendNumbered(5, 60);
                    assertEquals(5, CapturedFrame.drain(source).size(), "and the filter is still there");
                }
                final CaptureStatistics statistics = TpacketSourceTest.statistics(source);
                assertEquals(8, statistics.received, "statistics go on");
                assertEquals(1, statistics.interfaceRestarts);
                assertEquals(8, statistics.delivered);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLetNothingInOnceStoppedThoughTheInterfaceIsMadeAgain(final boolean inGroup) {
        wire.run(() -> {
            final TpacketContext context = TpacketSourceTest.on(RIGHT);
            if (inGroup) {
                context.group(new FanOutGroup(new Toeplitz(new byte[Toeplitz.KEY_LENGTH]).words()));
            }
            try (TpacketSource source = new TpacketSource(context)) {
                source.admit();
                source.stop();
                wire.ip("link", "del", LEFT);
                awaitDamages(source, "the interface was removed");
                wire.addVeth();
                wire.awaitCarrier();
                for (int i = 0; i < 200; i++) {
                    source.await(TimeUnit.MILLISECONDS.toNanos(100));
                }
                try (FrameFeed feed = new FrameFeed(LEFT)) {
                    feed.sendNumbered(5, 60);
                    assertEquals(0, CapturedFrame.drain(source).size());
                }
            }
        });
    }

    @Test
    void shouldEndWhenTheNameComesBackAsAnotherKindOfDevice() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(TpacketSourceTest.on(RIGHT))) {
                wire.ip("link", "del", LEFT);
                awaitDamages(source, "the interface was removed");
                wire.ip("tuntap", "add", RIGHT, "mode", "tun");
                awaitDamages(source, "the interface was removed",
                    "the interface came back as a device of another kind");
                assertEquals(List.of(), CapturedFrame.drain(source));
                assertTrue(source.isExhausted());
            }
        });
    }

    @Test
    void shouldLoseNothingThatTheSocketSawWhileTheInterfaceComesAndGoesUnderLoad() {
        wire.run(() -> {
            final AtomicLong sent = new AtomicLong();
            final Thread[] load = new Thread[1];
            try (TpacketSource source = new TpacketSource(TpacketSourceTest.on(RIGHT).blockCount(64))) {
                for (int life = 0; life < 3; life++) {
                    load[0] = startLoad(sent);
                    captureUntil(source, sent, sent.get() + 2000);
                    if (life % 2 == 0) {
                        wire.ip("link", "set", RIGHT, "down");
                        wire.ip("link", "set", RIGHT, "up");
                    }
                    wire.ip("link", "del", LEFT);
                    wire.addVeth();
                    load[0].join();
                }
                try (FrameFeed feed = new FrameFeed(LEFT)) {
                    final long before = TpacketSourceTest.statistics(source).received;
                    final long end = System.nanoTime() + TIME_LIMIT_NS;
                    // Until the source has found the last interface, frames pass unseen.
                    while (TpacketSourceTest.statistics(source).received == before && System.nanoTime() < end) {
                        feed.sendNumbered(1, 60);
                        source.await(TimeUnit.MILLISECONDS.toNanos(1));
                        skim(source);
                    }
                    assertTrue(TpacketSourceTest.statistics(source).received > before, "frames come again");
                }
                CapturedFrame.drain(source);
                final CaptureStatistics statistics = TpacketSourceTest.statistics(source);
                assertTrue(statistics.received >= 6000 && statistics.received <= sent.get() + 1_000_000);
                assertEquals(statistics.received, statistics.delivered + statistics.kernelDropped);
                assertEquals(0, statistics.discarded);
            }
        });
    }

    /** Sends until the interface is gone, at most 200,000 frames. */
    private static Thread startLoad(final AtomicLong sent) {
        final FrameFeed feed = new FrameFeed(LEFT);
        final Thread thread = new Thread(() -> {
            try (feed) {
                for (int i = 0; i < 4000 && feed.refused() == 0; i++) {
                    sent.addAndGet(feed.sendNumbered(50, 60));
                }
            }
        });
        thread.start();
        return thread;
    }

    private static void captureUntil(final TpacketSource source, final AtomicLong sent, final long enough) {
        final long end = System.nanoTime() + TIME_LIMIT_NS;
        final long before = TpacketSourceTest.statistics(source).delivered;
        while (TpacketSourceTest.statistics(source).delivered < before + 2000) {
            skim(source);
            source.await(TimeUnit.MILLISECONDS.toNanos(10));
            assertTrue(System.nanoTime() < end, () -> "no frames: " + TpacketSourceTest.statistics(source).damages
                + ", " + sent.get() + " of " + enough + " sent");
        }
    }

    private static void skim(final TpacketSource source) {
        final Frame frame = new Frame();
        while (source.next(frame)) {
            source.release(0, frame.block - 1);
        }
        source.release(0, Long.MAX_VALUE);
    }

    /** Goes on waiting until the source has told exactly these damages; fails after a bounded time. */
    private static void awaitDamages(final TpacketSource source, final String... expected) {
        final long end = System.nanoTime() + TIME_LIMIT_NS;
        List<String> told = List.of();
        while (!told.equals(List.of(expected)) && System.nanoTime() < end) {
            source.await(TimeUnit.MILLISECONDS.toNanos(100));
            told = TpacketSourceTest.statistics(source).damages.stream().map(CaptureStatistics.Damage::what).toList();
        }
        assertEquals(List.of(expected), told);
    }
}
