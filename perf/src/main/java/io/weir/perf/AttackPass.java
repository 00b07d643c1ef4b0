package io.weir.perf;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.engine.EngineContext;
import io.weir.output.Summary;
import io.weir.perf.trace.TraceFacts;
import io.weir.reassembly.StreamContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads a trace in which gaps are opened on very many flows: {@code AttackPass TRACE [MEBIBYTES]}, with so much memory
 * for data that waits. It fails unless memory stays at its cap while the cap is reached, and the well-behaved streams
 * arrive whole, every byte the right one.
 */
public final class AttackPass {
    private static final int MEBIBYTES = 64;
    /** What the process may grow by besides its native memory: heap, compiled code, threads. */
    private static final long OTHER_GROWTH_MAX = 128L << 20;

    private AttackPass() {
    }

    /** Runs it and prints what gave way. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: AttackPass TRACE [MEBIBYTES]");
            System.exit(2);
        }
        run(Path.of(arguments[0]),
            (arguments.length == 2 ? Long.parseLong(arguments[1]) : MEBIBYTES) << 20);
    }

    private static void run(final Path trace, final long memoryBytes) throws IOException, InterruptedException {
        final AttackWatch[] made = new AttackWatch[1];
        final long[] reserved = new long[2];
        final long residentBefore = processMemory("VmRSS:");
        final Summary summary;
        try (FileSource source = FileSource.open(FileTrace.of(List.of(trace)), FileSource.DEFAULT_BLOCKS)) {
            summary = EnginePass.run(new EngineContext().source(source).latency(false)
                .streams(new StreamContext().memoryBytes(memoryBytes))
                .streamSinks((worker, flows, events, counters) -> {
                    made[0] = new AttackWatch(flows, counters);
                    return made[0];
                }), () -> {
                    reserved[0] = NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY);
                    reserved[1] = NativeMemory.inUse();
                });
        }
        final long grown = processMemory("VmHWM:") - residentBefore;
        final AttackWatch watch = made[0];
        final TraceFacts facts = TraceFacts.of(trace);
        System.out.printf(Locale.ROOT, "weir attack, %d flows in %d frames: %d well-behaved streams, %d of %d bytes,"
            + " %d wrong, %d gaps%n", summary.count(Counter.FLOWS_STARTED), summary.frames(), watch.closed(),
            watch.bytes(), facts.streamBytes(), watch.wrongBytes(), watch.gaps());
        System.out.printf(Locale.ROOT, "  memory for waiting segments: at most %.1f of %d MiB; reassembly had %.1f MiB"
            + " reserved at the start and at most %.1f later; the process grew by %.1f MiB with %.1f MiB reserved in"
            + " all%n", mebi(watch.mostBuffered()), memoryBytes >> 20, mebi(reserved[0]), mebi(watch.mostReserved()),
            mebi(grown), mebi(reserved[1]));
        System.out.printf(Locale.ROOT, "  gave way: memory ran out %d times; %d bytes thrown away, %d bytes handed on"
            + " behind %d gaps, %d bytes never taken by their receivers%n",
            summary.count(Counter.TCP_MEMORY_LIMIT_REACHED), summary.count(Counter.TCP_BYTES_GIVEN_UP),
            watch.attackBytes(), watch.attackGaps(), summary.count(Counter.TCP_BYTES_NOT_TAKEN));
        check(watch.bytes() == facts.streamBytes() && watch.wrongBytes() == 0 && watch.gaps() == 0
            && watch.closed() == facts.streams(), "well-behaved streams did not arrive whole: " + facts);
        check(summary.count(Counter.TCP_MEMORY_LIMIT_REACHED) > 0, "the attack did not reach the cap");
        check(watch.mostBuffered() <= memoryBytes && watch.mostReserved() <= reserved[0],
            "reassembly took more than its memory");
        check(grown <= reserved[1] + OTHER_GROWTH_MAX, "the process grew beyond what was reserved");
    }

    private static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static double mebi(final long bytes) {
        return bytes / (double) (1 << 20);
    }

    /** A line of /proc/self/status, in bytes. */
    private static long processMemory(final String name) throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IllegalStateException("no " + name + " in /proc/self/status");
    }
}
