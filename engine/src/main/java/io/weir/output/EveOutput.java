package io.weir.output;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.AlertEvent;
import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import io.weir.event.FlowEvent;
import io.weir.event.PacketEvent;
import io.weir.event.TransactionEvent;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.protocol.application.ApplicationNames;
import io.weir.rule.model.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.agrona.ErrorHandler;

/** The file {@code eve.json}: one EVE record per line. */
public final class EveOutput implements RecordOutput {
    private final JsonWriter json = new JsonWriter();
    private final boolean live;
    private final ApplicationNames applications;
    private FlowEncoder flowEncoder;
    /** Null if none are wanted. */
    private NetflowEncoder netflowEncoder;
    private AnomalyEncoder anomalyEncoder;
    private TransactionEncoder transactionEncoder;
    private AlertEncoder alertEncoder;
    private PacketEncoder packetEncoder;
    private final StatisticsEncoder statisticsEncoder = new StatisticsEncoder();
    private FloodGate floodGate;
    private IntFunction<byte[]> labels;
    private CaptureFiles captures;
    private volatile Change pending;
    private final boolean[] anomalies = new boolean[Anomaly.Kind.values().length];
    private boolean parserAnomalies;
    private final EveWriter writer;
    private final Counters counters = new Counters();
    private long records;

    /**
     * Creates or opens the file. Files of a live run are added to and lose records rather than wait; files of an
     * offline run are replaced and make the run wait.
     *
     * @param target         file, pipe or device
     * @param live           true if frames come from the wire
     * @param floodRate      single-frame unanswered flows per second that are written one by one; 0 for all, and
     *                       always all offline
     * @param form           of the records
     * @param applications   that the flows' numbers stand for
     * @throws IOException if the file cannot be created or opened for writing
     */
    public EveOutput(
        final Path target, final boolean live, final long floodRate, final EveForm form,
        final ApplicationNames applications) throws IOException {
        this(target, live, floodRate, form, applications, FileRotation.NONE);
    }

    /**
     * The same, of a file that is put aside now and then.
     *
     * @param rotation when a file of a live run is put aside
     */
    public EveOutput(
        final Path target, final boolean live, final long floodRate, final EveForm form,
        final ApplicationNames applications, final FileRotation rotation) throws IOException {
        this.live = live;
        this.applications = applications;
        writer = open(target, live, rotation);
        take(new Change(floodRate, form));
    }

    /** How records are written from some moment on. */
    private record Change(long floodRate, EveForm form) {
    }

    private void take(final Change change) {
        if (floodGate != null) {
            floodGate.drain(json, this::line);
        }
        final EveForm form = change.form;
        for (final Anomaly.Kind kind : Anomaly.Kind.values()) {
            anomalies[kind.ordinal()] = form.anomalies().contains(kind.label());
        }
        parserAnomalies = form.anomalies().contains(AppLayerAnomaly.KIND);
        json.fullAddresses(form.fullAddresses());
        floodGate = live && change.floodRate > 0 ? new FloodGate(change.floodRate) : null;
        final CommunityId communityId = new CommunityId(form.communityIdSeed());
        flowEncoder = new FlowEncoder(form, applications, communityId);
        netflowEncoder = form.netflow() ? new NetflowEncoder(form, communityId) : null;
        anomalyEncoder = new AnomalyEncoder(form, communityId);
        transactionEncoder = new TransactionEncoder(form, communityId);
        alertEncoder = new AlertEncoder(form, communityId);
        packetEncoder = new PacketEncoder(form, communityId);
        if (labels != null) {
            rules(labels, captures);
        }
    }

    /** Changes how records are written, from the next second on. Any thread. */
    public void change(final long floodRate, final EveForm form) {
        pending = new Change(floodRate, form);
    }

    private EveWriter open(final Path target, final boolean live, final FileRotation rotation) throws IOException {
        try {
            return new EveWriter(target, live, !live, live ? rotation : FileRotation.NONE);
        } catch (final IOException e) {
            counters.close();
            throw e;
        }
    }

    /**
     * Says what rules' words and captures are called; before the first record.
     *
     * @param words word, in UTF-8, of a label with this number
     * @param files of captured flows, which get records before this output does; or null
     */
    public EveOutput rules(final IntFunction<byte[]> words, final CaptureFiles files) {
        labels = words;
        captures = files;
        flowEncoder.labels(labels);
        alertEncoder.rules(labels, captures);
        return this;
    }

    @Override
    public void flow(final FlowEvent event) {
        if (floodGate != null && floodGate.withholds(event)) {
            return;
        }
        flowEncoder.encode(event, json);
        line(json);
        if (netflowEncoder != null) {
            netflow(event, false);
            netflow(event, true);
        }
    }

    private void netflow(final FlowEvent event, final boolean toClient) {
        if (NetflowEncoder.has(event, toClient)) {
            netflowEncoder.encode(event, toClient, json);
            line(json);
        }
    }

    @Override
    public void anomaly(final AnomalyEvent event) {
        if (anomalies[event.anomaly().kind().ordinal()]) {
            anomalyEncoder.encode(event, json);
            line(json);
        }
    }

    @Override
    public void transaction(final TransactionEvent event) {
        if (!parserAnomalies && event.recordType() == AppLayerAnomaly.RECORD.id()) {
            return;
        }
        transactionEncoder.encode(event, json);
        line(json);
    }

    @Override
    public void alert(final AlertEvent event, final Rule rule) {
        alertEncoder.encode(event, rule, json);
        line(json);
    }

    @Override
    public void packet(final PacketEvent event) {
        if ((event.marks() & PacketEvent.TAGGED) != 0) {
            packetEncoder.encode(event, json);
            line(json);
        }
    }

    @Override
    public void statistics(final StatisticsReport report) {
        statisticsEncoder.encode(report, json);
        line(json);
    }

    @Override
    public void advance(final long nowNs) {
        final Change change = pending;
        if (change != null) {
            pending = null;
            take(change);
        }
        if (floodGate != null) {
            floodGate.advance(nowNs, json, this::line);
        }
        writer.flush();
        counters.set(Counter.RECORDS_NOT_WRITTEN, writer.lost());
    }

    /** What is counted here, for the engine's totals. */
    public Counters counters() {
        return counters;
    }

    /** Hears from now on of each error in writing. Any thread. */
    public void faults(final ErrorHandler value) {
        writer.faults(value);
    }

    /** Looks at once whether the file was moved away, as it does each second. Any thread. */
    public void reopen() {
        writer.reopen();
    }

    private void line(final JsonWriter record) {
        records++;
        writer.line(record);
    }

    /** Records made so far, written or lost. */
    public long records() {
        return records;
    }

    /** Tells that capture is over: what is left waits for a file, and no more for a pipe nobody reads. Any thread. */
    public void captureEnded() {
        writer.captureEnded();
    }

    /** Waits for the file no more: what finds no room is lost and counted. Any thread. */
    public void hasten() {
        writer.hasten();
    }

    @Override
    public void flush() {
        if (floodGate != null) {
            floodGate.drain(json, this::line);
        }
        writer.flush();
    }

    @Override
    public long lost() {
        return writer.lost();
    }

    @Override
    public void close() {
        flush();
        writer.close();
        counters.close();
    }
}
