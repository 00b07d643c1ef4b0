package io.weir.cli;

import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.cli.demo.DemoCapture;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

/**
 * Runs made-up traffic through an engine that is thrown away, before the ring is opened: what the JIT compiler has not
 * seen yet is ten times slower, and at a high rate the kernel's ring overflows before it has.
 */
final class WarmUp {
    /** Enough for the packet path to reach the optimizing compiler; about a second. */
    private static final int ROUNDS = 100;
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(10);
    private static final Path NOWHERE = Path.of("/dev/null");

    private WarmUp() {
    }

    /**
     * Warms up.
     *
     * @param context      of an engine like the one to come, without source and outputs
     * @param applications that it knows
     */
    static void run(final EngineContext context, final ApplicationTable applications)
        throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("weir-warm-up");
        final Path capture = directory.resolve("traffic.pcapng");
        try {
            DemoCapture.write(capture);
            try (FileSource source = FileSource.open(
                FileTrace.of(Collections.nCopies(ROUNDS, capture)), FileSource.MAX_BLOCKS);
                EveOutput nowhere = new EveOutput(NOWHERE, false, 0, EveForm.of(index -> ""), applications);
                Engine engine = new Engine(context.source(source).output(nowhere).conclude())) {
                engine.start();
                engine.await(BOUND_NS);
            }
        } finally {
            Files.deleteIfExists(capture);
            Files.deleteIfExists(directory);
        }
    }
}
