package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.FrameFeed;
import io.weir.capture.VethPair;
import io.weir.capture.file.FileSource;
import io.weir.packet.Frame;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RecordCommandTest {
    @TempDir
    private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @Test
    void shouldPutVlanTagsBackAndApplyTheFilter() {
        final Path file = directory.resolve("trace.pcapng");
        final byte[] plain = FrameFeed.udp(53, 100);
        final byte[] tagged = FrameFeed.tagged(plain, 0x88a8, 77);
        try (VethPair wire = VethPair.create()) {
            final Thread sender = feed(wire, plain, tagged, FrameFeed.udp(80, 10));
            final int status = recordWhile(wire, sender,
                "record", "-i", VethPair.RIGHT, "-w", file.toString(), "-f", "udp port 53", "-n", "20");
            assertEquals(ExitStatus.DONE, status, err.toString());
        }
        assertTrue(out.toString().startsWith("20 frames, "), out.toString());
        final List<byte[]> frames = read(file);
        assertEquals(20, frames.size());
        for (final byte[] frame : frames) {
            final byte[] expected = frame.length == tagged.length ? tagged : plain;
            assertArrayEquals(expected, frame);
        }
        assertTrue(frames.stream().anyMatch(frame -> frame.length == tagged.length), "tagged ones were among them");
    }

    @Test
    void shouldRotateBySize() throws IOException {
        try (VethPair wire = VethPair.create()) {
            final Thread sender = feed(wire, FrameFeed.udp(53, 1000));
            final int status = recordWhile(wire, sender, "record", "-i", VethPair.RIGHT, "-w",
                directory.resolve("t.pcapng").toString(), "-n", "20", "--rotate", "8KiB");
            assertEquals(ExitStatus.DONE, status, err.toString());
        }
        try (Stream<Path> files = Files.list(directory)) {
            final List<Path> sorted = files.sorted().toList();
            assertEquals("t-00001.pcapng", sorted.get(0).getFileName().toString());
            int frames = 0;
            for (final Path file : sorted) {
                assertTrue(Files.size(file) <= 8192);
                frames += read(file).size();
            }
            assertEquals(20, frames);
        }
    }

    @Test
    void shouldStopAfterADurationWithoutTraffic() {
        try (VethPair wire = VethPair.create()) {
            final int status = wire.inside(() -> run("record", "-i", VethPair.RIGHT, "-w",
                directory.resolve("none.pcapng").toString(), "--duration", "0.05"));
            assertEquals(ExitStatus.DONE, status, err.toString());
            assertTrue(out.toString().startsWith("0 frames, "), out.toString());
        }
    }

    @Test
    void shouldRefuseAMissingInterfaceInOneLine() {
        try (VethPair wire = VethPair.create()) {
            final int status =
                wire.inside(() -> run("record", "-i", "weir9", "-w", directory.resolve("x.pcapng").toString()));
            assertEquals(ExitStatus.DEVICE, status);
            assertEquals("weir: there is no interface weir9: 'weir interfaces' lists those that exist",
                err.toString().strip());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10m", "1KB", "0s", "-1s", "9x", "99999999999s"})
    void shouldRefuseARotationItDoesNotUnderstand(final String text) {
        final CommandException e = assertThrows(CommandException.class, () -> Rotation.parse(text));
        assertEquals(ExitStatus.USAGE, e.exitStatus());
        assertTrue(e.getMessage().startsWith("--rotate " + text + ": must be a size"), e.getMessage());
    }

    @Test
    void shouldReadSizesAndTimes() {
        assertEquals(new Rotation(100_000_000, 0), Rotation.parse("100MB"));
        assertEquals(new Rotation(1L << 30, 0), Rotation.parse("1 GiB"));
        assertEquals(new Rotation(0, 600_000_000_000L), Rotation.parse("10min"));
    }

    /** A thread that sends the frames over and over until it is interrupted, for ten seconds at most. */
    private static Thread feed(final VethPair wire, final byte[]... frames) {
        final FrameFeed feed = wire.inside(() -> new FrameFeed(VethPair.LEFT));
        final Thread thread = new Thread(() -> {
            try (feed) {
                final long end = System.nanoTime() + 10_000_000_000L;
                for (int sent = 0; !Thread.currentThread().isInterrupted() && System.nanoTime() < end; sent++) {
                    feed.send(frames[sent % frames.length]);
                    LockSupport.parkNanos(50_000);
                }
            }
        });
        thread.setDaemon(true);
        return thread;
    }

    private int recordWhile(final VethPair wire, final Thread sender, final String... arguments) {
        return wire.inside(() -> {
            sender.start();
            try {
                return run(arguments);
            } finally {
                sender.interrupt();
                sender.join(10_000);
            }
        });
    }

    private static List<byte[]> read(final Path file) {
        final List<byte[]> frames = new ArrayList<>();
        try (FileSource source = FileSource.open(file, FileSource.DEFAULT_BLOCKS)) {
            final Frame frame = new Frame();
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    final byte[] bytes = new byte[frame.capturedLength];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = UnsafeApi.getByte(frame.address + i);
                    }
                    assertEquals(bytes.length, frame.wireLength);
                    frames.add(bytes);
                }
            }
        }
        return frames;
    }
}
