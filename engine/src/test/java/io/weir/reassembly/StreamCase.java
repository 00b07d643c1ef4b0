package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.event.Anomaly;
import org.junit.jupiter.api.AfterEach;

/** One connection for each test, and no memory left behind. */
abstract class StreamCase {
    private final long memoryBefore = NativeMemory.inUse();
    Conversation tcp = new Conversation();

    /** Begins anew with another configuration. */
    final void with(final StreamContext context) {
        tcp.close();
        tcp = new Conversation(context);
    }

    final void assertCount(final long expected, final Counter counter) {
        assertEquals(expected, tcp.count(counter), counter.label());
    }

    final void assertFound(final int times, final Anomaly anomaly) {
        assertEquals(times, tcp.found(anomaly), () -> tcp.fixture.anomalies.toString());
    }

    @AfterEach
    final void leavesNoMemory() {
        tcp.close();
        assertEquals(memoryBefore, NativeMemory.inUse());
    }
}
