package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import io.weir.reassembly.fragment.FragmentContext;
import io.weir.reassembly.fragment.Fragmented;
import io.weir.stats.CounterTotals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fragmented and tunnelled TCP through the whole engine, with as little room for rebuilt datagrams as there can be. */
class FragmentedTraceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;
    private static final long BOUND_NS = 60 * SECOND;
    private static final int FLOWS = 40;
    private static final int SEGMENTS = 25;
    private static final int INITIAL = 1_000;

    private final long memoryBefore = NativeMemory.inUse();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    @AfterEach
    void shouldLeakNothing() {
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    @Test
    void shouldGiveTheSameRecordsAndTheSentBytesFromOneTwoAndFourWorkers() throws Exception {
        final List<TimedFrame> trace = trace(1);
        List<String> first = null;
        for (final int workers : new int[] {1, 2, 4}) {
            delivered.set(0);
            final RecordList records = new RecordList();
            try (MemorySource source = new MemorySource(trace, 16, 32, false);
                Engine engine = new Engine(context(source, workers, records).conclude())) {
                engine.start();
                assertTrue(engine.await(BOUND_NS));
                assertTrue(engine.summary().ledger().balanced());
                assertEquals(trace.size(), engine.summary().frames());
                final CounterTotals counters = engine.summary().counters();
                assertEquals(0, counters.get(Counter.IP_DATAGRAMS_BUFFER_FULL));
                assertEquals(0, counters.get(Counter.IP_FRAGMENTS_WITHOUT_FLOW));
                assertEquals(0, counters.get(Counter.IP_DATAGRAMS_UNFINISHED));
                assertEquals(0, counters.get(Counter.TCP_GAPS));
            }
            assertEquals(0, wrong.get());
            assertEquals(sent(1), delivered.get());
            assertEquals(FLOWS, records.lines.size());
            first = first == null ? records.lines : first;
            assertEquals(first, records.lines);
        }
    }

    @Test
    void shouldCountWhatFindsNoRoomLiveAndLoseNothingElse() throws Exception {
        final List<TimedFrame> trace = trace(2);
        try (MemorySource source = new MemorySource(trace, 128, 40, true);
            Engine engine = new Engine(context(source, 2, new RecordList()).conclude())) {
            final List<Agent> agents = engine.inspectingAgents();
            final Set<Agent> ended = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                source.arrive(100);
                step(agents.get(0), ended);
            }
            // the workers stand still, so that no block comes back
            assertTrue(engine.progress().counters().get(Counter.IP_DATAGRAMS_BUFFER_FULL) > 0);
            assertEquals(0, engine.progress().counters().get(Counter.FRAMES_PROCESSED));
            for (int i = 0; i < 100_000 && ended.size() < 3; i++) {
                source.arrive(10);
                for (final Agent agent : agents) {
                    step(agent, ended);
                }
                engine.aggregator().doWork();
            }
            assertEquals(3, ended.size());
            assertTrue(engine.summary().ledger().balanced());
            assertTrue(engine.summary().counters().get(Counter.IP_DATAGRAMS_REBUILT) > 100);
            assertEquals(0, wrong.get());
        }
    }

    private EngineContext context(final MemorySource source, final int workers, final RecordList records) {
        return new EngineContext().source(source).workers(workers).workerRingSize(1024).output(records)
            .fragments(new FragmentContext().memoryBytes(FragmentContext.MEMORY_BYTES_MIN))
            .streamSinks((worker, flows, events, counters) -> new Comparison());
    }

    /** Compares each byte with the one that was sent. */
    private final class Comparison implements StreamSink {
        @Override
        public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
            final long streamOffset, final long timestampNs) {
            for (int i = 0; i < length; i++) {
                if (buffer.getByte(offset + i) != content(streamOffset + i)) {
                    wrong.incrementAndGet();
                }
            }
            delivered.addAndGet(length);
        }

        @Override
        public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
            // Counted by the engine.
        }

        @Override
        public void end(final long stream, final StreamEnd reason, final long timestampNs) {
            // Nothing to end.
        }
    }

    private static byte content(final long offset) {
        return (byte) (offset * 31 + (offset >>> 8) * 7);
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

    private static long sent(final int seed) {
        final Random random = new Random(seed);
        long bytes = 0;
        for (int i = 0; i < FLOWS * SEGMENTS; i++) {
            bytes += length(random);
        }
        return bytes;
    }

    private static int length(final Random random) {
        return 100 + random.nextInt(12_000);
    }

    /** Segments far longer than a frame, in flows that take turns; frames close to each other change places. */
    static List<TimedFrame> trace(final int seed) {
        final Random lengths = new Random(seed);
        final Random random = new Random(seed + 100L);
        final List<byte[]> packets = new ArrayList<>();
        final long[] next = new long[FLOWS];
        for (int flow = 0; flow < FLOWS; flow++) {
            packets.add(Fragmented.ethernet(segment(flow, INITIAL - 1, TcpFlags.SYN, new byte[0])));
        }
        final List<byte[]> swapped = new ArrayList<>();
        for (int i = 0; i < FLOWS * SEGMENTS; i++) {
            final int flow = i % FLOWS;
            final byte[] data = new byte[length(lengths)];
            for (int k = 0; k < data.length; k++) {
                data[k] = content(next[flow] + k);
            }
            final byte[] segment = segment(flow, INITIAL + next[flow], TcpFlags.ACK, data);
            next[flow] += data.length;
            swapped.addAll(frames(flow, i, segment));
            if (i % 4 == 3) {
                Collections.shuffle(swapped, random);
                packets.addAll(swapped);
                swapped.clear();
            }
        }
        final List<TimedFrame> trace = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            trace.add(new TimedFrame(START + i * 100_000L, packets.get(i)));
        }
        return trace;
    }

    private static byte[] segment(final int flow, final long sequence, final int flags, final byte[] data) {
        final PacketBuilder ip = flow % 2 == 0 ? PacketBuilder.raw().ipv4("192.0.2." + (1 + flow), "198.51.100.1")
            : PacketBuilder.raw().ipv6("2001:db8::" + (1 + flow), "2001:db8:1::1");
        final byte[] packet = ip.tcp(20_000 + flow, 80).seq(sequence).ack(1).flags(flags).payload(data).build();
        return data.length == 0 && flow % 4 > 1 ? tunnel(packet) : packet;
    }

    /** Half of the flows run through a tunnel whose packets are fragments too. */
    private static List<byte[]> frames(final int flow, final int id, final byte[] segment) {
        final List<byte[]> frames = new ArrayList<>();
        int outer = id * 100;
        for (final byte[] piece : Fragmented.packet(segment, id, 1_400)) {
            if (flow % 4 < 2) {
                frames.add(Fragmented.ethernet(piece));
            } else {
                for (final byte[] outerPiece : Fragmented.packet(tunnel(piece), outer++, 800)) {
                    frames.add(Fragmented.ethernet(outerPiece));
                }
            }
        }
        return frames;
    }

    private static byte[] tunnel(final byte[] packet) {
        return PacketBuilder.raw().ipv4("203.0.113.1", "203.0.113.2").gre().etherType(packet[0] >>> 4 == 4
            ? 0x800 : 0x86dd).payload(packet).build();
    }
}
