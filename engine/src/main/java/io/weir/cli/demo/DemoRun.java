package io.weir.cli.demo;

import io.weir.base.Counter;
import io.weir.capture.FrameSource;
import io.weir.capture.file.FileSource;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.output.Summary;
import io.weir.output.SummaryTable;
import io.weir.output.SummaryWriter;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo itself: an engine over the virtual wire or over the capture as a file, and what it tells on the way. */
public final class DemoRun {
    private static final long PATIENCE_NS = 20_000_000_000L;
    private static final long ARRIVAL_MS = 2_000;
    private static final long TELL_MS = 250;
    private static final List<String> SAMPLES = List.of("\"proto\":\"TCP\"", "\"tunnel\":", "\"proto\":\"UDP\"");

    private final PrintWriter out;
    private final boolean colour;
    private final boolean animate;
    private final Path directory;
    private volatile Replay replay;
    private int step;

    /**
     * Prepares a run.
     *
     * @param out       where to tell
     * @param colour    true if the table may use colour
     * @param animate   true if counters may be drawn over each other
     * @param directory existing directory for the records
     */
    public DemoRun(final PrintWriter out, final boolean colour, final boolean animate, final Path directory) {
        this.out = out;
        this.colour = colour;
        this.animate = animate;
        this.directory = directory;
    }

    /**
     * Makes the wire in this process's network namespace, replays onto one end and inspects what comes out of the
     * other.
     */
    public Summary live() throws IOException, InterruptedException {
        VirtualWire.create();
        tell("Made a virtual wire in a network namespace of its own: " + VirtualWire.SENDING_END + " <-> "
            + VirtualWire.CAPTURING_END);
        final TpacketContext ring = new TpacketContext().interfaceName(VirtualWire.CAPTURING_END).conclude();
        try (TpacketSource source = new TpacketSource(ring); Replay traffic = new Replay(VirtualWire.SENDING_END)) {
            tell("Capturing on " + VirtualWire.CAPTURING_END + " through a TPACKET_V3 ring of "
                + (ring.ringBytes() >> 20) + " MiB");
            replay = traffic;
            final Summary summary = inspect(source, engine -> {
                tell(String.format(Locale.ROOT,
                    "Replaying %,d frames of made-up traffic onto %s, %.1f s at their own pace", traffic.frames(),
                    VirtualWire.SENDING_END, traffic.durationNs() / 1e9));
                traffic.start();
                watch(traffic, engine);
                engine.stop();
            });
            tell(String.format(Locale.ROOT, "Stopped: %,d frames sent, %,d received, %,d processed, %,d dropped%s",
                traffic.sent(), summary.ledger().received(), summary.ledger().processed(), summary.ledger().dropped(),
                summary.ledger().balanced() ? ": every frame is accounted for" : "; THE LEDGER DOES NOT BALANCE"));
            return summary;
        }
    }

    /** Reads the same traffic as a capture file. */
    public Summary fromFile() throws IOException, InterruptedException {
        final Path capture = directory.resolve("demo.pcapng");
        final int frames = DemoCapture.write(capture);
        tell(String.format(Locale.ROOT, "Wrote %,d frames of made-up traffic to %s", frames, capture));
        try (FileSource source = FileSource.open(capture, FileSource.DEFAULT_BLOCKS)) {
            final Summary summary = inspect(source, engine -> tell("Reading it as a file"));
            tell(String.format(Locale.ROOT, "Done: %,d frames processed", summary.frames()));
            return summary;
        }
    }

    /** Ends a running live demo early; everything received so far is still shown. Any thread. */
    public void stop() {
        final Replay running = replay;
        if (running != null) {
            running.stop();
        }
    }

    private Summary inspect(final FrameSource source, final Act act) throws IOException, InterruptedException {
        try (EveOutput eve = new EveOutput(directory.resolve("eve.json"), source.isLive(), 0,
            EveForm.of(id -> source.interfaces().get(id).name()), ApplicationTable.standard());
            Engine engine = new Engine(new EngineContext().source(source).output(eve)
                .applications(ApplicationTable.standard())
                .latencyLog(directory.resolve("latency.hlog")).conclude())) {
            engine.start();
            act.on(engine);
            if (!engine.await(PATIENCE_NS)) {
                throw new IOException("the engine did not end within " + PATIENCE_NS / 1_000_000_000 + " s");
            }
            final Summary summary = engine.summary();
            SummaryWriter.write(summary, directory.resolve("summary.json"));
            return summary;
        }
    }

    /** Shows counters until everything was sent and has arrived, or does not arrive. */
    private void watch(final Replay traffic, final Engine engine) throws InterruptedException {
        long waitedMs = 0;
        long linesNs = System.nanoTime();
        boolean arrived = false;
        while (!arrived && waitedMs < ARRIVAL_MS) {
            Thread.sleep(TELL_MS);
            final Engine.Progress progress = engine.progress();
            final long processed = progress.counters().get(Counter.FRAMES_PROCESSED);
            final boolean done = traffic.isDone();
            arrived = done && processed >= traffic.sent();
            waitedMs += done ? TELL_MS : 0;
            if (animate || arrived || System.nanoTime() - linesNs >= 1_000_000_000L) {
                linesNs = System.nanoTime();
                out.print((animate ? "\r" : "") + String.format(Locale.ROOT,
                    "     %4.1f s   %,7d frames   %,6d flows   %,3d dropped", progress.elapsedNs() / 1e9, processed,
                    progress.counters().get(Counter.FLOWS_STARTED), progress.counters().dropped())
                    + (animate && !arrived ? "" : System.lineSeparator()));
                out.flush();
            }
        }
        if (animate && !arrived) {
            out.println();
        }
    }

    /** Shows the table, where the records lie and three of them. */
    public void show(final Summary summary) throws IOException {
        out.println();
        out.println(SummaryTable.of(summary, colour).stripTrailing());
        out.println();
        final Path eve = directory.resolve("eve.json");
        final List<String> lines = Files.readAllLines(eve);
        tell(String.format(Locale.ROOT, "The records are in %s (%,d of them), summary.json and latency.hlog beside it.",
            eve, lines.size()));
        out.println("     Three flows:");
        for (final String line : samples(lines)) {
            out.println();
            out.println(line);
        }
        out.flush();
    }

    private static List<String> samples(final List<String> lines) {
        final List<String> chosen = new ArrayList<>();
        for (final String mark : SAMPLES) {
            lines.stream().filter(line -> line.contains(mark) && line.contains("\"event_type\":\"flow\"")
                && !chosen.contains(line)).findFirst().ifPresent(chosen::add);
        }
        return chosen;
    }

    private void tell(final String what) {
        step++;
        out.println("  " + step + ". " + what);
        out.flush();
    }

    /** What happens while the engine runs. */
    private interface Act {
        void on(Engine engine) throws InterruptedException;
    }
}
