package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.output.Summary;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/**
 * A whole engine, from the first frame of a file to the last record.
 *
 * @param full true to write EVE records and take latencies too; else flows are kept and their records thrown away
 * @param rounds how often the engine sees the trace; flows of earlier rounds are still open in later ones
 */
record EnginePass(boolean full, int rounds) implements Pass {
    /** Rounds after which setting up and ending flows is a small part of the work. */
    static final int ROUNDS = 4;

    private static final long MAX_NS = 120_000_000_000L;

    @Override
    public long run(final Path trace, final int workers) throws IOException, InterruptedException {
        final int blocks = workers == 1 ? FileSource.DEFAULT_BLOCKS : FileSource.MAX_BLOCKS;
        final Path eve = full ? Files.createTempFile("weir-perf", ".json") : null;
        try (FileSource source = FileSource.open(FileTrace.of(Collections.nCopies(rounds, trace)), blocks);
            EveOutput output = full ? new EveOutput(eve, false, 0, EveForm.of(id -> source.interfaces().get(id).name()),
                ApplicationTable.standard()) : null) {
            final EngineContext context = new EngineContext().source(source).workers(workers).latency(full)
                .applications(ApplicationTable.standard());
            if (full) {
                context.output(output);
            }
            return run(context).counters().get(Counter.FRAMES_PROCESSED);
        } finally {
            if (full) {
                Files.deleteIfExists(eve);
            }
        }
    }

    /** Runs an engine to the end of its trace and checks that no frame was lost. */
    static Summary run(final EngineContext context) throws IOException, InterruptedException {
        return run(context, () -> { });
    }

    /**
     * As {@link #run(EngineContext)}.
     *
     * @param built is called when the engine is built, before its first frame
     */
    static Summary run(final EngineContext context, final Runnable built) throws IOException, InterruptedException {
        try (Engine engine = new Engine(context.conclude())) {
            built.run();
            engine.start();
            if (!engine.await(MAX_NS)) {
                throw new IllegalStateException("the engine did not end within " + MAX_NS / 1_000_000_000 + " s");
            }
            final Summary summary = engine.summary();
            if (!summary.ledger().balanced() || summary.lostFrames() != 0) {
                throw new IllegalStateException("frames were lost: " + summary.ledger());
            }
            return summary;
        }
    }
}
