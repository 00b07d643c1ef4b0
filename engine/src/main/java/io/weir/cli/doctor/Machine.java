package io.weir.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What can be read of a machine: the kernel's files below a root, and programs that tell more. One thread. */
public class Machine {
    private static final long PATIENCE_S = 5;
    private static final int MOST_BYTES = 1 << 20;

    private final Path root;

    /** The machine whose {@code /proc} and {@code /sys} are below a directory. */
    public Machine(final Path root) {
        this.root = root;
    }

    /** The file of a machine at an absolute path. */
    public final Path at(final String path) {
        return root.resolve(path.substring(1));
    }

    /** True if there is such a file. */
    public final boolean has(final String path) {
        return Files.exists(at(path));
    }

    /** A file's text without white space around it, if it can be read. */
    public final Optional<String> text(final String path) {
        try (var in = Files.newInputStream(at(path))) {
            return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip());
        } catch (final IOException | SecurityException e) {
            // Missing, forbidden, or refused by the driver: all the same to a check, which then has nothing to say.
            return Optional.empty();
        }
    }

    /** A file's number, if it holds one. */
    public final OptionalLong number(final String path) {
        return text(path).map(Machine::parsed).orElse(OptionalLong.empty());
    }

    /** The number a text is. */
    static OptionalLong parsed(final String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (final NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Names in a directory, sorted; none if it cannot be listed. */
    public final List<String> names(final String path) {
        try (Stream<Path> entries = Files.list(at(path))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (final IOException e) {
            return List.of();
        }
    }

    /** What a program prints, if it is there and ends well within five seconds. */
    public Optional<String> output(final String... command) {
        try {
            final Process process = start(command);
            final String printed = new String(process.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(printed) : Optional.empty();
        } catch (final IOException e) {
            // Not installed: the check says so where that matters.
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Tools for administrators are not on the path of others. */
    private static Process start(final String... command) throws IOException {
        final Path administrators = Path.of("/usr/sbin", command[0]);
        final List<String> words = new ArrayList<>(List.of(command));
        if (Files.isExecutable(administrators)) {
            words.set(0, administrators.toString());
        }
        return new ProcessBuilder(words).redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile()).start();
    }

    /** The CPUs of a list as the kernel writes it: {@code 0-3,8}. */
    public static List<Integer> cpus(final String list) {
        final List<Integer> cpus = new ArrayList<>();
        for (final String part : list.strip().split(",")) {
            final String[] ends = part.split("-");
            final OptionalLong first = parsed(ends[0]);
            final OptionalLong last = parsed(ends[ends.length - 1]);
            if (first.isPresent() && last.isPresent()) {
                for (long cpu = first.getAsLong(); cpu <= last.getAsLong() && cpus.size() < MOST_BYTES; cpu++) {
                    cpus.add((int) cpu);
                }
            }
        }
        return cpus;
    }
}
