package io.weir.engine;

import io.weir.capture.FrameSource;
import org.agrona.concurrent.IdleStrategy;

/** Idles in the source, so that a live thread without frames sleeps in the kernel and wakes with the next block. */
final class FrameWait implements IdleStrategy {
    private static final long TIMEOUT_NS = 100_000_000L;

    private final FrameSource source;

    FrameWait(final FrameSource source) {
        this.source = source;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        source.await(TIMEOUT_NS);
    }

    @Override
    public void reset() {
        // Nothing is remembered between waits.
    }
}
