package io.weir.cli.watch;

import io.weir.cli.CommandException;
import io.weir.monitor.StatusDirectory;
import io.weir.monitor.StatusReader;
import io.weir.monitor.StatusTree;
import io.weir.output.PrintableText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the status file of an engine that is meant: the only one that runs, or one by process, interface or path. */
final class Engines {
    private Engines() {
    }

    /** One that was found: its file, and who wrote it. */
    private record Found(Path path, long pid, List<String> interfaces) {
        String line() {
            return pid + "  " + String.join(", ", interfaces);
        }
    }

    /**
     * Opens the status file that is meant.
     *
     * @param meant a process, an interface or a path; null for the only engine there is
     * @throws CommandException if there is none, or more than one
     */
    static StatusReader open(final String meant) throws IOException {
        if (meant != null && (meant.indexOf('/') >= 0 || Files.exists(Path.of(meant)))) {
            return open(Path.of(meant));
        }
        final List<Path> denied = new ArrayList<>();
        final List<Found> running = running(denied);
        final List<Found> fitting = meant == null ? running : running.stream().filter(found ->
            meant.equals(Long.toString(found.pid)) || found.interfaces.contains(meant)).toList();
        if (fitting.size() == 1) {
            return open(fitting.get(0).path);
        }
        if (fitting.size() > 1) {
            throw CommandException.usage("several engines run; name one by its process:" + lines(fitting));
        }
        if (!denied.isEmpty()) {
            throw CommandException.device("may not read " + denied.get(0) + "; try again with sudo");
        }
        if (running.isEmpty()) {
            throw CommandException.usage(
                "no running engine found; 'weir run' starts one, and its user or root can look at it");
        }
        throw CommandException.usage("no running engine is process or interface " + meant + "; there "
            + (running.size() == 1 ? "is" : "are") + ":" + lines(running));
    }

    private static String lines(final List<Found> engines) {
        final StringBuilder text = new StringBuilder();
        engines.forEach(found -> text.append("\n  ").append(PrintableText.of(found.line())));
        return text.toString();
    }

    private static List<Found> running(final List<Path> denied) throws IOException {
        final List<Found> running = new ArrayList<>();
        for (final Path path : StatusDirectory.standard().files()) {
            try (StatusReader reader = StatusReader.open(path)) {
                if (reader.isRunning()) {
                    final byte[] snapshot = reader.snapshot();
                    running.add(new Found(path, reader.pid(),
                        snapshot == null ? List.of() : StatusTree.parse(snapshot).texts("interfaces")));
                }
            } catch (final AccessDeniedException e) {
                denied.add(path);
            } catch (final IOException e) {
                // Removed meanwhile, or none of ours: not an engine that can be looked at.
                running.removeIf(found -> found.path.equals(path));
            }
        }
        return running;
    }

    private static StatusReader open(final Path path) throws IOException {
        try {
            return StatusReader.open(path);
        } catch (final NoSuchFileException e) {
            throw CommandException.usage("no status file " + path + "; has the engine ended?");
        } catch (final AccessDeniedException e) {
            throw CommandException.device("may not read " + path + "; try again with sudo");
        } catch (final IOException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    /** The newest status. */
    static StatusTree status(final StatusReader reader) throws IOException {
        return StatusTree.parse(snapshot(reader));
    }

    /** The same as text. */
    static byte[] snapshot(final StatusReader reader) throws IOException {
        final byte[] snapshot = reader.snapshot();
        if (snapshot == null) {
            throw CommandException.usage("the engine is just starting; try again");
        }
        return snapshot;
    }
}
