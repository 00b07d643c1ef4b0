package io.weir.rule.action;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.capture.FrameSource;
import io.weir.capture.file.FileSource;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.engine.MemorySource;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.output.CaptureFiles;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.output.Summary;
import io.weir.packet.Frame;
import io.weir.protocol.application.ApplicationTable;
import io.weir.rule.alert.AlertContext;
import io.weir.rule.alert.AlertWriter;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.UnsafeApi;

/** Frames put through an engine with rules that act: the capture files and records that come of it. */
final class ActedTrace {
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;
    private final List<TimedFrame> frames;
    private int workers = 1;
    private int files = 1_000;
    private int open = 64;
    private ActionContext limits = new ActionContext();
    private Summary summary;

    ActedTrace(final Path directory, final List<TimedFrame> frames) {
        this.directory = directory;
        this.frames = frames;
    }

    ActedTrace workers(final int value) {
        workers = value;
        return this;
    }

    ActedTrace files(final int most, final int mostOpen) {
        files = most;
        open = mostOpen;
        return this;
    }

    ActedTrace limits(final ActionContext value) {
        limits = value;
        return this;
    }

    ActedTrace run(final Rule... rules) throws IOException, InterruptedException {
        final PatternLibrary library = PatternLibrary.choose(PatternLibrary.Choice.JAVA);
        final AlertContext alerts = new AlertContext().actions(limits).conclude();
        try (Counters counters = new Counters(); MemorySource source = new MemorySource(frames, 8, 16, false);
            ActiveRules active = new ActiveRules(new RuleCompiler(library).compile(List.of(rules)));
            CaptureFiles captures =
                new CaptureFiles(captureDirectory(), files, open, index -> source.interfaces().get(index), counters);
            EveOutput eve = new EveOutput(directory.resolve("eve.json"), false, 0, EveForm.of(index -> ""),
                ApplicationTable.NONE).rules(number -> active.current().names().name(number), captures);
            Engine engine = new Engine(new EngineContext().source(source).workers(workers).latency(false)
                .output(captures).output(eve).counters(counters)
                .rules(active, (worker, flows, classifier, events, ofWorker) ->
                    new AlertWriter(alerts, flows, classifier, events, ofWorker)).conclude())) {
            engine.start();
            if (!engine.await(BOUND_NS)) {
                throw new AssertionError("the engine did not end");
            }
            summary = engine.summary();
        }
        return this;
    }

    Path captureDirectory() {
        return directory.resolve("capture");
    }

    long count(final Counter counter) {
        return summary.count(counter);
    }

    /** Records with this text. */
    List<String> records(final String text) throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("eve.json"))) {
            return lines.filter(line -> line.contains(text)).toList();
        }
    }

    /** Bytes of each capture file by its name. */
    Map<String, String> bytes() throws IOException {
        final Map<String, String> found = new TreeMap<>();
        for (final Path file : captureFiles()) {
            found.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
        return found;
    }

    /** Capture files by their names. */
    List<Path> captureFiles() throws IOException {
        if (!Files.isDirectory(captureDirectory())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(captureDirectory())) {
            return entries.sorted().toList();
        }
    }

    /** Frames of a file, as they are compared with those of the trace. */
    static List<String> framesOf(final Path file) {
        final List<String> found = new ArrayList<>();
        try (FrameSource source = FileSource.open(file, FileSource.DEFAULT_BLOCKS)) {
            final Frame frame = new Frame();
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    final byte[] bytes = new byte[frame.capturedLength];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = UnsafeApi.getByte(frame.address + i);
                    }
                    found.add(text(new TimedFrame(frame.timestampNs, bytes)));
                }
            }
        }
        return found;
    }

    static String text(final TimedFrame frame) {
        return frame.timestampNs() + " " + HexFormat.of().formatHex(frame.bytes());
    }
}
