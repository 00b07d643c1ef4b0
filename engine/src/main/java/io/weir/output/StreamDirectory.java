package io.weir.output;

import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.flow.FlowTable;
import io.weir.reassembly.StreamSink;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;

/**
 * A directory of stream files: the bytes of each direction of a TCP connection in a file
 * {@code SRC.PORT-DST.PORT[-N]}, and {@code streams.jsonl} with a line for each. Missing bytes are left out of a file
 * and counted in its line.
 *
 * <p>Made and closed by one thread, which closes it after the engine that uses its sinks has ended.
 */
public final class StreamDirectory implements AutoCloseable {
    /** Files open at once, over all workers. */
    private static final int MOST_OPEN = 256;
    private static final int LEAST_OPEN = 4;

    private final Path directory;
    private final int filesPerWorker;
    private final int openPerWorker;
    private final StreamIndexOutput index;
    private final List<StreamFiles> sinks = new ArrayList<>();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    /**
     * Takes a directory, which is created if it is missing.
     *
     * @param mostFiles most files of all workers together, shared evenly
     * @throws IOException if it cannot be written, or {@link #isUsed} says it is
     */
    public StreamDirectory(final Path directory, final int mostFiles, final int workers) throws IOException {
        this(directory, mostFiles, workers, Math.max(LEAST_OPEN, MOST_OPEN / workers));
    }

    StreamDirectory(final Path directory, final int mostFiles, final int workers, final int openPerWorker)
        throws IOException {
        this.directory = directory;
        this.filesPerWorker = Math.max(1, mostFiles / workers);
        this.openPerWorker = openPerWorker;
        Files.createDirectories(directory);
        if (isUsed(directory)) {
            throw new FileSystemException(directory.toString(), null, "is not empty");
        }
        index = new StreamIndexOutput(directory.resolve("streams.jsonl"));
    }

    /** True if there is something in it: streams of two traces in one place would be taken for one. */
    public static boolean isUsed(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return entries.iterator().hasNext();
        }
    }

    /** Makes the sink of a worker. */
    public StreamSink sink(final int worker, final FlowTable flows, final EventRing events, final Counters counters) {
        final StreamFiles made = new StreamFiles(directory, filesPerWorker, openPerWorker,
            reason -> failure.compareAndSet(null, reason), flows, events, counters);
        sinks.add(made);
        return made;
    }

    /** Takes the records of the streams; closed with this directory. */
    public RecordOutput index() {
        return index;
    }

    /** Why the first file that failed could not be written, or null. */
    public IOException failure() {
        return failure.get();
    }

    @Override
    public void close() {
        sinks.forEach(StreamFiles::close);
        CloseHelper.quietClose(index);
    }
}
