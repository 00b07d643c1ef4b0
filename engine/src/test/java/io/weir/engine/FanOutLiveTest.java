package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.capture.FrameFeed;
import io.weir.capture.FrameSource;
import io.weir.capture.PolledSource;
import io.weir.capture.VethPair;
import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.MergedTee;
import io.weir.capture.live.BackEnd;
import io.weir.capture.live.FanOutCapture;
import io.weir.capture.live.LiveContext;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.flow.Toeplitz;
import io.weir.output.Summary;
import io.weir.packet.Frame;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.stats.CounterTotals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fan-out over a virtual wire: sockets of a PACKET_FANOUT group, and queues by AF_XDP. */
class FanOutLiveTest {
    private static final long BOUND_NS = 40_000_000_000L;
    private static final int FRAME_BYTES = 200;
    /** Fewer than either queue of a virtual wire takes, so that none is lost between the two ends. */
    private static final int ON_THE_WIRE = 200;
    private static final byte[] PROBE = PacketBuilder.ethernet().arp(1, "192.0.2.1", "192.0.2.2").build();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"TPACKET_V3, 2", "TPACKET_V3, 4", "AF_XDP, 2", "AF_XDP, 4"})
    void shouldGiveTheRecordsOfItsTeeAndThoseOfDispatch(final BackEnd backEnd, final int members) throws Exception {
        final List<byte[]> traffic = traffic();
        final Path file = directory.resolve("tee.pcapng");
        final RecordList live = new RecordList();
        final RecordList dispatched = new RecordList();
        final List<Counters> counters = new ArrayList<>();
        try (VethPair wire = VethPair.create()) {
            wire.queues(members);
            wire.awaitCarrier();
            wire.run(() -> {
                try (Members opened = new Members(backEnd, members);
                    MergedTee tee = MergedTee.create(file, opened.sources.get(0).interfaces(), members)) {
                    final EngineContext context = opened.context().output(live).memberTee(of(tee));
                    tee.counters().forEach(context::counters);
                    final Summary summary = run(context, traffic);
                    assertEquals(0, summary.counters().get(Counter.TEE_DROPPED));
                    assertTrue(summary.counters().get(Counter.FRAMES_HANDED_OVER) > 100);
                    counters.addAll(tee.counters());
                }
                CloseHelper.closeAll(counters);
                try (FrameSource source = LiveBackEnds.open(backEnd)) {
                    run(new EngineContext().source(source).workers(2).output(dispatched), traffic);
                }
            });
        }
        assertSame(read(file), live.lines);
        assertSame(exchanged(inOrder(traffic)), exchanged(live.lines));
        assertSame(exchanged(dispatched.lines), exchanged(live.lines));
    }

    private static Summary run(final EngineContext context, final List<byte[]> traffic) throws Exception {
        try (Engine engine = new Engine(context.conclude()); FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
            engine.start();
            waitFor(() -> isRunning(engine, feed), "capture");
            final long before = engine.processedFrames();
            long bytes = 0;
            for (int i = 0; i < traffic.size(); i++) {
                feed.send(traffic.get(i));
                bytes += traffic.get(i).length - PROBE.length;
                final int sent = i;
                if (i % (ON_THE_WIRE / 2) == 0) {
                    waitFor(() -> engine.processedFrames() - before > sent - ON_THE_WIRE / 2, "frame " + sent);
                }
            }
            final long all = bytes;
            waitFor(() -> bytesBeyondProbes(engine) == all, "all of " + traffic.size() + " frames");
            engine.stop();
            assertTrue(engine.await(BOUND_NS));
            assertTrue(engine.summary().ledger().balanced(), engine.summary().ledger().toString());
            assertEquals(0, engine.summary().counters().dropped(), engine.summary().ledger().toString());
            return engine.summary();
        }
    }

    /** Sends frames that no flow comes of until one gets through; more of them may still be on their way then. */
    private static boolean isRunning(final Engine engine, final FrameFeed feed) {
        feed.send(PROBE);
        LockSupport.parkNanos(50_000_000);
        return engine.processedFrames() > 0;
    }

    /** The bytes of all frames looked at that are more than those of a probe, however many probes there were. */
    private static long bytesBeyondProbes(final Engine engine) {
        final CounterTotals counted = engine.progress().counters();
        return counted.get(Counter.BYTES_PROCESSED) - counted.get(Counter.FRAMES_PROCESSED) * PROBE.length;
    }

    /** Segments in fragments, in tunnels and in fragments of these; VLANs; questions and answers. */
    private static List<byte[]> traffic() {
        final List<byte[]> frames = new ArrayList<>();
        FragmentedTraceTest.trace(5).forEach(frame -> frames.add(frame.bytes()));
        final List<byte[]> plain = new ArrayList<>();
        final Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            final int client = random.nextInt(150);
            final boolean back = random.nextBoolean();
            PacketBuilder link = PacketBuilder.ethernet();
            if (client % 3 == 0) {
                link = link.vlan(100 + client % 5);
            }
            if (client % 5 == 0) {
                link = link.ipv4("203.0.113.9", "203.0.113.10").udp(4_000 + client, 4789).vxlan(7).innerEthernet();
            }
            final String near = "192.0.2." + (1 + client);
            final String far = "198.51.100.9";
            plain.add(link.ipv4(back ? far : near, back ? near : far).tcp(back ? 443 : 5_000, back ? 5_000 : 443)
                .seq(random.nextInt(100_000)).ack(random.nextInt(100_000))
                .flags(random.nextInt(9) == 0 ? TcpFlags.SYN : TcpFlags.ACK).payload(random.nextInt(400)).build());
        }
        for (int i = 0; i < plain.size(); i++) {
            frames.add(Math.min(frames.size(), 2 * i + 40), plain.get(i));
        }
        return Collections.unmodifiableList(frames);
    }

    @ParameterizedTest
    @CsvSource({"TPACKET_V3", "AF_XDP"})
    void shouldGoOnWhenTheInterfaceWasDownForAWhile(final BackEnd backEnd) {
        try (VethPair wire = VethPair.create()) {
            wire.queues(2);
            wire.awaitCarrier();
            wire.run(() -> {
                try (Members opened = new Members(backEnd, 2);
                    FrameFeed feed = new FrameFeed(VethPair.LEFT);
                    Engine engine = new Engine(opened.context().conclude())) {
                    engine.start();
                    waitFor(() -> isRunning(engine, feed), "capture");
                    wire.ip("link", "set", VethPair.RIGHT, "down");
                    wire.ip("link", "set", VethPair.RIGHT, "up");
                    final long before = engine.processedFrames();
                    waitFor(() -> {
                        feed.sendNumbered(10, FRAME_BYTES);
                        LockSupport.parkNanos(5_000_000);
                        return engine.processedFrames() > before;
                    }, "frames after");
                    assertBalanced(engine);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"TPACKET_V3", "AF_XDP"})
    void shouldGoOnWhenTheInterfaceWasRemovedAndMadeAgain(final BackEnd backEnd) {
        try (VethPair wire = VethPair.create()) {
            wire.queues(2);
            wire.awaitCarrier();
            wire.run(() -> {
                try (Members opened = new Members(backEnd, 2);
                    Engine engine = new Engine(opened.context().conclude())) {
                    engine.start();
                    try (FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
                        waitFor(() -> isRunning(engine, feed), "capture");
                        feed.sendNumbered(2_000, FRAME_BYTES);
                    }
                    wire.queues(2);
                    final long before = engine.processedFrames();
                    try (FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
                        waitFor(() -> {
                            feed.sendNumbered(10, FRAME_BYTES);
                            LockSupport.parkNanos(5_000_000);
                            return engine.processedFrames() > before + 2_000;
                        }, "frames after the interface came back");
                    }
                    assertBalanced(engine);
                    assertTrue(engine.summary().capture().damages.size() > 0, "the interruption was not reported");
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"TPACKET_V3", "AF_XDP"})
    void shouldEndWhileBlockedAndWhileFramesKeepComing(final BackEnd backEnd) {
        try (VethPair wire = VethPair.create()) {
            wire.queues(2);
            wire.awaitCarrier();
            wire.run(() -> {
                for (final boolean busy : new boolean[] {false, true}) {
                    try (Members opened = new Members(backEnd, 2);
                        FrameFeed feed = new FrameFeed(VethPair.LEFT);
                        Engine engine = new Engine(opened.context().conclude())) {
                        engine.start();
                        waitFor(() -> isRunning(engine, feed), "capture");
                        if (busy) {
                            feed.sendNumbered(1_000, FRAME_BYTES);
                        }
                        engine.stop();
                        if (busy) {
                            feed.sendNumbered(20_000, FRAME_BYTES);
                        }
                        assertTrue(engine.await(BOUND_NS));
                        assertTrue(engine.summary().ledger().balanced(), engine.summary().ledger().toString());
                    }
                }
            });
        }
    }

    private static void assertBalanced(final Engine engine) throws Exception {
        engine.stop();
        assertTrue(engine.await(BOUND_NS), "the engine did not end");
        assertTrue(engine.summary().ledger().balanced(), engine.summary().ledger().toString());
    }

    /** Sources of members, closed the last first. */
    private static final class Members implements AutoCloseable {
        private final byte[] key = Toeplitz.randomKey();
        private final List<PolledSource> sources;

        Members(final BackEnd backEnd, final int count) {
            final List<LiveContext> contexts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                contexts.add(new LiveContext(backEnd, new TpacketContext().interfaceName(VethPair.RIGHT)
                    .blockBytes(256 << 10).blockCount(64).blockTimeoutMs(2),
                    new AfXdpContext().interfaceName(VethPair.RIGHT).memoryBytes(16 << 20),
                    new PfRingContext().interfaceName(VethPair.RIGHT)));
            }
            sources = FanOutCapture.open(contexts, new Toeplitz(key).words()).sources();
        }

        EngineContext context() {
            return new EngineContext().members(sources).toeplitzKey(key);
        }

        @Override
        public void close() {
            for (int i = sources.size() - 1; i >= 0; i--) {
                sources.get(i).close();
            }
        }
    }

    private static MemberTee of(final MergedTee tee) {
        return new MemberTee() {
            @Override
            public void append(final int member, final Frame frame) {
                tee.append(member, frame);
            }

            @Override
            public void follow(final Progress progress) {
                tee.follow(progress::passedNumber);
            }
        };
    }

    private static List<String> read(final Path file) throws Exception {
        final RecordList records = new RecordList();
        try (FileSource source = FileSource.open(file, FileSource.MAX_BLOCKS);
            Engine engine = new Engine(new EngineContext().source(source).workers(2).output(records).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
            assertTrue(engine.summary().capture().damages.isEmpty(), "the tee is damaged");
        }
        return records.lines;
    }

    /** The records of a trace in which frames stand as they were sent. */
    private static List<String> inOrder(final List<byte[]> traffic) throws Exception {
        final List<MemorySource.TimedFrame> trace = new ArrayList<>();
        for (final byte[] frame : traffic) {
            trace.add(new MemorySource.TimedFrame(1_700_000_000_000_000_000L + trace.size() * 10_000L, frame));
        }
        final RecordList records = new RecordList();
        try (FrameSource source = new MemorySource(trace, 16, 32, false);
            Engine engine = new Engine(new EngineContext().source(source).output(records).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
        }
        return records.lines;
    }

    /** Of equal records, but for their order. */
    private static void assertSame(final List<String> expected, final List<String> actual) {
        final List<String> missing = new ArrayList<>(expected);
        final List<String> more = new ArrayList<>(actual);
        missing.removeAll(actual);
        more.removeAll(expected);
        assertEquals(List.of(), missing, () -> "in their place there are " + more);
        assertEquals(expected.size(), actual.size());
    }

    /**
     * Endpoints of flows, with the frames and bytes of each. Who is taken for the one that began depends on the order
     * of stamps, which members keep only as long as none of them has to wait for a CPU.
     */
    private static List<String> exchanged(final List<String> lines) {
        return lines.stream().map(line -> {
            final String[] parts = line.split(" ");
            final String[] frames = parts[4].split("/");
            final String[] bytes = parts[5].split("/");
            final String first = parts[1] + " " + frames[0] + " " + bytes[0];
            final String second = parts[2] + " " + frames[1] + " " + bytes[1];
            return parts[3] + " " + (first.compareTo(second) < 0 ? first + " " + second : second + " " + first);
        }).sorted().toList();
    }

    private static void waitFor(final BooleanSupplier condition, final String what) {
        final long deadlineNs = System.nanoTime() + BOUND_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited in vain for " + what);
            LockSupport.parkNanos(200_000);
        }
    }
}
