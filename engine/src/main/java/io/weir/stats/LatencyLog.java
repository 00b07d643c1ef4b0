package io.weir.stats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The file {@code latency.hlog}: interval histograms in HdrHistogram's log format, tagged {@code THREAD.STAGE}, values
 * in ns. Write errors are remembered, never thrown.
 */
public final class LatencyLog implements AutoCloseable {
    private final PrintStream stream;
    private final HistogramLogWriter writer;
    private final long baseMs;

    /**
     * Creates the file, replacing an old one, and writes its head.
     *
     * @param startMs time the log counts from, ms since 1970
     */
    public LatencyLog(final Path file, final long startMs) throws IOException {
        stream = new PrintStream(
            new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), false, StandardCharsets.US_ASCII);
        writer = new HistogramLogWriter(stream);
        baseMs = startMs;
        writer.outputComment("[latencies in ns, tagged THREAD.STAGE; maxima in us]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMs);
        writer.setBaseTime(startMs);
        writer.outputBaseTime(startMs);
        writer.outputLegend();
    }

    void write(
        final String thread, final LatencyStage stage, final long startMs, final long endMs, final Histogram interval) {
        interval.setTag(thread + "." + stage.label());
        writer.outputIntervalHistogram((startMs - baseMs) / 1000.0, (endMs - baseMs) / 1000.0, interval, 1000.0);
    }

    void flush() {
        stream.flush();
    }

    /** True if something could not be written. */
    public boolean failed() {
        return stream.checkError();
    }

    @Override
    public void close() {
        stream.close();
    }
}
