package io.weir.capture.tpacket;

import static io.weir.capture.VethPair.LEFT;
import static io.weir.capture.VethPair.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.CapturedFrame;
import io.weir.capture.FrameFeed;
import io.weir.capture.VethPair;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live capture over a veth pair, one trap after the other. */
class TpacketSourceTest {
    private static VethPair wire;

    @BeforeAll
    static void makeWire() {
        wire = VethPair.create();
    }

    @AfterAll
    static void removeWire() {
        if (wire != null) {
            wire.close();
        }
    }

    static TpacketContext on(final String name) {
        return new TpacketContext().interfaceName(name).blockBytes(256 << 10).blockCount(16).blockTimeoutMs(2);
    }

    static CaptureStatistics statistics(final TpacketSource source) {
        final CaptureStatistics statistics = new CaptureStatistics();
        source.statistics(statistics);
        return statistics;
    }

    @Test
    void shouldDeliverWhatWasSentByteByByte() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT)); FrameFeed feed = new FrameFeed(LEFT)) {
                final byte[] frame = FrameFeed.udp(53, 100);
                final long before = System.currentTimeMillis() * 1_000_000L;
                feed.send(frame);
                final CapturedFrame got = CapturedFrame.take(source, 1).get(0);
                assertEquals(frame.length, got.wireLength());
                assertEquals(frame.length, got.capturedLength());
                for (int i = 0; i < frame.length; i++) {
                    assertEquals(frame[i], got.data().get(i), "byte " + i);
                }
                assertEquals(0, got.flags());
                assertTrue(got.timestampNs() >= before && got.timestampNs() < before + 60_000_000_000L, "stamp");
                assertEquals(List.of(new CaptureInterface(RIGHT, LinkType.ETHERNET, 262144)), source.interfaces());
                assertTrue(source.isLive());
                assertFalse(source.isExhausted());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0x8100, 77", "0x88a8, 77", "0x8100, 0", "0x8100, 0xefff"})
    void shouldPassTheVlanTagBesideTheFrame(final String tpid, final String tci) {
        final int tag = Integer.decode(tpid) << 16 | Integer.decode(tci);
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT)); FrameFeed feed = new FrameFeed(LEFT)) {
                final byte[] plain = FrameFeed.udp(53, 100);
                feed.send(FrameFeed.tagged(plain, tag >>> 16, tag & 0xffff));
                feed.send(plain);
                final List<CapturedFrame> got = CapturedFrame.take(source, 2);
                assertTrue(got.get(0).has(Frame.VLAN_STRIPPED));
                assertEquals(tag, got.get(0).strippedVlan());
                assertEquals(plain.length, got.get(0).capturedLength());
                assertEquals(plain.length + 4, got.get(0).wireLength());
                assertEquals(got.get(1).data(), got.get(0).data());
                assertFalse(got.get(1).has(Frame.VLAN_STRIPPED));
                assertEquals(plain.length, got.get(1).wireLength());
            }
        });
    }

    @Test
    void shouldDeliverFramesOfMoreThan64KiBWithTheirChecksumsMarked() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on("lo").blockCount(64))) {
                sendOverTcp(4 << 20);
                final CapturedFrame largest = largest(CapturedFrame.drain(source));
                assertTrue(largest.wireLength() > 65535, "largest frame had " + largest.wireLength());
                assertEquals(largest.wireLength(), largest.capturedLength());
                assertEquals(Frame.CHECKSUM_NOT_READY, largest.flags(), "not verified, and one segment of a large MTU");
                final CaptureStatistics statistics = statistics(source);
                assertEquals(statistics.received, statistics.delivered + statistics.kernelDropped);
            }
        });
    }

    @Test
    void shouldMarkSuperFramesThatOffloadHasNotCut() {
        wire.ip("link", "set", "lo", "mtu", "1500");
        try {
            wire.run(() -> {
                try (TpacketSource source = new TpacketSource(on("lo").blockCount(64))) {
                    sendOverTcp(4 << 20);
                    final List<CapturedFrame> got = CapturedFrame.drain(source);
                    assertTrue(largest(got).wireLength() > 20_000, "largest frame had " + largest(got).wireLength());
                    for (final CapturedFrame frame : got) {
                        assertEquals(frame.wireLength() > 1514, frame.has(Frame.SUPER_FRAME), frame.wireLength()
                            + " bytes, flags " + frame.flags());
                    }
                }
            });
        } finally {
            wire.ip("link", "set", "lo", "mtu", "65536");
        }
    }

    private static CapturedFrame largest(final List<CapturedFrame> frames) {
        return frames.stream().max((a, b) -> a.wireLength() - b.wireLength()).orElseThrow();
    }

    private static void sendOverTcp(final int bytes) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
                final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);
                final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
                client.configureBlocking(false);
                int written = 0;
                int read = 0;
                while (read < bytes) {
                    out.clear().limit(Math.min(out.capacity(), bytes - written));
                    written += client.write(out);
                    read += accepted.read(in.clear());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldSeeLoopbackFramesOnce(final boolean ignoreOutgoing) {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on("lo").ignoreOutgoing(ignoreOutgoing));
                DatagramSocket socket = new DatagramSocket()) {
                for (int i = 0; i < 10; i++) {
                    socket.send(new DatagramPacket(new byte[] {1}, 1, InetAddress.getLoopbackAddress(),
                        socket.getLocalPort()));
                }
                final List<CapturedFrame> got = CapturedFrame.drain(source);
                assertEquals(10, got.size());
                assertTrue(got.stream().noneMatch(frame -> frame.has(Frame.OUTGOING)));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void shouldLeaveOutOwnTransmissionsUnlessAskedForThem(final boolean ignoreOutgoing, final int expected) {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(LEFT).ignoreOutgoing(ignoreOutgoing));
                FrameFeed own = new FrameFeed(LEFT);
                FrameFeed others = new FrameFeed(RIGHT)) {
                own.send(FrameFeed.udp(1, 10));
                others.send(FrameFeed.udp(2, 10));
                final List<CapturedFrame> got = CapturedFrame.drain(source);
                assertEquals(expected, got.size());
                assertEquals(!ignoreOutgoing, got.get(0).has(Frame.OUTGOING));
                assertFalse(got.get(expected - 1).has(Frame.OUTGOING));
            }
        });
    }

    @Test
    void shouldAccumulateCountersThatTheKernelResetsOnRead() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT)); FrameFeed feed = new FrameFeed(LEFT)) {
                feed.sendNumbered(10, 60);
                CapturedFrame.take(source, 10);
                assertEquals(10, statistics(source).received);
                assertEquals(10, statistics(source).received);
                feed.sendNumbered(5, 60);
                CapturedFrame.take(source, 5);
                assertEquals(15, statistics(source).received);
                assertEquals(15, statistics(source).delivered);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "vlan, 0 1 1 0",
        "vlan 77, 0 1 0 0",
        "vlan 77 and udp port 80, 0 1 0 0",
        "udp port 80, 1 1 1 0",
        // pcap-filter(7): behind "vlan" everything is about tagged frames.
        "vlan and udp port 80 or udp port 80, 0 1 1 0",
        "udp port 80 or vlan and udp port 80, 1 1 1 0",
        "not vlan, 1 0 0 1",
        "udp port 53, 0 0 0 1",
    })
    void shouldFilterTaggedAndUntaggedFramesAlike(final String filter, final String expected) {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT).filter(filter));
                FrameFeed feed = new FrameFeed(LEFT)) {
                final byte[] web = FrameFeed.udp(80, 10);
                final byte[][] frames = {web, FrameFeed.tagged(web, 0x8100, 77), FrameFeed.tagged(web, 0x88a8, 78),
                    FrameFeed.udp(53, 10)};
                final StringBuilder seen = new StringBuilder();
                long received = 0;
                for (final byte[] frame : frames) {
                    feed.send(frame);
                    final long now = statistics(source).received;
                    seen.append(now - received).append(' ');
                    received = now;
                }
                assertEquals(expected, seen.toString().strip());
                assertEquals(received, CapturedFrame.drain(source).size());
            }
        });
    }

    @Test
    void shouldCutFramesAtTheSnapLengthAndKeepTheirWireLength() {
        wire.run(() -> {
            try (TpacketSource all = new TpacketSource(on(RIGHT).snapLength(96));
                TpacketSource filtered = new TpacketSource(on(RIGHT).snapLength(80).filter("udp"));
                FrameFeed feed = new FrameFeed(LEFT)) {
                feed.sendNumbered(1, 1000);
                final CapturedFrame cut = CapturedFrame.take(all, 1).get(0);
                assertEquals(96, cut.capturedLength());
                assertEquals(1000, cut.wireLength());
                assertEquals(80, CapturedFrame.take(filtered, 1).get(0).capturedLength());
            }
        });
    }

    @Test
    void shouldAccountForEveryFrameWithoutLossAndInOrder() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT).blockCount(64).poisonOnRelease(true));
                FrameFeed feed = new FrameFeed(LEFT)) {
                long stamp = 0;
                int expected = 0;
                long sent = 0;
                for (int round = 0; round < 50; round++) {
                    sent += feed.sendNumbered(1000, 60 + round);
                    for (final CapturedFrame frame : CapturedFrame.take(source, (int) (sent - expected))) {
                        assertEquals(expected++, frame.intAt(FrameFeed.NUMBER_OFFSET));
                        assertTrue(frame.timestampNs() >= stamp, "stamps go forward");
                        stamp = frame.timestampNs();
                    }
                }
                assertEquals(50_000, sent);
                final CaptureStatistics statistics = statistics(source);
                assertEquals(sent, statistics.received);
                assertEquals(sent, statistics.delivered);
                assertEquals(0, statistics.kernelDropped);
                assertEquals(List.of(), statistics.damages);
            }
        });
    }

    @Test
    void shouldCountWhatTheKernelDropsWhileAllBlocksAreHeld() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT).blockBytes(128 << 10).blockCount(4));
                FrameFeed feed = new FrameFeed(LEFT)) {
                final long sent = feed.sendNumbered(20_000, 200);
                final int delivered = CapturedFrame.drain(source).size();
                final CaptureStatistics statistics = statistics(source);
                assertEquals(sent, statistics.received);
                assertEquals(delivered, statistics.delivered);
                assertTrue(statistics.kernelDropped > 0, "the ring was too small for all");
                assertEquals(sent, statistics.delivered + statistics.kernelDropped);
                assertTrue(statistics.freezes > 0, "and it froze");
            }
        });
    }

    @Test
    void shouldKeepBlocksUntilTheyAreReleased() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT).blockBytes(128 << 10).blockCount(4));
                FrameFeed feed = new FrameFeed(LEFT)) {
                feed.sendNumbered(5000, 200);
                final Frame frame = new Frame();
                long count = 0;
                long lastBlock = -1;
                while (source.next(frame)) {
                    count++;
                    lastBlock = frame.block;
                }
                assertEquals(3, lastBlock, "as many blocks as the ring has, and no more");
                source.await(0);
                assertFalse(source.next(frame));
                source.release(0, 1);
                feed.sendNumbered(5000, 200);
                while (source.next(frame)) {
                    count++;
                    lastBlock = frame.block;
                }
                assertEquals(5, lastBlock, "the two blocks given back were filled again");
                assertEquals(count, statistics(source).delivered);
            }
        });
    }

    @Test
    void shouldStopWhileBlockedAndHandOutTheOpenBlock() {
        wire.run(() -> {
            try (TpacketSource source = new TpacketSource(on(RIGHT).blockTimeoutMs(200));
                FrameFeed feed = new FrameFeed(LEFT)) {
                final Thread other = new Thread(source::wakeup);
                final long start = System.nanoTime();
                other.start();
                source.await(TimeUnit.SECONDS.toNanos(30));
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20), "wakeup ends the wait");
                other.join();
                feed.sendNumbered(7, 60);
                source.stop();
                feed.sendNumbered(3, 60);
                assertFalse(source.isExhausted());
                assertEquals(7, CapturedFrame.drain(source).size());
                final CaptureStatistics statistics = statistics(source);
                assertEquals(7, statistics.received);
                assertEquals(0, statistics.discarded);
            }
        });
    }

    @Test
    void shouldCountFramesThatACloseThrewAwayAndFreeItsMemory() {
        wire.run(() -> {
            final long inUse = NativeMemory.inUse(NativeMemory.Tag.OTHER);
            final TpacketSource source = new TpacketSource(on(RIGHT));
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
            final CaptureStatistics statistics = statistics(source);
            assertEquals(7, statistics.received);
            assertEquals(7, statistics.discarded);
            assertEquals(inUse, NativeMemory.inUse(NativeMemory.Tag.OTHER));
        });
    }

    @Test
    void shouldSayThatTheInterfaceIsMissing() {
        wire.run(() -> {
            for (final String filter : new String[] {"", "udp", "vlan 5"}) {
                final CaptureException e = assertThrows(CaptureException.class,
                    () -> new TpacketSource(on("weir9").filter(filter)));
                assertEquals(CaptureException.Kind.DEVICE_MISSING, e.kind());
                assertEquals("there is no interface weir9: 'weir interfaces' lists those that exist", e.getMessage());
            }
        });
    }

    @Test
    void shouldRefuseABadFilterBeforeAnythingIsOpened() {
        wire.run(() -> {
            final CaptureException e = assertThrows(CaptureException.class,
                () -> new TpacketSource(on(RIGHT).filter("udp porrt 3")));
            assertEquals(CaptureException.Kind.BAD_FILTER, e.kind());
            assertEquals("filter: syntax error at character 5, near 'porrt': udp porrt 3", e.getMessage());
        });
    }
}
