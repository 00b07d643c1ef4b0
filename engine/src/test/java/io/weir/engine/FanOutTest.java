package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.capture.FrameSource;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a fan-out, fed from memory: whoever captures a frame, its flow's member works on it. */
class FanOutTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BOUND_NS = 60 * SECOND;
    /** Longer than a test takes, so that order never depends on how fast threads are. */
    private static final long BLOCK_TIMEOUT_NS = 3_600 * SECOND;

    private final long memoryBefore = NativeMemory.inUse();

    @AfterEach
    void shouldLeakNothing() {
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void shouldGiveTheRecordsThatItsTeeGives(final int members) throws Exception {
        final List<TimedFrame> trace = trace();
        final RecordList records = new RecordList();
        final TeeList tee = new TeeList();
        final int[] owners = new Random(members).ints(trace.size(), 0, members).toArray();
        final List<MemorySource> sources = spread(trace, members, owners);
        try (Engine engine = new Engine(new EngineContext().members(sources).memberTee(tee).output(records)
            .conclude())) {
            engine.start();
            final long beginNs = System.nanoTime();
            for (int i = 0; i < trace.size(); i++) {
                sources.get(owners[i]).arrive(1);
                while (engine.processedFrames() < i - 1_000) {
                    assertTrue(System.nanoTime() - beginNs < BOUND_NS, "frames wait to be processed");
                    Thread.onSpinWait();
                }
            }
            assertTrue(engine.await(BOUND_NS));
            assertEquals(0, engine.summary().counters().dropped(), engine.summary().ledger().toString());
            assertTrue(engine.summary().ledger().balanced(), engine.summary().ledger().toString());
            assertTrue(engine.summary().counters().get(Counter.FRAMES_HANDED_OVER) > trace.size() / 4);
            assertEquals(engine.summary().frames(), tee.frames().size());
        } finally {
            CloseHelper.closeAll(sources);
        }
        final List<String> again = new ArrayList<>(read(tee.frames()));
        final List<String> more = new ArrayList<>(records.lines);
        more.removeAll(again);
        again.removeAll(records.lines);
        assertEquals(List.of(), again, () -> "live there were " + more);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void shouldGiveTheRecordsOfDispatchWhicheverMemberCapturesWhat(final int members) throws Exception {
        final List<TimedFrame> trace = trace();
        final RecordList records = new RecordList();
        final Random random = new Random(members);
        final int[] owners = random.ints(trace.size(), 0, members).toArray();
        final List<MemorySource> sources = spread(trace, members, owners);
        try (Engine engine = new Engine(new EngineContext().members(sources).output(records).conclude())) {
            for (int i = 0; i < trace.size(); i++) {
                sources.get(owners[i]).arrive(1);
                if (i % 16 == 0) {
                    engine.inspectingAgents().get(random.nextInt(members)).doWork();
                }
            }
            end(engine);
            assertEquals(trace.size(), engine.progress().counters().get(Counter.FRAMES_PROCESSED));
            assertEquals(0, engine.progress().counters().get(Counter.TCP_GAPS));
        } finally {
            CloseHelper.closeAll(sources);
        }
        assertEquals(withoutStamps(read(trace)), withoutStamps(records.lines));
    }

    @Test
    void shouldAllocateNothingForAFrame() throws Exception {
        final List<TimedFrame> trace = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            trace.addAll(trace());
        }
        final List<MemorySource> sources = spread(trace, 2, new Random(2));
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Engine engine = new Engine(new EngineContext().members(sources).watched(true).conclude())) {
            long before = 0;
            for (int arrived = 0; arrived < trace.size() - 4_000; arrived += 64) {
                sources.get(0).arrive(32);
                sources.get(1).arrive(32);
                before = arrived < trace.size() / 2 ? threads.getCurrentThreadAllocatedBytes() : before;
                engine.inspectingAgents().get(0).doWork();
                engine.inspectingAgents().get(1).doWork();
            }
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 256 * 1024, "allocated " + allocated + " bytes");
            sources.forEach(source -> source.arrive(trace.size()));
            end(engine);
        } finally {
            CloseHelper.closeAll(sources);
        }
    }

    @Test
    void shouldTakeFramesInOnceAllMembersRun() throws Exception {
        final List<TimedFrame> trace = now(FragmentedTraceTest.trace(1));
        final List<MemorySource> sources = spread(trace, 2, new Random(1));
        sources.forEach(source -> source.arrive(trace.size()));
        try (Engine engine = new Engine(new EngineContext().members(sources).conclude())) {
            final List<Agent> agents = engine.inspectingAgents();
            for (int i = 0; i < 10; i++) {
                agents.get(0).doWork();
            }
            assertEquals(0, engine.progress().counters().get(Counter.FRAMES_DISPATCHED));
            agents.get(1).doWork();
            agents.get(0).doWork();
            assertTrue(engine.progress().counters().get(Counter.FRAMES_DISPATCHED) > 0);
            end(engine);
            assertEquals(trace.size(), engine.progress().counters().get(Counter.FRAMES_PROCESSED));
        } finally {
            CloseHelper.closeAll(sources);
        }
    }

    @Test
    void shouldCountWhatAMemberThatStandsStillCannotBeHandedAndGoOnCapturing() throws Exception {
        final List<TimedFrame> flow = new ArrayList<>();
        final long nowNs = System.currentTimeMillis() * 1_000_000;
        for (int i = 0; i < 40_000; i++) {
            flow.add(new TimedFrame(nowNs + i, PacketBuilder.ethernet().ipv4("192.0.2." + (1 + i % 200), "198.51.100.2")
                .udp(5_000, 9).payload(4).build()));
        }
        // Everything comes to the first member, and most of it goes to the other.
        final List<MemorySource> sources =
            List.of(new MemorySource(flow, 16, 32, true), new MemorySource(List.of(), 16, 32, true));
        sources.get(0).arrive(flow.size());
        try (Engine engine = new Engine(new EngineContext().members(sources).conclude())) {
            final List<Agent> agents = engine.inspectingAgents();
            agents.get(0).doWork();
            agents.get(1).doWork();
            while (engine.progress().counters().get(Counter.FRAMES_DISPATCHED) < flow.size()) {
                agents.get(0).doWork();
            }
            final long lost = engine.progress().counters().get(Counter.DROP_HAND_OVER_FULL);
            assertTrue(lost > 1_000, "lost " + lost);
            end(engine);
            assertEquals(flow.size(), lost + engine.progress().counters().get(Counter.FRAMES_PROCESSED));
        } finally {
            CloseHelper.closeAll(sources);
        }
    }

    @Test
    void shouldNotStandStillWhenTwoMembersAreFullTowardsEachOther() throws Exception {
        final List<List<TimedFrame>> flows = List.of(new ArrayList<>(), new ArrayList<>());
        final long nowNs = System.currentTimeMillis() * 1_000_000;
        for (int i = 0; i < 60_000; i++) {
            flows.get(i % 2).add(new TimedFrame(nowNs + i, PacketBuilder.ethernet()
                .ipv4("192.0.2." + (1 + i % 200), "198.51.100.2").udp(5_000, 9).payload(4).build()));
        }
        final List<MemorySource> sources = flows.stream().map(flow -> new MemorySource(flow, 16, 32, true)).toList();
        sources.forEach(source -> source.arrive(60_000));
        try (Engine engine = new Engine(new EngineContext().members(sources).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
            assertTrue(engine.summary().ledger().balanced(), engine.summary().ledger().toString());
        } finally {
            CloseHelper.closeAll(sources);
        }
    }

    /** Steps members in turn until all have ended. */
    private static void end(final Engine engine) throws Exception {
        final Set<Agent> ended = new HashSet<>();
        for (int i = 0; i < 1_000_000 && ended.size() < engine.inspectingAgents().size(); i++) {
            for (final Agent agent : engine.inspectingAgents()) {
                if (!ended.contains(agent)) {
                    try {
                        agent.doWork();
                    } catch (final AgentTerminationException e) {
                        ended.add(agent);
                    }
                }
            }
            engine.aggregator().doWork();
        }
        assertEquals(engine.inspectingAgents().size(), ended.size(), "members did not end");
    }

    /** The same frames, stamped from now on. */
    private static List<TimedFrame> now(final List<TimedFrame> trace) {
        final long shiftNs = System.currentTimeMillis() * 1_000_000 - trace.get(0).timestampNs();
        return new ArrayList<>(trace.stream()
            .map(frame -> new TimedFrame(frame.timestampNs() + shiftNs, frame.bytes())).toList());
    }

    /** Fragments of segments and of tunnels, and connections without. */
    private static List<TimedFrame> trace() {
        final List<TimedFrame> trace = now(FragmentedTraceTest.trace(3));
        for (int f = 0; f < 200; f++) {
            trace.add(new TimedFrame(trace.get(trace.size() - 1).timestampNs() + 1_000, PacketBuilder.ethernet()
                .ipv4("192.0.2." + (1 + f % 50), "198.51.100.2").tcp(1_000 + f, 443).seq(f).ack(1)
                .flags(f % 3 == 0 ? TcpFlags.SYN : TcpFlags.ACK).payload(f).build()));
        }
        return trace;
    }

    private static List<MemorySource> spread(final List<TimedFrame> trace, final int members, final Random random) {
        return spread(trace, members, random.ints(trace.size(), 0, members).toArray());
    }

    /** A source for each member, of the frames that are its own. */
    private static List<MemorySource> spread(final List<TimedFrame> trace, final int members, final int[] owners) {
        final List<List<TimedFrame>> shares = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < owners.length; i++) {
            shares.get(owners[i]).add(trace.get(i));
        }
        return shares.stream().map(share -> new MemorySource(share, 256, 32, true).blockTimeoutNs(BLOCK_TIMEOUT_NS))
            .toList();
    }

    private static List<String> read(final List<TimedFrame> trace) throws Exception {
        final RecordList records = new RecordList();
        try (FrameSource source = new MemorySource(trace, 16, 32, false);
            Engine engine = new Engine(new EngineContext().source(source).workers(2).output(records).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
        }
        return records.lines;
    }

    /** Which fragment is the last of a datagram depends on who had to be handed what. */
    private static List<String> withoutStamps(final List<String> lines) {
        return lines.stream().map(line -> line.substring(line.indexOf(' ')).replaceAll(" \\d+-\\d+ ", " ")).sorted()
            .toList();
    }
}
