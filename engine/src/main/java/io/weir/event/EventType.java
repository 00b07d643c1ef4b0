package io.weir.event;

/** Kinds of records that workers send to the aggregator. */
public final class EventType {
    /** A flow ended, see {@link FlowEvent}. */
    public static final int FLOW = 1;

    private EventType() {
    }
}
