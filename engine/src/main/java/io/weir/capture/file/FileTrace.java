package io.weir.capture.file;

import io.weir.capture.CaptureException;
import io.weir.capture.CaptureStatistics;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files make up one trace, in order of their first stamp: a rotated capture, or several of them.
 *
 * <p>A directory stands for the capture files in it and below. Other files in it are passed over, and said to be
 * damaged only if their name is that of a capture. Symbolic links to files are followed, links to directories are not.
 */
public final class FileTrace {
    private static final Pattern CAPTURE_NAME =
        Pattern.compile(".*\\.(pcap|pcapng|cap|dmp)[0-9]*(\\.[0-9]+)?(\\.gz|\\.zst)?", Pattern.CASE_INSENSITIVE);
    /** Of each file, this much is unpacked to find its first stamp. */
    private static final int HEAD_BYTES = 64 << 10;
    private static final int MAX_STEPS = 16;

    private final List<Path> files;
    private final List<CaptureStatistics.Damage> damages;

    private FileTrace(final List<Path> files, final List<CaptureStatistics.Damage> damages) {
        this.files = List.copyOf(files);
        this.damages = List.copyOf(damages);
    }

    /**
     * Finds the files that arguments stand for and puts them in order. A single file is not looked at.
     *
     * @param arguments files, directories, or {@code -} for standard input, which comes last
     * @throws CaptureException if a named file is missing, unreadable or no capture, or a directory holds no capture
     */
    public static FileTrace of(final List<Path> arguments) {
        if (arguments.size() == 1 && !Files.isDirectory(arguments.get(0))) {
            return new FileTrace(arguments, List.of());
        }
        final List<Head> heads = new ArrayList<>();
        final List<CaptureStatistics.Damage> damages = new ArrayList<>();
        for (final Path argument : arguments) {
            if (argument.equals(FileSource.STANDARD_INPUT)) {
                heads.add(new Head(argument, Long.MAX_VALUE));
            } else if (Files.isDirectory(argument)) {
                addDirectory(argument, heads, damages);
            } else {
                heads.add(new Head(argument, firstStampNs(argument)));
            }
        }
        heads.sort(Comparator.comparing((Head head) -> head.path.equals(FileSource.STANDARD_INPUT))
            .thenComparingLong(Head::firstStampNs).thenComparing(Head::path));
        final List<Path> files = new ArrayList<>(heads.size());
        for (final Head head : heads) {
            files.add(head.path);
        }
        return new FileTrace(List.copyOf(files), damages);
    }

    private static void addDirectory(final Path directory, final List<Head> heads,
        final List<CaptureStatistics.Damage> damages) {
        final int before = heads.size();
        for (final Path file : filesBelow(directory, damages)) {
            final boolean named = CAPTURE_NAME.matcher(file.getFileName().toString()).matches();
            try {
                if (named || file.toFile().length() >= PcapReader.FILE_HEADER) {
                    heads.add(new Head(file, firstStampNs(file)));
                }
            } catch (final CaptureException e) {
                if (named) {
                    damages.add(new CaptureStatistics.Damage(
                        file.toString(), -1, e.messageWithout(file.toString())));
                }
            }
        }
        if (heads.size() == before) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE,
                directory + ": no capture file in this directory");
        }
    }

    private static List<Path> filesBelow(final Path directory, final List<CaptureStatistics.Damage> damages) {
        final List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                    if (Files.isRegularFile(file)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(final Path file, final IOException e) {
                    damages.add(new CaptureStatistics.Damage(file.toString(), -1, "cannot be looked at: " + e));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            damages.add(new CaptureStatistics.Damage(directory.toString(), -1, "cannot be looked at: " + e));
        }
        return found;
    }

    /** Stamp of the first frame near the start of a file; the greatest long if there is none. */
    private static long firstStampNs(final Path path) {
        final Frame frame = new Frame();
        try (FileSource source = FileSource.open(List.of(path), 1, HEAD_BYTES)) {
            for (int i = 0; i < MAX_STEPS && !source.isExhausted(); i++) {
                if (source.next(frame)) {
                    return frame.timestampNs;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** The files in order of their first stamp, then of their names; those without frames last. */
    public List<Path> files() {
        return files;
    }

    /** Bytes of all files, 0 if standard input is one of them. */
    public long bytes() {
        if (files.contains(FileSource.STANDARD_INPUT)) {
            return 0;
        }
        long bytes = 0;
        for (final Path file : files) {
            bytes += file.toFile().length();
        }
        return bytes;
    }

    /** What could not be taken for a capture although its name says so. */
    public List<CaptureStatistics.Damage> damages() {
        return damages;
    }

    private record Head(Path path, long firstStampNs) {
    }
}
