package io.weir.monitor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where status files are, so that an engine that runs is found without being told where: the directory of the service
 * ({@code RUNTIME_DIRECTORY}, as systemd sets it), else {@code /run/weir} for root, else {@code XDG_RUNTIME_DIR/weir},
 * else {@code /tmp/weir-UID}. A file is named after its process. A directory that others may write to is not used:
 * somebody might have put files there.
 */
public final class StatusDirectory {
    private static final String SUFFIX = ".status";
    private static final int ROOT = 0;

    private final Map<String, String> environment;
    private final Path run;
    private final Path temporary;
    private final int user;

    StatusDirectory(final Map<String, String> environment, final Path run, final Path temporary, final int user) {
        this.environment = environment;
        this.run = run;
        this.temporary = temporary;
        this.user = user;
    }

    /** That of this process. */
    public static StatusDirectory standard() throws IOException {
        return new StatusDirectory(System.getenv(), Path.of("/run"), Path.of("/tmp"),
            (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /**
     * The file for this process, in a directory that exists; files of processes that run no more are removed from it.
     */
    public Path forProcess(final long pid) throws IOException {
        final Path directory = own();
        for (final Path file : files(directory)) {
            if (StatusReader.isStale(file)) {
                Files.deleteIfExists(file);
            }
        }
        return directory.resolve(pid + SUFFIX);
    }

    private Path own() throws IOException {
        final String service = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        if (!service.isEmpty()) {
            return Path.of(service.split(":")[0]);
        }
        final Path ofRoot = run.resolve("weir");
        // root of a user namespace may not write to /run
        return user == ROOT && Files.isWritable(Files.isDirectory(ofRoot) ? ofRoot : run) ? made(ofRoot, "rwxr-xr-x")
            : made(ofUser(), "rwx------");
    }

    private Path made(final Path directory, final String permissions) throws IOException {
        try {
            Files.createDirectory(directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        } catch (final FileAlreadyExistsException e) {
            if (!isTrusted(directory)) {
                throw new IOException(directory + " is no directory of this user, or others may write to it", e);
            }
        }
        return directory;
    }

    private Path ofUser() {
        final String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return !runtime.isEmpty() && Files.isDirectory(Path.of(runtime)) ? Path.of(runtime, "weir")
            : temporary.resolve("weir-" + user);
    }

    /** All status files that can be found, those of processes that run no more included. */
    public List<Path> files() throws IOException {
        final List<Path> directories = new ArrayList<>();
        final String service = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        if (!service.isEmpty()) {
            directories.add(Path.of(service.split(":")[0]));
        }
        directories.add(run.resolve("weir"));
        directories.add(ofUser());
        directories.add(temporary.resolve("weir-" + user));
        final List<Path> files = new ArrayList<>();
        for (final Path directory : directories.stream().distinct().toList()) {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(directory)
                && isTrusted(directory)) {
                files.addAll(files(directory));
            }
        }
        return files;
    }

    private static List<Path> files(final Path directory) throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            entries.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    /** True if a directory is this user's or root's or a service's below /run, and nobody else may write to it. */
    private boolean isTrusted(final Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        final Set<PosixFilePermission> permissions =
            Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        final int owner = (Integer) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return (owner == user || owner == ROOT || directory.startsWith(run))
            && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }
}
