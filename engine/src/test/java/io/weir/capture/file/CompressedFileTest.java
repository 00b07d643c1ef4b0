package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureStatistics;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressedFileTest {
    private static final byte[] PLAIN = plain();

    @TempDir
    private Path folder;
    private CaptureStatistics statistics;

    private static byte[] plain() {
        final CaptureBytes bytes = CaptureBytes.little().pcapMicros();
        final Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            final byte[] data = new byte[random.nextInt(1500)];
            random.nextBytes(data);
            bytes.record(i, 0, data);
        }
        return bytes.bytes();
    }

    @AfterEach
    void shouldFreeEveryBlock() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FILE_BLOCKS));
    }

    private List<ReadFrame> read(final byte[] bytes) {
        // The name says nothing about the compression: the first bytes do.
        final Path file = CaptureBytes.write(folder.resolve("capture.pcap"), bytes);
        statistics = new CaptureStatistics();
        try (FileSource source = FileSource.open(file, 2)) {
            final List<ReadFrame> frames = ReadFrame.all(source);
            source.statistics(statistics);
            return frames;
        }
    }

    private static byte[] join(final byte[]... parts) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void shouldReadTheSameFromGzipAndZstd() {
        final List<ReadFrame> expected = read(PLAIN);
        assertEquals(2000, expected.size());
        for (final byte[] packed : List.of(CaptureBytes.gzip(PLAIN), Zstd.compress(PLAIN, 3))) {
            assertEquals(expected, read(packed));
            assertEquals(List.of(), statistics.damages);
            assertEquals(packed.length, statistics.bytesRead);
            assertEquals(packed.length, statistics.bytesTotal);
        }
    }

    @Test
    void shouldReadMembersAndFramesThatFollowOneAnother() {
        final List<ReadFrame> expected = read(PLAIN);
        final byte[] front = Arrays.copyOf(PLAIN, 100_001);
        final byte[] back = Arrays.copyOfRange(PLAIN, 100_001, PLAIN.length);

        assertEquals(expected, read(join(CaptureBytes.gzip(front), CaptureBytes.gzip(new byte[0]),
            CaptureBytes.gzip(back), new byte[700])));
        assertEquals(List.of(), statistics.damages);
        assertEquals(expected, read(join(Zstd.compress(front), Zstd.compress(new byte[0]), Zstd.compress(back))));
        assertEquals(List.of(), statistics.damages);
    }

    @Test
    void shouldSkipTheOptionalPartsOfAGzipHeader() {
        final byte[] packed = CaptureBytes.gzip(PLAIN);
        final byte[] header = {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 5, 0, 1, 2, 3, 4, 5, 'a', 0, 'b', 'c', 0,
            9, 9};

        assertEquals(read(PLAIN), read(join(header, Arrays.copyOfRange(packed, 10, packed.length))));
        assertEquals(List.of(), statistics.damages);
    }

    @Test
    void shouldDeliverWhatComesBeforeTheEndOfACutFile() {
        final List<ReadFrame> all = read(PLAIN);
        for (final byte[] packed : List.of(CaptureBytes.gzip(PLAIN), Zstd.compress(PLAIN, 1))) {
            for (final int cut : new int[] {5, 12, 1000, packed.length / 2, packed.length - 9, packed.length - 1}) {
                final List<ReadFrame> frames = read(Arrays.copyOf(packed, cut));
                assertEquals(all.subList(0, frames.size()), frames);
                assertFalse(statistics.damages.isEmpty(), "cut at " + cut);
            }
            // Zstd hands out whole blocks of 128 KiB.
            assertTrue(read(Arrays.copyOf(packed, packed.length / 2)).size() > 850);
        }
    }

    @Test
    void shouldNameDamageInsideCompressedData() {
        for (final byte[] packed : List.of(CaptureBytes.gzip(PLAIN), Zstd.compress(PLAIN, 1))) {
            for (int at = 20; at < packed.length; at += packed.length / 50) {
                final byte[] bad = packed.clone();
                bad[at] ^= 0x55;
                assertTrue(read(bad).size() <= 2000);
            }
        }
        final byte[] wrongChecksum = CaptureBytes.gzip(PLAIN);
        wrongChecksum[wrongChecksum.length - 6] ^= 1;
        assertEquals(2000, read(wrongChecksum).size());
        assertEquals("the gzip checksum does not match: bytes before are damaged", statistics.damages.get(0).what());
    }
}
