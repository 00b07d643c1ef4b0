package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlowTableContextTest {
    private static String refusal(final FlowTableContext context) {
        return assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
    }

    @Test
    void shouldHoldMoreThanAMillionFlowsByDefault() {
        final FlowTableContext context = new FlowTableContext().conclude();
        assertTrue(context.flowsPerTable() > 1_000_000);
        assertEquals(600, context.timeoutSeconds(FlowProtocol.TCP, FlowState.ESTABLISHED));
        assertEquals(30, context.timeoutSeconds(FlowProtocol.UDP, FlowState.NEW));
        assertEquals(300, context.timeoutSeconds(FlowProtocol.ICMP, FlowState.ESTABLISHED));
    }

    @Test
    void shouldShareTheMemoryAmongTheWorkers() {
        final int one = new FlowTableContext().conclude().flowsPerTable();
        final int four = new FlowTableContext().workers(4).conclude().flowsPerTable();
        assertTrue(Math.abs(one - 4 * four) < 4);
    }

    @Test
    void shouldNameTheSettingThatDoesNotHold() {
        assertTrue(refusal(new FlowTableContext().memoryBytes(1000)).contains("memory of 1000 bytes"));
        assertTrue(refusal(new FlowTableContext().memoryBytes(Long.MAX_VALUE)).contains("memory of"));
        assertTrue(refusal(new FlowTableContext().workers(0)).contains("workers must be at least 1, not 0"));
        assertTrue(refusal(new FlowTableContext().timeoutSeconds(FlowProtocol.UDP, FlowState.NEW, 0))
            .contains("time-out of udp new must be between 1 and 604800 seconds, not 0"));
    }

    @Test
    void shouldNotChangeOnceConcluded() {
        final FlowTableContext context = new FlowTableContext().conclude();
        assertThrows(IllegalStateException.class, () -> context.memoryBytes(1 << 20));
        assertThrows(IllegalStateException.class, () -> context.workers(2));
        assertThrows(IllegalStateException.class, () -> context.vlanInKey(false));
        assertThrows(IllegalStateException.class, () -> context.tunnelInKey(false));
        assertThrows(IllegalStateException.class,
            () -> context.timeoutSeconds(FlowProtocol.UDP, FlowState.NEW, 5));
    }
}
