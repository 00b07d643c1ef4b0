package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** Segments nobody would send, on a hundred connections: nothing thrown, nothing allocated, and memory at its cap. */
class StreamHostileTest {
    private static final int PACKETS = 16_384;
    private static final int STRIDE = 2_048;
    private static final int FRAMES = 600_000;
    private static final int CONNECTIONS = 100;
    /** What the compiler's odd class initializer may take. */
    private static final long ALLOWED_BYTES = 64 * 1024;

    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int[] lengths = new int[PACKETS];

    @Test
    void shouldSurviveRandomSegmentsWithoutAllocatingAndWithinItsMemory() {
        final long memoryBefore = NativeMemory.inUse();
        for (long seed = 1; seed <= 3; seed++) {
            run(seed);
        }
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private void run(final long seed) {
        final Random random = new Random(seed);
        final FlowTableContext flowContext = new FlowTableContext().memoryBytes(64 << 10).conclude();
        final StreamContext context = new StreamContext().memoryBytes(StreamContext.MEMORY_BYTES_MIN)
            .streamBytes(32 << 10).urgentInline(seed % 2 == 0).depth(seed == 3 ? 10_000 : 0).conclude();
        try (NativeMemory.Region memory =
            NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) PACKETS * STRIDE, NativeMemory.CACHE_LINE);
            Counters counters = new Counters();
            EventRing ring = new EventRing(4 * EventRing.MAX_BODY, false);
            FlowTable flows = new FlowTable(flowContext, ring, counters)) {
            final CheckingSink sink = new CheckingSink((int) flows.capacity());
            try (TcpReassembler reassembler =
                new TcpReassembler(context, flows, sink, AnomalySink.NONE, counters)) {
                flows.observer(reassembler);
                fill(memory, random);
                final FlowHash hash = new FlowHash(flowContext, seed);
                final Frame frame = new Frame();
                feed(frame, memory, hash, flows, reassembler, counters, random, ring);
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                feed(frame, memory, hash, flows, reassembler, counters, random, ring);
                final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                assertTrue(allocated < ALLOWED_BYTES, "seed " + seed + " allocated " + allocated + " bytes");
                flows.endAll(frame.sequence + 1, frame.timeNs);
                assertEquals(0, sink.open, "seed " + seed + ": streams without an end");
                assertEquals(0, counters.get(Counter.TCP_BYTES_BUFFERED), "seed " + seed);
                for (final Counter reached : new Counter[] {Counter.TCP_GAPS, Counter.TCP_STREAM_LIMIT_REACHED,
                    context.depth() == 0 ? Counter.TCP_MEMORY_LIMIT_REACHED : Counter.TCP_DEPTH_REACHED,
                    Counter.TCP_SEGMENTS_DIFFERING, Counter.TCP_OUT_OF_WINDOW}) {
                    assertTrue(counters.get(reached) > 0, "seed " + seed + " never came to " + reached.label());
                }
                assertTrue(sink.bytes > FRAMES, "seed " + seed + ": only " + sink.bytes + " bytes came through");
            }
        }
    }

    private void feed(final Frame frame, final NativeMemory.Region memory, final FlowHash hash, final FlowTable flows,
        final TcpReassembler reassembler, final Counters counters, final Random random, final EventRing ring) {
        final Decoder decoder = new Decoder();
        frame.linkType = LinkType.ETHERNET;
        for (int i = 0; i < FRAMES; i++) {
            final int packet = random.nextInt(PACKETS);
            final int cut = random.nextInt(50) == 0 ? random.nextInt(lengths[packet]) : 0;
            frame.address = memory.address() + (long) packet * STRIDE;
            frame.capturedLength = lengths[packet] - cut;
            frame.wireLength = lengths[packet];
            frame.number++;
            frame.sequence++;
            frame.timeNs += 1_000_000;
            frame.timestampNs = frame.timeNs;
            decoder.decode(frame);
            frame.flowHash = hash.hash(frame);
            final long handle = flows.onFrame(frame);
            if (handle != FlowTable.NO_FLOW && frame.protocol == 6) {
                reassembler.onSegment(handle, frame);
            }
            while (ring.peek() >= 0) {
                ring.advance();
            }
            if (counters.get(Counter.TCP_BYTES_BUFFERED) > StreamContext.MEMORY_BYTES_MIN) {
                throw new AssertionError("frame " + frame.number + ": " + counters.get(Counter.TCP_BYTES_BUFFERED));
            }
        }
    }

    private void fill(final NativeMemory.Region memory, final Random random) {
        for (int i = 0; i < PACKETS; i++) {
            final boolean client = random.nextBoolean();
            final int port = 1_024 + random.nextInt(CONNECTIONS);
            final PacketBuilder packet = PacketBuilder.ethernet()
                .ipv4(client ? "192.0.2.1" : "198.51.100.1", client ? "198.51.100.1" : "192.0.2.1")
                .tcp(client ? port : 80, client ? 80 : port).seq(number(random)).ack(number(random))
                .flags(flags(random)).window(random.nextInt(3) == 0 ? 0 : random.nextInt(0x10000))
                .urgent(random.nextInt(300));
            if (random.nextInt(4) == 0) {
                final byte[] options = new byte[4 * random.nextInt(10)];
                random.nextBytes(options);
                if (options.length > 0) {
                    packet.options(options);
                }
            }
            final byte[] bytes = packet.payload(payload(random)).build();
            if (random.nextInt(20) == 0) {
                bytes[46] = (byte) random.nextInt();
            }
            UnsafeApi.copyMemory(bytes, BufferUtil.ARRAY_BASE_OFFSET, null, memory.address() + (long) i * STRIDE,
                bytes.length);
            lengths[i] = bytes.length;
        }
    }

    /** Mostly within a few windows of one place close to the wrap, so that segments have to do with each other. */
    private static long number(final Random random) {
        final int base = -30_000;
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt() & 0xffff_ffffL;
            case 1 -> base + random.nextInt(1 << 20) & 0xffff_ffffL;
            case 2, 3 -> base & 0xffff_ffffL;
            default -> base + random.nextInt(60_000) & 0xffff_ffffL;
        };
    }

    private static int flags(final Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> random.nextInt(256);
            case 1 -> 2;
            case 2 -> 18;
            case 3 -> 17;
            case 4 -> random.nextInt(4) == 0 ? 4 : 16;
            case 5 -> 0;
            default -> 16 | (random.nextInt(20) == 0 ? 32 : 0);
        };
    }

    private static byte[] payload(final Random random) {
        final byte[] payload = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(1_461)];
        random.nextBytes(payload);
        return payload;
    }

    /** Checks what a sink may rely on, and counts; allocates nothing. */
    private static final class CheckingSink implements StreamSink {
        private final long[] offsets;
        private final boolean[] isOpen;
        private int open;
        private long bytes;

        CheckingSink(final int flows) {
            offsets = new long[2 * flows];
            isOpen = new boolean[2 * flows];
        }

        private void open(final int stream, final long streamOffset, final long length) {
            if (!isOpen[stream]) {
                isOpen[stream] = true;
                open++;
                offsets[stream] = 0;
            }
            if (streamOffset != offsets[stream] || length < 1) {
                throw new AssertionError(length + " bytes at " + streamOffset + " instead of " + offsets[stream]);
            }
            offsets[stream] += length;
        }

        @Override
        public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
            final long streamOffset, final long timestampNs) {
            open((int) stream, streamOffset, length);
            bytes += length + (buffer.getByte(offset + length - 1) & 0);
        }

        @Override
        public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
            open((int) stream, streamOffset, length);
        }

        @Override
        public void end(final long stream, final StreamEnd reason, final long timestampNs) {
            if (!isOpen[(int) stream]) {
                throw new AssertionError("an end without a beginning");
            }
            isOpen[(int) stream] = false;
            open--;
        }
    }
}
