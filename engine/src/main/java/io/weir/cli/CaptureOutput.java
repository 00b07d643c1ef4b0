package io.weir.cli;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.capture.FrameSource;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.EngineContext;
import io.weir.output.CaptureFiles;
import io.weir.output.PrintableText;
import io.weir.output.StreamDirectory;
import io.weir.output.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.agrona.ErrorHandler;

/** The directory of captures: packets of each flow that a rule captures, in a file; what is lost is told at the end. */
final class CaptureOutput implements AutoCloseable {
    private final Path directory;
    private final Counters counters = new Counters();
    private final CaptureFiles files;

    /** Takes a directory, which is created with the first file. */
    CaptureOutput(final Path directory, final Configuration configuration, final FrameSource source) {
        this.directory = directory;
        files = new CaptureFiles(directory, configuration.get(Settings.CAPTURE_FILES),
            configuration.get(Settings.CAPTURE_OPEN_FILES), index -> source.interfaces().get(index), counters);
    }

    /**
     * Refuses a directory with something in it, for a trace from files: captures of two traces in one place would be
     * taken for one. Those of two live runs are told apart by their stamps.
     */
    static void checkUnused(final Path directory) throws IOException {
        if (StreamDirectory.isUsed(directory)) {
            throw CommandException.usage(directory + " is not empty: remove it, or name another directory");
        }
    }

    /** Lets an engine fill the directory, and faults be told; before the outputs that name its files. */
    void attach(final EngineContext context, final ErrorHandler faults) {
        files.faults(faults);
        context.output(files).counters(counters);
    }

    /** The files. */
    CaptureFiles files() {
        return files;
    }

    /** Writes the rest once the engine has ended, and tells what is missing; answers whether nothing is. */
    boolean finish(final Summary summary, final PrintWriter err) {
        files.flush();
        final long leftOut = summary.count(Counter.CAPTURE_FILES_LEFT_OUT);
        if (leftOut > 0) {
            tell(err, leftOut + " flows were captured in no file; raise rules.capture.files");
        }
        if (counters.get(Counter.CAPTURE_FILES_DAMAGED) > 0) {
            tell(err, counters.get(Counter.CAPTURE_FILES_DAMAGED) + " files could not be written whole: "
                + files.failure());
        }
        return leftOut == 0 && counters.get(Counter.CAPTURE_FILES_DAMAGED) == 0;
    }

    private void tell(final PrintWriter err, final String what) {
        err.println("weir: " + PrintableText.of(directory + ": " + what));
    }

    @Override
    public void close() {
        files.close();
        counters.close();
    }
}
