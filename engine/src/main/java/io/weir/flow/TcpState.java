package io.weir.flow;

/**
 * State of a TCP connection as its responder would name it (RFC 9293, section 3.3.2); the ordinal is the code in
 * {@link io.weir.event.FlowEvent#tcpState()}.
 */
public enum TcpState {
    /** No TCP, or nothing that tells a state. */
    NONE("none", FlowState.NEW),
    /** The initiator asked. */
    SYN_SENT("syn_sent", FlowState.NEW),
    /** The responder agreed. */
    SYN_RECV("syn_recv", FlowState.NEW),
    /** The handshake is complete, or the connection was picked up in the middle. */
    ESTABLISHED("established", FlowState.ESTABLISHED),
    /** The responder has sent its FIN. */
    FIN_WAIT1("fin_wait1", FlowState.ESTABLISHED),
    /** The responder's FIN is acknowledged. */
    FIN_WAIT2("fin_wait2", FlowState.ESTABLISHED),
    /** Both have sent a FIN, the responder's is not acknowledged yet. */
    CLOSING("closing", FlowState.ESTABLISHED),
    /** The initiator has sent its FIN. */
    CLOSE_WAIT("close_wait", FlowState.ESTABLISHED),
    /** Both have sent a FIN, the initiator first. */
    LAST_ACK("last_ack", FlowState.CLOSED),
    /** Both have sent a FIN, the responder's is acknowledged. */
    TIME_WAIT("time_wait", FlowState.CLOSED),
    /** Both FINs are acknowledged, or a reset was taken. */
    CLOSED("closed", FlowState.CLOSED);

    private static final TcpState[] VALUES = values();

    private final String label;
    private final FlowState flowState;

    TcpState(final String label, final FlowState flowState) {
        this.label = label;
        this.flowState = flowState;
    }

    /** The state for a code. */
    public static TcpState of(final int code) {
        return VALUES[code];
    }

    /** Name in records. */
    public String label() {
        return label;
    }

    /** The state of the flow while its connection is in this one. */
    public FlowState flowState() {
        return flowState;
    }
}
