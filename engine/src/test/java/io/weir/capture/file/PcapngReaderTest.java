package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.Json;
import io.weir.SharedFolder;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String NO_STAMP = "-6795364578871345152";

    @TempDir
    private Path folder;
    private final CaptureStatistics statistics = new CaptureStatistics();
    private List<CaptureInterface> interfaces;

    @AfterEach
    void shouldFreeEveryBlock() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FILE_BLOCKS));
    }

    private List<ReadFrame> read(final byte[] bytes) {
        return read(bytes, BlockPool.BLOCK_BYTES);
    }

    private List<ReadFrame> read(final byte[] bytes, final int blockBytes) {
        final Path file = CaptureBytes.write(folder.resolve("capture"), bytes);
        try (FileSource source = FileSource.open(List.of(file), 2, blockBytes)) {
            final List<ReadFrame> frames = ReadFrame.all(source);
            source.statistics(statistics);
            interfaces = List.copyOf(source.interfaces());
            return frames;
        }
    }

    private static String hex(final byte[] data) {
        return HexFormat.of().formatHex(data);
    }

    private static CaptureBytes bytes(final String order) {
        return new CaptureBytes("BIG".equals(order) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE", "BIG"})
    void shouldReadEveryKindOfPacketBlock(final String order) {
        final byte[] data = CaptureBytes.data(1, 61);
        final CaptureBytes file = bytes(order).section();
        final byte[] bytes = file
            .interfaceBlock(1, 96, file.same().option(2, "wan".getBytes(StandardCharsets.UTF_8)).option(0))
            .interfaceBlock(101)
            .block(0x0bad, file.same().raw(CaptureBytes.data(9, 40)))
            .enhanced(1, 1_700_000_000_123_456L, 1500, data, file.same().option(2, flags(order, 2 | 1 << 9)).option(0))
            .block(3, file.same().u32(61).raw(data))
            .block(2, file.same().u16(1).u16(7).u32(0).u32(5).u32(61).u32(62).raw(data))
            .bytes();

        assertEquals(List.of(
            new ReadFrame(1_700_000_000_123_456_000L, 1500, 101, 1, Frame.OUTGOING | Frame.CHECKSUM_NOT_READY,
                hex(data)),
            new ReadFrame(1_700_000_000_123_456_000L, 61, 1, 0, 0, hex(data)),
            new ReadFrame(5000, 62, 101, 1, 0, hex(data))), read(bytes));
        assertEquals(List.of(new CaptureInterface("wan", 1, 96), new CaptureInterface("", 101, 0)), interfaces);
        assertEquals(List.of(), statistics.damages);
    }

    private static byte[] flags(final String order, final int flags) {
        return bytes(order).u32(flags).bytes();
    }

    @Test
    void shouldCutASimplePacketAtTheSnapLength() {
        final CaptureBytes file = CaptureBytes.little().section();
        final byte[] data = CaptureBytes.data(1, 33);
        final List<ReadFrame> frames = read(file.interfaceBlock(1, 33, file.same())
            .block(3, file.same().u32(1500).raw(data)).bytes());

        assertEquals(List.of(new ReadFrame(0, 1500, 1, 0, 0, hex(data))), frames);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 5, 5000000000", "3, 0, 1500, 1500000000", "6, 0, 7, 7000", "9, 0, 7, 7", "12, 0, 7999, 7",
        "27, 0, 7999999999999999999, 7", "127, 0, 99, 0", "0x81, 0, 3, 1500000000", "0xa0, 0, 6442450944, 1500000000",
        "0xbf, 0, -1, 1999999999", "0xff, 0, -1, 0", "6, 10, 7, 10000007000", "6, -1, 1500000, 500000000",
        "0, 0, 9223372036854775807, 9223372036854775807", "9, 0, -1, 9223372036854775807",
        "9, 9223372036854775807, 1, 9223372036854775807", "0xb0, 0, 281474976710655, 999999999",
        "0x80, 0, 2, 2000000000"
    })
    void shouldScaleStampsByResolutionAndOffset(final String resolution, final long offset, final long units,
        final long expectedNs) {
        final CaptureBytes file = CaptureBytes.big().section();
        final byte[] bytes = file.interfaceBlock(1, 0, file.same().option(9, Integer.decode(resolution).byteValue())
            .option(14, file.same().u64(offset).bytes()).option(0)).enhanced(0, units, new byte[14]).bytes();

        assertEquals(expectedNs, read(bytes).get(0).timestampNs());
    }

    @Test
    void shouldStartOverWithInterfacesAndByteOrderInEverySection() {
        final CaptureBytes first = CaptureBytes.little().section().interfaceBlock(1).interfaceBlock(1)
            .enhanced(1, 1_000_000, new byte[20]);
        final CaptureBytes second = CaptureBytes.big().section().interfaceBlock(101).interfaceBlock(1)
            .enhanced(1, 2_000_000, new byte[20]).enhanced(0, 3_000_000, new byte[20]);

        final List<ReadFrame> frames = read(first.raw(second.bytes()).bytes());

        assertEquals(List.of(SECOND_NS, 2 * SECOND_NS, 3 * SECOND_NS),
            frames.stream().map(ReadFrame::timestampNs).toList());
        assertEquals(List.of(1, 0, 2), frames.stream().map(ReadFrame::interfaceId).toList());
        assertEquals(List.of(1, 1, 101), interfaces.stream().map(CaptureInterface::linkType).toList());
    }

    @Test
    void shouldCarryBlocksOverTheEndOfABlockOfMemory() {
        final CaptureBytes file = CaptureBytes.little().section().interfaceBlock(1);
        for (int i = 0; i < 3000; i++) {
            file.enhanced(0, i, CaptureBytes.data(i, 1 + i * 37 % 900));
            file.block(5, file.same().raw(new byte[i % 300]));
        }
        file.block(5, file.same().raw(new byte[70_000])).enhanced(0, 3000, CaptureBytes.data(3000, 80_000));
        final List<ReadFrame> frames = read(file.bytes(), 4096);

        assertEquals(3001, frames.size());
        for (int i = 0; i < 3000; i++) {
            assertEquals(hex(CaptureBytes.data(i, 1 + i * 37 % 900)), frames.get(i).data());
        }
        assertEquals(hex(CaptureBytes.data(3000, 80_000)), frames.get(3000).data());
        assertEquals(List.of(), statistics.damages);
    }

    @Test
    void shouldNameDamagedPacketBlocksAndGoOn() {
        final CaptureBytes file = CaptureBytes.little().section();
        final byte[] bytes = file.interfaceBlock(1)
            .enhanced(7, 1, new byte[20])
            .block(6, file.same().u32(0).u32(0).u32(1).u32(4000).u32(4000).raw(new byte[20]))
            .block(6, file.same().u32(0))
            .enhanced(0, 2, new byte[20]).bytes();

        assertEquals(List.of(2000L), read(bytes).stream().map(ReadFrame::timestampNs).toList());
        assertEquals(List.of("packet of interface 7, which the section does not describe",
            "packet block with room for 20 bytes and a captured length of 4000", "packet block of 16 bytes"),
            statistics.damages.stream().map(CaptureStatistics.Damage::what).toList());
        assertEquals(List.of(48L, 100L, 152L),
            statistics.damages.stream().map(CaptureStatistics.Damage::offset).toList());
    }

    @Test
    void shouldFindTheNextBlockBehindALengthThatCannotBeRight() {
        final CaptureBytes file = CaptureBytes.big().section().interfaceBlock(1).enhanced(0, 1, new byte[20]);
        final int bad = file.bytes().length;
        final byte[] bytes = file.u32(6).u32(0xfffffff0L).raw(CaptureBytes.data(1, 100))
            .enhanced(0, 2, new byte[20]).enhanced(0, 3, new byte[20]).bytes();

        assertEquals(List.of(1000L, 2000L, 3000L), read(bytes).stream().map(ReadFrame::timestampNs).toList());
        assertEquals(1, statistics.damages.size());
        assertEquals(bad, statistics.damages.get(0).offset());
        assertTrue(statistics.damages.get(0).what().endsWith("; 108 bytes skipped"), statistics.damages.toString());
    }

    @Test
    void shouldAgreeWithTheSharedVectors() throws IOException {
        final Optional<Path> vectors = SharedFolder.find("vectors/decode-and-reassembly.jsonl");
        assumeTrue(vectors.isPresent(), "SKIPPED: no vectors in a shared folder beside the checkout");
        int checked = 0;
        for (final String line : Files.readAllLines(vectors.get())) {
            final Map<String, Object> vector = Json.object(line);
            if ("pcapng_file".equals(vector.get("kind"))) {
                final List<String> actual = new ArrayList<>();
                for (final ReadFrame frame : read(HexFormat.of().parseHex((String) vector.get("hex")))) {
                    actual.add(frame.timestampNs() + " " + frame.wireLength() + " " + frame.data());
                }
                assertEquals(expected(vector, actual), actual, () -> "vector " + vector.get("file"));
                checked++;
            }
        }
        assertEquals(52, checked);
    }

    /** Simple packet blocks, which have no stamp, carry a marker in the vectors; what we gave them is accepted. */
    private static List<String> expected(final Map<String, Object> vector, final List<String> actual) {
        final List<String> expected = new ArrayList<>();
        for (final Object each : (List<?>) vector.get("packets")) {
            final Map<?, ?> packet = (Map<?, ?>) each;
            final String stamp = packet.get("ts_ns").toString();
            final int index = expected.size();
            final String own = index < actual.size() ? actual.get(index).split(" ")[0] : "";
            expected.add((NO_STAMP.equals(stamp) ? own : stamp) + " " + packet.get("len") + " " + packet.get("data"));
        }
        return expected;
    }
}
