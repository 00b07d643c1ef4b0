package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.event.EventRing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventMergeTest {
    private final EventRing[] rings = {new EventRing(1 << 18, false), new EventRing(1 << 18, false)};
    private final long[] passed = new long[2];
    private final EventMerge merge = new EventMerge(rings, worker -> passed[worker]);

    @AfterEach
    void close() {
        for (final EventRing ring : rings) {
            ring.close();
        }
    }

    @Test
    void shouldHoldARecordBackUntilEveryOtherWorkerHasPassedIt() {
        record(0, 10, 0);
        passed[1] = 9;
        assertFalse(merge.next());
        passed[1] = 10;
        assertTrue(merge.next());
        assertEquals(10, merge.ring().sequence(merge.body()));
    }

    @Test
    void shouldOrderBySequenceThenMinorKey() {
        record(0, 5, 0);
        record(0, 8, 3);
        record(0, 8, 9);
        record(1, 4, 0);
        record(1, 8, 1);
        record(1, 8, 4);
        passed[0] = 8;
        passed[1] = 8;
        assertEquals(List.of("4.0", "5.0", "8.1", "8.3", "8.4", "8.9"), drain());
    }

    private List<String> drain() {
        final List<String> order = new ArrayList<>();
        while (merge.next()) {
            order.add(merge.ring().sequence(merge.body()) + "." + merge.ring().minor(merge.body()));
            merge.done();
        }
        return order;
    }

    private void record(final int worker, final long sequence, final long minor) {
        assertTrue(rings[worker].claim(1, 8, sequence, minor) >= 0);
        rings[worker].commit();
    }
}
