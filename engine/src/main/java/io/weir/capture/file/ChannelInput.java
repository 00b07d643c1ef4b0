package io.weir.capture.file;

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
import io.weir.capture.CaptureException;

/** The bytes of a file or of standard input as they are. */
final class ChannelInput implements ByteInput {
    private final FileChannel channel;
    private final boolean standardInput;
    private final ByteBuffer ahead = ByteBuffer.allocate(MagicNumber.MAX_BYTES);
    private long bytesRead;

    private ChannelInput(final FileChannel channel, final boolean standardInput) {
        this.channel = channel;
        this.standardInput = standardInput;
        ahead.limit(0);
    }

    /** Standard input; closing it leaves the descriptor open. */
    @SuppressWarnings("resource")
    static ChannelInput standardInput() {
        return new ChannelInput(new FileInputStream(FileDescriptor.in).getChannel(), true);
    }

    /**
     * Opens a file.
     *
     * @throws CaptureException with one line that says why it cannot be read
     */
    static ChannelInput open(final Path path) {
        if (Files.isDirectory(path)) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + " is a directory, not a capture file");
        }
        try {
            return new ChannelInput(FileChannel.open(path, StandardOpenOption.READ), false);
        } catch (final NoSuchFileException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + ": no such file");
        } catch (final AccessDeniedException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + ": no permission to read this file");
        } catch (final IOException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE, path + ": " + e.getMessage());
        }
    }

    /** Length of the file, 0 if it has none (a pipe). */
    long size() {
        try {
            return standardInput ? 0 : channel.size();
        } catch (final IOException e) {
            return 0;
        }
    }

    /**
     * The first bytes, most significant first, without taking them; fewer than asked for only at the end of the file.
     */
    ByteBuffer peek() throws IOException {
        if (ahead.limit() == 0) {
            ahead.clear();
            while (ahead.hasRemaining() && channel.read(ahead) >= 0) {
                Thread.onSpinWait();
            }
            ahead.flip();
        }
        return ahead.asReadOnlyBuffer();
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
