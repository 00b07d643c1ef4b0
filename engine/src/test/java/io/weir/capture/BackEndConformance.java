package io.weir.capture;

import static io.weir.capture.VethPair.LEFT;
import static io.weir.capture.VethPair.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every back end does alike, over a veth pair: a subclass says how one is opened. */
public abstract class BackEndConformance {
    private static final long TIME_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private VethPair wire;

    /** Opens the back end on the end of the wire that is received from, with little memory and whole frames. */
    protected abstract PolledSource open(String filter);

    /** True if this back end has room for frames of 9,000 bytes; otherwise it counts them. */
    protected abstract boolean takesJumboFrames();

    @BeforeEach
    void makeWire() {
        wire = VethPair.create();
        wire.awaitCarrier();
    }

    @AfterEach
    void removeWire() {
        if (wire != null) {
            wire.close();
        }
    }

    private static CaptureStatistics statistics(final FrameSource source) {
        final CaptureStatistics statistics = new CaptureStatistics();
        source.statistics(statistics);
        return statistics;
    }

    /** Every frame that was offered is handed out or lost under a name. */
    private static void assertBalanced(final CaptureStatistics statistics) {
        assertEquals(statistics.received, statistics.delivered + statistics.kernelDropped + statistics.filtered
            + statistics.oversized + statistics.discarded);
    }

    /** The frame as it was on the wire. */
    private static List<Byte> whole(final CapturedFrame frame) {
        if (!frame.has(Frame.VLAN_STRIPPED)) {
            return frame.data();
        }
        final List<Byte> whole = new ArrayList<>(frame.data());
        for (int i = 0; i < 4; i++) {
            whole.add(12 + i, (byte) (frame.strippedVlan() >>> 24 - 8 * i));
        }
        return whole;
    }

    private static List<Byte> bytes(final byte[] frame) {
        final List<Byte> bytes = new ArrayList<>();
        for (final byte one : frame) {
            bytes.add(one);
        }
        return bytes;
    }

