package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.output.Summary;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run whose only thread does everything, ended before its trace. */
class CompleteAgentTest {
    private static final int FRAMES = 20_000;
    private static final int MIDDLE = FRAMES / 3;
    private static final int SMALL_RING = 1 << 18;
    private static final int MOST_CYCLES = 10 * FRAMES;

    private long memoryBefore;

    @BeforeEach
    void remember() {
        memoryBefore = NativeMemory.inUse();
    }

    @AfterEach
    void shouldLeakNothing() {
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    @Test
    void shouldCountWhatWasTakenInWhereItIsStopped() throws Exception {
        for (final boolean latency : new boolean[] {false, true}) {
            try (MemorySource source = new MemorySource(trace(), 4, 16, false);
                Engine engine = new Engine(context(source).latency(latency).conclude())) {
                final Agent agent = new CompleteAgent(engine.inspectingAgents().get(0), engine.aggregator());
                agent.onStart();
                while (engine.processedFrames() < MIDDLE) {
                    agent.doWork();
                }
                engine.stop();
                finish(agent);
                agent.onClose();
                final Summary summary = engine.summary();
                assertTrue(summary.frames() >= MIDDLE && summary.frames() < FRAMES, () -> summary.frames() + " frames");
                assertTrue(summary.ledger().balanced());
                assertEquals(0, summary.lostFrames());
                assertEquals(summary.frames(), summary.flows().frames());
            }
        }
    }

    private static void finish(final Agent agent) throws Exception {
        try {
            for (int i = 0; i < MOST_CYCLES; i++) {
                agent.doWork();
            }
        } catch (final AgentTerminationException e) {
            return;
        }
        throw new AssertionError("the run did not end");
    }

    /** Its memory is freed once its thread has ended: what the thread still does then would end the process. */
    @Test
    void shouldEndItsThreadBeforeItsMemoryIsFreedWhereItIsClosed() throws Exception {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch closing = new CountDownLatch(1);
        final Thread[] worker = new Thread[1];
        final long[] taken = new long[1];
        try (MemorySource source = new MemorySource(trace(), 4, 16, false);
            Engine engine = new Engine(context(source).tee(frame -> {
                if (++taken[0] == MIDDLE) {
                    worker[0] = Thread.currentThread();
                    reached.countDown();
                    awaitUnchecked(closing);
                }
            }).conclude())) {
            engine.start();
            reached.await();
            closing.countDown();
        }
        assertTrue(!worker[0].isAlive());
        assertTrue(taken[0] >= MIDDLE);
    }

    private static void awaitUnchecked(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EngineContext context(final MemorySource source) {
        return new EngineContext().source(source).eventRingBytes(SMALL_RING);
    }

    /** Many short flows, of which some end, a frame each millisecond. */
    private static List<TimedFrame> trace() {
        final Random random = new Random(7);
        final List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            final PacketBuilder ip = PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1");
            final int port = 1_024 + random.nextInt(4_000);
            frames.add(new TimedFrame(1_700_000_000_000_000_000L + i * 1_000_000L, random.nextBoolean()
                ? ip.udp(port, 9).payload(random.nextInt(200)).build()
                : ip.tcp(port, 80).seq(i).flags(random.nextInt(9) == 0 ? TcpFlags.RST : TcpFlags.SYN).build()));
        }
        return frames;
    }
}
