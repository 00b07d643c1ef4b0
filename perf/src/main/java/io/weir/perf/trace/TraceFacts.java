package io.weir.perf.trace;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What the generator knows of a trace of TCP connections; lies beside it in a file of its own.
 *
 * @param frames      all
 * @param segments    frames that carry stream data, repeated ones too
 * @param acks        frames that carry no data and only acknowledge
 * @param swaps       times a segment went behind the one that follows it in its stream
 * @param repeats     segments that were there before
 * @param streams     streams that carry data, of connections that are followed to their FIN
 * @param streamBytes what all of those deliver
 */
public record TraceFacts(long frames, long segments, long acks, long swaps, long repeats, long streams,
    long streamBytes) {

    private static Path beside(final Path trace) {
        return trace.resolveSibling(trace.getFileName() + ".facts");
    }

    /** Reads those of a trace. */
    public static TraceFacts of(final Path trace) throws IOException {
        final Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(beside(trace))) {
            lines.load(reader);
        }
        return new TraceFacts(number(lines, "frames"), number(lines, "segments"), number(lines, "acks"),
            number(lines, "swaps"), number(lines, "repeats"), number(lines, "streams"), number(lines, "stream-bytes"));
    }

    private static long number(final Properties lines, final String name) {
        return Long.parseLong(lines.getProperty(name));
    }

    void write(final Path trace) throws IOException {
        try (Writer writer = Files.newBufferedWriter(beside(trace))) {
            writer.write("frames=" + frames + "\nsegments=" + segments + "\nacks=" + acks + "\nswaps=" + swaps
                + "\nrepeats=" + repeats + "\nstreams=" + streams + "\nstream-bytes=" + streamBytes + "\n");
        }
    }
}
