package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WorkerRingTest {
    private final WorkerRing ring = new WorkerRing(1024);

    @Test
    void shouldReadEverythingPublishedInBatches() {
        publish(300);
        assertEquals(-1, ring.begin(256));
        assertEquals(255, ring.batchEnd());
        ring.end();
        assertFalse(ring.isDrained());
        assertEquals(255, ring.begin(256));
        assertEquals(299, ring.batchEnd());
        ring.end();
        assertTrue(ring.isDrained());
        assertEquals(299, ring.passed());
    }

    @Test
    void shouldPassWhatIsShedWithoutTheWorkerMoving() {
        publish(100);
        ring.shedUpTo(59);
        assertEquals(59, ring.passed());
        assertEquals(59, ring.begin(256));
        assertEquals(99, ring.batchEnd());
    }

    @Test
    void shouldNotPassABatchThatHasBegun() {
        publish(100);
        ring.begin(50);
        ring.shedUpTo(79);
        assertEquals(-1, ring.passed());
        ring.end();
        assertEquals(79, ring.passed());
    }

    @Test
    void shouldReadAFullBatchBehindWhatIsShed() {
        publish(600);
        ring.shedUpTo(299);
        assertEquals(299, ring.begin(256));
        assertEquals(555, ring.batchEnd());
    }

    @Test
    void shouldHaveRoomForItsSizeAndNoMore() {
        assertEquals(1024, ring.room());
        publish(1000);
        assertTrue(ring.hasRoom(24));
        assertFalse(ring.hasRoom(25));
    }

    private void publish(final int count) {
        final long high = ring.claim(count);
        ring.publish(high - count + 1, high);
    }
}
