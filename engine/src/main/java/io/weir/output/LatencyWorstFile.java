package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.stats.LatencyListener;
import io.weir.stats.LongPause;
import io.weir.stats.PauseInterval;
import io.weir.stats.SlowFrames;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file {@code latency-worst.jsonl} beside an interval log: of each interval the slowest frames, the batches that
 * took longest and the longest pauses, one object a line. Times are us since 1970, durations ns. Write errors are
 * remembered, never thrown. One thread.
 */
public final class LatencyWorstFile implements LatencyListener {
    /** Behind the name of an interval log without its suffix. */
    private static final String SUFFIX = "-worst.jsonl";
    private static final int FRAMES = 4;
    private static final int BATCHES = 2;
    private static final int PAUSES = 12;
    private static final int NS_PER_US = 1_000;

    private static final byte[] PAUSE = ascii("{\"kind\":\"pause\",\"from_us\":");
    private static final byte[] TO = next("to_us");
    private static final byte[] NS = next("ns");
    private static final byte[] NAME = next("pause");
    private static final byte[] THREAD = next("thread");

    private final PrintStream stream;
    private final JsonWriter json = new JsonWriter();

    /**
     * Creates the file, replacing an old one.
     *
     * @throws IOException if it cannot be created
     */
    public LatencyWorstFile(final Path file) throws IOException {
        stream = new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)), false,
            StandardCharsets.US_ASCII);
    }

    /** The file that belongs to an interval log. */
    public static Path beside(final Path intervalLog) {
        final String name = intervalLog.getFileName().toString();
        final int dot = name.lastIndexOf('.');
        return intervalLog.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + SUFFIX);
    }

    @Override
    public void interval(final long startMs, final long endMs, final SlowFrames slowest, final SlowFrames batches,
        final PauseInterval pauses, final List<String> threads) {
        for (int i = 0; i < Math.min(FRAMES, slowest.size()); i++) {
            SlowFrameEncoder.frame(slowest.get(i), json);
            line();
        }
        for (int i = 0; i < Math.min(BATCHES, batches.size()); i++) {
            SlowFrameEncoder.batch(batches.get(i), json);
            line();
        }
        for (int i = 0; pauses != null && i < Math.min(PAUSES, pauses.size()); i++) {
            pause(pauses.get(i), threads);
            line();
        }
        stream.flush();
    }

    private void pause(final LongPause pause, final List<String> threads) {
        json.begin().raw(PAUSE).number((pause.noticedNs - pause.durationNs) / NS_PER_US);
        json.raw(TO).number(pause.noticedNs / NS_PER_US).raw(NS).number(pause.durationNs);
        json.raw(NAME).string(pause.kind.label());
        if (pause.thread >= 0) {
            json.raw(THREAD).string(threads.get(pause.thread));
        }
        json.raw('}');
    }

    private void line() {
        json.raw('\n');
        final byte[] line = new byte[json.length()];
        json.copyTo(ByteBuffer.wrap(line));
        stream.write(line, 0, line.length);
    }

    @Override
    public boolean failed() {
        return stream.checkError();
    }

    @Override
    public void close() {
        stream.close();
    }
}
