package io.weir.event;

/** Kinds of records that workers send to the aggregator. */
public final class EventType {
    /** A flow ended, see {@link FlowEvent}. */
    public static final int FLOW = 1;
    /** Something odd in the traffic, see {@link AnomalyEvent}. */
    public static final int ANOMALY = 2;
    /** A stream was written to a file, see {@link StreamEvent}. */
    public static final int STREAM = 3;
    /** A transaction of a protocol, see {@link TransactionEvent}. */
    public static final int TRANSACTION = 4;
    /** A flow is announced by another one, see {@link ExpectationEvent}. */
    public static final int EXPECTATION = 5;
    /** A name stands for an address, see {@link NameEvent}. */
    public static final int NAME = 6;
    /** A rule matched, see {@link AlertEvent}. */
    public static final int ALERT = 7;
    /** A packet that a rule wants written, see {@link PacketEvent}. */
    public static final int PACKET = 8;

    private EventType() {
    }
}
