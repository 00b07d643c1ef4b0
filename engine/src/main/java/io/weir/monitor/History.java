package io.weir.monitor;

import io.weir.base.Counter;
import java.util.ArrayDeque;

/** Throughput of the last minutes, a point for each second. Any thread. */
final class History {
    /** Points that are kept. */
    static final int POINTS = 300;

    private final ArrayDeque<Point> points = new ArrayDeque<>();

    /** One second. */
    private record Point(long timeMs, long bits, long frames, long dropped) {
    }

    synchronized void add(final Status status) {
        if (points.size() == POINTS) {
            points.removeFirst();
        }
        double dropped = 0;
        for (final Counter counter : Counter.values()) {
            dropped += counter.kind() == Counter.Kind.DROP ? status.rate(counter) : 0;
        }
        points.addLast(new Point(status.reading().timeNs() / 1_000_000,
            Math.round(status.rate(Counter.BYTES_PROCESSED) * 8), Math.round(status.rate(Counter.FRAMES_PROCESSED)),
            Math.round(dropped)));
    }

    /** The points, oldest first, as an array of {@code [time_ms,bits,frames,dropped]}. */
    synchronized String json() {
        final StringBuilder text = new StringBuilder("[");
        for (final Point point : points) {
            text.append(text.length() == 1 ? "[" : ",[").append(point.timeMs).append(',').append(point.bits)
                .append(',').append(point.frames).append(',').append(point.dropped).append(']');
        }
        return text.append(']').toString();
    }
}
