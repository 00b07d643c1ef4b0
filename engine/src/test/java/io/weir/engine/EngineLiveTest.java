package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.capture.FrameFeed;
import io.weir.capture.VethPair;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.output.Summary;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole engine behind a kernel ring, over a veth pair in a namespace of its own. */
class EngineLiveTest {
    private static final long BOUND_NS = 30_000_000_000L;
    private static final int FRAME_BYTES = 200;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldInspectEveryFrameThatWasSentAndBalanceTheLedger(final int workers) {
        wire.run(() -> {
            try (TpacketSource source = open(); FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
                final RecordList records = new RecordList();
                try (Engine engine = start(source, workers, records)) {
                    final long sent = feed.sendNumbered(20_000, FRAME_BYTES);
                    waitFor(() -> processed(engine) == sent, "frames processed");
                    final Summary summary = stop(engine);
                    assertEquals(sent, summary.frames());
                    assertEquals(sent * FRAME_BYTES, summary.bytes());
                    assertTrue(summary.ledger().balanced(), summary.ledger().toString());
                    assertEquals(0, summary.counters().dropped());
                    assertEquals(1, records.lines.size());
                }
            }
        });
    }

    @Test
    void shouldEndWithinABoundWhileFramesKeepComing() {
        wire.run(() -> {
            try (TpacketSource source = open();
                FrameFeed feed = new FrameFeed(VethPair.LEFT);
                Engine engine = start(source, 1, new RecordList())) {
                feed.sendNumbered(1_000, FRAME_BYTES);
                waitFor(() -> processed(engine) > 0, "a frame processed");
                engine.stop();
                feed.sendNumbered(20_000, FRAME_BYTES);
                assertTrue(engine.await(BOUND_NS));
                final Summary summary = engine.summary();
                assertTrue(summary.ledger().balanced(), summary.ledger().toString());
            }
        });
    }

    @Test
    void shouldGoOnWhenTheInterfaceWasDownForAWhile() {
        wire.run(() -> {
            try (TpacketSource source = open();
                FrameFeed feed = new FrameFeed(VethPair.LEFT);
                Engine engine = start(source, 1, new RecordList())) {
                final long before = feed.sendNumbered(500, FRAME_BYTES);
                waitFor(() -> processed(engine) == before, "frames before");
                wire.ip("link", "set", VethPair.RIGHT, "down");
                wire.ip("link", "set", VethPair.RIGHT, "up");
                waitFor(() -> {
                    feed.sendNumbered(10, FRAME_BYTES);
                    return processed(engine) > before;
                }, "frames after");
                final Summary summary = stop(engine);
                assertTrue(summary.ledger().balanced(), summary.ledger().toString());
            }
        });
    }

    @Test
    void shouldGoOnWhenTheInterfaceWasRemovedAndMadeAgainUnderLoad() {
        wire.run(() -> {
            try (TpacketSource source = open(); Engine engine = start(source, 2, new RecordList())) {
                final long before;
                try (FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
                    before = feed.sendNumbered(5_000, FRAME_BYTES);
                    wire.ip("link", "del", VethPair.LEFT);
                }
                wire.addVeth();
                final long gone = processed(engine);
                assertTrue(gone <= before);
                try (FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
                    waitFor(() -> {
                        feed.sendNumbered(10, FRAME_BYTES);
                        return processed(engine) > before;
                    }, "frames after the interface came back");
                }
                final Summary summary = stop(engine);
                assertTrue(summary.ledger().balanced(), summary.ledger().toString());
                assertTrue(summary.capture().damages.stream()
                    .anyMatch(damage -> damage.where().contains(VethPair.RIGHT)), "the interruption was not reported");
            }
        });
    }

    private static TpacketSource open() {
        return new TpacketSource(new TpacketContext().interfaceName(VethPair.RIGHT)
            .blockBytes(256 << 10).blockCount(64).blockTimeoutMs(2).conclude());
    }

    private static Engine start(final TpacketSource source, final int workers, final RecordList records)
        throws Exception {
        final Engine engine = new Engine(new EngineContext().source(source).workers(workers).output(records)
            .idleStrategy(() -> YieldingIdleStrategy.INSTANCE).conclude());
        engine.start();
        return engine;
    }

    private static long processed(final Engine engine) {
        return engine.progress().counters().get(Counter.FRAMES_PROCESSED);
    }

    private static Summary stop(final Engine engine) throws Exception {
        engine.stop();
        assertTrue(engine.await(BOUND_NS), "the engine did not end");
        return engine.summary();
    }

    private static void waitFor(final BooleanSupplier condition, final String what) {
        final long deadlineNs = System.nanoTime() + BOUND_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited in vain for " + what);
            LockSupport.parkNanos(200_000);
        }
    }
}
