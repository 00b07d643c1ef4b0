package io.weir.output;

/** Labels of the codes in flow records. */
final class EveLabels {
    static final String[] FLOW_STATES = {"new", "established", "closed"};
    static final String[] END_REASONS = {"timeout", "forced", "shutdown", "tcp_reuse"};
    static final String[] TCP_STATES = {
        "none", "syn_sent", "syn_recv", "established", "fin_wait1", "fin_wait2", "closing", "close_wait", "last_ack",
        "time_wait", "closed"
    };

    private EveLabels() {
    }
}
