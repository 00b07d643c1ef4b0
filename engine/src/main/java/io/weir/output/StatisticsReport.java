package io.weir.output;

import io.weir.capture.CaptureStatistics;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.CounterTotals;
import io.weir.stats.DecoderCounts;
import io.weir.stats.FlowTotals;

/**
 * What all counters stood at at one moment, handed to the outputs once per statistics interval and at the end.
 *
 * @param timeNs    the moment, ns since 1970
 * @param uptimeNs  time since the engine started
 * @param last      true for the report at the end
 * @param counters  of all threads
 * @param decoded   of all workers
 * @param capture   totals of the frame source
 * @param flows     flows that ended so far
 * @param anomalies by kind
 */
public record StatisticsReport(
    long timeNs, long uptimeNs, boolean last, CounterTotals counters, DecoderCounts decoded,
    CaptureStatistics capture, FlowTotals flows, AnomalyTotals anomalies) {
}
