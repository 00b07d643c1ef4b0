package io.weir.cli;

import io.weir.base.Counters;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.file.TeeWriter;
import io.weir.engine.EngineContext;
import io.weir.output.PrintableText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of {@code --tee}: every dispatched frame in pcapng. Inspection never waits for it; frames it lacks because
 * the disk was too slow or full are counted and told at the end.
 */
final class TeeFile implements AutoCloseable {
    private final Path file;
    private final Counters counters = new Counters();
    private final TeeWriter writer;

    /** Creates the file, which must not exist. */
    TeeFile(final Path file, final List<CaptureInterface> interfaces) {
        this.file = file;
        try {
            writer = TeeWriter.create(file, interfaces, counters);
        } catch (final CaptureException e) {
            counters.close();
            throw e;
        }
    }

    /** Lets an engine fill the file. */
    void attach(final EngineContext context) {
        context.tee(writer::append).counters(counters);
    }

    /** Writes the rest once the engine has ended; answers whether the file holds every frame. */
    boolean finish(final PrintWriter err) {
        writer.close();
        if (writer.failure() != null || writer.missing() > 0) {
            final String why = writer.failure() == null ? "the disk was too slow" : writer.failure();
            err.println("weir: --tee " + PrintableText.of(file + " lacks " + writer.missing() + " frames: " + why));
            return false;
        }
        return true;
    }

    @Override
    public void close() {
        writer.close();
        counters.close();
    }
}
