package io.weir.capture.file;

import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes frames to a series of new pcapng files, {@code NAME-00001.pcapng} and so on, going on to the next one when a
 * file is large or old enough. Without such a limit there is one file, with the name as it is. For one thread.
 */
public final class RotatingWriter implements AutoCloseable {
    private static final int MAX_FILES = 99_999;
    private static final int NUMBER_DIGITS = 5;

    private final Path path;
    private final List<CaptureInterface> interfaces;
    private final long maxBytes;
    private final long maxAgeNs;
    private PcapngWriter writer;
    private int files;
    private long bytesBefore;
    private long openedNs;

    /**
     * Creates the first file.
     *
     * @param path       where to write
     * @param interfaces see {@link PcapngWriter#create}
     * @param maxBytes   a file ends before it is longer than this, 0 for no limit
     * @param maxAgeNs   a file ends after this time, 0 for no limit
     * @param nowNs      monotonic clock
     * @throws CaptureException if the file exists or cannot be created
     */
    public RotatingWriter(final Path path, final List<CaptureInterface> interfaces, final long maxBytes,
        final long maxAgeNs, final long nowNs) {
        this.path = path;
        this.interfaces = interfaces;
        this.maxBytes = maxBytes;
        this.maxAgeNs = maxAgeNs;
        open(nowNs);
    }

    private void open(final long nowNs) {
        if (files == MAX_FILES) {
            throw new CaptureException(CaptureException.Kind.RESOURCE,
                path + ": " + MAX_FILES + " files were written; that is enough");
        }
        files++;
        openedNs = nowNs;
        writer = PcapngWriter.create(maxBytes == 0 && maxAgeNs == 0 ? path : numbered(files), interfaces);
    }

    private Path numbered(final int number) {
        final String name = path.getFileName().toString();
        final int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        final String digits = Integer.toString(number);
        final String zeros = "0".repeat(Math.max(0, NUMBER_DIGITS - digits.length()));
        return path.resolveSibling(name.substring(0, dot) + "-" + zeros + digits + name.substring(dot));
    }

    /**
     * Goes on to the next file if this one is old enough; to be called once per batch of frames.
     *
     * @param nowNs monotonic clock
     * @throws CaptureException if the file system refuses
     */
    public void tick(final long nowNs) {
        if (maxAgeNs > 0 && nowNs - openedNs >= maxAgeNs) {
            next(nowNs);
        }
    }

    /**
     * Writes the raw part of a frame.
     *
     * @param nowNs monotonic clock, as at the start of the batch
     * @throws CaptureException if the file system refuses
     */
    public void write(final Frame frame, final long nowNs) {
        if (maxBytes > 0 && !writer.isEmpty()
            && writer.bytesWritten() + PcapngEncoder.packetLength(frame) > maxBytes) {
            next(nowNs);
        }
        writer.write(frame);
    }

    private void next(final long nowNs) {
        writer.close();
        bytesBefore += writer.bytesWritten();
        open(nowNs);
    }

    /** How many files were begun. */
    public int files() {
        return files;
    }

    /** Bytes written to all files so far. */
    public long bytesWritten() {
        return bytesBefore + writer.bytesWritten();
    }

    @Override
    public void close() {
        writer.close();
    }
}
