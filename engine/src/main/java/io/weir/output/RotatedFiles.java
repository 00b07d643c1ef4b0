package io.weir.output;

import com.github.luben.zstd.ZstdOutputStream;
import io.weir.base.ThreadPriority;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.agrona.ErrorHandler;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The files that were put aside of one that rotates: {@code eve-20260131T235959.json.gz} beside {@code eve.json}.
 *
 * <p>A thread of the lowest priority compresses them and removes the oldest. It takes what it finds, so that what a
 * crash has left is taken up again.
 */
final class RotatedFiles implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(RotatedFiles.class);
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".part";
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LOWEST_PRIORITY = 19;
    private static final long CLOSE_MS = 1_000;

    private final Path directory;
    private final String stem;
    private final String extension;
    private final Pattern aside;
    private final FileRotation rotation;
    private final Thread thread = new Thread(this::tend, "weir-compress");
    private volatile ErrorHandler faults = fault -> { };
    private volatile boolean due = true;
    private volatile boolean closed;

    /** Takes care of what is put aside of a file, and of what already is. */
    RotatedFiles(final Path file, final FileRotation rotation) {
        this.rotation = rotation;
        final Path absolute = file.toAbsolutePath();
        directory = absolute.getParent();
        final String name = absolute.getFileName().toString();
        final int dot = name.lastIndexOf('.');
        stem = dot > 0 ? name.substring(0, dot) : name;
        extension = dot > 0 ? name.substring(dot) : "";
        aside = Pattern.compile(Pattern.quote(stem) + "-([0-9]{8}T[0-9]{6})(?:-([0-9]{1,9}))?"
            + Pattern.quote(extension) + "(?:\\.gz|\\.zst)?(?:\\.part)?");
        thread.setDaemon(true);
        thread.start();
    }

    /** A name that is free, with this time. */
    Path nameFor(final Instant time) {
        final String begin = stem + "-" + TIME.format(time);
        Path name = directory.resolve(begin + extension);
        for (int i = 1; isTaken(name); i++) {
            name = directory.resolve(begin + "-" + i + extension);
        }
        return name;
    }

    private static boolean isTaken(final Path name) {
        return Files.exists(name) || Files.exists(Path.of(name + ".gz")) || Files.exists(Path.of(name + ".zst"));
    }

    /** Hears from now on of each error. Any thread. */
    void faults(final ErrorHandler value) {
        faults = value;
    }

    /** Tells that a file was put aside. */
    void added() {
        due = true;
        LockSupport.unpark(thread);
    }

    private void tend() {
        ThreadPriority.lower(LOWEST_PRIORITY,
            fault -> LOG.warn("files are packed at the priority of all threads: {}", fault.getMessage()));
        while (!closed) {
            if (due) {
                due = false;
                sweep();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void sweep() {
        try {
            // Before compressing, which needs room that the oldest may take.
            final List<Path> files = filesPutAside();
            for (int i = 0; rotation.keep() > 0 && i < files.size() - rotation.keep(); i++) {
                Files.deleteIfExists(files.get(i));
            }
            for (final Path file : filesPutAside()) {
                final String name = file.getFileName().toString();
                if (name.endsWith(UNFINISHED)) {
                    Files.deleteIfExists(file);
                } else if (name.endsWith(extension) && rotation.compression() != FileRotation.Compression.OFF) {
                    compress(file);
                }
            }
        } catch (final IOException e) {
            faults.onError(e);
            LOG.warn("{}: files that were put aside cannot be tended: {}", PrintableText.of(directory.toString()),
                PrintableText.of(String.valueOf(e.getMessage())));
        }
    }

    /** The oldest first. */
    private List<Path> filesPutAside() throws IOException {
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(file -> aside.matcher(file.getFileName().toString()).matches()).forEach(files::add);
        }
        files.sort(Comparator.comparing(this::order));
        return files;
    }

    /** By time, and within a second by number, of which the first file has none. */
    private String order(final Path file) {
        final Matcher matcher = aside.matcher(file.getFileName().toString());
        final String number = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "0";
        return matcher.group(1) + String.format(Locale.ROOT, "%9s", number);
    }

    /** The plain file goes only once the compressed one is on the disk. */
    private void compress(final Path file) throws IOException {
        final Path unfinished = Path.of(file + rotation.compression().suffix() + UNFINISHED);
        boolean whole = false;
        try (InputStream in = Files.newInputStream(file);
            FileOutputStream out = new FileOutputStream(unfinished.toFile());
            OutputStream compressing = rotation.compression() == FileRotation.Compression.GZIP
                ? new GZIPOutputStream(out, BUFFER_BYTES) : new ZstdOutputStream(out).setCloseFrameOnFlush(true)) {
            final byte[] buffer = new byte[BUFFER_BYTES];
            int count = in.read(buffer);
            while (count >= 0 && !closed) {
                compressing.write(buffer, 0, count);
                count = in.read(buffer);
            }
            whole = count < 0;
            if (compressing instanceof GZIPOutputStream gzip) {
                gzip.finish();
            } else {
                compressing.flush();
            }
            out.getFD().sync();
        } finally {
            if (!whole) {
                Files.deleteIfExists(unfinished);
            }
        }
        if (whole) {
            Files.move(unfinished, Path.of(file + rotation.compression().suffix()));
            Files.delete(file);
        }
    }

    /** Ends the thread; a file that is being compressed stays plain until the next start. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, CLOSE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
