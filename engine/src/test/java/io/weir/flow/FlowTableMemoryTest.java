package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.event.FlowEvent;
import io.weir.packet.Frame;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FlowTableMemoryTest {
    private static final int SERVER = 0x7f000001;

    private static long drain(final FlowTableFixture at) {
        long rows = 0;
        while (at.ring.peek() >= 0) {
            at.ring.advance();
            rows++;
        }
        return rows;
    }

    private static long residentBytes() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no RssAnon in /proc/self/status");
    }

    @Test
    void shouldAllocateNothingWhileFlowsComeAndGo() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (FlowTableFixture at = FlowTableFixture.ofFlows(10_000)) {
            long before = 0;
            final int warmUp = 200_000;
            final int frames = 1_000_000;
            long records = 0;
            for (int i = 0; i < warmUp + frames; i++) {
                if (i == warmUp) {
                    before = threads.getCurrentThreadAllocatedBytes();
                }
                at.frames.at(i * 0.0002);
                final Frame frame = i % 4 == 0 ? at.frames.tcp(i / 16, 1000, SERVER, 80, 0x12, i, i, 0)
                    : at.frames.udp(i / 8 * 7919, 2000, SERVER, 53);
                at.put(frame);
                if (i % 1000 == 0) {
                    at.table.onTick(at.frames.nextSequence(), at.frames.timeNs());
                }
                records += drain(at);
            }
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(records > 100_000, "flows came and went: " + records);
            assertTrue(at.count(Counter.FLOWS_EVICTED_UNESTABLISHED) > 1000, "some were evicted");
            assertTrue(allocated < 64 * 1024, allocated + " bytes for " + frames + " frames");
        }
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FLOW_TABLE));
    }

    @Test
    void shouldTakeNoMoreThanItSaysAndUnder200BytesAFlow() {
        final int flows = 100_000;
        try (FlowTableFixture at = FlowTableFixture.ofFlows(flows)) {
            for (int i = 0; i < flows; i++) {
                at.put(at.frames.udp(i, 1000, SERVER, 53));
            }
            final double bytesPerFlow = (double) NativeMemory.inUse(NativeMemory.Tag.FLOW_TABLE) / flows;
            assertTrue(bytesPerFlow <= FlowTableContext.BYTES_PER_FLOW, "bytes per flow: " + bytesPerFlow);
            assertTrue(FlowTableContext.BYTES_PER_FLOW < 200);
            assertEquals(flows, at.table.capacity());
            assertEquals(flows, at.table.size());
        }
    }

    @Test
    void shouldBecomeResidentOnlyAsFlowsCome() throws IOException {
        final long before = residentBytes();
        final int flows = 4_000_000;
        try (FlowTableFixture at = FlowTableFixture.ofFlows(flows)) {
            final long reserved = NativeMemory.inUse(NativeMemory.Tag.FLOW_TABLE);
            final long resident = residentBytes() - before;
            assertTrue(reserved > 600L << 20);
            assertTrue(resident < reserved / 4, resident + " of " + reserved + " bytes are resident");
            assertEquals(0, at.table.size());
        }
    }

    /** More flows than the index has room for at first; they end at once, and are more than are handed out at once. */
    @Test
    void shouldFindEveryFlowAgainHoweverManyThereAre() {
        final int flows = 5 * FirstFrameOrder.CHUNK + 17;
        try (FlowTableFixture at = new FlowTableFixture(
            new FlowTableContext().memoryBytes((long) flows * FlowTableContext.BYTES_PER_FLOW), 1 << 27, 1)) {
            for (int i = 0; i < 2 * flows; i++) {
                at.put(at.frames.udp(i % flows, 1000, SERVER, 53));
            }
            assertEquals(flows, at.table.size());
            assertEquals(flows, at.count(Counter.FLOWS_STARTED));
            expectInOrder(at, () -> at.table.endAll(at.frames.nextSequence(), at.frames.timeNs()), flows);
            assertEquals(0, at.table.size());
        }
    }

    /** More flows end at once than are put in order at once. */
    @Test
    void shouldKeepTheOrderWhenVeryManyFlowsEndAtOnce() {
        final int flows = 5 * FirstFrameOrder.CHUNK + 17;
        try (FlowTableFixture at = new FlowTableFixture(
            new FlowTableContext().memoryBytes((long) flows * FlowTableContext.BYTES_PER_FLOW), 1 << 27, 1)) {
            for (int i = 0; i < flows / 2; i++) {
                at.put(at.frames.udp(i, 1000, SERVER, 53));
            }
            at.frames.at(20);
            // half of the first half lives on, so that records are free out of order
            for (int i = 0; i < flows / 2; i += 2) {
                at.put(at.frames.udp(i, 1000, SERVER, 53));
            }
            expectInOrder(at, () -> at.table.onTick(at.frames.at(32).nextSequence(), at.frames.timeNs()), flows / 4);
            for (int i = 0; i < flows / 2; i++) {
                at.put(at.frames.udp(i, 2000, SERVER, 53));
            }
            expectInOrder(at, () -> at.table.endAll(at.frames.nextSequence(), at.frames.timeNs()),
                flows / 2 + flows / 4);
            assertEquals(0, at.table.size());
        }
    }

    private static void expectInOrder(final FlowTableFixture at, final Runnable end, final int expected) {
        end.run();
        final FlowEvent event = new FlowEvent();
        long last = 0;
        int count = 0;
        for (int body = at.ring.peek(); body >= 0; body = at.ring.peek()) {
            final long firstFrame = event.wrap(at.ring.buffer(), body).firstFrame();
            assertTrue(firstFrame > last);
            last = firstFrame;
            count++;
            at.ring.advance();
        }
        assertEquals(expected, count, 1);
    }
}
