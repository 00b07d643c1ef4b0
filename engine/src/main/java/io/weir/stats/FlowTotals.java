package io.weir.stats;

import io.weir.event.FlowEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Flows, frames and bytes by IP protocol, added up from flow records. One thread; allocates nothing per record. */
public final class FlowTotals {
    private static final int PROTOCOLS = 256;

    private final long[] flows = new long[PROTOCOLS];
    private final long[] frames = new long[PROTOCOLS];
    private final long[] bytes = new long[PROTOCOLS];

    /**
     * One line of the table.
     *
     * @param name   protocol name, lower case
     * @param flows  flows that ended
     * @param frames frames of both directions
     * @param bytes  wire bytes of both directions
     */
    public record Row(String name, long flows, long frames, long bytes) {
    }

    /** Adds one flow that ended. */
    public void add(final FlowEvent event) {
        final int protocol = event.protocol() & 0xff;
        flows[protocol]++;
        frames[protocol] += event.initiatorFrames() + event.responderFrames();
        bytes[protocol] += event.initiatorBytes() + event.responderBytes();
    }

    /** Flows of all protocols. */
    public long flows() {
        return sum(flows);
    }

    /** Flows of one IP protocol. */
    public long flows(final int protocol) {
        return flows[protocol & 0xff];
    }

    /** Frames that belonged to a flow. */
    public long frames() {
        return sum(frames);
    }

    /** Wire bytes of frames that belonged to a flow. */
    public long bytes() {
        return sum(bytes);
    }

    /** The protocols that occurred, most bytes first. */
    public List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        for (int protocol = 0; protocol < PROTOCOLS; protocol++) {
            if (flows[protocol] > 0) {
                rows.add(new Row(IpProtocol.label(protocol), flows[protocol], frames[protocol], bytes[protocol]));
            }
        }
        rows.sort(Comparator.comparingLong(Row::bytes).reversed().thenComparing(Row::name));
        return rows;
    }

    private static long sum(final long[] values) {
        long sum = 0;
        for (final long value : values) {
            sum += value;
        }
        return sum;
    }
}
