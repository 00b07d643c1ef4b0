package io.weir.capture.file;

import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * A small pcapng file that is written in between others: it may be closed and opened again to be added to. It is
 * created exclusively, for its owner alone, and never through a link. The caller encodes into a buffer of its own and
 * hands that over, so that an open file costs no memory. One thread.
 */
public final class FlowFile {
    private static final int MAX_HEADERS = 4 * 1024;

    private final Path path;
    private int[] interfaces = new int[1];
    private int interfaceCount;
    private boolean begun;
    private boolean created;
    private long bytes;
    private FileChannel channel;

    /** Names a file; nothing is created yet. */
    public FlowFile(final Path path) {
        this.path = path;
    }

    /** Its path. */
    public Path path() {
        return path;
    }

    /** True while it is open. */
    public boolean isOpen() {
        return channel != null;
    }

    /** Most bytes that {@link #encode} writes for a frame. */
    public static int room(final Frame frame) {
        return MAX_HEADERS + PcapngEncoder.packetLength(frame);
    }

    /**
     * Opens it at its end; creates it the first time.
     *
     * @throws IOException                         if it is not what was written so far, or cannot be opened
     * @throws io.weir.capture.CaptureException if it exists already or cannot be created
     */
    public void open() throws IOException {
        if (!created) {
            channel = NewFile.create(path);
            created = true;
            return;
        }
        final FileChannel opened =
            FileChannel.open(path, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        if (opened.size() != bytes) {
            opened.close();
            throw new FileSystemException(path.toString(), null, "changed by somebody else");
        }
        channel = opened.position(bytes);
    }

    /**
     * Encodes a frame as it is to be {@link #write written} next, with what must stand before it.
     *
     * @param address has {@link #room} for it
     * @param frame   its raw part; its interface's number becomes that in this file
     * @param seenOn  its interface
     * @return bytes written
     */
    public int encode(final long address, final Frame frame, final CaptureInterface seenOn) {
        int length = 0;
        if (!begun) {
            begun = true;
            length = PcapngEncoder.sectionHeader(address);
        }
        int number = 0;
        while (number < interfaceCount && interfaces[number] != frame.interfaceId) {
            number++;
        }
        if (number == interfaceCount) {
            if (number == interfaces.length) {
                interfaces = Arrays.copyOf(interfaces, 2 * number);
            }
            interfaces[interfaceCount++] = frame.interfaceId;
            length += PcapngEncoder.interfaceDescription(address + length, seenOn);
        }
        frame.interfaceId = number;
        final int block = PcapngEncoder.packetLength(frame);
        PcapngEncoder.packet(address + length, block, frame);
        return length + block;
    }

    /** Writes encoded frames. */
    public void write(final ByteBuffer encoded) throws IOException {
        while (encoded.hasRemaining()) {
            bytes += channel.write(encoded);
        }
    }

    /** Closes it for now. */
    public void close() throws IOException {
        final FileChannel closing = channel;
        channel = null;
        closing.close();
    }
}
