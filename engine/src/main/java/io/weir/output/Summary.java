package io.weir.output;

import io.weir.base.Counter;
import io.weir.capture.CaptureStatistics;
import io.weir.rule.detect.RuleCost;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.CounterTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyTotals;
import io.weir.stats.Ledger;
import java.util.List;

/**
 * A whole run in figures: what {@code summary.json} and the table at the end are made from.
 *
 * @param elapsedNs time from the first frame wanted to the last record written
 * @param cpuNs     user and system time of every thread of the process in that time
 * @param counters  of all threads
 * @param capture   totals and damages of the frame source
 * @param flows     flows by protocol
 * @param anomalies by kind
 * @param latency   latencies by stage, empty if they were not taken
 * @param rules     what rules cost that were asked, the dearest first
 */
public record Summary(
    long elapsedNs,
    long cpuNs,
    CounterTotals counters,
    CaptureStatistics capture,
    FlowTotals flows,
    AnomalyTotals anomalies,
    LatencyTotals latency,
    List<RuleCost> rules) {

    /** Value of one counter. */
    public long count(final Counter counter) {
        return counters.get(counter);
    }

    /** Frames the workers looked at. */
    public long frames() {
        return counters.get(Counter.FRAMES_PROCESSED);
    }

    /** Wire bytes of these frames. */
    public long bytes() {
        return counters.get(Counter.BYTES_PROCESSED);
    }

    /** The packet ledger. */
    public Ledger ledger() {
        return counters.ledger();
    }

    /** Frames divided by process CPU time; 0 if no time was measured. */
    public double framesPerCpuSecond() {
        return cpuNs <= 0 ? 0 : frames() * 1e9 / cpuNs;
    }

    /**
     * True if input was damaged, frames, records, or data for want of memory were lost, or the ledger does not balance:
     * exit status 1.
     */
    public boolean isImpaired() {
        return !capture.damages.isEmpty() || lostFrames() > 0 || lostRecords() > 0 || !ledger().balanced()
            || count(Counter.TCP_MEMORY_LIMIT_REACHED) > 0 || count(Counter.IP_DATAGRAMS_GIVEN_UP) > 0
            || count(Counter.IP_DATAGRAMS_BUFFER_FULL) > 0;
    }

    /** Records that found no room on their way to the outputs. */
    public long lostRecords() {
        return counters.get(Counter.RECORDS_REFUSED);
    }

    /** Flows whose place was needed for others: the run reached its memory cap. */
    public long evictedFlows() {
        return counters.get(Counter.FLOWS_EVICTED_UNESTABLISHED)
            + counters.get(Counter.FLOWS_EVICTED_ONE_SIDED)
            + counters.get(Counter.FLOWS_EVICTED_ESTABLISHED);
    }

    /** Frames dropped for a reason nobody asked for: all but those a filter left out. */
    public long lostFrames() {
        return counters.dropped() - counters.get(Counter.DROP_FILTERED);
    }
}
