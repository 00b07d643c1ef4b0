package io.weir.capture.file;

import io.weir.capture.CaptureException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file or of standard input as they are. */
final class ChannelInput implements ByteInput {
    private final String name;
    private final FileChannel channel;
    private final boolean standardInput;
    private final ByteBuffer ahead = ByteBuffer.allocate(MagicNumber.MAX_BYTES);
    private long bytesRead;

    private ChannelInput(final String name, final FileChannel channel, final boolean standardInput) {
        this.name = name;
        this.channel = channel;
        this.standardInput = standardInput;
        ahead.limit(0);
    }

    /**
     * Opens a file, or standard input, of which the descriptor stays open.
     *
     * @throws CaptureException with one line that says why it cannot be read
     */
    @SuppressWarnings("resource")
    static ChannelInput open(final Path path) {
        if (path.equals(FileSource.STANDARD_INPUT)) {
            return new ChannelInput("standard input", new FileInputStream(FileDescriptor.in).getChannel(), true);
        }
        if (Files.isDirectory(path)) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + " is a directory, not a capture file");
        }
        try {
            return new ChannelInput(path.toString(), FileChannel.open(path, StandardOpenOption.READ), false);
        } catch (final NoSuchFileException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + ": no such file");
        } catch (final AccessDeniedException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + ": no permission to read this file");
        } catch (final IOException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + ": " + e.getMessage());
        }
    }

    /**
     * How the file begins, without taking anything.
     *
     * @throws CaptureException if the file cannot be read
     */
    MagicNumber peek() {
        ahead.clear();
        try {
            int count = 0;
            while (ahead.hasRemaining() && count >= 0) {
                count = channel.read(ahead);
            }
        } catch (final IOException e) {
            close();
            throw new CaptureException(CaptureException.Kind.BAD_FILE, name + ": " + e.getMessage());
        }
        ahead.flip();
        return ahead.limit() < MagicNumber.MAX_BYTES ? MagicNumber.UNKNOWN : MagicNumber.of(ahead.getInt(0));
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        int count = Math.min(ahead.remaining(), target.remaining());
        if (count > 0) {
            target.put(ahead.slice().limit(count));
            ahead.position(ahead.position() + count);
        } else {
            count = channel.read(target);
        }
        bytesRead += Math.max(count, 0);
        return count;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() {
        if (!standardInput) {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
