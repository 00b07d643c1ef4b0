package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.capture.FrameFeed;
import io.weir.capture.FrameSource;
import io.weir.capture.VethPair;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.PcapngWriter;
import io.weir.capture.live.BackEnd;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The thread that captures and works allocates nothing for a frame, from a file and from a kernel ring. */
class AllocationTest {
    private static final int FILE_FRAMES = 300_000;
    /** Frames sent at a time: fewer than the kernel's backlog takes, however late it is served. */
    private static final int BURST = 500;
    private static final int LIVE_FRAMES = 60_000;
    /** What a run may allocate besides: a snapshot of statistics each second, the compiler's odd class initializer. */
    private static final long ALLOWED_BYTES = 64 * 1024;
    /** Half of the smallest object: a snapshot of statistics each second takes 50 KiB, however long the run takes. */
    private static final long ALLOWED_BYTES_A_LIVE_FRAME = 8;
    private static final long BOUND_NS = 30_000_000_000L;

    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    @Test
    void shouldAllocateNothingForAFrameOfAFile() throws Exception {
        final Path file = directory.resolve("trace.pcapng");
        write(file);
        try (FileSource source = FileSource.open(file, FileSource.DEFAULT_BLOCKS); Engine engine = engine(source)) {
            final Agent agent = engine.inspectingAgents().get(0);
            stepUntil(agent, engine, FILE_FRAMES / 3);
            final long before = allocated();
            stepUntil(agent, engine, FILE_FRAMES - Batch.CAPACITY);
            assertTrue(allocated() - before < ALLOWED_BYTES, "allocated " + (allocated() - before) + " bytes");
            finish(agent);
            assertEquals(FILE_FRAMES, engine.processedFrames());
        }
    }

    @Test
    void shouldAllocateNothingForAFrameOfAFileWhoseRecordsAreCountedOnTheSameThread() throws Exception {
        final Path file = directory.resolve("trace.pcapng");
        write(file);
        try (FileSource source = FileSource.open(file, FileSource.DEFAULT_BLOCKS);
            Engine engine = new Engine(new EngineContext().source(source).conclude())) {
            final Agent agent = new CompleteAgent(engine.inspectingAgents().get(0), engine.aggregator());
            agent.onStart();
            stepUntil(agent, engine, FILE_FRAMES / 3);
            final long before = allocated();
            stepUntil(agent, engine, FILE_FRAMES - Batch.CAPACITY);
            assertTrue(allocated() - before < ALLOWED_BYTES, "allocated " + (allocated() - before) + " bytes");
            finish(agent);
            agent.onClose();
            assertEquals(FILE_FRAMES, engine.processedFrames());
        }
    }

    @ParameterizedTest
    @EnumSource(BackEnd.class)
    void shouldAllocateNothingForAFrameFromTheWire(final BackEnd backEnd) {
        try (VethPair wire = VethPair.create()) {
            wire.awaitCarrier();
            wire.run(() -> {
                try (FrameSource source = LiveBackEnds.open(backEnd);
                    FrameFeed feed = new FrameFeed(VethPair.LEFT);
                    Engine engine = engine(source)) {
                    final Agent agent = engine.inspectingAgents().get(0);
                    long sent = 0;
                    long counted = 0;
                    long taken = 0;
                    while (sent < LIVE_FRAMES) {
                        final long burst = feed.sendNumbered(BURST, 100);
                        sent += burst;
                        final long before = allocated();
                        stepUntil(agent, engine, sent);
                        if (sent > LIVE_FRAMES / 3) {
                            counted += burst;
                            taken += allocated() - before;
                        }
                    }
                    assertTrue(taken < counted * ALLOWED_BYTES_A_LIVE_FRAME,
                        "allocated " + taken + " bytes for " + counted + " frames");
                }
            });
        }
    }

    private static Engine engine(final FrameSource source) throws Exception {
        return new Engine(new EngineContext().source(source).output(new RecordList()).watched(true).conclude());
    }

    private static void stepUntil(final Agent agent, final Engine engine, final long frames) throws Exception {
        final long deadlineNs = System.nanoTime() + BOUND_NS;
        while (engine.processedFrames() < frames) {
            agent.doWork();
            assertTrue(System.nanoTime() < deadlineNs, "frames did not come");
        }
    }

    private static void finish(final Agent agent) throws Exception {
        final long deadlineNs = System.nanoTime() + BOUND_NS;
        try {
            while (System.nanoTime() < deadlineNs) {
                agent.doWork();
            }
        } catch (final AgentTerminationException e) {
            return;
        }
        throw new AssertionError("the trace did not end");
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static void write(final Path file) {
        final Frame frame = new Frame();
        frame.linkType = LinkType.ETHERNET;
        try (PcapngWriter writer =
            PcapngWriter.create(file, List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0)));
            NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 2_048, 64)) {
            for (int i = 0; i < FILE_FRAMES; i++) {
                if (i < 500) {
                    final byte[] bytes = PacketBuilder.ethernet().ipv4("192.0.2." + (1 + i % 250), "198.51.100.1")
                        .udp(1_000 + i, 53).payload(20).build();
                    for (int k = 0; k < bytes.length; k++) {
                        UnsafeApi.putByte(region.address() + k, bytes[k]);
                    }
                    frame.capturedLength = bytes.length;
                    frame.wireLength = bytes.length;
                }
                frame.address = region.address();
                frame.timestampNs = 1_700_000_000_000_000_000L + i * 10_000L;
                writer.write(frame);
            }
        }
    }
}
