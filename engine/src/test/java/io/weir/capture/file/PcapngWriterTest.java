package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngWriterTest {
    private static final List<CaptureInterface> INTERFACES = List.of(new CaptureInterface("wan0", 1, 0),
        new CaptureInterface("", 101, 96), new CaptureInterface("tap\u00e9", 276, 262_144));

    @TempDir
    private Path folder;
    private final NativeMemory.Region bytes =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, 3 << 20, NativeMemory.CACHE_LINE);
    private final Frame frame = new Frame();

    @AfterEach
    void shouldFreeEverything() {
        bytes.close();
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FILE_BLOCKS));
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.OUTPUT));
    }

    private void set(final int seed, final int captured, final int wire, final int interfaceId, final int flags) {
        final byte[] data = CaptureBytes.data(seed, captured);
        for (int i = 0; i < captured; i++) {
            UnsafeApi.putByte(bytes.address() + i, data[i]);
        }
        frame.address = bytes.address();
        frame.capturedLength = captured;
        frame.wireLength = wire;
        frame.timestampNs = 1_700_000_000_123_456_789L + seed;
        frame.interfaceId = interfaceId;
        frame.linkType = INTERFACES.get(interfaceId).linkType();
        frame.flags = flags;
        frame.strippedVlan = 0x88a8_6064;
    }

    private List<ReadFrame> read(final Path file) {
        try (FileSource source = FileSource.open(file, 2)) {
            final List<ReadFrame> frames = ReadFrame.all(source);
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            assertEquals(List.of(), statistics.damages);
            assertEquals(INTERFACES, source.interfaces());
            return frames;
        }
    }

    @Test
    void shouldGiveBackEveryFrameAsItWas() throws IOException {
        final Path file = folder.resolve("out.pcapng");
        final List<ReadFrame> written = new ArrayList<>();
        try (PcapngWriter writer = PcapngWriter.create(file, INTERFACES)) {
            for (int i = 0; i < 3000; i++) {
                final int flags = new int[] {0, Frame.OUTGOING, Frame.CHECKSUM_NOT_READY, Frame.CHECKSUM_VERIFIED,
                    Frame.SUPER_FRAME | Frame.CHECKSUM_NOT_READY | Frame.OUTGOING}[i % 5];
                set(i, i * 31 % 1500, 1500 + i, i / 100 % 3, flags);
                writer.write(frame);
                written.add(ReadFrame.of(frame));
            }
            set(7, 2_500_000, 2_500_000, 0, 0);
            writer.write(frame);
            written.add(ReadFrame.of(frame));
            writer.flush();
            assertEquals(Files.size(file), writer.bytesWritten());
        }
        assertEquals(written, read(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldPutAStrippedVlanTagBackInItsPlace() {
        final Path file = folder.resolve("out.pcapng");
        final String hex;
        try (PcapngWriter writer = PcapngWriter.create(file, INTERFACES)) {
            set(1, 61, 104, 0, Frame.VLAN_STRIPPED);
            hex = ReadFrame.of(frame).data();
            writer.write(frame);
            set(1, 11, 104, 0, Frame.VLAN_STRIPPED);
            writer.write(frame);
        }
        final List<ReadFrame> frames = read(file);
        assertEquals(hex.substring(0, 24) + "88a86064" + hex.substring(24), frames.get(0).data());
        assertEquals(104, frames.get(0).wireLength());
        assertEquals(hex.substring(0, 22), frames.get(1).data());
    }

    @Test
    void shouldNeverOverwriteNorFollowALink() throws IOException {
        final Path target = Files.writeString(folder.resolve("precious"), "x");
        final Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
        for (final Path path : List.of(target, link, folder.resolve("no/such/folder"))) {
            final CaptureException e =
                assertThrows(CaptureException.class, () -> PcapngWriter.create(path, INTERFACES));
            assertEquals(CaptureException.Kind.BAD_FILE, e.kind());
            assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
        }
        assertEquals("x", Files.readString(target));
    }

    @Test
    void shouldTeeWithoutWaitingAndCountWhatIsMissing() throws IOException {
        final Path file = folder.resolve("tee.pcapng");
        final List<ReadFrame> written = new ArrayList<>();
        try (Counters counters = new Counters()) {
            // Nobody writes the buffers out until the tee is closed: sixteen of them take sixteen frames of 900 KB.
            try (TeeWriter tee = new TeeWriter(file, INTERFACES, counters)) {
                for (int i = 0; i < 20; i++) {
                    set(i, 900_000, 900_000, i % 3, Frame.CHECKSUM_NOT_READY);
                    tee.append(frame);
                    if (i < 16) {
                        written.add(ReadFrame.of(frame));
                    }
                }
                assertEquals(4, tee.missing());
                assertEquals(4, counters.get(Counter.TEE_DROPPED));
                assertEquals(1, tee.drain());
                set(99, 60, 60, 2, 0);
                tee.append(frame);
                written.add(ReadFrame.of(frame));
                assertNull(tee.failure());
            }
            assertEquals(4, counters.get(Counter.TEE_DROPPED));
        }
        assertEquals(written, read(file));
    }

    @Test
    void shouldWriteTheTeeFromAThreadOfItsOwn() {
        final Path file = folder.resolve("tee.pcapng");
        final List<ReadFrame> written = new ArrayList<>();
        try (Counters counters = new Counters()) {
            try (TeeWriter tee = TeeWriter.create(file, INTERFACES, counters)) {
                for (int i = 0; i < 3000; i++) {
                    set(i, 1 + i % 1500, 1500, i % 3, 0);
                    tee.append(frame);
                    written.add(ReadFrame.of(frame));
                }
                assertEquals(0, tee.missing());
            }
        }
        assertEquals(written, read(file));
    }

    @Test
    void shouldRotateBySizeAndByTime() {
        final Path file = folder.resolve("long.run.pcapng");
        final int frames = 50;
        final long bytesWritten;
        try (RotatingWriter writer = new RotatingWriter(file, INTERFACES, 2000, 1_000_000, 0)) {
            for (int i = 0; i < frames; i++) {
                writer.tick(i * 1000L);
                set(i, 300, 300, 0, 0);
                writer.write(frame, i * 1000L);
            }
            final int bySize = writer.files();
            assertTrue(bySize > 8, "files " + bySize);
            writer.tick(2_000_000);
            assertEquals(bySize + 1, writer.files());
            set(1, 3000, 3000, 0, 0);
            writer.write(frame, 2_000_000);
            assertEquals(bySize + 1, writer.files());
            bytesWritten = writer.bytesWritten();
        }
        final FileTrace trace = FileTrace.of(List.of(folder));
        assertEquals("long.run-00001.pcapng", trace.files().get(0).getFileName().toString());
        assertTrue(trace.bytes() >= bytesWritten);
        try (FileSource source = FileSource.open(trace, 2)) {
            final List<ReadFrame> read = ReadFrame.all(source);
            assertEquals(frames + 1, read.size());
            assertEquals(3, source.interfaces().size());
            assertEquals(HexFormat.of().formatHex(CaptureBytes.data(49, 300)), read.get(50).data());
        }
    }
}
