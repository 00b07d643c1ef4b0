package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.flow.FlowTable;
import io.weir.packet.Frame;
import io.weir.stats.LatencyCollector;
import io.weir.stats.LatencyRecorder;
import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import io.weir.stats.SlowFrame;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchLatencyTest {
    private static final long T = 1_700_000_000_000_000_000L;
    private static final long US = 1_000;

    private final Frame[] batch = new Frame[8];
    private final long[] handles = new long[batch.length];
    private int count;

    private Frame frame(final long stampNs, final long visibleNs, final long dispatchedNs, final int payload) {
        final Frame frame = new Frame();
        frame.number = count + 1L;
        frame.timestampNs = stampNs;
        frame.visibleNs = visibleNs;
        frame.dispatchedNs = dispatchedNs;
        frame.payloadLength = payload;
        handles[count] = FlowTable.NO_FLOW;
        batch[count++] = frame;
        return frame;
    }

    private LatencyTotals record(final boolean live, final boolean queued, final int inspected, final long beginNs,
        final long endNs) {
        final LatencyRecorder recorder = new LatencyRecorder("worker-0", BatchLatency.stages(live, queued));
        final LatencyCollector collector = new LatencyCollector(List.of(recorder), null, 0);
        new BatchLatency(recorder, 0, live, queued, null, null)
            .record(batch, count, handles, inspected, beginNs, endNs);
        collector.collect(1);
        return collector.totals();
    }

    private static void assertMax(final long expectedNs, final LatencyStage stage, final LatencyTotals totals) {
        assertEquals((double) expectedNs, (double) totals.max(stage), 0.02 * expectedNs, stage.label());
    }

    @Test
    void shouldTellEveryStageOfLiveFramesBehindARing() {
        frame(T, T + 900 * US, T + 910 * US, 0);
        frame(T + 500 * US, T + 900 * US, T + 910 * US, 0);
        final LatencyTotals totals = record(true, true, 2, T + 950 * US, T + 970 * US);
        assertMax(900 * US, LatencyStage.BLOCK_WAIT, totals);
        assertMax(10 * US, LatencyStage.CAPTURE_TO_DISPATCH, totals);
        assertMax(40 * US, LatencyStage.QUEUE_WAIT, totals);
        assertMax(10 * US, LatencyStage.WORK, totals);
        assertMax(70 * US, LatencyStage.CAPTURE_TO_VERDICT, totals);
        assertMax(970 * US, LatencyStage.ARRIVAL_TO_VERDICT, totals);
        assertEquals(470.0 * US, (double) totals.percentile(LatencyStage.ARRIVAL_TO_VERDICT, 50), 0.02 * 470 * US);
        for (final LatencyStage stage : BatchLatency.stages(true, true)) {
            assertEquals(2, totals.count(stage), stage.label());
        }
    }

    @Test
    void shouldTellNoWaitsOfFramesFromFilesWithOneWorker() {
        frame(T - 1_000_000_000L, T, 0, 0);
        final LatencyTotals totals = record(false, false, 1, T + 3 * US, T + 5 * US);
        assertMax(3 * US, LatencyStage.CAPTURE_TO_DISPATCH, totals);
        assertMax(5 * US, LatencyStage.CAPTURE_TO_VERDICT, totals);
        assertEquals(0, totals.count(LatencyStage.QUEUE_WAIT));
        assertEquals(0, totals.count(LatencyStage.BLOCK_WAIT));
        assertEquals(0, totals.count(LatencyStage.ARRIVAL_TO_VERDICT));
        assertEquals(5 * US, totals.slowest().get(0).rankNs);
    }

    @Test
    void shouldPassTicksOver() {
        frame(T, T + 10 * US, 0, 0);
        frame(0, 0, 0, 0).flags = Frame.TICK;
        frame(T, T + 10 * US, 0, 0);
        final LatencyTotals totals = record(true, false, 2, T + 11 * US, T + 15 * US);
        assertEquals(2, totals.count(LatencyStage.ARRIVAL_TO_VERDICT));
        assertMax(15 * US, LatencyStage.ARRIVAL_TO_VERDICT, totals);
        assertEquals(0, totals.negative());
    }

    @Test
    void shouldCountFramesFromTheFutureAndNotRecordThem() {
        frame(T + 20 * US, T + 10 * US, 0, 0);
        frame(T + 21 * US, T + 10 * US, 0, 0);
        final LatencyTotals totals = record(true, false, 2, T + 11 * US, T + 15 * US);
        assertEquals(4, totals.negative(), "the waits and the verdicts of both");
        assertEquals(2, totals.count(LatencyStage.CAPTURE_TO_VERDICT));
    }

    @Test
    void shouldKeepTheOldestFrameOfABatchAndTheOneWithMostToLookAt() {
        frame(T + 5 * US, T + 900 * US, T + 910 * US, 10);
        frame(T, T + 900 * US, T + 910 * US, 0);
        final Frame largest = frame(T + 9 * US, T + 900 * US, T + 910 * US, 1_000);
        largest.ipVersion = 4;
        largest.protocol = 17;
        largest.lowerLo = 1;
        largest.upperLo = 2;
        largest.lowerPort = 53;
        largest.upperPort = 40_000;
        largest.fromUpper = true;
        largest.wireLength = 1_042;
        final LatencyTotals totals = record(true, true, 3, T + 950 * US, T + 970 * US);
        assertEquals(1, totals.slowest().size());
        final SlowFrame slowest = totals.slowest().get(0);
        assertEquals(2, slowest.number);
        assertEquals(970 * US, slowest.rankNs);
        assertEquals(3, slowest.batchFrames);
        final SlowFrame heaviest = totals.longestBatches().get(0);
        assertEquals(3, heaviest.number);
        assertEquals(20 * US, heaviest.rankNs);
        assertEquals(List.of(2L, 40_000L, 1L, 53L), List.of(heaviest.sourceLo, (long) heaviest.sourcePort,
            heaviest.destinationLo, (long) heaviest.destinationPort));
        assertEquals(1_042, heaviest.length);
        assertEquals(0, heaviest.flowId);
    }

    @Test
    void shouldTellWhichStagesThereAre() {
        assertEquals(3, BatchLatency.stages(false, false).length);
        assertEquals(6, Arrays.stream(BatchLatency.stages(true, true)).distinct().count());
    }
}
