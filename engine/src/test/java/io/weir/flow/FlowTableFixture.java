package io.weir.flow;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.packet.Frame;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** A flow table with all it needs, and frames for it. */
final class FlowTableFixture implements AutoCloseable {
    static final int CLIENT = 0x0a000001;
    static final int SERVER = 0x0a000002;

    final Counters counters = new Counters();
    final EventRing ring;
    final FlowTable table;
    final Frames frames;
    private final Frame[] batch = new Frame[1];
    private final long[] likely = new long[1];

    FlowTableFixture(final FlowTableContext context) {
        this(context, 1 << 20, 1);
    }

    FlowTableFixture(final FlowTableContext context, final int ringCapacity, final long seed) {
        ring = new EventRing(ringCapacity, false);
        table = new FlowTable(context.conclude(), ring, counters);
        frames = new Frames(new FlowHash(context, seed));
    }

    static FlowTableFixture ofFlows(final int flows) {
        return new FlowTableFixture(new FlowTableContext().memoryBytes((long) flows * FlowTableContext.BYTES_PER_FLOW));
    }

    long put(final Frame frame) {
        batch[0] = frame;
        table.fetch(batch, 1, likely);
        if (likely[0] != FlowTable.NO_FLOW) {
            table.touch(likely[0]);
        }
        return table.onFrame(frame, likely[0]);
    }

    List<FlowRecords.FlowRow> tick(final double seconds) {
        frames.at(seconds);
        table.onTick(frames.nextSequence(), frames.timeNs());
        return records();
    }

    List<FlowRecords.FlowRow> records() {
        return FlowRecords.drain(ring);
    }

    List<FlowRecords.FlowRow> endAll() {
        table.endAll(frames.nextSequence(), frames.timeNs());
        return records();
    }

    FlowRecords.FlowRow only(final List<FlowRecords.FlowRow> rows) {
        Assertions.assertEquals(1, rows.size(), rows.toString());
        return rows.get(0);
    }

    long count(final Counter counter) {
        return counters.get(counter);
    }

    @Override
    public void close() {
        table.close();
        ring.close();
        counters.close();
    }
}
