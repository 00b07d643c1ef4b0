package io.weir.cli;

import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.capture.file.RotatingWriter;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.output.PrintableText;
import io.weir.packet.Frame;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir record}: writes live traffic to pcapng files. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    header = "Capture to pcapng until stopped.",
    description = {
        "",
        "VLAN tags that the kernel takes out are put back. SIGINT (Ctrl-C) and SIGTERM end it in order: what was "
            + "received is still written. Needs CAP_NET_RAW.",
        ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  sudo weir record -i eth0 -w trace.pcapng",
        "  sudo weir record -i eth0 -w trace.pcapng -f 'not port 22' --rotate 100MB",
        "  sudo weir record -i eth0 -i eth1 -w trace.pcapng --rotate 1h"
    })
final class RecordCommand implements Callable<Integer> {
    private static final long AWAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    @Spec
    private CommandSpec spec;

    @Option(names = {"-i", "--interface"}, paramLabel = "IF", required = true,
        description = "Interface to capture from; may be repeated. 'weir interfaces' lists them.")
    private List<String> interfaces = List.of();

    @Option(names = {"-w", "--write"}, paramLabel = "FILE", required = true,
        description = "File to write; it must not exist.")
    private Path file;

    @Option(names = {"-f", "--filter"}, paramLabel = "FILTER", description = "Keep frames that match (pcap-filter).")
    private String filter = "";

    @Option(names = "--rotate", paramLabel = "SIZE or TIME",
        description = "Go on to the next file, FILE-00002 and so on, after a size (100MB) or a time (10min).")
    private String rotate = "";

    @Option(names = {"-n", "--count"}, paramLabel = "COUNT", description = "Stop after so many frames.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "Stop after this time.")
    private double durationSeconds = TimeUnit.DAYS.toSeconds(36500);

    private volatile boolean stopped;
    private long frames;

    @Override
    public Integer call() {
        if (count < 1 || !(durationSeconds > 0)) {
            throw CommandException.usage("--count and --duration must be more than 0");
        }
        final List<TpacketContext> contexts = interfaces.stream()
            .map(name -> new TpacketContext().interfaceName(name).filter(filter).conclude()).toList();
        final Rotation rotation = rotate.isEmpty() ? Rotation.NEVER : Rotation.parse(rotate);
        try (FrameSource source = CaptureInputs.open(contexts)) {
            final RotatingWriter writer = new RotatingWriter(file, source.interfaces(), rotation.maxBytes(),
                rotation.maxAgeNs(), System.nanoTime());
            try (writer) {
                Termination.onRequest(() -> {
                    stopped = true;
                    source.wakeup();
                });
                write(source, writer);
            } finally {
                Termination.onRequest(null);
            }
            return report(source, writer);
        }
    }

    private void write(final FrameSource source, final RotatingWriter writer) {
        final Frame frame = new Frame();
        final long startNs = System.nanoTime();
        final long lastNs = (long) Math.min(durationSeconds * 1e9, Long.MAX_VALUE / 2.0);
        final long[] newest = new long[source.leafCount()];
        Arrays.fill(newest, -1);
        while (!source.isExhausted()) {
            final long nowNs = System.nanoTime();
            if (stopped || frames >= count || nowNs - startNs >= lastNs) {
                source.stop();
            }
            writer.tick(nowNs);
            while (source.next(frame)) {
                if (frames < count) {
                    writer.write(frame, nowNs);
                    frames++;
                }
                if (newest[frame.source] != frame.block) {
                    newest[frame.source] = frame.block;
                    break;
                }
            }
            for (int leaf = 0; leaf < newest.length; leaf++) {
                source.release(leaf, newest[leaf]);
            }
            source.await(Math.max(0, Math.min(AWAIT_NS, startNs + lastNs - nowNs)));
        }
    }

    private int report(final FrameSource source, final RotatingWriter writer) {
        final CaptureStatistics statistics = new CaptureStatistics();
        source.statistics(statistics);
        final PrintWriter err = spec.commandLine().getErr();
        for (final CaptureStatistics.Damage damage : statistics.damages) {
            err.println("weir: " + PrintableText.of(damage.where() + ": " + damage.what()));
        }
        if (statistics.kernelDropped > 0 || statistics.discarded > 0) {
            err.println("weir: " + statistics.kernelDropped + " frames were dropped by the kernel because the ring was "
                + "full, " + statistics.discarded + " were discarded");
        }
        err.flush();
        final PrintWriter out = spec.commandLine().getOut();
        out.println(frames + " frames, " + writer.bytesWritten() + " bytes in "
            + (writer.files() == 1 ? "1 file" : writer.files() + " files"));
        out.flush();
        return statistics.kernelDropped + statistics.discarded > 0 || !statistics.damages.isEmpty()
            ? ExitStatus.IMPAIRED : ExitStatus.DONE;
    }
}
