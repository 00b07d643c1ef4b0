package io.weir.capture.pfring;

import static io.weir.capture.VethPair.LEFT;
import static io.weir.capture.VethPair.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CapturedFrame;
import io.weir.capture.FrameFeed;
import io.weir.capture.VethPair;
import io.weir.packet.Frame;
import java.util.List;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PF_RING alone has: its library, clusters, sending. */
class PfRingSourceTest {
    private static VethPair wire;

    @BeforeAll
    static void makeWire() {
        wire = VethPair.create();
        wire.awaitCarrier();
    }

    @AfterAll
    static void removeWire() {
        if (wire != null) {
            wire.close();
        }
    }

    private static PfRingContext on(final String name) {
        return new PfRingContext().interfaceName(name).library(StandIn.library()).blockTimeoutMs(2);
    }

    private static void refused(final PfRingContext context, final String message) {
        wire.run(() -> {
            final long inUse = NativeMemory.inUse();
            final CaptureException e = assertThrows(CaptureException.class, () -> new PfRingSource(context));
            assertEquals(message, e.getMessage());
            assertEquals(inUse, NativeMemory.inUse());
        });
    }

    @Test
    void shouldSayThatTheLibraryIsMissing() {
        refused(on(RIGHT).library("libpfring-nowhere.so"), "PF_RING on weir1: libpfring-nowhere.so cannot be loaded:"
            + " install PF_RING, or use backend tpacket_v3");
    }

    @Test
    void shouldSayThatTheLibraryIsNone() {
        refused(on(RIGHT).library("libc.so.6"), "PF_RING on weir1: libc.so.6 has no pfring_open: PF_RING 6 or later is"
            + " needed");
    }

    @Test
    void shouldSayThatTheInterfaceIsMissing() {
        refused(on("weir9"), "there is no interface weir9: 'weir interfaces' lists those that exist");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void shouldLeaveOutOwnTransmissionsUnlessAskedForThem(final boolean ignoreOutgoing, final int expected) {
        wire.run(() -> {
            try (PfRingSource source = new PfRingSource(on(LEFT).ignoreOutgoing(ignoreOutgoing).cluster(7));
                FrameFeed own = new FrameFeed(LEFT);
                FrameFeed others = new FrameFeed(RIGHT)) {
                assertEquals("8.9.0", source.version());
                own.send(FrameFeed.udp(1, 18));
                others.send(FrameFeed.udp(2, 18));
                final List<CapturedFrame> got = CapturedFrame.drain(source);
                assertEquals(expected, got.size());
                assertEquals(!ignoreOutgoing, got.get(0).has(Frame.OUTGOING));
            }
        });
    }

    @Test
    void shouldCutFramesAtTheSnapLength() {
        wire.run(() -> {
            try (PfRingSource source = new PfRingSource(on(RIGHT).snapLength(96));
                FrameFeed feed = new FrameFeed(LEFT)) {
                feed.sendNumbered(1, 1000);
                final CapturedFrame cut = CapturedFrame.take(source, 1).get(0);
                assertEquals(96, cut.capturedLength());
                assertEquals(1000, cut.wireLength());
            }
        });
    }

    @Test
    void shouldSendFramesAndCountThoseThatAreTooLong() {
        wire.run(() -> {
            try (PfRingSource receiver = new PfRingSource(on(RIGHT));
                NativeMemory.Region frame = NativeMemory.allocate(NativeMemory.Tag.OTHER, 4096, 8)) {
                final byte[] bytes = FrameFeed.udp(9, 100);
                for (int i = 0; i < bytes.length; i++) {
                    UnsafeApi.putByte(frame.address() + i, bytes[i]);
                }
                final PfRingSender sender = new PfRingSender(LEFT, StandIn.library());
                try (sender) {
                    for (int i = 0; i < 200; i++) {
                        sender.add(frame.address(), bytes.length);
                    }
                    sender.add(frame.address(), 4000);
                }
                assertEquals(200, sender.sent());
                assertEquals(1, sender.refused());
                assertEquals(200, CapturedFrame.drain(receiver).size());
            }
        });
    }
}
