package io.weir.cli;

import io.weir.base.Counter;
import io.weir.capture.CaptureStatistics;
import io.weir.engine.Engine;
import io.weir.output.HumanUnits;
import io.weir.stats.CounterTotals;
import java.io.PrintWriter;

/** One line that tells how far a run is, written over itself. */
final class ProgressLine {
    private static final int BAR = 24;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;
    private final boolean live;
    private long lastFrames;
    private long lastBytes;
    private long lastNs;

    /**
     * Makes a line.
     *
     * @param terminal where it is written, or null to show nothing
     * @param live     true to show rates of the moment, false to show how much of the input is done
     */
    ProgressLine(final PrintWriter terminal, final boolean live) {
        this.terminal = terminal;
        this.live = live;
    }

    /** Shows how far the run is. */
    void show(final Engine.Progress progress) {
        if (terminal != null) {
            terminal.print(CLEAR + text(progress));
            terminal.flush();
        }
    }

    /** Takes the line away. */
    void clear() {
        if (terminal != null) {
            terminal.print(CLEAR);
            terminal.flush();
        }
    }

    String text(final Engine.Progress progress) {
        return live ? rates(progress) : share(progress.capture(), progress.counters(), progress.elapsedNs());
    }

    private static String share(final CaptureStatistics capture, final CounterTotals counters, final long elapsedNs) {
        final double seconds = Math.max(elapsedNs / 1e9, 1e-3);
        final String speed = HumanUnits.bytes(Math.round(capture.bytesRead / seconds)) + "/s  "
            + HumanUnits.large(counters.get(Counter.FRAMES_PROCESSED) / seconds) + " frames/s";
        if (capture.bytesTotal <= 0) {
            return HumanUnits.bytes(capture.bytesRead) + "  " + speed;
        }
        final double done = Math.min(1, (double) capture.bytesRead / capture.bytesTotal);
        final int filled = (int) (done * BAR);
        final long restNs = done == 0 ? 0 : (long) (elapsedNs / done * (1 - done));
        return "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + (int) (100 * done) + " %  "
            + HumanUnits.bytes(capture.bytesRead) + " of " + HumanUnits.bytes(capture.bytesTotal) + "  " + speed
            + (done == 0 ? "" : "  " + HumanUnits.duration(restNs) + " left");
    }

    private String rates(final Engine.Progress progress) {
        final long frames = progress.counters().get(Counter.FRAMES_PROCESSED);
        final long bytes = progress.counters().get(Counter.BYTES_PROCESSED);
        final double seconds = Math.max((progress.elapsedNs() - lastNs) / 1e9, 1e-3);
        final String text = HumanUnits.duration(progress.elapsedNs()) + "  " + HumanUnits.count(frames) + " frames  "
            + HumanUnits.large((frames - lastFrames) / seconds) + " frames/s  "
            + HumanUnits.large((bytes - lastBytes) * 8 / seconds) + "bit/s  "
            + HumanUnits.count(progress.counters().get(Counter.FLOWS_LIVE)) + " flows  "
            + HumanUnits.count(progress.counters().dropped()) + " dropped";
        lastFrames = frames;
        lastBytes = bytes;
        lastNs = progress.elapsedNs();
        return text;
    }
}
