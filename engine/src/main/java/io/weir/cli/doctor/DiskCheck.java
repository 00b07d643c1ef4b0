package io.weir.cli.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The disk that records go to: is there room, does it keep up. Writes and removes a file of 32 MiB. */
public final class DiskCheck implements Check {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 32;
    private static final long ROOM = 5L << 30;
    private static final double LEAST_MB_PER_S = 50;
    private static final long MIB = 1 << 20;

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        if (plan.output() == null) {
            return;
        }
        findings.topic("disk");
        final Path directory = plan.output();
        if (!Files.isDirectory(directory)) {
            findings.problem(directory + " is not there", "Records have nowhere to go",
                "sudo mkdir -p " + directory);
            return;
        }
        try {
            final FileStore store = Files.getFileStore(directory);
            final long room = store.getUsableSpace();
            if (room < ROOM) {
                findings.warning(room / MIB + " MiB free in " + directory,
                    "A full disk loses records; weir counts them and goes on", "df -h " + directory);
            } else {
                findings.ok(room / MIB + " MiB free in " + directory + " (" + store.type() + ")");
            }
            speed(directory, findings);
        } catch (final IOException e) {
            findings.problem(directory + " cannot be written: " + e.getMessage(), "Records have nowhere to go",
                "ls -ld " + directory);
        }
    }

    private static void speed(final Path directory, final Findings findings) throws IOException {
        final Path file = Files.createTempFile(directory, ".weir-doctor", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
            final long startNs = System.nanoTime();
            for (int i = 0; i < PIECES; i++) {
                piece.clear();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
            channel.force(true);
            say(PIECES * (double) PIECE / 1e6 / ((System.nanoTime() - startNs) / 1e9), findings);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void say(final double megabytesPerSecond, final Findings findings) {
        final String what = String.format(Locale.ROOT, "writes %.0f MB a second, safely on disk", megabytesPerSecond);
        if (megabytesPerSecond < LEAST_MB_PER_S) {
            findings.warning(what, "A busy network makes some 20 to 50 MB of records a second",
                "put the output on a faster disk, or write fewer record types");
        } else {
            findings.ok(what);
        }
    }
}
