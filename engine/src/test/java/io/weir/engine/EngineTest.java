package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.event.FlowEvent;
import io.weir.output.Summary;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;
    private static final long BOUND_NS = 60 * SECOND;

    private static final int SMALL_RING = 1 << 18;
    /** So many that their records at the end do not fit {@link #SMALL_RING}. */
    private static final int FLOWS_AT_THE_END = 3_000;

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
    void shouldGiveTheSameRecordsInTheSameOrderFromOneTwoAndFourWorkers() throws Exception {
        final List<TimedFrame> trace = mixedTrace(20_000, 11);
        final List<String> one = runThreads(trace, 1);
        assertTrue(one.size() > 500, "too few flows to tell: " + one.size());
        assertEquals(one, runThreads(trace, 2));
        assertEquals(one, runThreads(trace, 4));
    }

    @Test
    void shouldCountEveryFrameOnceAndReportItAtTheEnd() throws Exception {
        final List<TimedFrame> trace = mixedTrace(5_000, 3);
        final RecordList records = new RecordList();
        try (MemorySource source = new MemorySource(trace, 4, 16, false);
            Engine engine = new Engine(context(source, 2, records).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
            final Summary summary = engine.summary();
            assertEquals(5_000, summary.frames());
            assertTrue(summary.ledger().balanced());
            assertEquals(0, summary.lostFrames());
            assertTrue(records.last.last());
            assertEquals(records.lines.size(), summary.flows().flows());
        }
    }

    @Test
    void shouldCountTheSameOnOneThreadWhereNothingTakesRecords() throws Exception {
        final List<TimedFrame> trace = mixedTrace(20_000, 11);
        final long lastNs = trace.get(trace.size() - 1).timestampNs();
        for (int i = 0; i < FLOWS_AT_THE_END; i++) {
            trace.add(new TimedFrame(lastNs,
                PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(1_024 + i, 9).payload(20).build()));
        }
        final Summary handedOut = summary(trace, true);
        final Summary counted = summary(trace, false);
        assertEquals(handedOut.frames(), counted.frames());
        for (final Counter counter : Counter.values()) {
            assertEquals(handedOut.counters().get(counter), counted.counters().get(counter), counter.name());
        }
        assertEquals(handedOut.flows().rows(), counted.flows().rows());
    }

    private static Summary summary(final List<TimedFrame> trace, final boolean output) throws Exception {
        final EngineContext context = new EngineContext().eventRingBytes(SMALL_RING);
        if (output) {
            context.output(new RecordList());
        }
        try (MemorySource source = new MemorySource(trace, 4, 16, false);
            Engine engine = new Engine(context.source(source).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
            assertEquals(output ? 2 : 1, engine.reading().threads().size());
            return engine.summary();
        }
    }

    @Test
    void shouldEndWithTheFailureOfTheThreadThatDoesEverything() throws Exception {
        final IllegalStateException defect = new IllegalStateException("a defect");
        try (MemorySource source = new MemorySource(mixedTrace(1_000, 13), 4, 16, false);
            Engine engine = new Engine(new EngineContext().source(source).tee(frame -> {
                throw defect;
            }).conclude())) {
            engine.start();
            final EngineException failure = assertThrows(EngineException.class, () -> engine.await(BOUND_NS));
            assertSame(defect, failure.getCause());
        }
    }

    @Test
    void shouldLetOtherWorkersGoOnWhileOneStandsStillLive() throws Exception {
        final List<TimedFrame> trace = mixedTrace(30_000, 5);
        final RecordList records = new RecordList();
        try (MemorySource source = new MemorySource(trace, 8, 16, true);
            Engine engine = new Engine(context(source, 2, records).workerRingSize(1024).conclude())) {
            final List<Agent> agents = engine.inspectingAgents();
            final Set<Agent> ended = new HashSet<>();
            final Agent intake = agents.get(0);
            final Agent working = agents.get(1);
            final Agent still = agents.get(2);
            for (int i = 0; i < 10_000 && !source.isExhausted(); i++) {
                source.arrive(24);
                step(intake, ended);
                step(working, ended);
            }
            assertTrue(source.isExhausted(), "capture did not go on");
            final long whileStill = engine.progress().counters().get(Counter.FRAMES_PROCESSED);
            assertTrue(whileStill > 10_000, "the other worker starved: " + whileStill);
            for (int i = 0; i < 10_000 && ended.size() < 3; i++) {
                step(intake, ended);
                step(working, ended);
                step(still, ended);
            }
            assertEquals(3, ended.size());
            final Summary summary = engine.summary();
            assertTrue(summary.ledger().balanced(), summary.ledger().toString());
            assertTrue(summary.counters().get(Counter.DROP_WORKER_LATE) > 0);
            assertTrue(summary.counters().get(Counter.DROP_RING_FULL) > 0);
            assertEquals(0, summary.counters().get(Counter.DROP_KERNEL));
        }
    }

    @Test
    void shouldWaitForASlowWorkerOffline() throws Exception {
        final List<TimedFrame> trace = mixedTrace(10_000, 9);
        final RecordList records = new RecordList();
        try (MemorySource source = new MemorySource(trace, 4, 16, false);
            Engine engine = new Engine(context(source, 2, records).workerRingSize(1024).conclude())) {
            final List<Agent> agents = engine.inspectingAgents();
            final Set<Agent> ended = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                step(agents.get(0), ended);
                step(agents.get(1), ended);
            }
            assertTrue(engine.progress().counters().get(Counter.FRAMES_DISPATCHED) < 2_000, "nothing waited");
            for (int i = 0; i < 100_000 && ended.size() < 3; i++) {
                for (final Agent agent : agents) {
                    step(agent, ended);
                }
            }
            final Summary summary = engine.summary();
            assertEquals(10_000, summary.frames());
            assertEquals(0, summary.counters().dropped());
        }
    }

    @Test
    void shouldEndWithTheFailureWhenAnOutputFailsWhileWorkersWaitForRoom() throws Exception {
        final List<TimedFrame> trace = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            trace.add(new TimedFrame(START + i, PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1")
                .udp(1 + i, 53).build()));
        }
        final IllegalStateException defect = new IllegalStateException("a defect");
        final RecordList failing = new RecordList() {
            @Override
            public void flow(final FlowEvent event) {
                throw defect;
            }
        };
        try (MemorySource source = new MemorySource(trace, 4, 64, false);
            Engine engine = new Engine(context(source, 2, failing).eventRingBytes(1 << 18).conclude())) {
            engine.start();
            final EngineException failure = assertThrows(EngineException.class, () -> engine.await(BOUND_NS));
            assertSame(defect, failure.getCause());
        }
    }

    @Test
    void shouldHoldNoMemoryWhenTheLatencyLogCannotBeCreated() {
        try (MemorySource source = new MemorySource(List.of(), 2, 2, false)) {
            final EngineContext context = context(source, 2, new RecordList())
                .latencyLog(Path.of("/nonexistent/latency.hlog")).conclude();
            assertThrows(IOException.class, () -> new Engine(context));
        }
    }

    @Test
    void shouldAllocateNothingPerFrame() throws Exception {
        final List<TimedFrame> trace = mixedTrace(2_000, 21);
        final List<TimedFrame> longTrace = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            longTrace.addAll(trace);
        }
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        for (final int workers : new int[] {1, 2}) {
            final RecordList records = new RecordList();
            try (MemorySource source = new MemorySource(longTrace, 4, 16, false);
                Engine engine = new Engine(context(source, workers, records).latency(true).conclude())) {
                final Set<Agent> ended = new HashSet<>();
                final List<Agent> agents = engine.inspectingAgents();
                long allocated = 0;
                long frames = 0;
                while (ended.size() < agents.size()) {
                    final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                    for (int i = 0; i < 256; i++) {
                        for (int k = 0; k < agents.size(); k++) {
                            step(agents.get(k), ended);
                        }
                    }
                    final long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                    final long now = engine.progress().counters().get(Counter.FRAMES_PROCESSED);
                    if (frames > 100_000 && ended.isEmpty()) {
                        allocated += after - before;
                    }
                    frames = now;
                    drain(engine);
                }
                assertEquals(longTrace.size(), frames);
                assertTrue(allocated < 16 * 1024, workers + " workers allocated " + allocated + " bytes");
            }
        }
    }

    private static void drain(final Engine engine) {
        for (int i = 0; i < 10_000 && engine.aggregator().doWork() > 0; i++) {
            Thread.onSpinWait();
        }
    }

    private static void step(final Agent agent, final Set<Agent> ended) throws Exception {
        if (!ended.contains(agent)) {
            try {
                agent.doWork();
            } catch (final AgentTerminationException e) {
                ended.add(agent);
            }
        }
    }

    private static List<String> runThreads(final List<TimedFrame> trace, final int workers) throws Exception {
        final RecordList records = new RecordList();
        try (MemorySource source = new MemorySource(trace, 8, 64, false);
            Engine engine = new Engine(context(source, workers, records).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
            assertTrue(engine.summary().ledger().balanced());
        }
        return records.lines;
    }

    private static EngineContext context(final MemorySource source, final int workers, final RecordList records) {
        return new EngineContext().source(source).workers(workers).output(records);
    }

    /** TCP, UDP and ICMP flows in disorder, some of which pause beyond their time-outs. */
    private static List<TimedFrame> mixedTrace(final int count, final long seed) {
        final Random random = new Random(seed);
        final List<TimedFrame> frames = new ArrayList<>();
        long nowNs = START;
        for (int i = 0; i < count; i++) {
            nowNs += random.nextInt(1000) == 0 ? random.nextInt(120) * SECOND : random.nextInt(10_000_000);
            final int client = random.nextInt(200);
            final String clientAddress = "192.0.2." + (1 + client % 250);
            final String serverAddress = "198.51.100." + (1 + client % 7);
            final boolean back = random.nextInt(3) == 0;
            final PacketBuilder ip = PacketBuilder.ethernet()
                .ipv4(back ? serverAddress : clientAddress, back ? clientAddress : serverAddress);
            final int port = 20_000 + client * 3 + random.nextInt(2);
            final byte[] bytes = switch (random.nextInt(4)) {
                case 0 -> ip.udp(back ? 53 : port, back ? port : 53).payload(random.nextInt(200)).build();
                case 1 -> ip.icmp(back ? 0 : 8, 0, client << 16).payload(32).build();
                default -> ip.tcp(back ? 80 : port, back ? port : 80).seq(i * 100L).ack(1)
                    .flags(random.nextInt(20) == 0 ? TcpFlags.SYN : TcpFlags.ACK).payload(random.nextInt(300)).build();
            };
            frames.add(new TimedFrame(nowNs, bytes));
        }
        return frames;
    }
}
