package io.weir.monitor;

import io.weir.base.Counter;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.TrafficTotals;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A {@link Status} in Prometheus' text format, version 0.0.4. Labels are reasons, stages, and names of protocols and
 * applications that weir has in its tables: nothing that comes from the wire becomes one. One use.
 */
final class Metrics {
    /** Media type of the text. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "weir_";

    private final StringBuilder text = new StringBuilder(32 * 1024);

    private Metrics() {
    }

    /** The text. */
    static String of(final Status status) {
        final Metrics metrics = new Metrics();
        metrics.engine(status);
        metrics.counters(status);
        metrics.drops(status);
        metrics.traffic(status);
        metrics.flows(status.records());
        metrics.latencies(status.records());
        metrics.load(status);
        return metrics.text.toString();
    }

    private void engine(final Status status) {
        head("info", "gauge", "Always 1; the version is its label.");
        sample("info", "version", status.instance().version(), 1);
        head("start_time_seconds", "gauge", "When the process started, seconds since 1970.");
        sample("start_time_seconds", status.instance().startedMs() / 1e3);
        head("uptime_seconds", "gauge", "Time since the engine started.");
        sample("uptime_seconds", status.reading().uptimeNs() / 1e9);
        head("records_age_seconds", "gauge",
            "Time since the aggregator was heard of; more than two seconds means that records do not get out.");
        sample("records_age_seconds", status.recordsAgeNs() / 1e9);
        head("faults_total", "counter", "Faults that the engine survived.");
        sample("faults_total", status.faults().stream().mapToLong(FaultLog.Row::count).sum());
    }

    private void counters(final Status status) {
        for (final Counter counter : Counter.values()) {
            if (counter.kind() != Counter.Kind.DROP) {
                final boolean gauge = counter.kind() == Counter.Kind.GAUGE;
                final String name = counter.label() + (gauge ? "" : "_total");
                head(name, gauge ? "gauge" : "counter", sentence(counter.sentence()));
                sample(name, status.count(counter));
            }
        }
    }

    private void drops(final Status status) {
        head("dropped_frames_total", "counter", "Frames that were not looked at, by reason.");
        for (final Counter counter : Counter.values()) {
            if (counter.kind() == Counter.Kind.DROP) {
                sample("dropped_frames_total", "reason", counter.label(), status.count(counter));
            }
        }
        head("beside_dropped_frames_total", "counter", "Frames dropped before the socket, which weir never received.");
        sample("beside_dropped_frames_total", "where", "interface", status.reading().capture().interfaceDropped);
        sample("beside_dropped_frames_total", "where", "softnet", status.reading().capture().softnetDropped);
        head("ring_freezes_total", "counter", "Times the capture ring froze because no block was free.");
        sample("ring_freezes_total", status.reading().capture().freezes);
    }

    private void traffic(final Status status) {
        head("protocol_frames_total", "counter",
            "Frames by protocol, flows in progress included; sampled under load.");
        for (final TrafficTotals.Row row : status.protocols()) {
            sample("protocol_frames_total", "protocol", row.name(), row.frames());
        }
        head("protocol_bytes_total", "counter", "Bytes by protocol, flows in progress included; sampled under load.");
        for (final TrafficTotals.Row row : status.protocols()) {
            sample("protocol_bytes_total", "protocol", row.name(), row.bytes());
        }
        head("application_bytes_total", "counter",
            "Bytes by application, flows in progress included; sampled under load.");
        for (final TrafficTotals.Row row : status.applications()) {
            sample("application_bytes_total", "application", row.name(), row.bytes());
        }
    }

    private void flows(final Records records) {
        head("flows_ended_total", "counter", "Flows that ended, by protocol.");
        for (final FlowTotals.Row row : records.protocols()) {
            sample("flows_ended_total", "protocol", row.name(), row.flows());
        }
        head("application_flows_ended_total", "counter", "Flows that ended, by application.");
        for (final FlowTotals.Row row : records.applications()) {
            sample("application_flows_ended_total", "application", row.name(), row.flows());
        }
        head("anomalies_total", "counter", "Anomalies that were reported, by kind.");
        for (final AnomalyTotals.Row row : records.anomalies()) {
            sample("anomalies_total", "kind", row.anomaly().eventName(), row.count());
        }
    }

    private void latencies(final Records records) {
        histograms("latency_seconds", "Latencies by stage of the way of a frame.", "stage", records.latencies());
        histograms("pause_seconds", "What held threads up besides their work, by kind.", "kind", records.pauses());
    }

    private void histograms(final String name, final String help, final String label, final List<LatencyRow> rows) {
        head(name, "histogram", help);
        for (final LatencyRow row : rows) {
            final String of = pair(label, row.name());
            for (int i = 0; i < row.upTo().size(); i++) {
                line(name + "_bucket", of + ",le=\"" + number(LatencyRow.BOUNDS_NS.get(i) / 1e9) + '"',
                    Long.toString(row.upTo().get(i)));
            }
            line(name + "_bucket", of + ",le=\"+Inf\"", Long.toString(row.total().count()));
            line(name + "_sum", of, number(row.total().sum() / 1e9));
            line(name + "_count", of, Long.toString(row.total().count()));
        }
    }

    private void load(final Status status) {
        workers(status, "worker_frames_total", "counter", "Frames a worker looked at.",
            worker -> (double) worker.load().frames());
        workers(status, "worker_bytes_total", "counter", "Bytes of these frames.",
            worker -> (double) worker.load().bytes());
        workers(status, "worker_busy_seconds_total", "counter", "Time a worker spent on frames.",
            worker -> worker.busyNs() / 1e9);
        workers(status, "worker_flows", "gauge", "Flows in a worker's table.",
            worker -> (double) worker.load().flows());
        workers(status, "worker_waiting_frames", "gauge", "Frames on a worker's ring.",
            worker -> worker.load().waiting());
        head("thread_cpu_seconds_total", "counter", "CPU time of a thread of the engine.");
        for (final Status.ThreadLoad thread : status.threads()) {
            sample("thread_cpu_seconds_total", "thread", thread.name(), thread.cpuNs() / 1e9);
        }
        head("memory_bytes", "gauge", "Memory in use, by what for; heap is Java's, the rest lies outside of it.");
        for (final Map.Entry<String, Long> entry : status.memory().entrySet()) {
            sample("memory_bytes", "use", entry.getKey(), entry.getValue());
        }
    }

    private void workers(final Status status, final String name, final String type, final String help,
        final ToDoubleFunction<Status.WorkerLoad> value) {
        head(name, type, help);
        for (int i = 0; i < status.workers().size(); i++) {
            sample(name, "worker", Integer.toString(i), value.applyAsDouble(status.workers().get(i)));
        }
    }

    private static String sentence(final String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + '.';
    }

    private void head(final String name, final String type, final String help) {
        text.append("# HELP ").append(PREFIX).append(name).append(' ')
            .append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
    }

    private void sample(final String name, final long value) {
        line(name, "", Long.toString(value));
    }

    private void sample(final String name, final double value) {
        line(name, "", number(value));
    }

    private void sample(final String name, final String label, final String word, final long value) {
        line(name, pair(label, word), Long.toString(value));
    }

    private void sample(final String name, final String label, final String word, final double value) {
        line(name, pair(label, word), number(value));
    }

    private static String pair(final String label, final String word) {
        return label + "=\"" + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private void line(final String name, final String labels, final String value) {
        text.append(PREFIX).append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(value).append('\n');
    }

    private static String number(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
            : Double.toString(value);
    }
}
