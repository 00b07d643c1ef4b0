package io.weir.output;

import io.weir.flow.EndReason;
import io.weir.flow.FlowState;
import io.weir.flow.TcpState;
import java.util.Arrays;

/** Labels of the codes in flow records, by code. */
final class EveLabels {
    static final String[] FLOW_STATES = Arrays.stream(FlowState.values()).map(FlowState::label).toArray(String[]::new);
    static final String[] END_REASONS = Arrays.stream(EndReason.values()).map(EndReason::label).toArray(String[]::new);
    static final String[] TCP_STATES = Arrays.stream(TcpState.values()).map(TcpState::label).toArray(String[]::new);

    private EveLabels() {
    }
}
