package io.weir.capture.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.PcapngWriter;
import io.weir.packet.Frame;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilteredSourceTest {
    private static final int FRAME_BYTES = 4000;
    /** Accepts frames whose first byte is 1. */
    private static final long[] FIRST_BYTE_IS_ONE =
        {Instruction.LD_B_ABS, Instruction.JEQ_K | 1L << 32 | 1L << 24, Instruction.RET_K | 1000L << 32,
            Instruction.RET_K};

    @TempDir
    private Path folder;

    @AfterEach
    void shouldFreeEverything() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FILE_BLOCKS));
    }

    private Path file(final int frames, final IntPredicate accepted, final IntUnaryOperator interfaceOf) {
        final Path file = folder.resolve("in.pcapng");
        final List<CaptureInterface> interfaces =
            List.of(new CaptureInterface("a", 1, 0), new CaptureInterface("b", 101, 0));
        try (NativeMemory.Region bytes = NativeMemory.allocate(NativeMemory.Tag.OTHER, FRAME_BYTES, 8);
            PcapngWriter writer = PcapngWriter.create(file, interfaces)) {
            final Frame frame = new Frame();
            frame.address = bytes.address();
            frame.capturedLength = FRAME_BYTES;
            frame.wireLength = FRAME_BYTES;
            for (int i = 0; i < frames; i++) {
                UnsafeApi.putByte(bytes.address(), (byte) (accepted.test(i) ? 1 : 0));
                frame.timestampNs = i;
                frame.interfaceId = interfaceOf.applyAsInt(i);
                writer.write(frame);
            }
        }
        return file;
    }

    private static FilterProgram firstByteIsOne(final int linkType) {
        return new FilterProgram("first byte is 1", linkType, FIRST_BYTE_IS_ONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldGiveBackBlocksThatHoldNothingButRejectedFrames(final int blocks) {
        // 8 MB through a few blocks of 1 MiB: it ends only if blocks without accepted frames come back by themselves.
        final Path file = file(2000, i -> i % 900 == 0, i -> 0);
        final Frame frame = new Frame();
        int accepted = 0;
        try (FilteredSource source =
            new FilteredSource(FileSource.open(file, blocks), FilteredSourceTest::firstByteIsOne)) {
            int idle = 0;
            long block = -1;
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    assertEquals(accepted * 900L, frame.timestampNs);
                    assertEquals(1, UnsafeApi.getByte(frame.address));
                    assertEquals(1000, frame.capturedLength);
                    assertEquals(FRAME_BYTES, frame.wireLength);
                    accepted++;
                    block = frame.block;
                    idle = 0;
                } else if (!source.isExhausted()) {
                    assertTrue(++idle < 100, "stuck");
                    source.release(0, block);
                }
            }
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            assertEquals(2000, statistics.received);
            assertEquals(3, statistics.delivered);
            assertEquals(1997, statistics.filtered);
        }
        assertEquals(3, accepted);
    }

    @Test
    void shouldNotGiveBackABlockBeforeTheCallerHas() {
        final Path file = file(2000, i -> i == 0, i -> 0);
        final Frame frame = new Frame();
        try (FilteredSource source =
            new FilteredSource(FileSource.open(file, 2), FilteredSourceTest::firstByteIsOne)) {
            assertTrue(source.next(frame));
            final long address = frame.address;
            for (int i = 0; i < 10; i++) {
                assertFalse(source.next(frame));
            }
            assertFalse(source.isExhausted());
            assertEquals(1, UnsafeApi.getByte(address));
            source.release(0, 0);
            for (int i = 0; i < 10 && !source.isExhausted(); i++) {
                assertFalse(source.next(frame));
            }
            assertTrue(source.isExhausted());
        }
    }

    @Test
    void shouldCompileForEachLinkTypeAndLeaveOutThoseWithoutAProgram() {
        final Path file = file(10, i -> true, i -> i / 5);
        final Frame frame = new Frame();
        try (FilteredSource source = new FilteredSource(FileSource.open(file, 2), type -> {
            if (type != 1) {
                throw new CaptureException(CaptureException.Kind.BAD_FILTER, "no such thing");
            }
            return firstByteIsOne(type);
        })) {
            for (int i = 0; i < 5; i++) {
                assertTrue(source.next(frame));
            }
            assertFalse(source.next(frame));
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            assertEquals(5, statistics.filtered);
            assertEquals(List.of(new CaptureStatistics.Damage("link type 101", -1,
                "frames of this link type are left out: no such thing")), statistics.damages);
        }
    }

    @Test
    void shouldRefuseABadExpressionAtOnce() {
        final Path file = file(1, i -> true, i -> 0);
        try (FileSource source = FileSource.open(file, 2)) {
            final CaptureException e =
                assertThrows(CaptureException.class, () -> new FilteredSource(source, "udp prt 80"));
            assertEquals(CaptureException.Kind.BAD_FILTER, e.kind());
        }
    }
}
