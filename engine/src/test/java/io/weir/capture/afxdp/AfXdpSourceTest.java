package io.weir.capture.afxdp;

import static io.weir.capture.VethPair.LEFT;
import static io.weir.capture.VethPair.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.CapturedFrame;
import io.weir.capture.FrameFeed;
import io.weir.capture.MergedSource;
import io.weir.capture.VethPair;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.packet.Frame;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AF_XDP alone has: modes, queues, refusals, sending. */
class AfXdpSourceTest {
    private VethPair wire;

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

    private static AfXdpContext on(final String name) {
        return new AfXdpContext().interfaceName(name).memoryBytes(2 << 20);
    }

    private static CaptureStatistics statistics(final AfXdpSource source) {
        final CaptureStatistics statistics = new CaptureStatistics();
        source.statistics(statistics);
        return statistics;
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, 'native mode, copying'",
        "NATIVE, 'native mode, copying'",
        "GENERIC, 'generic mode, copying'",
    })
    void shouldTakeTheBestModeTheDeviceAcceptsAndSayWhich(final AfXdpContext.Mode mode, final String words) {
        wire.run(() -> {
            try (AfXdpSource source = new AfXdpSource(on(RIGHT).mode(mode))) {
                assertEquals(words, source.mode());
                assertEquals(1, source.queueCount());
                assertEquals(1792, source.longestFrame(), "for an MTU of 1500 chunks of 2 KiB do");
            }
        });
    }

    @Test
    void shouldRefuseZeroCopyWhereTheDriverHasNone() {
        refused(on(RIGHT).mode(AfXdpContext.Mode.ZERO_COPY), CaptureException.Kind.RESOURCE,
            "AF_XDP on weir1: the driver does not have the mode that is asked for, not supported (errno 95)");
    }

    @Test
    void shouldSayThatTheInterfaceIsMissing() {
        refused(on("weir9"), CaptureException.Kind.DEVICE_MISSING,
            "there is no interface weir9: 'weir interfaces' lists those that exist");
    }

    private void refused(final AfXdpContext context, final CaptureException.Kind kind, final String message) {
        wire.run(() -> {
            final long inUse = NativeMemory.inUse();
            final CaptureException e = assertThrows(CaptureException.class, () -> new AfXdpSource(context));
            assertEquals(message, e.getMessage());
            assertEquals(kind, e.kind());
            assertEquals(inUse, NativeMemory.inUse());
        });
    }

    @Test
    void shouldSayThatAnotherProgramIsAttached() {
        wire.run(() -> {
            try (AfXdpSource source = new AfXdpSource(on(RIGHT))) {
                assertEquals(1, source.queueCount());
                refused(on(RIGHT), CaptureException.Kind.RESOURCE, "AF_XDP on weir1: another XDP program is attached:"
                    + " 'ip link show dev weir1' names it");
            }
        });
    }

    @Test
    void shouldTakeFramesOfAllQueues() {
        wire.ip("link", "del", LEFT);
        wire.ip("link", "add", LEFT, "numtxqueues", "2", "numrxqueues", "2", "type", "veth", "peer", "name", RIGHT,
            "numtxqueues", "2", "numrxqueues", "2");
        wire.ip("link", "set", LEFT, "up");
        wire.ip("link", "set", RIGHT, "up");
        wire.awaitCarrier();
        wire.run(() -> {
            try (AfXdpSource source = new AfXdpSource(on(RIGHT).poisonOnRelease(true));
                FrameFeed feed = new FrameFeed(LEFT)) {
                assertEquals(2, source.queueCount());
                for (int round = 0; round < 50; round++) {
                    for (int port = 0; port < 32; port++) {
                        feed.send(FrameFeed.udp(port, 18));
                    }
                    assertEquals(32, CapturedFrame.take(source, 32).size());
                }
                assertEquals(50 * 32, statistics(source).received);
                assertEquals(50 * 32, statistics(source).delivered);
            }
            try (AfXdpSource one = new AfXdpSource(on(RIGHT).queues(1)); FrameFeed feed = new FrameFeed(LEFT)) {
                for (int port = 0; port < 32; port++) {
                    feed.send(FrameFeed.udp(port, 18));
                }
                final int got = CapturedFrame.drain(one).size();
                assertTrue(got > 0 && got < 32, "flows are spread over both queues, and " + got + " went to the first");
            }
        });
    }

    @Test
    void shouldMarkThatChecksumsMayBeUnfinishedWhereNobodyFinishesThem() {
        wire.run(() -> {
            try (AfXdpSource source = new AfXdpSource(on(RIGHT)); FrameFeed feed = new FrameFeed(LEFT)) {
                feed.send(FrameFeed.udp(53, 100));
                assertEquals(Frame.CHECKSUM_NOT_READY, CapturedFrame.take(source, 1).get(0).flags());
            }
        });
    }

    @Test
    void shouldMergeWithARingOfAnotherKind() {
        wire.run(() -> {
            try (MergedSource merged = new MergedSource(List.of(new AfXdpSource(on(RIGHT)),
                new TpacketSource(new TpacketContext().interfaceName(LEFT).blockTimeoutMs(2).blockCount(8))));
                FrameFeed toRight = new FrameFeed(LEFT);
                FrameFeed toLeft = new FrameFeed(RIGHT)) {
                for (int i = 0; i < 10; i++) {
                    toRight.send(FrameFeed.udp(1, 18));
                    toLeft.send(FrameFeed.udp(2, 18));
                }
                final List<CapturedFrame> got = CapturedFrame.take(merged, 20);
                assertEquals(10, got.stream().filter(frame -> frame.source() == 0).count());
                long stamp = 0;
                for (final CapturedFrame frame : got) {
                    assertTrue(frame.timestampNs() >= stamp, "in the order of stamps");
                    stamp = frame.timestampNs();
                }
            }
        });
    }

    @Test
    void shouldSendMoreFramesThanItHasChunks() {
        wire.run(() -> {
            try (TpacketSource receiver = new TpacketSource(new TpacketContext().interfaceName(RIGHT)
                .blockTimeoutMs(2));
                NativeMemory.Region frame = NativeMemory.allocate(NativeMemory.Tag.OTHER, 2048, 8)) {
                final byte[] bytes = FrameFeed.udp(9, 100);
                for (int i = 0; i < bytes.length; i++) {
                    UnsafeApi.putByte(frame.address() + i, bytes[i]);
                }
                final AfXdpSender sender = new AfXdpSender(LEFT, AfXdpContext.Mode.AUTO);
                try (sender) {
                    for (int i = 0; i < 10_000; i++) {
                        UnsafeApi.putInt(frame.address() + FrameFeed.NUMBER_OFFSET, Integer.reverseBytes(i));
                        sender.add(frame.address(), bytes.length);
                    }
                    sender.add(frame.address(), 1793);
                    assertEquals(1, sender.refused());
                    assertEquals("message too long (errno 90)", sender.lastError());
                }
                assertEquals(10_000, sender.sent());
                final List<CapturedFrame> got = CapturedFrame.drain(receiver);
                assertEquals(10_000, got.size());
                for (int i = 0; i < got.size(); i++) {
                    assertEquals(i, got.get(i).intAt(FrameFeed.NUMBER_OFFSET));
                }
            }
        });
    }

    @Test
    void shouldLetNothingInOnceStoppedThoughTheInterfaceIsMadeAgain() {
        wire.run(() -> {
            try (AfXdpSource source = new AfXdpSource(on(RIGHT))) {
                source.stop();
                wire.ip("link", "del", LEFT);
                wire.addVeth();
                wire.awaitCarrier();
                for (int i = 0; i < 400 && statistics(source).interfaceRestarts == 0; i++) {
                    source.await(TimeUnit.MILLISECONDS.toNanos(10));
                }
                assertEquals(1, statistics(source).interfaceRestarts);
                try (FrameFeed feed = new FrameFeed(LEFT)) {
                    feed.sendNumbered(5, 60);
                    assertEquals(0, CapturedFrame.drain(source).size());
                }
            }
        });
    }
}
