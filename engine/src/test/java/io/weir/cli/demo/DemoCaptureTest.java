package io.weir.cli.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCaptureTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheSameBytesEveryTime() throws IOException {
        final int frames = DemoCapture.write(directory.resolve("one"));
        assertEquals(frames, DemoCapture.write(directory.resolve("two")));
        assertArrayEquals(Files.readAllBytes(directory.resolve("one")), Files.readAllBytes(directory.resolve("two")));
    }

    @Test
    void shouldFitOnTheWireInOrderAndInSixSeconds() {
        final List<TimedFrame> frames = DemoTraffic.frames();
        assertTrue(frames.size() > 2_000 && frames.size() < 6_000, frames.size() + " frames");
        long last = frames.get(0).timeNs();
        for (final TimedFrame frame : frames) {
            assertTrue(frame.bytes().length <= 1_522, "a frame longer than Ethernet carries");
            assertTrue(frame.timeNs() >= last, "time goes back");
            last = frame.timeNs();
        }
        assertTrue(last - frames.get(0).timeNs() < 6_500_000_000L, "longer than it says");
    }
}
