package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.PolledSource;
import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.afxdp.AfXdpSource;
import io.weir.capture.live.BackEnd;
import io.weir.capture.live.FanOutCapture;
import io.weir.capture.live.LiveContext;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.flow.Toeplitz;
import io.weir.output.Summary;
import io.weir.protocol.application.ApplicationTable;
import io.weir.stats.LatencyStage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code FanOutRounds FROM TO FRAMES RATE SEND TRACE}: two workers that capture themselves beside two workers of a
 * dispatcher, over a veth pair with two queues, each through TPACKET_V3 and AF_XDP.
 *
 * <p>A C program sends frames of the trace at the same rate to each in turn, first half as many to warm up. Each has a
 * fresh engine, which inspects everything and throws its records away. Figures are CPU time of the threads that frames
 * pass through per frame, waits included; frames lost; the share that one member handed to another; and how long after
 * its arrival a frame had its verdict.
 */
public final class FanOutRounds {
    private static final int WORKERS = 2;
    private static final long MEMORY = 64L << 20;
    private static final long STEP_NS = 10_000_000L;
    private static final int SILENT_STEPS = 50;
    private static final long BOUND_NS = 60_000_000_000L;

    private final String from;
    private final String to;
    private final String rate;
    private final String send;
    private final String trace;

    private FanOutRounds(final String[] arguments) {
        from = arguments[0];
        to = arguments[1];
        rate = arguments[3];
        send = arguments[4];
        trace = arguments[5];
    }

    /** Runs each way and prints a line for it. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length != 6) {
            System.err.println("usage: FanOutRounds FROM TO FRAMES RATE SEND TRACE");
            System.exit(2);
        }
        final FanOutRounds rounds = new FanOutRounds(arguments);
        final long frames = Long.parseLong(arguments[2]);
        for (final boolean measured : new boolean[] {false, true}) {
            for (final BackEnd backEnd : new BackEnd[] {BackEnd.TPACKET_V3, BackEnd.AF_XDP}) {
                for (final boolean fanOut : new boolean[] {false, true}) {
                    final String line = rounds.run(backEnd, fanOut, measured ? frames : frames / 2);
                    if (measured) {
                        System.out.println(line);
                    }
                }
            }
        }
    }

    private LiveContext live(final BackEnd backEnd) {
        return new LiveContext(backEnd, new TpacketContext().interfaceName(to).lowLatency(),
            new AfXdpContext().interfaceName(to).memoryBytes(MEMORY), new PfRingContext().interfaceName(to));
    }

    private List<PolledSource> open(final BackEnd backEnd, final boolean fanOut, final byte[] key) {
        if (fanOut) {
            final List<LiveContext> contexts = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                contexts.add(live(backEnd));
            }
            return FanOutCapture.open(contexts, new Toeplitz(key).words()).sources();
        }
        final LiveContext context = live(backEnd);
        return List.of(backEnd == BackEnd.AF_XDP ? new AfXdpSource(context.afXdp())
            : new TpacketSource(context.tpacket()));
    }

    private String run(final BackEnd backEnd, final boolean fanOut, final long frames)
        throws IOException, InterruptedException {
        final byte[] key = Toeplitz.randomKey();
        final List<PolledSource> sources = open(backEnd, fanOut, key);
        final EngineContext context = new EngineContext().toeplitzKey(key).pauses(false)
            .applications(ApplicationTable.standard());
        if (fanOut) {
            context.members(sources);
        } else {
            context.source(sources.get(0)).workers(WORKERS);
        }
        try (Engine engine = new Engine(context.conclude())) {
            engine.start();
            awaitThreads(engine);
            final long before = packetNs(engine);
            sendAll(frames);
            awaitFrames(engine, frames);
            final double ns = (double) (packetNs(engine) - before) / Math.max(1, engine.processedFrames());
            engine.stop();
            if (!engine.await(BOUND_NS)) {
                throw new IllegalStateException("the engine did not end");
            }
            return line(backEnd.word() + (fanOut ? ", fan-out" : ", dispatch"), ns, frames, engine.summary());
        } finally {
            for (int i = sources.size() - 1; i >= 0; i--) {
                sources.get(i).close();
            }
        }
    }

    private String line(final String way, final double ns, final long frames, final Summary summary) {
        final double processed = Math.max(1, summary.frames());
        return String.format(Locale.ROOT, "%-20s %6.0f ns of CPU per frame, handed over %.2f %%, arrival to verdict p50"
            + " %.0f us, p99 %.0f us; lost %d of %d (kernel %d, hand-over full %d, late %d); %s a second, load %.1f",
            way, ns, summary.count(Counter.FRAMES_HANDED_OVER) * 100 / processed,
            summary.latency().percentile(LatencyStage.ARRIVAL_TO_VERDICT, 50) / 1e3,
            summary.latency().percentile(LatencyStage.ARRIVAL_TO_VERDICT, 99) / 1e3,
            frames - summary.frames(), frames, summary.count(Counter.DROP_KERNEL),
            summary.count(Counter.DROP_HAND_OVER_FULL), summary.count(Counter.DROP_WORKER_LATE), rate,
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Members discard what comes before all of them run. */
    private static void awaitThreads(final Engine engine) {
        final long deadlineNs = System.nanoTime() + BOUND_NS;
        for (int thread = 0; thread < engine.packetThreads(); thread++) {
            while (engine.cycles(thread) < 2) {
                if (System.nanoTime() > deadlineNs) {
                    throw new IllegalStateException(engine.threadName(thread) + " does not run");
                }
                LockSupport.parkNanos(STEP_NS);
            }
        }
    }

    /** Until all frames were worked on, or for half a second none. */
    private static void awaitFrames(final Engine engine, final long frames) {
        long seen = engine.processedFrames();
        for (int silent = 0; seen < frames && silent < SILENT_STEPS; silent++) {
            LockSupport.parkNanos(STEP_NS);
            final long now = engine.processedFrames();
            if (now != seen) {
                silent = 0;
            }
            seen = now;
        }
    }

    private void sendAll(final long frames) throws IOException, InterruptedException {
        final Process sender = new ProcessBuilder(send, from, Long.toString(frames), trace, rate)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (sender.waitFor() != 0) {
            throw new IOException("the sender failed");
        }
    }

    /** CPU time of the threads that frames pass through, so far. */
    private static long packetNs(final Engine engine) {
        return engine.reading().threads().subList(0, engine.packetThreads()).stream()
            .mapToLong(thread -> thread.cpuNs()).sum();
    }
}
