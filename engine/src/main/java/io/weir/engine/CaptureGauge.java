package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import org.agrona.concurrent.NanoClock;

/**
 * Asks the source for its statistics once a second, on the dispatching thread, and lets any thread see the answer.
 */
final class CaptureGauge {
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final FrameSource source;
    private final Counters counters;
    private final NanoClock monotonic;
    private final boolean first;
    private long takenNs;
    private volatile CaptureStatistics newest = new CaptureStatistics();

    CaptureGauge(final FrameSource source, final Counters counters, final NanoClock monotonic) {
        this(source, counters, monotonic, true);
    }

    /** A gauge of one of several members; what happens to their interfaces the {@code first} alone counts. */
    CaptureGauge(final FrameSource source, final Counters counters, final NanoClock monotonic, final boolean first) {
        this.first = first;
        this.source = source;
        this.counters = counters;
        this.monotonic = monotonic;
        takenNs = monotonic.nanoTime();
    }

    /** Asks again if a second has passed. Dispatching thread, between batches. */
    void refresh() {
        final long nowNs = monotonic.nanoTime();
        if (nowNs - takenNs >= INTERVAL_NS) {
            takenNs = nowNs;
            take();
        }
    }

    /** Asks now. Dispatching thread, or any thread once that has ended. */
    void take() {
        final CaptureStatistics statistics = new CaptureStatistics();
        source.statistics(statistics);
        counters.set(Counter.FRAMES_RECEIVED, statistics.received);
        counters.set(Counter.DROP_KERNEL, statistics.kernelDropped);
        counters.set(Counter.DROP_FILTERED, statistics.filtered);
        counters.set(Counter.DROP_OVERSIZED, statistics.oversized);
        counters.set(Counter.DROP_DISCARDED, statistics.discarded);
        counters.set(Counter.INTERFACE_RESTARTS, first ? statistics.interfaceRestarts : 0);
        newest = statistics;
    }

    /** The newest answer; nobody writes to it. Any thread. */
    CaptureStatistics newest() {
        return newest;
    }
}
