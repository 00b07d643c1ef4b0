package io.weir.monitor;

import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import java.util.List;

/**
 * What the aggregator knows of the records it has handed out.
 *
 * @param timeNs       when it told, by {@link System#nanoTime}
 * @param protocols    of flows that ended
 * @param applications of flows that ended
 * @param anomalies    by kind
 * @param latencies    by stage
 * @param pauses       by kind
 * @param slowest      frames of the last minute
 * @param elephants    the newest first
 * @param alerts       the newest first
 */
public record Records(long timeNs, List<FlowTotals.Row> protocols, List<FlowTotals.Row> applications,
    List<AnomalyTotals.Row> anomalies, List<LatencyRow> latencies, List<LatencyRow> pauses,
    List<SlowRow> slowest, List<ElephantRow> elephants, List<AlertRow> alerts) {

    /** Before it has told anything. */
    public static final Records NONE = new Records(0, List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of(), List.of());

    /** Copies what it is given. */
    public Records {
        protocols = List.copyOf(protocols);
        applications = List.copyOf(applications);
        anomalies = List.copyOf(anomalies);
        latencies = List.copyOf(latencies);
        pauses = List.copyOf(pauses);
        slowest = List.copyOf(slowest);
        elephants = List.copyOf(elephants);
        alerts = List.copyOf(alerts);
    }
}
