package io.weir.cli;

import io.weir.base.Counter;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.EngineContext;
import io.weir.output.PrintableText;
import io.weir.output.StreamDirectory;
import io.weir.output.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The directory of {@code --streams}: the bytes of each TCP direction in a file; what is lost is told at the end. */
final class StreamOutput implements AutoCloseable {
    private final Path directory;
    private final StreamDirectory streams;

    /** Takes a directory, which must be new or empty. */
    StreamOutput(final Path directory, final Configuration configuration, final int workers) throws IOException {
        this.directory = directory;
        try {
            streams = new StreamDirectory(directory, configuration.get(Settings.STREAM_FILES), workers);
        } catch (final FileSystemException e) {
            throw CommandException.usage("--streams " + directory + ": " + e.getFile() + " cannot be written: "
                + reason(e));
        }
    }

    private static String reason(final IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something else is in its place";
        }
        return e instanceof FileSystemException failure && failure.getReason() != null ? failure.getReason()
            : e.getMessage();
    }

    /** Lets an engine fill the directory. */
    void attach(final EngineContext context) {
        context.streamSinks(streams::sink).output(streams.index());
    }

    /** Writes the rest once the engine has ended; answers whether every stream is there and whole. */
    boolean finish(final Summary summary, final PrintWriter err) {
        streams.close();
        final long leftOut = summary.count(Counter.STREAM_FILES_LEFT_OUT);
        final long damaged = summary.count(Counter.STREAM_FILES_DAMAGED);
        if (leftOut > 0) {
            tell(err, leftOut + " streams were written to no file; raise output.stream-files");
        }
        if (damaged > 0) {
            tell(err, damaged + " stream files could not be written whole: " + reason(streams.failure()));
        }
        if (streams.index().lost() > 0) {
            tell(err, streams.index().lost() + " lines of streams.jsonl could not be written");
        }
        return leftOut == 0 && damaged == 0 && streams.index().lost() == 0;
    }

    private void tell(final PrintWriter err, final String what) {
        err.println("weir: --streams " + PrintableText.of(directory + ": " + what));
    }

    @Override
    public void close() {
        streams.close();
    }
}
