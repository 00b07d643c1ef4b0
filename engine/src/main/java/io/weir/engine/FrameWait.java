package io.weir.engine;

import java.util.function.LongConsumer;
import org.agrona.concurrent.IdleStrategy;

/** Idles where frames come from: a live thread without any sleeps in the kernel and wakes with the next block. */
final class FrameWait implements IdleStrategy {
    private static final long TIMEOUT_NS = 100_000_000L;

    private final LongConsumer wait;

    /** Idles by a wait of at most so many ns. */
    FrameWait(final LongConsumer wait) {
        this.wait = wait;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        wait.accept(TIMEOUT_NS);
    }

    @Override
    public void reset() {
        // Nothing is remembered between waits.
    }
}
