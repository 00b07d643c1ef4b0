package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MergedTeeTest {
    /** So many that each has the least room, 2 MiB. */
    private static final int MEMBERS = 16;
    /** A ring is no multiple of it. */
    private static final int LENGTH = 1_992;
    private static final int BATCH = 200;
    private static final int BATCHES = 40;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheOrderOfNumbersWhereARingBeginsAnew() {
        final Path file = directory.resolve("tee.pcapng");
        final long[] appended = new long[1];
        try (NativeMemory.Region bytes = NativeMemory.allocate(NativeMemory.Tag.OTHER, LENGTH, Long.BYTES);
            MergedTee tee =
                MergedTee.create(file, List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0)), MEMBERS)) {
            tee.follow(member -> {
                synchronized (appended) {
                    return appended[0];
                }
            });
            for (int batch = 0; batch < BATCHES; batch++) {
                synchronized (appended) {
                    for (int i = 0; i < BATCH; i++) {
                        append(tee, bytes.address(), ++appended[0]);
                    }
                }
                while (tee.hasWaiting()) {
                    LockSupport.parkNanos(100_000);
                }
            }
            assertEquals(0, tee.missing());
        }
        try (FileSource source = FileSource.open(file, FileSource.DEFAULT_BLOCKS)) {
            final Frame frame = new Frame();
            for (long number = 1; number <= (long) BATCH * BATCHES; number++) {
                assertTrue(source.next(frame), "frame " + number);
                assertEquals(number, UnsafeApi.getLong(frame.address));
                source.release(frame.source, frame.block - 1);
            }
        }
    }

    private static void append(final MergedTee tee, final long address, final long number) {
        final Frame frame = new Frame();
        UnsafeApi.putLong(address, number);
        frame.number = number;
        frame.linkType = LinkType.ETHERNET;
        frame.address = address;
        frame.capturedLength = LENGTH;
        frame.wireLength = LENGTH;
        frame.datagramBlock = Frame.NO_BLOCK;
        // Where a ring begins anew the other has a later frame.
        tee.append(number % 4 == 0 ? 1 : 0, frame);
    }
}
