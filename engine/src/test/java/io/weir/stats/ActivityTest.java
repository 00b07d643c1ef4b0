package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.Frame;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.catalogue.Protocols;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final int PROTOCOL = 1;
    private static final int OTHER = 2;

    private final Activity activity = new Activity(Protocols.all().size(), 0, 3);
    private final TrafficTotals totals = new TrafficTotals(ApplicationTable.NONE, 3);
    private final Frame frame = new Frame();

    private void batch(final int[] protocols, final int[] lengths) {
        long bytes = 0;
        int look = activity.begin(protocols.length);
        for (int i = 0; i < protocols.length; i++) {
            frame.ipVersion = 4;
            frame.protocol = 6;
            frame.wireLength = lengths[i];
            frame.lowerLo = 1;
            frame.upperLo = 2;
            frame.fromUpper = false;
            bytes += lengths[i];
            if (i >= look) {
                look += activity.look(frame, protocols[i], 0);
            }
        }
        activity.end(protocols.length, bytes);
    }

    private void collect() {
        activity.ask();
        activity.begin(1);
        totals.begin();
        totals.add(activity.take());
    }

    private TrafficTotals.Row row(final int protocol) {
        return totals.protocols().stream().filter(row -> row.name().equals(Protocols.name(protocol))).findFirst()
            .orElseThrow();
    }

    @Test
    void shouldCountEveryFrameWhileThereAreFew() {
        for (int i = 0; i < 1_000; i++) {
            batch(new int[] {PROTOCOL, PROTOCOL, OTHER}, new int[] {100, 60, 1_500});
        }
        collect();
        assertEquals(2_000, row(PROTOCOL).frames());
        assertEquals(160_000, row(PROTOCOL).bytes());
        assertEquals(1_500_000, row(OTHER).bytes());
        assertEquals(2, totals.talkers(10).size());
    }

    @Test
    void shouldEstimateSharesUnderLoad() {
        final Random random = new Random(5);
        final int[] protocols = new int[256];
        final int[] lengths = new int[256];
        for (int batch = 0; batch < 4_000; batch++) {
            for (int i = 0; i < protocols.length; i++) {
                // every fourth frame, so that looking at every 32nd would see only one kind if it began at the same
                protocols[i] = i % 4 == 0 ? OTHER : PROTOCOL;
                lengths[i] = protocols[i] == OTHER ? 1_500 : 60 + random.nextInt(100);
            }
            batch(protocols, lengths);
        }
        collect();
        assertEquals(4_000.0 * 256, (double) row(PROTOCOL).frames() + row(OTHER).frames(), 2);
        assertEquals(0.25, row(OTHER).frames() / (4_000.0 * 256), 0.02);
        assertEquals(4_000.0 * 64 * 1_500, (double) row(OTHER).bytes(), 0.03 * 4_000 * 64 * 1_500);
    }

    @Test
    void shouldHandOverAnIntervalOnceTheWorkerHasBegunTheNext() {
        batch(new int[] {PROTOCOL}, new int[] {100});
        assertNull(activity.take(), "nothing was asked for");
        activity.ask();
        assertNull(activity.take(), "the worker has not answered");
        batch(new int[] {OTHER}, new int[] {200});
        final ActivityInterval first = activity.take();
        assertEquals(100, first.bytes());
        assertTrue(first.durationNs() > 0);
        activity.ask();
        assertNull(activity.take(), "the worker has begun no batch since");
        activity.ask();
        batch(new int[] {OTHER}, new int[] {300});
        assertEquals(200, activity.take().bytes());
    }
}
