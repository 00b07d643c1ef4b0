package io.weir.capture.file;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes frames to a new pcapng file through a buffer; {@link #write} blocks while the buffer is written out. Reading
 * the file back gives the same stamps, lengths, link types and interfaces. For one thread.
 */
public final class PcapngWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAX_HEADER_BYTES = 2048;

    private final Path path;
    private final FileChannel channel;
    private final List<CaptureInterface> interfaces;
    private NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OUTPUT, BUFFER_BYTES,
        NativeMemory.CACHE_LINE);
    private ByteBuffer buffer = region.byteBuffer();
    private int length;
    private int interfacesWritten;
    private long bytesFlushed;
    private boolean empty = true;

    private PcapngWriter(final Path path, final FileChannel channel, final List<CaptureInterface> interfaces) {
        this.path = path;
        this.channel = channel;
        this.interfaces = interfaces;
        length = PcapngEncoder.sectionHeader(region.address());
    }

    /**
     * Creates a file with mode 0600; it must not exist.
     *
     * @param interfaces what {@link Frame#interfaceId} is an index of; may grow while frames are written, as
     *                   {@link io.weir.capture.FrameSource#interfaces()} does
     * @throws CaptureException if the file exists or cannot be created
     */
    public static PcapngWriter create(final Path path, final List<CaptureInterface> interfaces) {
        return new PcapngWriter(path, NewFile.create(path), interfaces);
    }

    /**
     * Writes the raw part of a frame.
     *
     * @throws CaptureException if the file system refuses
     */
    public void write(final Frame frame) {
        while (interfacesWritten <= frame.interfaceId) {
            makeRoom(MAX_HEADER_BYTES);
            length += PcapngEncoder.interfaceDescription(region.address() + length,
                interfaces.get(interfacesWritten));
            interfacesWritten++;
        }
        final int blockLength = PcapngEncoder.packetLength(frame);
        makeRoom(blockLength);
        PcapngEncoder.packet(region.address() + length, blockLength, frame);
        length += blockLength;
        empty = false;
    }

    /** True if no frame was written. */
    boolean isEmpty() {
        return empty;
    }

    /** Bytes written so far, buffered ones included. */
    public long bytesWritten() {
        return bytesFlushed + length;
    }

    private void makeRoom(final int bytes) {
        if (region.length() - length < bytes) {
            flush();
            if (region.length() < bytes) {
                region.close();
                region = NativeMemory.allocate(NativeMemory.Tag.OUTPUT, bytes, NativeMemory.CACHE_LINE);
                buffer = region.byteBuffer();
            }
        }
    }

    /**
     * Hands everything buffered to the operating system.
     *
     * @throws CaptureException if the file system refuses
     */
    public void flush() {
        buffer.clear().limit(length);
        try {
            while (buffer.hasRemaining()) {
                bytesFlushed += channel.write(buffer);
            }
        } catch (final IOException e) {
            throw new CaptureException(CaptureException.Kind.RESOURCE,
                path + " cannot be written at byte " + bytesFlushed + ": " + e.getMessage());
        } finally {
            length = 0;
        }
    }

    /** Writes out what is buffered, and the descriptions of interfaces that had no frame, and closes the file. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel; NativeMemory.Region freed = region) {
            for (; interfacesWritten < interfaces.size(); interfacesWritten++) {
                makeRoom(MAX_HEADER_BYTES);
                length += PcapngEncoder.interfaceDescription(freed.address() + length,
                    interfaces.get(interfacesWritten));
            }
            flush();
        } catch (final IOException e) {
            throw new CaptureException(CaptureException.Kind.RESOURCE,
                path + " cannot be closed: " + e.getMessage());
        }
    }
}