    @Test
    void shouldDeliverWhatWasSentInOrderWithStampsThatGoForward() {
        wire.run(() -> {
            final long before = System.currentTimeMillis() * 1_000_000L;
            try (PolledSource source = open(""); FrameFeed feed = new FrameFeed(LEFT)) {
                final List<byte[]> sent = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    sent.add(FrameFeed.udp(i, 18 + i * 37 % 1455));
                    feed.send(sent.get(i));
                }
                long stamp = before;
                final List<CapturedFrame> got = CapturedFrame.take(source, 300);
                for (int i = 0; i < 300; i++) {
                    assertEquals(bytes(sent.get(i)), got.get(i).data(), "frame " + i);
                    assertEquals(sent.get(i).length, got.get(i).wireLength());
                    assertTrue(got.get(i).timestampNs() >= stamp, "stamp of frame " + i);
                    stamp = got.get(i).timestampNs();
                }
                assertTrue(stamp < before + TIME_LIMIT_NS);
                assertEquals(List.of(new CaptureInterface(RIGHT, LinkType.ETHERNET, 262144)), source.interfaces());
                assertTrue(source.isLive());
                assertFalse(source.isExhausted());
                assertEquals(300, statistics(source).received);
                assertBalanced(statistics(source));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0x8100, 77", "0x88a8, 77", "0x8100, 0"})
    void shouldKeepVlanTags(final String tpid, final String tci) {
        wire.run(() -> {
            try (PolledSource source = open(""); FrameFeed feed = new FrameFeed(LEFT)) {
                final byte[] tagged = FrameFeed.tagged(FrameFeed.udp(53, 100), Integer.decode(tpid),
                    Integer.decode(tci));
                feed.send(tagged);
                final CapturedFrame got = CapturedFrame.take(source, 1).get(0);
                assertEquals(bytes(tagged), whole(got));
                assertEquals(tagged.length, got.wireLength());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "udp port 80, 1 1 1 0",
        "vlan 77, 0 1 0 0",
        "not vlan, 1 0 0 1",
        "udp port 53, 0 0 0 1",
    })
    void shouldFilterAsOnFiles(final String filter, final String expected) {
        wire.run(() -> {
            final byte[] web = FrameFeed.udp(80, 18);
            final byte[][] frames = {web, FrameFeed.tagged(web, 0x8100, 77), FrameFeed.tagged(web, 0x88a8, 78),
                FrameFeed.udp(53, 18)};
            final StringBuilder seen = new StringBuilder();
            for (final byte[] frame : frames) {
                try (PolledSource source = open(filter); FrameFeed feed = new FrameFeed(LEFT)) {
                    feed.send(frame);
                    seen.append(CapturedFrame.drain(source).size()).append(' ');
                    assertBalanced(statistics(source));
                }
            }
            assertEquals(expected, seen.toString().strip());
        });
    }

    @Test
    void shouldGoOnWhenAFilterRejectsMoreThanTheMemoryHolds() {
        wire.run(() -> {
            try (PolledSource source = open("udp port 80"); FrameFeed feed = new FrameFeed(LEFT)) {
                final Frame frame = new Frame();
                for (int i = 0; i < 60; i++) {
                    feed.sendNumbered(100, 200);
                    while (source.next(frame)) {
                        assertEquals("", "nothing of this is let through");
                    }
                    source.await(0);
                }
                feed.send(FrameFeed.udp(80, 18));
                assertEquals(1, CapturedFrame.take(source, 1).size());
                assertEquals(0, statistics(source).kernelDropped);
            }
        });
    }

    @Test
    void shouldDeliverJumboFramesOrCountThem() {
        wire.ip("link", "set", LEFT, "mtu", "9000");
        wire.ip("link", "set", RIGHT, "mtu", "9000");
        wire.run(() -> {
            try (PolledSource source = open(""); FrameFeed feed = new FrameFeed(LEFT)) {
                final byte[] jumbo = FrameFeed.udp(53, 8900);
                final byte[] longer = FrameFeed.udp(53, 3000);
                feed.send(jumbo);
                feed.send(longer);
                final List<CapturedFrame> got = CapturedFrame.drain(source);
                assertEquals(bytes(longer), got.get(got.size() - 1).data());
                assertEquals(takesJumboFrames() ? 2 : 1, got.size());
                if (takesJumboFrames()) {
                    assertEquals(bytes(jumbo), got.get(0).data());
                }
                assertEquals(2, statistics(source).received);
                assertEquals(takesJumboFrames() ? 0 : 1, statistics(source).oversized);
                assertBalanced(statistics(source));
            }
        });
    }

    @Test
    void shouldBalanceWhileFramesAreHeldAndGoOnAfterwards() {
        wire.run(() -> {
            try (PolledSource source = open(""); FrameFeed feed = new FrameFeed(LEFT)) {
                long sent = 0;
                final Frame frame = new Frame();
                int expected = 0;
                // Not given back: the frames stay as they are, and the rest finds no room.
                final List<CapturedFrame> held = new ArrayList<>();
                final List<long[]> places = new ArrayList<>();
                final long end = System.nanoTime() + TIME_LIMIT_NS;
                while (statistics(source).kernelDropped == 0) {
                    sent += feed.sendNumbered(1000, 200);
                    while (source.next(frame)) {
                        if (held.size() < 50) {
                            held.add(CapturedFrame.copy(frame));
                            places.add(new long[] {frame.address});
                        }
                        expected++;
                    }
                    assertTrue(System.nanoTime() < end, "the memory is too small for all");
                }
                for (int i = 0; i < held.size(); i++) {
                    frame.address = places.get(i)[0];
                    frame.capturedLength = held.get(i).capturedLength();
                    assertEquals(held.get(i).data(), CapturedFrame.copy(frame).data());
                }
                assertTrue(expected > 0);
                source.release(0, Long.MAX_VALUE);
                sent += feed.sendNumbered(100, 200);
                final int after = CapturedFrame.drain(source).size();
                assertTrue(after >= 100, after + " came after room was made");
                final CaptureStatistics statistics = statistics(source);
                assertEquals(sent, statistics.received);
                assertEquals(expected + after, statistics.delivered);
                assertEquals(0, statistics.discarded);
                assertBalanced(statistics);
            }
        });
    }

    @Test
    void shouldLoseNothingThatIsGivenBackInTime() {
        wire.run(() -> {
            try (PolledSource source = open(""); FrameFeed feed = new FrameFeed(LEFT)) {
                int expected = 0;
                for (int round = 0; round < 100; round++) {
                    final long sent = feed.sendNumbered(200, 60 + round);
                    for (final CapturedFrame frame : CapturedFrame.take(source, (int) sent)) {
                        assertEquals(expected++, frame.intAt(FrameFeed.NUMBER_OFFSET));
                    }
                }
                final CaptureStatistics statistics = statistics(source);
                assertEquals(20_000, statistics.received);
                assertEquals(20_000, statistics.delivered);
                assertEquals(List.of(), statistics.damages);
            }
        });
    }

    @Test
    void shouldWakeAndStopWhileBlocked() {
        wire.run(() -> {
            try (PolledSource source = open(""); FrameFeed feed = new FrameFeed(LEFT)) {
                final AtomicBoolean woken = new AtomicBoolean();
                final Thread waiting = new Thread(() -> {
                    while (!woken.get()) {
                        source.await(TimeUnit.SECONDS.toNanos(30));
                    }
                });
                waiting.start();
                woken.set(true);
                source.wakeup();
                waiting.join(TimeUnit.NANOSECONDS.toMillis(TIME_LIMIT_NS));
                assertFalse(waiting.isAlive());
                feed.sendNumbered(7, 60);
                source.stop();
                feed.sendNumbered(3, 60);
                assertEquals(7, CapturedFrame.drain(source).size());
                assertTrue(source.isExhausted());
                assertEquals(7, statistics(source).received);
                assertBalanced(statistics(source));
            }
        });
    }

    @Test
    void shouldCountWhatACloseThrewAwayAndFreeItsMemory() {
        wire.run(() -> {
            final long inUse = NativeMemory.inUse();
            final PolledSource source = open("udp");
            try (FrameFeed feed = new FrameFeed(LEFT)) {
                feed.sendNumbered(7, 60);
            }
            source.close();
            source.close();
            source.wakeup();
            source.release(0, 5);
            source.await(TimeUnit.SECONDS.toNanos(30));
            assertFalse(source.next(new Frame()));
            assertTrue(source.isExhausted());
            assertEquals(7, statistics(source).received);
            assertEquals(7, statistics(source).discarded);
            assertEquals(inUse, NativeMemory.inUse());
        });
    }

    @Test
    void shouldResumeAfterTheInterfaceWasDown() {
        wire.run(() -> {
            try (PolledSource source = open(""); FrameFeed feed = new FrameFeed(LEFT)) {
                feed.sendNumbered(3, 60);
                CapturedFrame.take(source, 3);
                wire.ip("link", "set", RIGHT, "down");
                awaitDamages(source, "the interface is down");
                wire.ip("link", "set", RIGHT, "up");
                awaitDamages(source, "the interface is down", "the interface is up again");
                wire.awaitCarrier();
                feed.sendNumbered(4, 60);
                assertEquals(4, CapturedFrame.take(source, 4).size());
                assertEquals(7, statistics(source).received);
                assertBalanced(statistics(source));
                assertFalse(source.isExhausted());
            }
        });
    }

    @Test
    void shouldFollowTheNameWhenTheInterfaceIsRemovedAndMadeAgain() {
        wire.run(() -> {
            try (PolledSource source = open("udp")) {
                try (FrameFeed feed = new FrameFeed(LEFT)) {
                    feed.sendNumbered(3, 60);
                    CapturedFrame.take(source, 3);
                }
                wire.ip("link", "del", LEFT);
                awaitDamages(source, "the interface was removed");
                wire.addVeth();
                awaitDamages(source, "the interface was removed", "the interface is back");
                wire.awaitCarrier();
                try (FrameFeed feed = new FrameFeed(LEFT)) {
                    feed.sendNumbered(5, 60);
                    assertEquals(5, CapturedFrame.drain(source).size());
                }
                assertEquals(8, statistics(source).received);
                assertBalanced(statistics(source));
            }
        });
    }

    /** Goes on waiting until the source has told exactly these damages; fails after a bounded time. */
    private static void awaitDamages(final PolledSource source, final String... expected) {
        final long end = System.nanoTime() + TIME_LIMIT_NS;
        List<String> told = List.of();
        while (!told.equals(List.of(expected)) && System.nanoTime() < end) {
            source.await(TimeUnit.MILLISECONDS.toNanos(100));
            told = statistics(source).damages.stream().map(CaptureStatistics.Damage::what).toList();
        }
        assertEquals(List.of(expected), told);
    }
}
