package io.weir.flow;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * When each flow may time out at the earliest: a column of seconds beside the records, for the sweep to read from end
 * to end. Owned by one worker.
 *
 * <p>A frame does not touch it. A deadline is set when a flow starts and brought forward when its time-out shrinks;
 * otherwise it is left behind by the flow's frames, and the sweep that finds it passed looks at the record itself and
 * sets it anew. So a deadline is never later than the truth, and how it is rounded changes no result.
 */
final class Deadlines implements AutoCloseable {
    /** Deadline of a record that no flow uses. */
    static final int NEVER = Integer.MAX_VALUE;
    /** Deadline of a flow that is to be written in the sweep that is running. */
    static final int DUE = Integer.MIN_VALUE;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final NativeMemory.Region column;
    private final long address;
    /** Second that deadlines count from, so that they fit in 32 bits: that of the first flow. */
    private long origin;
    private boolean originKnown;
    private int earliest = NEVER;

    Deadlines(final int capacity) {
        column = NativeMemory.allocateLazily(NativeMemory.Tag.FLOW_TABLE, (long) capacity * Integer.BYTES,
            NativeMemory.CACHE_LINE);
        address = column.address();
    }

    /** The deadline of a time: rounded down, and held inside what 32 bits hold. */
    int second(final long timeNs) {
        final long second = Math.floorDiv(timeNs, NS_PER_SECOND) - origin;
        return (int) Math.max(DUE + 1, Math.min(NEVER - 1, second));
    }

    /** Sets the deadline of a flow that starts. */
    void start(final int record, final long timeNs) {
        if (!originKnown) {
            originKnown = true;
            origin = Math.floorDiv(timeNs, NS_PER_SECOND);
        }
        set(record, second(timeNs));
    }

    /** Sets a deadline, {@link #NEVER} and {@link #DUE} included. */
    void set(final int record, final int second) {
        UnsafeApi.putInt(address + (long) record * Integer.BYTES, second);
        if (second != DUE && second < earliest) {
            earliest = second;
        }
    }

    int get(final int record) {
        return UnsafeApi.getInt(address + (long) record * Integer.BYTES);
    }

    /** True if no flow can have timed out by this second. */
    boolean isQuiet(final int second) {
        return second < earliest;
    }

    /** Starts a sweep, which finds the earliest deadline anew by setting or {@link #keep keeping} all of them. */
    void sweep() {
        earliest = NEVER;
    }

    void keep(final int second) {
        if (second < earliest) {
            earliest = second;
        }
    }

    @Override
    public void close() {
        column.close();
    }
}
