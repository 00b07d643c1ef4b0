package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.PcapngWriter;
import io.weir.capture.filter.FilteredSource;
import io.weir.output.Summary;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.nio.file.Path;
import java.util.List;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter that rejects much more than all blocks hold, behind a frame that it let pass. */
class FilteredTraceTest {
    private static final int REJECTED_PER_ACCEPTED = 9_000;
    private static final int ACCEPTED = 3;
    private static final int PAYLOAD_BYTES = 1_000;
    private static final long BOUND_NS = 30_000_000_000L;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldGoOnWhenAllBlocksHoldRejectedFramesAlone(final int workers) throws Exception {
        final Path file = directory.resolve("trace.pcapng");
        write(file);
        try (FilteredSource source =
            new FilteredSource(FileSource.open(file, FileSource.DEFAULT_BLOCKS), "udp port 53");
            Engine engine = new Engine(new EngineContext().source(source).workers(workers)
                .output(new RecordList()).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS), "the engine hangs");
            final Summary summary = engine.summary();
            assertEquals(ACCEPTED, summary.frames());
            assertEquals(ACCEPTED * REJECTED_PER_ACCEPTED, summary.capture().filtered);
            assertTrue(summary.ledger().balanced(), summary.ledger().toString());
        }
    }

    private static void write(final Path file) {
        final byte[] accepted = PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(1_000, 53)
            .payload(PAYLOAD_BYTES).build();
        final byte[] rejected = PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(1_000, 99)
            .payload(PAYLOAD_BYTES).build();
        final Frame frame = new Frame();
        frame.linkType = LinkType.ETHERNET;
        frame.timestampNs = 1_700_000_000_000_000_000L;
        try (PcapngWriter writer =
            PcapngWriter.create(file, List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0)));
            NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 2_048, 64)) {
            for (int i = 0; i < ACCEPTED; i++) {
                put(region.address(), frame, accepted);
                writer.write(frame);
                put(region.address(), frame, rejected);
                for (int k = 0; k < REJECTED_PER_ACCEPTED; k++) {
                    writer.write(frame);
                }
            }
        }
    }

    private static void put(final long address, final Frame frame, final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(address + i, bytes[i]);
        }
        frame.address = address;
        frame.capturedLength = bytes.length;
        frame.wireLength = bytes.length;
    }
}
