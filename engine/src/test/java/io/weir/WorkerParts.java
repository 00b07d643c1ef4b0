package io.weir;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import org.agrona.UnsafeApi;

/** What a worker owns, and packets put through its flow table one by one. */
public final class WorkerParts implements AutoCloseable {
    /** Stamp of packets unless {@link #at} says otherwise. */
    public static final long START_NS = 1_700_000_000_000_000_000L;

    private static final int FRAME_BYTES = 1 << 17;

    public final Counters counters = new Counters();
    public final EventRing ring;
    public final FlowTable flows;
    /** The packet put last. */
    public final Frame frame = new Frame();
    private final FlowHash hash;
    private final Decoder decoder = new Decoder();
    private final NativeMemory.Region bytes =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, FRAME_BYTES, NativeMemory.CACHE_LINE);
    private long timeNs = START_NS;

    public WorkerParts() {
        this(1 << 20);
    }

    public WorkerParts(final int ringBytes) {
        final FlowTableContext context = new FlowTableContext().memoryBytes(4 << 20).conclude();
        ring = new EventRing(ringBytes, false);
        flows = new FlowTable(context, ring, counters);
        hash = new FlowHash(context, 1);
    }

    /** Sets when the following packets come, in seconds after {@link #START_NS}. */
    public WorkerParts at(final double seconds) {
        timeNs = START_NS + Math.round(seconds * 1e9);
        return this;
    }

    /** Decodes a packet as the intake would. */
    public Frame decode(final PacketBuilder packet) {
        final byte[] built = packet.build();
        for (int i = 0; i < built.length; i++) {
            UnsafeApi.putByte(bytes.address() + i, built[i]);
        }
        frame.address = bytes.address();
        frame.capturedLength = built.length;
        frame.wireLength = built.length;
        frame.linkType = LinkType.ETHERNET;
        frame.flags = 0;
        frame.anomalies = 0;
        decoder.decode(frame);
        frame.number++;
        next(frame);
        frame.flowHash = hash.hash(frame);
        return frame;
    }

    /** Decodes a packet and counts it in its flow; answers the flow's handle. */
    public long put(final PacketBuilder packet) {
        return flows.onFrame(decode(packet));
    }

    /** A tick; the ring is told of it, the flow table is not. */
    public Frame tick() {
        final Frame tick = new Frame();
        tick.flags = Frame.TICK;
        tick.sequence = frame.sequence;
        next(tick);
        frame.sequence = tick.sequence;
        return tick;
    }

    private void next(final Frame made) {
        made.sequence++;
        made.timeNs = timeNs;
        made.timestampNs = timeNs;
        ring.causedBy(made.sequence, timeNs);
    }

    public long count(final Counter counter) {
        return counters.get(counter);
    }

    @Override
    public void close() {
        flows.close();
        ring.close();
        counters.close();
        bytes.close();
    }
}
