package io.weir.capture.live;

import static io.weir.capture.VethPair.LEFT;
import static io.weir.capture.VethPair.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.CaptureException;
import io.weir.capture.CapturedFrame;
import io.weir.capture.FrameFeed;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.VethPair;
import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.pfring.StandIn;
import io.weir.capture.tpacket.TpacketContext;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which back end is taken, and what is said about it. */
class LiveCaptureTest {
    private static final String NO_LIBRARY = "libpfring-nowhere.so";
    private static final String AGAINST_XDP = "veth has no zero copy, and copying costs more than tpacket_v3";
    private static final String AGAINST_PF_RING = NO_LIBRARY
        + " cannot be loaded: install PF_RING, or use backend tpacket_v3";

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

    private static LiveContext context(final BackEnd wanted, final String name, final String library) {
        return new LiveContext(wanted, new TpacketContext().interfaceName(name).blockCount(4).blockTimeoutMs(2),
            new AfXdpContext().interfaceName(name).memoryBytes(1 << 20),
            new PfRingContext().interfaceName(name).library(library).blockTimeoutMs(2));
    }

    private static void captures(final LiveContext context, final BackEnd expected, final String how) {
        wire.run(() -> {
            final LiveCapture capture = LiveCapture.open(context);
            try (FrameFeed feed = new FrameFeed(LEFT)) {
                assertEquals(expected, capture.backEnd());
                assertEquals(how, capture.how());
                feed.sendNumbered(3, 60);
                assertEquals(3, CapturedFrame.take(capture.source(), 3).size());
            } finally {
                capture.source().close();
            }
        });
    }

    @Test
    void shouldTakeTpacketOnVethAndSayWhatSpeaksAgainstTheOthers() {
        captures(context(null, RIGHT, NO_LIBRARY), BackEnd.TPACKET_V3, "weir1: captured through tpacket_v3 (af_xdp: "
            + AGAINST_XDP + "; pf_ring: " + AGAINST_PF_RING + ")");
    }

    @Test
    void shouldTakePfRingWhereItsLibraryWorks() {
        captures(context(null, RIGHT, StandIn.library()), BackEnd.PF_RING, "weir1: captured through pf_ring 8.9.0"
            + " (af_xdp: " + AGAINST_XDP + ")");
    }

    @Test
    void shouldTakeWhatIsAskedFor() {
        captures(context(BackEnd.AF_XDP, RIGHT, NO_LIBRARY), BackEnd.AF_XDP,
            "weir1: captured through af_xdp, native mode, copying, 1 queue (as configured)");
        captures(context(BackEnd.PF_RING, RIGHT, StandIn.library()), BackEnd.PF_RING,
            "weir1: captured through pf_ring 8.9.0 (as configured)");
        captures(context(BackEnd.TPACKET_V3, RIGHT, NO_LIBRARY), BackEnd.TPACKET_V3,
            "weir1: captured through tpacket_v3 (as configured)");
    }

    @ParameterizedTest
    @CsvSource({
        "PF_RING, weir1, 'PF_RING on weir1: libpfring-nowhere.so cannot be loaded: install PF_RING, or use backend"
            + " tpacket_v3'",
        "AF_XDP, weir9, \"there is no interface weir9: 'weir interfaces' lists those that exist\"",
        ", weir9, \"there is no interface weir9: 'weir interfaces' lists those that exist\"",
    })
    void shouldRefuseWhatCannotBe(final BackEnd wanted, final String name, final String message) {
        wire.run(() -> {
            final CaptureException e =
                assertThrows(CaptureException.class, () -> LiveCapture.open(context(wanted, name, NO_LIBRARY)));
            assertEquals(message.replace("\"", ""), e.getMessage());
        });
    }

    @Test
    void shouldRefuseAfXdpWhereOwnFramesAreWanted() {
        final LiveContext wrong = new LiveContext(BackEnd.AF_XDP,
            new TpacketContext().interfaceName(RIGHT).ignoreOutgoing(false), new AfXdpContext().interfaceName(RIGHT),
            new PfRingContext().interfaceName(RIGHT));
        assertEquals(CaptureException.Kind.USAGE, assertThrows(CaptureException.class, wrong::conclude).kind());
    }

    @Test
    void shouldNotTakeAnInterfaceThatCannotBeCapturedFrom() {
        final BackEndChoice choice = BackEndChoice.of(new NetworkInterfaces.Entry("weir1", 2, true, true, false, 1500,
            "", "veth", 1, List.of(), Set.of(), "needs CAP_NET_RAW"), true, NO_LIBRARY);
        for (final BackEndChoice.Judgement judgement : choice.judgements()) {
            assertFalse(judgement.works());
            assertEquals("needs CAP_NET_RAW", judgement.reason());
        }
        assertTrue(choice.judgements().size() == BackEnd.values().length);
    }
}
