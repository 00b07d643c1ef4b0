package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureStatistics;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedFileTest {
    @TempDir
    private Path folder;
    private CaptureStatistics statistics;

    @AfterEach
    void shouldFreeEveryBlock() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FILE_BLOCKS));
    }

    private List<ReadFrame> read(final byte[] bytes) {
        return read(bytes, BlockPool.BLOCK_BYTES);
    }

    private List<ReadFrame> read(final byte[] bytes, final int blockBytes) {
        final Path file = CaptureBytes.write(folder.resolve("capture"), bytes);
        statistics = new CaptureStatistics();
        try (FileSource source = FileSource.open(List.of(file), 2, blockBytes)) {
            final List<ReadFrame> frames = ReadFrame.all(source);
            source.statistics(statistics);
            assertEquals(frames, inRuns(file, blockBytes));
            return frames;
        }
    }

    /** The same, and the same damages, several frames at a time. */
    private List<ReadFrame> inRuns(final Path file, final int blockBytes) {
        final CaptureStatistics same = new CaptureStatistics();
        try (FileSource source = FileSource.open(List.of(file), 2, blockBytes)) {
            final List<ReadFrame> frames = ReadFrame.inRuns(source, 6, 1_700_000_001_000_000_000L);
            source.statistics(same);
            assertEquals(statistics.damages, same.damages);
            assertEquals(statistics.delivered, same.delivered);
            return frames;
        }
    }

    private static CaptureBytes pcap(final ByteOrder order) {
        final CaptureBytes bytes = new CaptureBytes(order).pcapMicros();
        for (int i = 0; i < 3; i++) {
            bytes.record(1_700_000_000L + i, i, CaptureBytes.data(i, 20 + i));
        }
        return bytes;
    }

    private static CaptureBytes pcapng(final ByteOrder order) {
        final CaptureBytes bytes = new CaptureBytes(order).section();
        bytes.interfaceBlock(1, 96, bytes.same().option(2, (byte) 'a').option(9, (byte) 9).option(0));
        for (int i = 0; i < 3; i++) {
            bytes.enhanced(0, 1_700_000_000_000_000L + i, 60, CaptureBytes.data(i, 20 + i),
                bytes.same().option(2, (byte) 1, (byte) 0, (byte) 0, (byte) 0).option(0));
        }
        return bytes.block(3, bytes.same().u32(10).raw(new byte[10]));
    }

    @Test
    void shouldDeliverThePrefixWhereverAFileIsCut() {
        for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (final byte[] whole : List.of(pcap(order).bytes(), pcapng(order).bytes())) {
                final List<ReadFrame> all = read(whole);
                assertTrue(statistics.damages.isEmpty());
                int most = 0;
                for (int length = 0; length < whole.length; length++) {
                    final List<ReadFrame> frames = read(Arrays.copyOf(whole, length));
                    assertEquals(all.subList(0, frames.size()), frames);
                    assertTrue(frames.size() >= most, "fewer frames from more bytes");
                    most = frames.size();
                    assertTrue(statistics.damages.size() <= 1);
                    for (final CaptureStatistics.Damage damage : statistics.damages) {
                        assertTrue(damage.offset() >= 0 && damage.offset() <= length, damage.toString());
                    }
                }
                assertEquals(all.size() - 1, most);
            }
        }
    }

    @Test
    void shouldFindTheNextRecordBehindABadHeader() {
        final CaptureBytes bytes = pcap(ByteOrder.LITTLE_ENDIAN);
        final int bad = bytes.bytes().length;
        bytes.record(0, 0, new byte[0]).u32(0xffffffffL).u32(0).u32(0xfffffff0L).u32(1).raw(CaptureBytes.data(4, 900));
        final int good = bytes.bytes().length;
        for (int i = 0; i < 5; i++) {
            bytes.record(1_700_000_010L + i, 0, CaptureBytes.data(i, 30));
        }

        for (final int blockBytes : new int[] {4096, BlockPool.BLOCK_BYTES}) {
            assertEquals(9, read(bytes.bytes(), blockBytes).size());
            assertEquals(List.of(new CaptureStatistics.Damage(folder.resolve("capture").toString(), bad + 16,
                "record header with a captured length of 4294967280; " + (good - bad - 16) + " bytes skipped")),
                statistics.damages);
        }
    }

    @Test
    void shouldFindTheNextRecordBehindMoreRubbishThanABlockHolds() {
        final CaptureBytes bytes = pcap(ByteOrder.BIG_ENDIAN);
        final byte[] rubbish = new byte[5 << 20];
        Arrays.fill(rubbish, (byte) 0xee);
        bytes.raw(rubbish);
        for (int i = 0; i < 5; i++) {
            bytes.record(1_700_000_010L + i, 0, CaptureBytes.data(i, 30));
        }

        assertEquals(8, read(bytes.bytes()).size());
        assertEquals(1, statistics.damages.size());
        assertTrue(statistics.damages.get(0).what().endsWith("; " + rubbish.length + " bytes skipped"));
    }

    @Test
    void shouldWaitForABlockInTheMiddleOfASearch() throws IOException {
        final CaptureBytes bytes = pcap(ByteOrder.LITTLE_ENDIAN);
        final byte[] rubbish = new byte[3 << 20];
        Arrays.fill(rubbish, (byte) 0xee);
        bytes.raw(rubbish);
        for (int i = 0; i < 5; i++) {
            bytes.record(1_700_000_010L + i, 0, CaptureBytes.data(i, 30));
        }
        final Frame frame = new Frame();
        try (FileSource source = FileSource.open(bytes.write(folder.resolve("capture")), 1)) {
            for (int i = 0; i < 3; i++) {
                assertTrue(source.next(frame));
            }
            assertFalse(source.next(frame));
            assertFalse(source.next(frame));
            assertFalse(source.isExhausted());
            source.release(0, frame.block);
            for (int i = 0; i < 5; i++) {
                assertTrue(source.next(frame));
                assertEquals((1_700_000_010L + i) * 1_000_000_000L, frame.timestampNs);
            }
        }
    }

    @Test
    void shouldBelieveLengthsRatherThanAnAbsurdSnapLength() {
        for (final long snapLength : new long[] {0, 1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}) {
            final byte[] bytes = CaptureBytes.little().pcapHeader(0xa1b2c3d4L, snapLength, 1)
                .record(1, 0, CaptureBytes.data(1, 300)).record(2, 0, CaptureBytes.data(2, 0))
                .record(3, 0, 10, CaptureBytes.data(3, 20)).record(4, 0, 0xffff_ffffL, CaptureBytes.data(3, 20))
                .bytes();
            assertEquals(List.of(300, 0, 10, Integer.MAX_VALUE),
                read(bytes).stream().map(ReadFrame::wireLength).toList());
            assertEquals(List.of(), statistics.damages);
        }
    }

    @Test
    void shouldMaskTheChecksumBitsOfTheLinkType() {
        final byte[] bytes = CaptureBytes.big().pcapHeader(0xa1b2c3d4L, 0, 0x2800_0001L).record(1, 0, new byte[20])
            .bytes();
        assertEquals(1, read(bytes).get(0).linkType());
    }

    @Test
    void shouldReadTheLongerHeadersOfModifiedPcap() {
        final byte[] bytes = CaptureBytes.little().pcapHeader(0xa1b2cd34L, 0, 1)
            .u32(1).u32(2).u32(20).u32(20).u32(3).u16(8).raw((byte) 0, (byte) 0).raw(CaptureBytes.data(1, 20))
            .u32(3).u32(4).u32(20).u32(20).u32(3).u16(8).raw((byte) 0, (byte) 0).raw(CaptureBytes.data(2, 20)).bytes();
        assertEquals(List.of(1_000_002_000L, 3_000_004_000L),
            read(bytes).stream().map(ReadFrame::timestampNs).toList());
        assertEquals(List.of(), statistics.damages);
    }

    @Test
    void shouldSurviveRandomMutations() {
        final List<byte[]> files = List.of(pcap(ByteOrder.LITTLE_ENDIAN).bytes(), pcap(ByteOrder.BIG_ENDIAN).bytes(),
            pcapng(ByteOrder.LITTLE_ENDIAN).bytes(), pcapng(ByteOrder.BIG_ENDIAN).bytes(),
            CaptureBytes.gzip(pcap(ByteOrder.LITTLE_ENDIAN).bytes()));
        final Random random = new Random(20_260_101);
        final MutatedRun run = new MutatedRun();
        try (BlockPool pool = new BlockPool(2, 1024)) {
            for (int i = 0; i < 200_000; i++) {
                final byte[] bytes = files.get(i % files.size()).clone();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                run.read(pool, bytes, i % files.size() == 4);
            }
        }
        assertTrue(run.frames > 200_000, "mutations should leave most records readable, got " + run.frames);
        assertTrue(run.damages > 10_000, "mutations should be noticed, got " + run.damages);
    }

    /** Reads files from memory and holds every frame against the block it lies in. */
    private static final class MutatedRun {
        private final Frame frame = new Frame();
        private final Frame[] run = {new Frame(), new Frame()};
        private long frames;
        private long damages;

        void read(final BlockPool pool, final byte[] bytes, final boolean gzip) {
            final Damages found = new Damages();
            final ByteInput plain = new MemoryInput(bytes);
            try (BlockReader window =
                new BlockReader("fuzz", gzip ? new GzipInput(plain) : plain, pool, -1, found)) {
                if (window.require(PcapReader.FILE_HEADER) == BlockReader.READY) {
                    final int word = ByteOrders.bigEndian(UnsafeApi.getInt(window.position));
                    final MagicNumber magic = MagicNumber.of(word);
                    final InterfaceList interfaces = new InterfaceList();
                    if (magic.isPcap()) {
                        drain(pool, PcapReader.open(window, interfaces, magic));
                    } else if (magic == MagicNumber.PCAPNG) {
                        drain(pool, new PcapngReader(window, interfaces));
                    }
                }
                pool.release(Long.MAX_VALUE - 1);
            }
            damages += found.count();
        }

        private void drain(final BlockPool pool, final RecordReader reader) {
            int idle = 0;
            while (true) {
                final int found = reader.take(run, 0, run.length, Long.MAX_VALUE);
                for (int i = 0; i < found; i++) {
                    check(pool, run[i]);
                }
                final int state = reader.next(frame);
                if (state == RecordReader.END) {
                    return;
                }
                if (state == RecordReader.DELIVERED) {
                    check(pool, frame);
                    idle = 0;
                } else {
                    assertTrue(++idle < 100, "neither delivers nor ends");
                    pool.release(frame.block - 1);
                    reader.in.releasedCurrent();
                }
            }
        }

        private void check(final BlockPool pool, final Frame read) {
            frames++;
            assertTrue(read.capturedLength >= 0 && read.wireLength >= 0);
            assertTrue(read.address >= pool.address(read.block) && read.address + read.capturedLength
                <= pool.address(read.block) + pool.buffer(read.block).capacity());
        }
    }

    @Test
    void shouldSayInOneLineWhyAFileCannotBeRead() throws IOException {
        final Path text = Files.writeString(folder.resolve("text"), "no capture at all");
        final Path xz = CaptureBytes.write(folder.resolve("xz"),
            new byte[] {(byte) 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0});
        final Path twice = CaptureBytes.write(folder.resolve("twice"),
            CaptureBytes.gzip(CaptureBytes.gzip(pcap(ByteOrder.LITTLE_ENDIAN).bytes())));
        assertFault(folder.resolve("absent"), ": no such file");
        assertFault(folder, " is a directory, not a capture file");
        assertFault(text, ": neither a pcap nor a pcapng file");
        assertFault(xz, ": packed with xz, which weir does not read; unpack it, or pack it with gzip or zstd");
        assertFault(twice, ": packed twice; unpack it once");
    }

    private static void assertFault(final Path path, final String expected) {
        final CaptureException e = assertThrows(CaptureException.class, () -> FileSource.open(path, 4));
        assertEquals(CaptureException.Kind.BAD_FILE, e.kind());
        assertEquals(path + expected, e.getMessage());
    }
}
