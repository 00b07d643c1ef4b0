package io.weir.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.base.Counter;
import io.weir.capture.CaptureStatistics;
import io.weir.rule.detect.RuleCost;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import io.weir.stats.Pause;
import io.weir.stats.PauseTotals;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes {@code summary.json}: frames, bytes, seconds of the run, flows, what was dropped and why, tables by protocol
 * and application, reassembly, anomalies, latencies in ns by stage, pauses and the slowest frames, speed, damaged
 * places of the input and the packet ledger.
 */
public final class SummaryWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private SummaryWriter() {
    }

    /**
     * Writes the file whole or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(final Summary summary, final Path file) throws IOException {
        final Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(unfinished, toJson(summary) + "\n");
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** The summary as one JSON object, on several lines. */
    public static String toJson(final Summary summary) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("frames", summary.frames());
            json.writeNumberField("bytes", summary.bytes());
            json.writeNumberField("seconds", rounded(summary.elapsedNs() / 1e9));
            json.writeNumberField("flows", summary.flows().flows());
            counts("dropped", counter -> counter.kind() == Counter.Kind.DROP, summary, json);
            rows("protocols", summary.flows().rows(), json);
            rows("applications", summary.flows().applications(), json);
            counts("reassembly", SummaryWriter::isOfReassembly, summary, json);
            anomalies(summary.anomalies(), json);
            latencies(summary.latency(), json);
            pauses(summary.latency().pauses(), json);
            slowest(summary.latency(), json);
            rules(summary.rules(), json);
            json.writeNumberField("frames_per_cpu_second", Math.round(summary.framesPerCpuSecond()));
            json.writeNumberField("cpu_seconds", rounded(summary.cpuNs() / 1e9));
            damaged(summary.capture(), json);
            beside(summary.capture(), json);
            ledger(summary, json);
            json.writeEndObject();
        } catch (final IOException e) {
            throw new IllegalStateException("a string writer does not fail", e);
        }
        return text.toString();
    }

    /** Seconds to the microsecond, without the digits that floating point adds. */
    private static double rounded(final double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }

    private static void rows(final String name, final List<FlowTotals.Row> rows, final JsonGenerator json)
        throws IOException {
        json.writeArrayFieldStart(name);
        for (final FlowTotals.Row row : rows) {
            json.writeStartObject();
            json.writeStringField("name", row.name());
            json.writeNumberField("flows", row.flows());
            json.writeNumberField("frames", row.frames());
            json.writeNumberField("bytes", row.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Counters that are not 0, by name. */
    private static void counts(final String name, final Predicate<Counter> wanted, final Summary summary,
        final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (final Counter counter : Counter.values()) {
            if (wanted.test(counter) && summary.counters().get(counter) != 0) {
                json.writeNumberField(counter.label(), summary.counters().get(counter));
            }
        }
        json.writeEndObject();
    }

    private static boolean isOfReassembly(final Counter counter) {
        return counter.name().startsWith("IP_") || counter.name().startsWith("TCP_")
            || counter.name().startsWith("STREAM_");
    }

    private static void anomalies(final AnomalyTotals anomalies, final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("anomalies");
        for (final AnomalyTotals.Row row : anomalies.rows()) {
            json.writeNumberField(row.anomaly().eventName(), row.count());
        }
        json.writeEndObject();
    }

    private static void latencies(final LatencyTotals latency, final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("latency_ns");
        for (final LatencyStage stage : LatencyStage.values()) {
            if (latency.count(stage) > 0) {
                json.writeObjectFieldStart(stage.label());
                json.writeNumberField("p50", latency.percentile(stage, 50));
                json.writeNumberField("p99", latency.percentile(stage, 99));
                json.writeNumberField("p99.9", latency.percentile(stage, 99.9));
                json.writeNumberField("max", latency.max(stage));
                json.writeNumberField("count", latency.count(stage));
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void pauses(final PauseTotals pauses, final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("pauses_ns");
        for (final Pause kind : Pause.values()) {
            if (pauses.count(kind) > 0) {
                json.writeObjectFieldStart(kind.label());
                json.writeNumberField("p50", pauses.percentile(kind, 50));
                json.writeNumberField("p99", pauses.percentile(kind, 99));
                json.writeNumberField("max", pauses.max(kind));
                json.writeNumberField("sum", pauses.sumNs(kind));
                json.writeNumberField("count", pauses.count(kind));
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        json.writeArrayFieldStart("threads");
        for (final PauseTotals.ThreadRow row : pauses.threads()) {
            json.writeStartObject();
            json.writeStringField("name", row.name());
            json.writeNumberField("run_delay_ns", row.runDelayNs());
            json.writeNumberField("longest_run_delay_ns", row.longestRunDelayNs());
            json.writeNumberField("involuntary_switches", row.involuntarySwitches());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void slowest(final LatencyTotals latency, final JsonGenerator json) throws IOException {
        final JsonWriter text = new JsonWriter();
        json.writeArrayFieldStart("slowest_frames");
        for (int i = 0; i < latency.slowest().size(); i++) {
            SlowFrameEncoder.frame(latency.slowest().get(i), text);
            json.writeRawValue(text.text());
        }
        for (int i = 0; i < latency.longestBatches().size(); i++) {
            SlowFrameEncoder.batch(latency.longestBatches().get(i), text);
            json.writeRawValue(text.text());
        }
        json.writeEndArray();
    }

    private static void rules(final List<RuleCost> costs, final JsonGenerator json) throws IOException {
        if (costs.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("rules");
        for (final RuleCost cost : costs) {
            json.writeStartObject();
            json.writeNumberField("gid", cost.rule().id().generator());
            json.writeNumberField("id", cost.rule().id().signature());
            json.writeStringField("message", cost.rule().metadata().message());
            json.writeNumberField("asked", cost.candidates());
            json.writeNumberField("matches", cost.matches());
            json.writeNumberField("sampled", cost.samples());
            json.writeNumberField("sampled_ns", cost.sampledNs());
            json.writeNumberField("estimated_ns", cost.totalNs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void damaged(final CaptureStatistics capture, final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("damaged");
        for (final CaptureStatistics.Damage damage : capture.damages) {
            json.writeStartObject();
            json.writeStringField("where", damage.where());
            if (damage.offset() >= 0) {
                json.writeNumberField("offset", damage.offset());
            }
            json.writeStringField("what", damage.what());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Frames that never reached the socket: beside the ledger, not part of it. */
    private static void beside(final CaptureStatistics capture, final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("before_socket");
        json.writeNumberField("interface_dropped", capture.interfaceDropped);
        json.writeNumberField("softnet_dropped", capture.softnetDropped);
        json.writeEndObject();
    }

    private static void ledger(final Summary summary, final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("ledger");
        json.writeNumberField("received", summary.ledger().received());
        json.writeNumberField("processed", summary.ledger().processed());
        json.writeNumberField("dropped", summary.ledger().dropped());
        json.writeBooleanField("balanced", summary.ledger().balanced());
        json.writeEndObject();
    }
}
