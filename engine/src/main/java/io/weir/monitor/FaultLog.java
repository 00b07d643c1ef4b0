package io.weir.monitor;

import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;

/**
 * Faults that the engine survived, each kind once, with how often it came: Agrona's distinct-error log. Any thread
 * reports and reads. When the log is full nothing more is kept, nor is anything spent on it.
 */
public final class FaultLog implements ErrorHandler {
    private final AtomicBuffer buffer;
    private final DistinctErrorLog log;
    private volatile boolean full;

    /**
     * One kind of fault.
     *
     * @param count   how often
     * @param firstMs first time, ms since 1970
     * @param lastMs  last time
     * @param text    what, with the stack
     */
    public record Row(int count, long firstMs, long lastMs, String text) {
        /** Its first line. */
        public String title() {
            return text.lines().findFirst().orElse("");
        }
    }

    /** Makes a log over a zeroed buffer. */
    public FaultLog(final AtomicBuffer buffer) {
        this.buffer = buffer;
        log = new DistinctErrorLog(buffer, SystemEpochClock.INSTANCE);
    }

    @Override
    public void onError(final Throwable fault) {
        if (!full && !log.record(fault)) {
            full = true;
        }
    }

    /** What was reported, in order of first time. */
    public List<Row> rows() {
        return rows(buffer);
    }

    /** What was reported to the log of a buffer. */
    static List<Row> rows(final AtomicBuffer buffer) {
        final List<Row> rows = new ArrayList<>();
        if (!isWellFormed(buffer)) {
            return rows;
        }
        ErrorLogReader.read(buffer, (count, firstMs, lastMs, text) -> rows.add(new Row(count, firstMs, lastMs, text)));
        return rows;
    }

    /** Whether every record lies within the log: it may come from a file that another process wrote. */
    private static boolean isWellFormed(final AtomicBuffer buffer) {
        int at = 0;
        while (at + DistinctErrorLog.ENCODED_ERROR_OFFSET <= buffer.capacity()) {
            final int length = buffer.getIntVolatile(at + DistinctErrorLog.LENGTH_OFFSET);
            if (length == 0) {
                return true;
            }
            if (length < DistinctErrorLog.ENCODED_ERROR_OFFSET || length > buffer.capacity() - at) {
                return false;
            }
            at += BitUtil.align(length, DistinctErrorLog.RECORD_ALIGNMENT);
        }
        return true;
    }
}
