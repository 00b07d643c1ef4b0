package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.packet.Frame;
import org.junit.jupiter.api.Test;

class FlowWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = 1_700_000_000L * SECOND_NS;

    private final FlowTableContext context = new FlowTableContext();
    private final FlowHash hash = FlowHash.random(context.conclude());
    private final Frame[] batch = {new Frame()};
    private final long[] likely = new long[1];
    private long number;

    @Test
    void shouldTellOfAFlowThatBeginsWhereAnEarlierOneWithItsPortsWasSettled() {
        try (Counters counters = new Counters(); EventRing ring = new EventRing(1 << 20, false);
            FlowTable flows = new FlowTable(context, ring, counters); FlowHints hints = new FlowHints()) {
            final FlowWatch watch = new FlowWatch(ElephantPolicy.OFF, 0, flows, null, null, null, null, counters,
                hints);
            arrives(flows, watch, START_NS);
            assertTrue(hints.isKnown(batch[0].flowHash));
            hints.settled(batch[0].flowHash);
            arrives(flows, watch, START_NS + SECOND_NS);
            assertTrue(hints.isSettled(batch[0].flowHash), "the flow goes on");

            final long laterNs = START_NS + 100_000 * SECOND_NS;
            flows.onTick(++number, laterNs);
            assertEquals(0, flows.size());
            arrives(flows, watch, laterNs);
            assertEquals(2, counters.get(Counter.FLOWS_STARTED));
            assertFalse(hints.isSettled(batch[0].flowHash), "its payload would be dropped first");
            assertTrue(hints.isKnown(batch[0].flowHash));
        }
    }

    private void arrives(final FlowTable flows, final FlowWatch watch, final long timeNs) {
        final Frame frame = batch[0];
        frame.ipVersion = 4;
        frame.protocol = 17;
        frame.lowerLo = 0x0a00_0001;
        frame.upperLo = 0x0a00_0002;
        frame.lowerPort = 4000;
        frame.upperPort = 53;
        frame.wireLength = 100;
        frame.timestampNs = timeNs;
        frame.timeNs = timeNs;
        frame.number = ++number;
        frame.sequence = number;
        frame.flowHash = hash.hash(frame);
        flows.fetch(batch, 1, likely);
        watch.onFrame(flows.onFrame(frame, likely[0]), frame);
    }
}
