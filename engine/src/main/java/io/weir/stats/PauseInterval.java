package io.weir.stats;

import org.HdrHistogram.Histogram;

/** The pauses of one interval: a histogram of each kind and each thread, and the longest one by one. One thread. */
public final class PauseInterval {
    /** Most pauses kept one by one. */
    public static final int CAPACITY = 32;
    /** What is shorter is in the histograms alone. */
    static final long SHORTEST_NS = 500_000;

    private static final int KINDS = Pause.values().length;

    private final Histogram[] histograms;
    private final LongPause[] longest = new LongPause[CAPACITY];
    private int size;

    PauseInterval(final int threads) {
        histograms = new Histogram[KINDS - 1 + threads];
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = new Histogram(1, LatencyRecorder.HIGHEST_NS, LatencyRecorder.DIGITS);
        }
        for (int i = 0; i < CAPACITY; i++) {
            longest[i] = new LongPause();
        }
    }

    /** Adds a pause of all threads. */
    void add(final Pause kind, final long durationNs, final long noticedNs) {
        add(kind, kind.ordinal(), -1, durationNs, noticedNs);
    }

    /** Adds a delay of one thread. */
    void addRunDelay(final int thread, final long durationNs, final long noticedNs) {
        add(Pause.RUN_DELAY, Pause.RUN_DELAY.ordinal() + thread, thread, durationNs, noticedNs);
    }

    private void add(final Pause kind, final int place, final int thread, final long durationNs, final long noticedNs) {
        histograms[place].recordValue(Math.min(Math.max(durationNs, 0), LatencyRecorder.HIGHEST_NS));
        if (durationNs >= SHORTEST_NS && (size < CAPACITY || durationNs > longest[CAPACITY - 1].durationNs)) {
            keep(kind, thread, durationNs, noticedNs);
        }
    }

    private void keep(final Pause kind, final int thread, final long durationNs, final long noticedNs) {
        int at = size < CAPACITY ? size++ : CAPACITY - 1;
        final LongPause kept = longest[at];
        while (at > 0 && longest[at - 1].durationNs < durationNs) {
            longest[at] = longest[at - 1];
            at--;
        }
        longest[at] = kept;
        kept.kind = kind;
        kept.thread = thread;
        kept.durationNs = durationNs;
        kept.noticedNs = noticedNs;
    }

    /** Histogram of a kind, all but run delays. */
    Histogram histogram(final Pause kind) {
        return histograms[kind.ordinal()];
    }

    /** Histogram of the run delays of a thread. */
    Histogram runDelays(final int thread) {
        return histograms[Pause.RUN_DELAY.ordinal() + thread];
    }

    /** How many are kept one by one. */
    public int size() {
        return size;
    }

    /** One of them, 0 for the longest. */
    public LongPause get(final int place) {
        return longest[place];
    }

    void clear() {
        for (final Histogram histogram : histograms) {
            if (histogram.getTotalCount() > 0) {
                histogram.reset();
            }
        }
        size = 0;
    }
}
