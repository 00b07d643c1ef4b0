package io.weir.reassembly;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.EngineTime;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.packet.Frame;
import io.weir.reassembly.fragment.FragmentContext;
import io.weir.reassembly.fragment.FragmentReassembler;

/**
 * TCP reassembly on its own: decoded frames in, the streams of all connections out. The bytes of all connections of a
 * capture, as their receivers read them:
 * <pre>{@code
 * Decoder decoder = new Decoder();
 * Frame frame = new Frame();
 * try (FileSource source = FileSource.open(Path.of("web.pcapng"), FileSource.DEFAULT_BLOCKS);
 *     TcpStreams streams = new TcpStreams((flow, fromInitiator) -> new PageWriter(flow.flowId(), fromInitiator))) {
 *     while (!source.isExhausted()) {
 *         if (source.next(frame)) {
 *             decoder.decode(frame);
 *             streams.onFrame(frame);
 *             source.release(frame.source, frame.block);
 *         }
 *     }
 * }
 * }</pre>
 * where {@code PageWriter} is the application's {@link StreamConsumer}. Closing delivers what still waits and ends all
 * streams.
 *
 * <p>IP fragments are put together first. Data in order is handed on where it lies in the frame; what comes too early
 * waits in memory that is bounded by {@link StreamContext}. For one thread. What a consumer throws comes out of
 * {@link #onFrame} or {@link #close}; the object is then good for nothing but closing.
 */
public final class TcpStreams implements AutoCloseable {
    private static final int RECORD_BYTES = 4 * EventRing.MAX_BODY;

    private final Counters counters = new Counters();
    private final EventRing records = new EventRing(RECORD_BYTES, false);
    private final EngineTime time = new EngineTime();
    private final FlowHash hash;
    private final FlowTable flows;
    private final FragmentReassembler fragments;
    private final TcpReassembler reassembler;
    private long number;
    private long sequence;
    private boolean closed;

    /** Reassembles with default configuration. */
    public TcpStreams(final StreamConsumers consumers) {
        this(new StreamContext().conclude(), new FlowTableContext().conclude(), consumers);
    }

    /**
     * Reassembles by configuration.
     *
     * @param streamContext concluded
     * @param flowContext   concluded; how many connections are followed at a time, and how long without a frame
     * @param consumers     decide who receives which stream
     */
    public TcpStreams(final StreamContext streamContext, final FlowTableContext flowContext,
        final StreamConsumers consumers) {
        hash = FlowHash.random(flowContext);
        flows = new FlowTable(flowContext, records, counters);
        fragments = new FragmentReassembler(new FragmentContext().policies(streamContext.policies())
            .vlanInKey(flowContext.vlanInKey()).conclude(), counters, false);
        final ConsumerSink sink = new ConsumerSink(flows, consumers);
        reassembler = new TcpReassembler(streamContext, flows, sink, AnomalySink.NONE, counters);
        sink.reassembler(reassembler);
        flows.observer(reassembler);
    }

    /**
     * Takes the next frame, of whatever protocol; calls consumers.
     *
     * @param frame decoded; number, sequence, time and hash are set here
     */
    public void onFrame(final Frame frame) {
        frame.number = ++number;
        frame.timeNs = time.observe(frame.timestampNs);
        while (time.tickDue()) {
            onTick(time.takeTick());
        }
        frame.sequence = ++sequence;
        if (FragmentReassembler.isFragment(frame)) {
            // what was rebuilt before has been worked on
            fragments.arena().release(fragments.arena().block() - 1);
            fragments.onFragment(frame);
        }
        if (frame.hasFlow() && frame.protocol == FlowProtocol.IP_TCP) {
            frame.flowHash = hash.hash(frame);
            reassembler.judge(frame);
            reassembler.onSegment(flows.onFrame(frame), frame);
        }
        dropRecords();
    }

    private void onTick(final long tickNs) {
        fragments.expire(tickNs);
        flows.onTick(++sequence, tickNs);
    }

    /** Flow records are for the engine's outputs; here nobody reads them. */
    private void dropRecords() {
        while (records.peek() >= 0) {
            records.advance();
        }
    }

    /** One of the counts of TCP reassembly or of the flow table. */
    public long count(final Counter counter) {
        return counters.get(counter);
    }

    /** Ends all streams and frees the memory. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            flows.endAll(++sequence, time.nowNs());
        } finally {
            reassembler.close();
            flows.close();
            fragments.close();
            records.close();
            counters.close();
        }
    }
}
