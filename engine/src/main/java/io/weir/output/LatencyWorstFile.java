package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.base.LineFile;
import io.weir.stats.LatencyListener;
import io.weir.stats.LongPause;
import io.weir.stats.PauseInterval;
import io.weir.stats.SlowFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * The file {@code latency-worst.jsonl} beside an interval log: of each interval the slowest frames, the batches that
 * took longest and the longest pauses, one object a line. Times are us since 1970, durations ns. Write errors are
 * remembered and told, never thrown; lines of an interval are written together or not at all. One thread.
 */
public final class LatencyWorstFile implements LatencyListener {
    /** Behind the name of an interval log without its suffix. */
    private static final String SUFFIX = "-worst.jsonl";
    private static final int FRAMES = 4;
    private static final int BATCHES = 2;
    private static final int PAUSES = 12;
    private static final int LINES = FRAMES + BATCHES + PAUSES;
    /** More than any line has, with addresses of IPv6 and the longest name of a thread. */
    private static final int LINE_BYTES = 1_024;
    private static final int NS_PER_US = 1_000;

    private static final byte[] PAUSE = ascii("{\"kind\":\"pause\",\"from_us\":");
    private static final byte[] TO = next("to_us");
    private static final byte[] NS = next("ns");
    private static final byte[] NAME = next("pause");
    private static final byte[] THREAD = next("thread");

    private final LineFile file;
    private final ErrorHandler faults;
    private final JsonWriter json = new JsonWriter();
    private final ByteBuffer lines = ByteBuffer.allocate(LINES * LINE_BYTES);
    private boolean failed;

    /**
     * Creates the file, replacing an old one.
     *
     * @param faults hears of each error
     * @throws IOException if it cannot be created
     */
    public LatencyWorstFile(final Path path, final ErrorHandler faults) throws IOException {
        file = new LineFile(path, true);
        this.faults = faults;
        file.open();
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
        write();
    }

    /** Looks with the next interval whether the file was moved away, as it does each second. */
    void reopen() {
        file.reopen();
    }

    private void write() {
        lines.flip();
        try {
            file.look(System.nanoTime());
            file.append(lines);
        } catch (final IOException e) {
            failed(e);
        }
        lines.clear();
    }

    private void failed(final IOException error) {
        failed = true;
        faults.onError(error);
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
        json.copyTo(lines);
    }

    @Override
    public boolean failed() {
        return failed;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (final IOException e) {
            failed(e);
        }
    }
}
