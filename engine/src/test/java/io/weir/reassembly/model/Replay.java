package io.weir.reassembly.model;

import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.flow.FlowView;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.reassembly.AnomalySink;
import io.weir.reassembly.StreamContext;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import io.weir.reassembly.TcpReassembler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Lets weir look at frames as a worker does, and keeps the streams it delivers, by the port of their sender. */
final class Replay implements StreamSink {
    private static final int FRAME_BYTES_MAX = 1 << 17;
    private static final int TCP = 6;
    private static final byte POISON = (byte) 0xdb;

    private final Map<Integer, List<Delivered>> streams = new HashMap<>();
    private final Map<Long, Delivered> open = new HashMap<>();
    private final FlowView view = new FlowView();
    private FlowTable flows;

    private Replay() {
    }

    /** Streams of data that a port sent, in the order in which they began; those without data are left out. */
    static Map<Integer, List<Delivered>> of(final List<Passage> frames, final StreamContext context) {
        final Replay replay = new Replay();
        replay.run(frames, context.memoryBytes(32 << 20).conclude());
        if (!replay.open.isEmpty()) {
            throw new AssertionError("streams without end: " + replay.open.values());
        }
        return replay.streams;
    }

    private void run(final List<Passage> frames, final StreamContext context) {
        final FlowTableContext flowContext = new FlowTableContext().memoryBytes(1 << 20).conclude();
        final FlowHash hash = new FlowHash(flowContext, 1);
        final Decoder decoder = new Decoder();
        try (Counters counters = new Counters();
            EventRing events = new EventRing(1 << 20, false);
            FlowTable table = new FlowTable(flowContext, events, counters);
            TcpReassembler reassembler = new TcpReassembler(context, table, this, AnomalySink.NONE, counters)) {
            flows = table;
            table.observer(reassembler);
            each(frames, frame -> {
                decoder.decode(frame);
                frame.flowHash = hash.hash(frame);
                if (frame.protocol == TCP) {
                    reassembler.judge(frame);
                }
                final long handle = table.onFrame(frame);
                if (handle != FlowTable.NO_FLOW && frame.protocol == TCP) {
                    reassembler.onSegment(handle, frame);
                }
            });
            table.endAll(frames.size() + 1, frames.get(frames.size() - 1).timestampNs());
        }
    }

    /** Hands on each frame with its raw part, number, sequence and time set; its bytes do not stay. */
    static void each(final List<Passage> frames, final Consumer<Frame> receiver) {
        final Frame frame = new Frame();
        try (NativeMemory.Region memory = NativeMemory.allocate(NativeMemory.Tag.OTHER, FRAME_BYTES_MAX, 64)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(memory.address(), FRAME_BYTES_MAX);
            for (final Passage passage : frames) {
                fill(frame, passage, buffer);
                receiver.accept(frame);
                buffer.setMemory(0, frame.capturedLength, POISON);
            }
        }
    }

    private static void fill(final Frame frame, final Passage passage, final UnsafeBuffer buffer) {
        buffer.putBytes(0, passage.bytes());
        frame.address = buffer.addressOffset();
        frame.capturedLength = passage.bytes().length;
        frame.wireLength = passage.bytes().length;
        frame.linkType = LinkType.ETHERNET;
        frame.flags = passage.flags();
        frame.timestampNs = passage.timestampNs();
        frame.timeNs = passage.timestampNs();
        frame.number++;
        frame.sequence++;
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long timestampNs) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        stream(stream).data(streamOffset, bytes);
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        stream(stream).gap(streamOffset, length);
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        stream(stream).end(reason);
        final Delivered ended = open.remove(stream);
        if (ended.length() == 0) {
            streams.values().forEach(list -> list.remove(ended));
        }
    }

    private Delivered stream(final long number) {
        return open.computeIfAbsent(number, key -> {
            view.wrap(flows, key >>> 1);
            final Delivered delivered = new Delivered();
            streams.computeIfAbsent((key & 1) == 0 ? view.lowerPort() : view.upperPort(), port -> new ArrayList<>())
                .add(delivered);
            return delivered;
        });
    }

}
