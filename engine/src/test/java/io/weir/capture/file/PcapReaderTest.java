package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureStatistics;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapReaderTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path folder;
    private final CaptureStatistics statistics = new CaptureStatistics();

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
            assertEquals(frames.size(), statistics.received);
            assertEquals(frames.size(), statistics.delivered);
            assertEquals(bytes.length, statistics.bytesTotal);
            assertEquals(frames, inRuns(file, blockBytes));
            return frames;
        }
    }

    private static List<ReadFrame> inRuns(final Path file, final int blockBytes) {
        try (FileSource source = FileSource.open(List.of(file), 2, blockBytes)) {
            return ReadFrame.inRuns(source, 100, 2_000 * SECOND_NS);
        }
    }

    private static String hex(final byte[] data) {
        return HexFormat.of().formatHex(data);
    }

    @ParameterizedTest
    @CsvSource({
        "a1b2c3d4, LITTLE, 1000", "a1b2c3d4, BIG, 1000", "a1b23c4d, LITTLE, 1", "a1b23c4d, BIG, 1"
    })
    void shouldReadStampsLengthsAndBytesWhateverTheByteOrder(final String magic, final String order,
        final long fractionNs) {
        final byte[] first = CaptureBytes.data(1, 60);
        final byte[] second = CaptureBytes.data(2, 61);
        final byte[] bytes = new CaptureBytes("BIG".equals(order) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .pcapHeader(Long.parseLong(magic, 16), 96, 101)
            .record(1_700_000_000L, 123_456, 1500, first)
            .record(4_000_000_000L, 999_999, second).bytes();

        assertEquals(List.of(
            new ReadFrame(1_700_000_000L * SECOND_NS + 123_456 * fractionNs, 1500, 101, 0, 0, hex(first)),
            new ReadFrame(4_000_000_000L * SECOND_NS + 999_999 * fractionNs, 61, 101, 0, 0, hex(second))),
            read(bytes));
        assertEquals(List.of(), statistics.damages);
    }

    @Test
    void shouldCarryRecordsOverTheEndOfABlock() {
        final CaptureBytes bytes = CaptureBytes.little().pcapMicros();
        for (int i = 0; i < 5000; i++) {
            bytes.record(i, i, CaptureBytes.data(i, 1 + i * 37 % 900));
        }
        final List<ReadFrame> frames = read(bytes.bytes(), 4096);

        assertEquals(5000, frames.size());
        for (int i = 0; i < 5000; i++) {
            assertEquals(hex(CaptureBytes.data(i, 1 + i * 37 % 900)), frames.get(i).data());
            assertEquals(i * SECOND_NS + i * 1000L, frames.get(i).timestampNs());
        }
        assertEquals(List.of(), statistics.damages);
    }

    @Test
    void shouldReadARecordThatIsLongerThanABlock() {
        final byte[] large = CaptureBytes.data(3, 100_000);
        final byte[] bytes = CaptureBytes.little().pcapMicros().record(1, 0, CaptureBytes.data(1, 50))
            .record(2, 0, large).record(3, 0, CaptureBytes.data(2, 50)).bytes();

        final List<ReadFrame> frames = read(bytes, 4096);

        assertEquals(3, frames.size());
        assertEquals(hex(large), frames.get(1).data());
        assertTrue(statistics.damages.isEmpty());
    }
}
