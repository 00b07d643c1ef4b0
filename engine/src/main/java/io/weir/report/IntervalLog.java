package io.weir.report;

import io.weir.stats.LatencyStage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * An interval log in HdrHistogram's format (version 1.3 and before), read as far as it is whole: lines that cannot be
 * read are counted and left out.
 */
public final class IntervalLog {
    private static final int MOST_TAGS = 1_024;
    private static final String TAG = "Tag=";
    private static final long MS_PER_SECOND = 1_000;

    private final Map<String, Series> series = new LinkedHashMap<>();
    private final double fromSeconds;
    private final double toSeconds;
    private double startSeconds = Double.NaN;
    private double baseSeconds;
    private long histograms;
    private long damaged;
    private long firstDamaged;
    private long startMs = Long.MAX_VALUE;
    private long endMs = Long.MIN_VALUE;

    private IntervalLog(final double fromSeconds, final double toSeconds) {
        this.fromSeconds = fromSeconds;
        this.toSeconds = toSeconds;
    }

    /**
     * Reads a log.
     *
     * @param fromSeconds leaves out intervals that begin before, in seconds since the start of the log
     * @param toSeconds   leaves out intervals that begin at that time or after it
     * @throws IOException if the file cannot be read
     */
    public static IntervalLog read(final Path file, final double fromSeconds, final double toSeconds)
        throws IOException {
        final IntervalLog log = new IntervalLog(fromSeconds, toSeconds);
        try (Lines lines = new Lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                log.take(line, lines.number());
            }
        }
        return log;
    }

    private void take(final String line, final long number) {
        final String text = line.strip();
        if (text.isEmpty() || text.startsWith("\"StartTimestamp\"")) {
            return;
        }
        if (text.charAt(0) == '#') {
            startSeconds = heading(text, "#[StartTime: ", startSeconds);
            baseSeconds = heading(text, "#[BaseTime: ", baseSeconds);
        } else if (!takeHistogram(text)) {
            damaged++;
            firstDamaged = firstDamaged == 0 ? number : firstDamaged;
        }
    }

    private static double heading(final String line, final String name, final double otherwise) {
        if (!line.startsWith(name)) {
            return otherwise;
        }
        final int end = line.indexOf(' ', name.length());
        try {
            return Double.parseDouble(line.substring(name.length(), end < 0 ? line.length() : end));
        } catch (final NumberFormatException e) {
            return otherwise;
        }
    }

    /** Takes a line "Tag=T,start,length,max,histogram"; false if it is none. */
    private boolean takeHistogram(final String line) {
        int at = 0;
        String tag = "";
        if (line.startsWith(TAG)) {
            at = line.indexOf(',') + 1;
            tag = line.substring(TAG.length(), Math.max(TAG.length(), at - 1));
        }
        final String[] fields = line.substring(at).split(",", -1);
        if (fields.length != 4 || line.startsWith(TAG) && at == 0) {
            return false;
        }
        try {
            final double begin = Double.parseDouble(fields[0]);
            final double length = Double.parseDouble(fields[1]);
            final Histogram histogram = Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(fields[3])), 0);
            return Double.isFinite(begin) && Double.isFinite(length) && length >= 0
                && add(tag, begin, length, histogram);
        } catch (final RuntimeException | DataFormatException e) {
            // The decoder throws whatever comes of it when a header or a count makes no sense.
            return false;
        }
    }

    private boolean add(final String tag, final double begin, final double length, final Histogram histogram) {
        histograms++;
        // As in HdrHistogram: without a base time, small stamps count from the start of the log.
        final double base = baseSeconds != 0 || Double.isNaN(startSeconds) || begin > startSeconds - 365 * 86_400.0
            ? baseSeconds : startSeconds;
        final double absolute = base + begin;
        final double since = Double.isNaN(startSeconds) ? begin : absolute - startSeconds;
        if (since < fromSeconds || since >= toSeconds) {
            return true;
        }
        Series of = series.get(tag);
        if (of == null) {
            if (series.size() == MOST_TAGS) {
                return false;
            }
            of = new Series(tag, histogram);
            series.put(tag, of);
        }
        final long start = Math.round(absolute * MS_PER_SECOND);
        final long end = Math.round((absolute + length) * MS_PER_SECOND);
        of.add(start, end, histogram);
        startMs = Math.min(startMs, start);
        endMs = Math.max(endMs, end);
        return true;
    }

    /** True if there is no histogram in it, or none in the range asked for. */
    public boolean isEmpty() {
        return series.isEmpty();
    }

    /** Histograms that could be read, in the range or not. */
    public long histograms() {
        return histograms;
    }

    /** Lines that could not be read. */
    public long damagedLines() {
        return damaged;
    }

    /** Number of the first of these, from 1. */
    public long firstDamagedLine() {
        return firstDamaged;
    }

    /** Start of the first interval, ms since 1970. */
    public long startMs() {
        return startMs;
    }

    /** End of the last interval, ms since 1970. */
    public long endMs() {
        return endMs;
    }

    /** All series, in the order in which they occur. */
    Collection<Series> all() {
        return series.values();
    }

    /** What is measured of frames, each with the series of all who measured it; in the order of a frame's way. */
    Map<String, List<Series>> stages() {
        final Map<String, List<Series>> stages = new LinkedHashMap<>();
        for (final LatencyStage stage : LatencyStage.values()) {
            of(stage.label(), stages);
        }
        for (final Series each : series.values()) {
            if (!each.isPause()) {
                of(each.what(), stages);
            }
        }
        return stages;
    }

    private void of(final String what, final Map<String, List<Series>> stages) {
        final List<Series> found = new ArrayList<>();
        for (final Series each : series.values()) {
            if (!each.isPause() && each.what().equals(what)) {
                found.add(each);
            }
        }
        if (!found.isEmpty()) {
            stages.putIfAbsent(what, found);
        }
    }

    /** The series of pauses. */
    List<Series> pauses() {
        return series.values().stream().filter(Series::isPause).toList();
    }

    /** Several series as one histogram. */
    static Histogram together(final List<Series> parts) {
        final Histogram sum = new Histogram(parts.get(0).total());
        sum.setAutoResize(true);
        parts.forEach(part -> sum.add(part.total()));
        return sum;
    }
}
