package io.weir.event;

/** Kinds of records that workers send to the aggregator. */
public final class EventType {
    /** A flow ended, see {@link FlowEvent}. */
    public static final int FLOW = 1;
    /** Something odd in the traffic, see {@link AnomalyEvent}. */
    public static final int ANOMALY = 2;
    /** A stream was written to a file, see {@link StreamEvent}. */
    public static final int STREAM = 3;

    private EventType() {
    }
}
