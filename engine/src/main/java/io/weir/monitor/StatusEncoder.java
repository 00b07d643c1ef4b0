package io.weir.monitor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.weir.base.Counter;
import io.weir.capture.CaptureStatistics;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.HeavyHitters;
import io.weir.stats.Ledger;
import io.weir.stats.TrafficTotals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes a {@link Status} as one JSON object: what the status file, the web page and {@code weir stat --json} show.
 *
 * <p>Rates are per second, times ns unless their name says otherwise. The text is ASCII, everything else is escaped:
 * what comes from the wire cannot steer a terminal it is printed on. Members are only ever added; {@code format}
 * changes when one changes its meaning.
 */
final class StatusEncoder {
    /** Value of {@code format}. */
    static final int FORMAT = 1;
    /** Lines of a table. */
    static final int ROWS = 50;

    private static final JsonFactory FACTORY =
        JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    /** Kinds of faults, and characters of each: so much that a slot of the file takes them, however escaped. */
    private static final int FAULTS = 10;
    private static final int LONGEST_FAULT = 2_000;

    private final JsonGenerator json;

    private StatusEncoder(final JsonGenerator json) {
        this.json = json;
    }

    /** The text, in ASCII. */
    static String encode(final Status status) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * 1024);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            new StatusEncoder(json).write(status);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private void write(final Status status) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        instance(status);
        rates(status);
        ledger(status);
        drops(status);
        flows(status);
        traffic("protocols", status.protocols());
        traffic("applications", status.applications());
        talkers(status.talkers());
        alerts(status.records().alerts());
        anomalies(status.records().anomalies());
        latencies("latencies", "stage", status.records().latencies());
        latencies("pauses", "kind", status.records().pauses());
        slowest(status.records().slowest());
        elephants(status.records().elephants());
        workers(status);
        memory(status.memory());
        faults(status.faults());
        counters(status);
        json.writeEndObject();
    }

    private void instance(final Status status) throws IOException {
        final Instance instance = status.instance();
        json.writeStringField("version", instance.version());
        json.writeNumberField("pid", instance.pid());
        json.writeNumberField("started_ms", instance.startedMs());
        json.writeNumberField("time_ms", status.reading().timeNs() / 1_000_000);
        json.writeNumberField("uptime_ns", status.reading().uptimeNs());
        json.writeNumberField("interval_ns", status.intervalNs());
        json.writeNumberField("records_age_ns", status.recordsAgeNs());
        json.writeBooleanField("live", instance.live());
        json.writeArrayFieldStart("interfaces");
        for (final String name : instance.interfaces()) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private void rates(final Status status) throws IOException {
        json.writeObjectFieldStart("rates");
        rate("frames", status.rate(Counter.FRAMES_PROCESSED));
        rate("bits", status.rate(Counter.BYTES_PROCESSED) * 8);
        rate("flows", status.rate(Counter.FLOWS_STARTED));
        rate("transactions", status.rate(Counter.TRANSACTIONS));
        rate("alerts", status.rate(Counter.ALERTS));
        double dropped = 0;
        for (final Counter counter : Counter.values()) {
            dropped += counter.kind() == Counter.Kind.DROP ? status.rate(counter) : 0;
        }
        rate("dropped", dropped);
        json.writeEndObject();
    }

    private void rate(final String name, final double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Math.round(value * 100) / 100.0);
    }

    private void ledger(final Status status) throws IOException {
        final Ledger ledger = status.reading().counters().ledger();
        json.writeObjectFieldStart("ledger");
        json.writeNumberField("received", ledger.received());
        json.writeNumberField("processed", ledger.processed());
        json.writeNumberField("dropped", ledger.dropped());
        json.writeEndObject();
    }

    private void drops(final Status status) throws IOException {
        json.writeArrayFieldStart("drops");
        for (final Counter counter : Counter.values()) {
            if (counter.kind() == Counter.Kind.DROP) {
                json.writeStartObject();
                json.writeStringField("reason", counter.label());
                json.writeNumberField("frames", status.count(counter));
                rate("rate", status.rate(counter));
                json.writeStringField("what", counter.sentence());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        final CaptureStatistics capture = status.reading().capture();
        json.writeObjectFieldStart("beside");
        json.writeNumberField("interface", capture.interfaceDropped);
        json.writeNumberField("softnet", capture.softnetDropped);
        json.writeNumberField("freezes", capture.freezes);
        json.writeEndObject();
    }

    private void flows(final Status status) throws IOException {
        json.writeObjectFieldStart("flows");
        json.writeNumberField("live", status.count(Counter.FLOWS_LIVE));
        json.writeNumberField("started", status.count(Counter.FLOWS_STARTED));
        json.writeNumberField("ended", status.records().protocols().stream().mapToLong(FlowTotals.Row::flows).sum());
        json.writeEndObject();
    }

    private void traffic(final String name, final List<TrafficTotals.Row> rows) throws IOException {
        json.writeArrayFieldStart(name);
        for (final TrafficTotals.Row row : rows.subList(0, Math.min(ROWS, rows.size()))) {
            json.writeStartObject();
            json.writeStringField("name", row.name());
            rate("bits", row.byteRate() * 8);
            rate("frames", row.frameRate());
            json.writeNumberField("bytes_total", row.bytes());
            json.writeNumberField("frames_total", row.frames());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void talkers(final List<HeavyHitters.Row> rows) throws IOException {
        json.writeArrayFieldStart("talkers");
        for (final HeavyHitters.Row row : rows) {
            json.writeStartObject();
            json.writeStringField("address", SlowRow.address(row.ipVersion(), row.hi(), row.lo()));
            json.writeNumberField("sent_bits", row.sent() * 8);
            json.writeNumberField("received_bits", row.received() * 8);
            json.writeNumberField("frames", row.frames());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void alerts(final List<AlertRow> rows) throws IOException {
        json.writeArrayFieldStart("alerts");
        for (final AlertRow row : rows) {
            json.writeStartObject();
            json.writeNumberField("time_ms", row.timeMs());
            json.writeStringField("rule", row.rule());
            json.writeStringField("message", row.message());
            json.writeNumberField("severity", row.severity());
            flow(row.source(), row.destination(), row.protocol());
            json.writeStringField("subject", row.subject());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void anomalies(final List<AnomalyTotals.Row> rows) throws IOException {
        json.writeArrayFieldStart("anomalies");
        for (final AnomalyTotals.Row row : rows) {
            json.writeStartObject();
            json.writeStringField("kind", row.anomaly().eventName());
            json.writeNumberField("count", row.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void latencies(final String name, final String of, final List<LatencyRow> rows) throws IOException {
        json.writeArrayFieldStart(name);
        for (final LatencyRow row : rows) {
            json.writeStartObject();
            json.writeStringField(of, row.name());
            figures("total", row.total());
            figures("recent", row.recent());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void slowest(final List<SlowRow> rows) throws IOException {
        json.writeArrayFieldStart("slowest");
        for (final SlowRow row : rows) {
            json.writeStartObject();
            json.writeNumberField("time_ms", row.endNs() / 1_000_000);
            json.writeNumberField("ns", row.ns());
            json.writeStringField("part", row.part());
            json.writeNumberField("part_ns", row.partNs());
            json.writeNumberField("worker", row.worker());
            json.writeNumberField("batch_frames", row.batchFrames());
            json.writeNumberField("length", row.length());
            flow(row.source(), row.destination(), row.protocol());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void elephants(final List<ElephantRow> rows) throws IOException {
        json.writeArrayFieldStart("elephants");
        for (final ElephantRow row : rows) {
            json.writeStartObject();
            json.writeNumberField("time_ms", row.timeMs());
            flow(row.source(), row.destination(), row.protocol());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void flow(final String source, final String destination, final String protocol) throws IOException {
        json.writeStringField("source", source);
        json.writeStringField("destination", destination);
        json.writeStringField("protocol", protocol);
    }

    private void figures(final String name, final LatencyRow.Figures figures) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", figures.count());
        json.writeNumberField("p50", figures.p50());
        json.writeNumberField("p99", figures.p99());
        json.writeNumberField("p99.9", figures.p999());
        json.writeNumberField("max", figures.max());
        json.writeEndObject();
    }

    private void workers(final Status status) throws IOException {
        json.writeArrayFieldStart("workers");
        for (final Status.WorkerLoad worker : status.workers()) {
            json.writeStartObject();
            rate("frames", worker.frameRate());
            rate("bits", worker.byteRate() * 8);
            rate("busy", worker.busy());
            json.writeNumberField("flows", worker.load().flows());
            json.writeNumberField("waiting", worker.load().waiting());
            json.writeNumberField("late_total", worker.load().late());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("threads");
        for (final Status.ThreadLoad thread : status.threads()) {
            json.writeStartObject();
            json.writeStringField("name", thread.name());
            rate("cpu", thread.share());
            json.writeNumberField("cpu_ns", thread.cpuNs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void memory(final Map<String, Long> memory) throws IOException {
        json.writeObjectFieldStart("memory");
        for (final Map.Entry<String, Long> entry : memory.entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private void faults(final List<FaultLog.Row> rows) throws IOException {
        json.writeArrayFieldStart("faults");
        for (final FaultLog.Row row : rows.subList(0, Math.min(FAULTS, rows.size()))) {
            json.writeStartObject();
            json.writeNumberField("count", row.count());
            json.writeNumberField("first_ms", row.firstMs());
            json.writeNumberField("last_ms", row.lastMs());
            json.writeStringField("what", row.text().substring(0, Math.min(LONGEST_FAULT, row.text().length())));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void counters(final Status status) throws IOException {
        json.writeObjectFieldStart("counters");
        for (final Counter counter : Counter.values()) {
            json.writeNumberField(counter.label(), status.count(counter));
        }
        json.writeEndObject();
    }
}
