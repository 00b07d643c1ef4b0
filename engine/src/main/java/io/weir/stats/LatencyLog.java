package io.weir.stats;

import io.weir.base.LineFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.agrona.ErrorHandler;

/**
 * The file {@code latency.hlog}: interval histograms in HdrHistogram's log format, tagged {@code WORKER/STAGE}, values
 * in ns. Write errors are remembered and told, never thrown; intervals that cannot be written are left out whole. A
 * file that was moved away is begun anew, with its head.
 */
public final class LatencyLog implements AutoCloseable {
    private final LineFile file;
    /** Lines of one collection, which are written together. */
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(1 << 16);
    private final HistogramLogWriter writer =
        new HistogramLogWriter(new PrintStream(lines, false, StandardCharsets.US_ASCII));
    private final long baseMs;
    private final byte[] head;
    private final ErrorHandler faults;
    private boolean failed;

    /**
     * Creates the file, replacing an old one, and writes its head.
     *
     * @param startMs time the log counts from, ms since 1970
     * @param faults  hears of each error
     */
    public LatencyLog(final Path path, final long startMs, final ErrorHandler faults) throws IOException {
        baseMs = startMs;
        this.faults = faults;
        file = new LineFile(path, true);
        writer.outputComment("[latencies in ns, tagged WORKER/STAGE; maxima in us]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMs);
        writer.setBaseTime(startMs);
        writer.outputBaseTime(startMs);
        writer.outputLegend();
        head = lines.toByteArray();
        lines.reset();
        file.open();
        flush();
    }

    /**
     * The word as it is, if it is fit for a tag.
     *
     * @throws IllegalArgumentException if it would break the log
     */
    static String checkTag(final String word) {
        if (word.isEmpty() || word.indexOf(',') >= 0 || word.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("not fit for a histogram tag: '" + word + "'");
        }
        return word;
    }

    void write(final String tag, final long startMs, final long endMs, final Histogram interval) {
        interval.setTag(tag);
        writer.outputIntervalHistogram((startMs - baseMs) / 1000.0, (endMs - baseMs) / 1000.0, interval, 1000.0);
    }

    void flush() {
        try {
            file.look(System.nanoTime());
            if (file.size() == 0) {
                file.append(ByteBuffer.wrap(head));
            }
            file.append(ByteBuffer.wrap(lines.toByteArray()));
        } catch (final IOException e) {
            failed(e);
        }
        lines.reset();
    }

    /** Looks at the next flush whether the file was moved away, as it does each second. Any thread. */
    void reopen() {
        file.reopen();
    }

    /** True if something could not be written. */
    public boolean failed() {
        return failed;
    }

    @Override
    public void close() {
        flush();
        try {
            file.close();
        } catch (final IOException e) {
            failed(e);
        }
    }

    private void failed(final IOException error) {
        failed = true;
        faults.onError(error);
    }
}
