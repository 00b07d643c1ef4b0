package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.event.AnomalyEvent;
import io.weir.flow.Toeplitz;
import io.weir.output.Summary;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a live engine leaves out when its workers do not keep up, and what it does about elephants. */
class OverloadTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final int RING = 1_024;
    private static final int BULK = 100;

    private final List<TimedFrame> trace = new ArrayList<>();
    private long memoryBefore;

    @BeforeEach
    void remember() {
        memoryBefore = NativeMemory.inUse();
    }

    @AfterEach
    void shouldLeakNothing() {
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private void add(final byte[] frame) {
        trace.add(new TimedFrame(START + trace.size() * 1_000L, frame));
    }

    /** A datagram of a flow whose content nobody recognises, so that it is not looked at for long. */
    private void bulk() {
        add(PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(40_000, 40_001).payload(BULK).build());
    }

    /** A frame without payload between the same endpoints, which goes to the same worker. */
    private void talk(final int flags) {
        add(PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").tcp(40_000, 40_001).seq(1).ack(1).flags(flags)
            .build());
    }

    private void stranger(final int number) {
        add(PacketBuilder.ethernet().ipv4("192.0.2.3", "198.51.100.1").udp(1_024 + number, 53).payload(BULK).build());
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

    private static long count(final Engine engine, final Counter counter) {
        return engine.progress().counters().get(counter);
    }

    @Test
    void shouldLeaveOutWhatIsMissedLeastBeforeARingIsFull() throws Exception {
        for (int i = 0; i < 400; i++) {
            bulk();
            talk(TcpFlags.ACK);
        }
        final int before = trace.size();
        for (int i = 0; i < 4 * RING; i++) {
            bulk();
            talk(TcpFlags.ACK);
            stranger(i);
        }
        try (MemorySource source = new MemorySource(trace, 1_024, 16, true);
            Engine engine = new Engine(new EngineContext().source(source).workers(2).output(new RecordList())
                .toeplitzKey(Toeplitz.symmetricKey()).workerRingSize(RING).conclude())) {
            final Set<Agent> ended = new HashSet<>();
            final List<Agent> agents = engine.inspectingAgents();
            for (int arrived = 0; arrived < before; arrived += 40) {
                source.arrive(40);
                for (final Agent agent : agents) {
                    step(agent, ended);
                }
            }
            assertEquals(before, count(engine, Counter.FRAMES_PROCESSED));
            boolean settledFirst = false;
            while (count(engine, Counter.DROP_RING_FULL) == 0 && !source.isExhausted()) {
                source.arrive(30);
                step(agents.get(0), ended);
                settledFirst |= count(engine, Counter.DROP_OVERLOAD_SETTLED) > 0
                    && count(engine, Counter.DROP_OVERLOAD_NEW) == 0;
            }
            assertTrue(settledFirst, "payload nobody looks at goes first");
            final long settled = count(engine, Counter.DROP_OVERLOAD_SETTLED);
            final long strangers = count(engine, Counter.DROP_OVERLOAD_NEW);
            assertTrue(settled > 0 && strangers > 0, settled + " and " + strangers);
            assertTrue(count(engine, Counter.DROP_RING_FULL) > 0, "a ring is full in the end all the same");
            while (ended.size() < agents.size()) {
                source.arrive(30);
                for (final Agent agent : agents) {
                    step(agent, ended);
                }
            }
            final Summary summary = engine.summary();
            assertTrue(summary.ledger().balanced(), summary.ledger().toString());
            assertEquals(0, summary.counters().get(Counter.DROP_KERNEL), "capture was never held up");
        }
    }

    private static final class AnomalyNames extends RecordList {
        private final List<String> names = new ArrayList<>();

        @Override
        public void anomaly(final AnomalyEvent event) {
            names.add(event.anomaly().eventName());
        }
    }

    /** Runs a large transfer beside many small ones, over one worker; returns what was reported. */
    private List<String> runElephant(final ElephantPolicy policy, final boolean live, final List<Long> counts)
        throws Exception {
        final byte[] large = PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(443, 40_001)
            .payload(60_000).build();
        for (int i = 0; i < 600; i++) {
            add(large);
            stranger(i);
            stranger(i);
        }
        final AnomalyNames records = new AnomalyNames();
        try (MemorySource source = new MemorySource(trace, 64, 1, live);
            Engine engine = new Engine(new EngineContext().source(source).output(records)
                .elephants(policy, 10).conclude())) {
            final Set<Agent> ended = new HashSet<>();
            while (ended.isEmpty()) {
                source.arrive(30);
                step(engine.inspectingAgents().get(0), ended);
            }
            engine.aggregator().finish();
            for (int i = 0; i < 100; i++) {
                step(engine.aggregator(), ended);
            }
            counts.add(count(engine, Counter.FLOWS_ELEPHANT));
            counts.add(count(engine, Counter.FLOWS_CUT_OFF));
            assertTrue(engine.summary().ledger().balanced());
            assertEquals(trace.size(), engine.summary().frames());
        }
        return records.names;
    }

    @Test
    void shouldReportAnElephantOnceAndCutItOffIfToldTo() throws Exception {
        final List<Long> counts = new ArrayList<>();
        assertEquals(List.of("stream.elephant"), runElephant(ElephantPolicy.REPORT, true, counts));
        assertEquals(List.of("stream.elephant"), runElephant(ElephantPolicy.CUT_OFF, true, counts));
        assertEquals(List.of(1L, 0L, 1L, 1L), counts);
    }

    @Test
    void shouldLookForNoElephantsInFilesNorWhenToldNotTo() throws Exception {
        final List<Long> counts = new ArrayList<>();
        assertEquals(List.of(), runElephant(ElephantPolicy.CUT_OFF, false, counts));
        assertEquals(List.of(), runElephant(ElephantPolicy.OFF, true, counts));
        assertEquals(List.of(0L, 0L, 0L, 0L), counts);
    }

    @Test
    void shouldFindTheHeaviestOfMoreFlowsThanItHasPlacesFor() {
        final HeavyFlows heavy = new HeavyFlows();
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            heavy.add(i, i * 77L, 100);
            if (i % 5 == 0) {
                most = heavy.add(123_456, 7, 100);
            }
        }
        assertTrue(most > 190_000 && most <= 200_000, "has 200,000 bytes: " + most);
        assertEquals(1_200_000, heavy.total());
    }
}
