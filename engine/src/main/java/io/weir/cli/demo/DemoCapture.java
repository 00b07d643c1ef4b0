package io.weir.cli.demo;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.capture.file.PcapngWriter;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The demo's traffic as a capture file. */
public final class DemoCapture {
    private static final int MAX_FRAME = 2_048;

    private DemoCapture() {
    }

    /**
     * Writes the capture to a new file.
     *
     * @return frames written
     * @throws io.weir.capture.CaptureException if the file exists or cannot be written
     */
    public static int write(final Path file) {
        final List<TimedFrame> frames = DemoTraffic.frames();
        final Frame frame = new Frame();
        frame.linkType = LinkType.ETHERNET;
        try (PcapngWriter writer = PcapngWriter.create(file,
            List.of(new CaptureInterface("demo", LinkType.ETHERNET, 0)));
            NativeMemory.Region region =
                NativeMemory.allocate(NativeMemory.Tag.OUTPUT, MAX_FRAME, NativeMemory.CACHE_LINE)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(region.address(), MAX_FRAME);
            for (final TimedFrame timed : frames) {
                buffer.putBytes(0, timed.bytes());
                frame.address = region.address();
                frame.capturedLength = timed.bytes().length;
                frame.wireLength = timed.bytes().length;
                frame.timestampNs = timed.timeNs();
                writer.write(frame);
            }
        }
        return frames.size();
    }
}
