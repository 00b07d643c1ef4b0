package io.weir.output;

import io.weir.event.AlertEvent;
import io.weir.event.AnomalyEvent;
import io.weir.event.FlowEvent;
import io.weir.event.PacketEvent;
import io.weir.event.StreamEvent;
import io.weir.event.TransactionEvent;
import io.weir.rule.model.Rule;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyTotals;

/**
 * Takes records in the order of the trace. One thread, the aggregator, calls everything here; whoever made the output
 * closes it.
 *
 * <p>An output never throws because its file, pipe or peer is in trouble: it counts what it could not write, says so
 * once and goes on.
 */
public interface RecordOutput extends AutoCloseable {
    /** Takes a flow that ended. {@code event} is a view that the caller reuses. */
    default void flow(final FlowEvent event) {
        // An output of alerts alone has nothing to do here.
    }

    /** Takes something odd in the traffic. {@code event} is a view that the caller reuses. */
    default void anomaly(final AnomalyEvent event) {
        // An output of flows alone has nothing to do here.
    }

    /** Takes a TCP stream that was written to a file. {@code event} is a view that the caller reuses. */
    default void stream(final StreamEvent event) {
        // Only the index of these files wants it.
    }

    /** Takes a transaction of a protocol. {@code event} is a view that the caller reuses. */
    default void transaction(final TransactionEvent event) {
        // An output of flows alone has nothing to do here.
    }

    /** Takes an alert of a rule. {@code event} is a view that the caller reuses. */
    default void alert(final AlertEvent event, final Rule rule) {
        // An output of flows alone has nothing to do here.
    }

    /**
     * A rule that captures flows has matched for certain; its alert, if it makes one, comes next.
     *
     * @param flow whose it is; a view that the caller reuses
     */
    default void captured(final FlowEvent flow) {
        // Only capture files want it.
    }

    /** Takes a packet that a rule wants written. {@code event} is a view that the caller reuses. */
    default void packet(final PacketEvent event) {
        // An output of flows alone has nothing to do here.
    }

    /**
     * Lets the output look at the totals: called about once per second and at the end. They change once this returns.
     */
    default void totals(final FlowTotals flows, final AnomalyTotals anomalies, final LatencyTotals latency) {
        // Most outputs write them at the end alone.
    }

    /** Takes the counters of one interval, or of the whole run. */
    default void statistics(final StatisticsReport report) {
        // Most outputs tell of traffic, not of the engine.
    }

    /**
     * Lets time pass: called at least once per second of live time, and with the same clock for the whole life of the
     * output. What was kept back longer than a second is written.
     *
     * @param nowNs of a monotonic clock, so that a clock that is set makes no difference
     */
    default void advance(final long nowNs) {
        // An output that keeps nothing back has nothing to do here.
    }

    /** Hands everything kept back to the operating system. */
    default void flush() {
        // An output that keeps nothing back has nothing to do here.
    }

    /** Records that could not be written so far; none of an output that keeps what it takes. */
    default long lost() {
        return 0;
    }

    /** Flushes, within a bounded time, and closes. */
    @Override
    default void close() {
        // An output that holds nothing has nothing to do here.
    }
}
