package io.weir.protocol;

/**
 * Reads the messages of one flow and tells its fields. A parser object serves one flow at a time, on the worker's
 * thread, and is used again for others: {@link #begin} must set everything back.
 *
 * <p>It takes any segmentation and any bytes, keeps a bounded amount, allocates nothing after construction but what it
 * keeps for later flows, and never throws.
 */
public abstract class Parser {
    /** The flow being parsed; set between {@link #begin} and {@link #end}. */
    protected FlowContext flow;

    /** Starts with a flow. */
    public final void begin(final FlowContext context) {
        flow = context;
        begun();
    }

    /** Reads the first of its state, which says how to go on, so that {@link #touch(boolean)} need not wait. */
    public final int touch() {
        return flow == null ? 0 : 1;
    }

    /** Reads what it needs first of its state when a side has sent more, so that it is in the cache by then. */
    public int touch(final boolean fromClient) {
        return 0;
    }

    /** The record that it goes on with when more comes, or null: to be fetched likewise. */
    public FieldList pendingRecord() {
        return null;
    }

    /** Sets all state back to that of a flow nothing is known of. */
    protected abstract void begun();

    /**
     * The flow has ended, or its parsing: transactions that stayed half are to be closed, and what was taken is to be
     * given back.
     */
    public abstract void end();
}
