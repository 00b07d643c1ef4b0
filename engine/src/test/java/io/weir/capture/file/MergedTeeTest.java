package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.nio.file.Path;
import java.util.ArrayList;
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
    /** Of 100 us. */
    private static final int TRIES = 300_000;

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
                        final long number = ++appended[0];
                        // Where a ring begins anew the other has a later frame.
                        append(tee, number % 4 == 0 ? 1 : 0, bytes.address(), number);
                    }
                }
                for (int tries = 0; tee.hasWaiting(); tries++) {
                    assertTrue(tries < TRIES, "frames still wait to be merged");
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

    @Test
    void shouldBeginWithEmptyRingsWhateverTheirMemoryHeldBefore() {
        for (int round = 0; round < 8; round++) {
            final NativeMemory.Region guard = leaveUsedMemory();
            try (MergedTee tee = MergedTee.create(directory.resolve("tee" + round + ".pcapng"),
                List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0)), MEMBERS)) {
                assertFalse(tee.hasWaiting());
                for (int member = 0; member < MEMBERS; member++) {
                    append(tee, member, guard.address(), 1);
                }
                assertEquals(0, tee.missing());
            }
            guard.close();
        }
    }

    /**
     * Fills and frees memory, which the allocator then gives again as it was left. What is the last of all would go
     * back to the kernel: a region behind it is returned.
     */
    private static NativeMemory.Region leaveUsedMemory() {
        final List<NativeMemory.Region> regions = new ArrayList<>();
        for (int i = 0; i < 2 * MEMBERS; i++) {
            final NativeMemory.Region region =
                NativeMemory.allocateLazily(NativeMemory.Tag.OTHER, 1 << 20, NativeMemory.CACHE_LINE);
            for (long at = 0; at < region.length(); at += Long.BYTES) {
                UnsafeApi.putLong(region.address() + at, -at);
            }
            regions.add(region);
        }
        final NativeMemory.Region guard =
            NativeMemory.allocate(NativeMemory.Tag.OTHER, LENGTH, NativeMemory.CACHE_LINE);
        regions.forEach(NativeMemory.Region::close);
        return guard;
    }

    private static void append(final MergedTee tee, final int member, final long address, final long number) {
        final Frame frame = new Frame();
        UnsafeApi.putLong(address, number);
        frame.number = number;
        frame.linkType = LinkType.ETHERNET;
        frame.address = address;
        frame.capturedLength = LENGTH;
        frame.wireLength = LENGTH;
        frame.datagramBlock = Frame.NO_BLOCK;
        tee.append(member, frame);
    }
}
