package io.weir.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A report as one JSON object. Durations in ns. */
public final class ReportJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ReportJson() {
    }

    /** The report on several lines. */
    public static String of(final Report report) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            final IntervalLog log = report.log();
            json.writeStartObject();
            json.writeStringField("file", report.name());
            json.writeStringField("start", Instant.ofEpochMilli(log.startMs()).toString());
            json.writeNumberField("seconds", (log.endMs() - log.startMs()) / 1e3);
            json.writeNumberField("damaged_lines", log.damagedLines());
            rows("stages", "stage", report.rows(), json);
            rows("pauses", "pause", report.pauses(), json);
            late(report, json);
            verdicts(report, json);
            frames("slowest_frames", report, false, json);
            frames("longest_batches", report, true, json);
            json.writeEndObject();
        } catch (final IOException e) {
            throw new IllegalStateException("a string writer does not fail", e);
        }
        return text.toString();
    }

    private static void rows(final String name, final String what, final List<Report.Row> rows,
        final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (final Report.Row row : rows) {
            json.writeStartObject();
            json.writeStringField(what, row.what());
            if (!row.who().isEmpty()) {
                json.writeStringField("thread", row.who());
            }
            json.writeNumberField("count", row.total().getTotalCount());
            for (int i = 0; i < Report.PERCENTILES.length; i++) {
                json.writeNumberField(Report.PERCENTILE_NAMES[i],
                    row.total().getValueAtPercentile(Report.PERCENTILES[i]));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void late(final Report report, final JsonGenerator json) throws IOException {
        if (report.limitNs() > 0 && report.stages().containsKey(report.judged())) {
            json.writeObjectFieldStart("late");
            json.writeStringField("stage", report.judged());
            json.writeNumberField("over", report.limitNs());
            json.writeNumberField("count", report.late());
            json.writeNumberField("of", report.total().getTotalCount());
            json.writeEndObject();
        }
    }

    private static void verdicts(final Report report, final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("worst_intervals");
        for (final Blame.Verdict verdict : report.verdicts()) {
            json.writeStartObject();
            json.writeStringField("stage", report.judged());
            json.writeStringField("start", Instant.ofEpochMilli(verdict.startMs()).toString());
            json.writeNumberField("p99", verdict.p99Ns());
            json.writeNumberField("max", verdict.maxNs());
            json.writeStringField("cause", verdict.cause().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("share", verdict.shareNs());
            json.writeObjectFieldStart("longest_pauses");
            for (final var pause : verdict.pauses().entrySet()) {
                json.writeNumberField(pause.getKey().label(), pause.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void frames(final String name, final Report report, final boolean batches,
        final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (final WorstLog.Frame frame : report.slowest(batches)) {
            json.writeStartObject();
            for (final var field : new TreeMap<>(frame.fields()).entrySet()) {
                if (field.getValue().matches("-?[0-9]{1,18}")) {
                    json.writeNumberField(field.getKey(), Long.parseLong(field.getValue()));
                } else {
                    json.writeStringField(field.getKey(), field.getValue());
                }
            }
            json.writeStringField("cause", report.cause(frame).name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
