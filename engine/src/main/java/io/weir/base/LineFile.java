package io.weir.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that whole lines are added to, whatever becomes of it meanwhile.
 *
 * <p>Moved away or removed, by logrotate or by hand: seen within a second, and the next lines go to a new file under
 * the same name, in a directory that is made again if need be. Full disk: lines are written whole or not at all, and
 * once there is room they are written again. Torn by a crash: the last line is closed off, so that the first new one
 * stands on its own. A pipe or device is written to as it is.
 *
 * <p>One thread, the writing one, calls everything but {@link #reopen()} and {@link #isOpen()}.
 */
public final class LineFile implements AutoCloseable {
    private static final long LOOK_NS = 1_000_000_000L;

    private final Path path;
    private final boolean regular;
    private boolean replace;
    private Object identity;
    private long lookedNs;
    private volatile FileChannel channel;
    private volatile boolean asked;

    /**
     * Makes the object; {@link #open} opens the file, or the first lines do.
     *
     * @param replace true to empty a file that is there when it is opened first
     */
    public LineFile(final Path path, final boolean replace) {
        this.path = path;
        this.replace = replace;
        regular = !Files.exists(path) || Files.isRegularFile(path);
        lookedNs = System.nanoTime();
    }

    /** The path. */
    public Path path() {
        return path;
    }

    /** False for a pipe or device. */
    public boolean isRegular() {
        return regular;
    }

    /** True if lines have somewhere to go. Any thread. */
    public boolean isOpen() {
        return channel != null;
    }

    /** Opens the file, which is created if it is missing; a pipe makes this wait for its reader. */
    public void open() throws IOException {
        if (!regular) {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
            return;
        }
        final boolean torn = !replace && isTorn();
        final FileChannel opened = FileChannel.open(path, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        try {
            if (replace) {
                opened.truncate(0);
                replace = false;
            } else if (torn) {
                opened.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            identity = identity(path);
        } catch (final IOException e) {
            opened.close();
            throw e;
        }
        channel = opened;
    }

    /** Nobody ends a line that was being written when a process or machine died. */
    private boolean isTorn() throws IOException {
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            final ByteBuffer last = ByteBuffer.allocate(1);
            final long size = reader.size();
            return size > 0 && reader.read(last, size - 1) == 1 && last.get(0) != '\n';
        } catch (final NoSuchFileException e) {
            return false;
        }
    }

    /** What tells a file from another under the same name: device and inode; null if there is none. */
    private static Object identity(final Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (final IOException e) {
            return null;
        }
    }

    /**
     * Adds whole lines: all of them, or none.
     *
     * @throws IOException if they could not be added; the next ones may be
     */
    public void append(final ByteBuffer lines) throws IOException {
        if (channel == null) {
            openAgain();
        }
        final long start = regular ? channel.size() : 0;
        try {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (final IOException e) {
            cutBackTo(start, e);
            throw e;
        }
    }

    private void openAgain() throws IOException {
        if (regular && path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        open();
    }

    private void cutBackTo(final long size, final IOException cause) {
        try {
            if (regular && channel.isOpen()) {
                channel.truncate(size);
            }
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Bytes in the file; 0 if it is not open, or no regular one. */
    public long size() throws IOException {
        return regular && channel != null ? channel.size() : 0;
    }

    /** Looks at once, and not within a second, whether the path leads to another file now. Any thread. */
    public void reopen() {
        asked = true;
    }

    /**
     * Sees, once a second, whether the path still leads to this file; if not, opens the one it leads to.
     *
     * @param nowNs the monotonic clock
     * @throws IOException if there is a new one to open and it cannot be; the next lines try again
     */
    public void look(final long nowNs) throws IOException {
        if (!regular || channel == null || !asked && nowNs - lookedNs < LOOK_NS) {
            return;
        }
        lookedNs = nowNs;
        asked = false;
        if (identity == null || identity.equals(identity(path))) {
            return;
        }
        final FileChannel before = channel;
        try {
            openAgain();
            before.close();
        } catch (final IOException e) {
            // A file that still has a name somewhere is better than none; one that has not keeps nothing.
            if (isRemoved()) {
                close();
                throw e;
            }
        }
    }

    /** True if the file that is open has no name any more. Only the descriptor can tell, so it is looked for. */
    private boolean isRemoved() {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                if (identity.equals(identity(descriptor))) {
                    return (int) Files.getAttribute(descriptor, "unix:nlink") == 0;
                }
            }
        } catch (final IOException e) {
            return true;
        }
        return true;
    }

    /**
     * Gives the file another name, which must be free, and begins a new one.
     *
     * @return false if the path led to another file by now, which stays as it is
     */
    public boolean moveTo(final Path aside) throws IOException {
        if (channel == null || identity == null || !identity.equals(identity(path))) {
            return false;
        }
        Files.move(path, aside);
        close();
        openAgain();
        return true;
    }

    @Override
    public void close() throws IOException {
        final FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
