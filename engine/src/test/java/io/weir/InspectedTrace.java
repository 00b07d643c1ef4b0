package io.weir;

import io.weir.capture.CaptureException;
import io.weir.capture.FrameSource;
import io.weir.capture.file.FileSource;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.event.FlowEvent;
import io.weir.event.TransactionEvent;
import io.weir.output.RecordOutput;
import io.weir.output.RecordText;
import io.weir.output.Summary;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a whole engine, in this process, tells of a trace: records of flows and transactions as lines of EVE. */
public final class InspectedTrace {
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<String> flows = new ArrayList<>();
    private final List<String> transactions = new ArrayList<>();
    private final List<String> records = new ArrayList<>();
    private Summary summary;

    private InspectedTrace() {
    }

    /** Inspects a capture file with one worker. */
    public static InspectedTrace of(final Path capture) {
        return of(capture, 1, ApplicationTable.NONE);
    }

    /** Inspects a capture file. */
    public static InspectedTrace of(final Path capture, final int workers, final ApplicationTable applications) {
        try (FrameSource source = FileSource.open(capture, workers)) {
            return of(source, workers, applications);
        } catch (final CaptureException e) {
            throw new AssertionError(capture.toString(), e);
        }
    }

    /** Inspects whatever a source has; the caller closes it. */
    public static InspectedTrace of(
        final FrameSource source, final int workers, final ApplicationTable applications) {
        final InspectedTrace trace = new InspectedTrace();
        final EngineContext context = new EngineContext().source(source).workers(workers).latency(false)
            .applications(applications).output(trace.new Lines()).conclude();
        try (Engine engine = new Engine(context)) {
            engine.start();
            if (!engine.await(BOUND_NS)) {
                throw new AssertionError("the engine did not end");
            }
            trace.summary = engine.summary();
        } catch (final IOException e) {
            throw new AssertionError(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return trace;
    }

    /** Records of flows, in order. */
    public List<String> flows() {
        return flows;
    }

    /** Records of transactions, in order. */
    public List<String> transactions() {
        return transactions;
    }

    /** Both, in the order in which an output gets them. */
    public List<String> records() {
        return records;
    }

    /** The run in figures. */
    public Summary summary() {
        return summary;
    }

    /** Keeps records as text; the aggregator's thread writes, and the engine has ended before anybody reads. */
    private final class Lines implements RecordOutput {
        private final RecordText text = new RecordText();

        @Override
        public void flow(final FlowEvent event) {
            flows.add(text.of(event));
            records.add(flows.get(flows.size() - 1));
        }

        @Override
        public void transaction(final TransactionEvent event) {
            transactions.add(text.of(event));
            records.add(transactions.get(transactions.size() - 1));
        }
    }
}
