package io.weir.cli;

import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.file.PcapngWriter;
import io.weir.engine.FrameTee;
import io.weir.output.PrintableText;
import io.weir.packet.Frame;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes every dispatched frame to a pcapng file. If the file cannot be written any more, inspection goes on without
 * it, and the frames that are missing in it are counted.
 */
final class TeeFile implements FrameTee, AutoCloseable {
    private final Path file;
    private final PcapngWriter writer;
    private long missing;
    private String failure;

    /** Creates the file, which must not exist. */
    TeeFile(final Path file, final List<CaptureInterface> interfaces) {
        this.file = file;
        writer = PcapngWriter.create(file, interfaces);
    }

    @Override
    public void append(final Frame frame) {
        if (failure != null) {
            missing++;
            return;
        }
        try {
            writer.write(frame);
        } catch (final CaptureException e) {
            failure = e.getMessage();
            missing++;
        }
    }

    /** Writes the rest once the engine has ended; answers whether the file holds every frame. */
    boolean finish(final PrintWriter err) {
        close();
        if (failure != null) {
            err.println("weir: --tee " + PrintableText.of(file + ": " + failure) + "; it lacks the last frames, "
                + "at least " + missing);
        }
        return failure == null;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (final CaptureException e) {
            failure = failure == null ? e.getMessage() : failure;
        }
    }
}
