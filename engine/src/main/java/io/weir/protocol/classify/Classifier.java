package io.weir.protocol.classify;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.event.FlowEvent;
import io.weir.flow.EndReason;
import io.weir.flow.FlowObserver;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.BufferPool;
import io.weir.protocol.TransactionListener;
import io.weir.protocol.content.Decoders;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Says what every flow of one worker is, and lets its parser read it: takes TCP streams from reassembly, datagrams and
 * packets of SCTP from the worker, and writes what is told to the event ring. One thread; memory is bounded by its
 * context.
 *
 * <p>A flow has an inspection only from its first content until the verdict, or, if its protocol is parsed, until the
 * parser has nothing more to learn.
 */
public final class Classifier implements StreamSink, FlowObserver, AutoCloseable {
    private final FlowTable flows;
    private final Counters counters;
    private final boolean inspects;
    private final BufferPool buffers;
    private final Decoders decoders;
    private final Labels labels;
    private final ParserServices services;
    private final StreamClassifier streams;
    private final DatagramClassifier datagrams;
    private final ChunkClassifier chunks;
    private final Lifecycle life;
    private final Ahead ahead;
    private final Descriptions descriptions;

    /**
     * Makes a classifier for a worker.
     *
     * @param context      concluded; this classifier takes its share of the memory
     * @param flows        the worker's
     * @param applications known names and addresses
     * @param events       takes what is told
     * @param counters     the worker's
     */
    public Classifier(final ClassifierContext context, final FlowTable flows, final ApplicationMatcher applications,
        final EventRing events, final Counters counters) {
        this.flows = flows;
        inspects = context.inspects();
        this.counters = counters;
        buffers = new BufferPool(context.bufferBytesPerWorker());
        decoders = new Decoders(context.codingLayers());
        labels = new Labels(flows.capacity());
        services = new ParserServices(context, labels, applications, buffers, decoders,
            new EventWriter(flows, events, counters), counters);
        final Inspections inspections = new Inspections(services, context.inspectionsPerWorker());
        ahead = new Ahead(inspections);
        final Candidates candidates = Candidates.STANDARD;
        final Recognition recognition = new Recognition(candidates);
        life = new Lifecycle(flows, labels, inspections, buffers, counters, context.faults());
        streams = new StreamClassifier(labels, inspections, life, recognition, services, buffers, counters);
        datagrams = new DatagramClassifier(labels, inspections, life, recognition, buffers);
        chunks = new ChunkClassifier(flows, labels, candidates);
        descriptions = new Descriptions(flows, labels, applications, candidates);
    }

    /** Sets who is told of a stream that is not wanted any more. */
    public void cutOff(final LongConsumer value) {
        life.cutOff(value);
    }

    /** Adds flags of {@link FlowEvent} to a flow's record. */
    public void flag(final long handle, final int flags) {
        labels.addFlags(handle, flags);
    }

    /** Writes what is known of a flow's protocols so far. */
    public void label(final long handle, final FlowEvent event) {
        labels.describe(handle, event);
        event.application(labels.application(handle));
    }

    /** Sets who is told of what parsers tell; before the first frame. */
    public void listener(final TransactionListener value) {
        services.listener(value);
    }

    /**
     * Fetches what is known of a flow, so that the cache misses of a batch overlap.
     *
     * @return something of what was read, which keeps the compiler from leaving it out
     */
    public int touch(final long handle) {
        return labels.touch(handle);
    }

    /** Notes that a frame with content, or that ends a stream, is about to come, for {@link #fetch}. */
    public void expect(final long handle, final Frame frame) {
        final int state = labels.inspection(handle);
        if (state > Labels.NOT_YET && (frame.protocol == FlowProtocol.IP_UDP
            || (frame.tcpFlags & TcpFlags.FIN) != 0
            || labels.toSkip(handle << 1 | (frame.fromUpper ? 1 : 0)) < frame.payloadLength)) {
            ahead.inspection(state, frame.fromUpper);
        }
    }

    /** Fetches what the frames that are about to come need, so that the cache misses of a batch overlap. */
    public void fetch() {
        ahead.fetch();
    }

    /** Notes which frame is being worked on. */
    public void onFrame(final Frame frame) {
        services.frame(frame.number, frame.timestampNs);
    }

    /** Notes that a tick or the end of the trace is being worked on: no frame. */
    public void onMark() {
        services.mark();
    }

    /** Takes a UDP frame of a flow. */
    public void onDatagram(final long handle, final Frame frame) {
        if (inspects) {
            datagrams.onDatagram(handle, frame);
        }
    }

    /** Takes an SCTP frame of a flow. */
    public void onChunks(final long handle, final Frame frame) {
        if (inspects) {
            chunks.onPacket(handle, frame);
        }
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long stampNs) {
        streams.data(stream, buffer, offset, length, streamOffset, stampNs);
    }

    @Override
    public int passedFirst() {
        return streams.passedFirst();
    }

    @Override
    public int passedLast() {
        return streams.passedLast();
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long stampNs) {
        streams.gap(stream, streamOffset, length, stampNs);
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long stampNs) {
        streams.end(stream, reason, stampNs);
    }

    // ---- life of flows ----------------------------------------------------------------------------------------------

    @Override
    public void flowStarted(final long handle, final Frame first) {
        labels.clear(handle);
    }

    @Override
    public long fetch(final long handle) {
        return labels.touch(handle);
    }

    @Override
    public void flowEnding(final long handle, final EndReason reason, final long sequence) {
        final int state = labels.inspection(handle);
        if (state > Labels.NOT_YET) {
            services.timestampNs(flows.endNs(handle));
            life.finish(streams.look(state), false);
        }
        counters.set(Counter.PARSER_BUFFERS_REFUSED, buffers.refused());
        counters.set(Counter.BODIES_NOT_UNPACKED, decoders.refused());
    }

    @Override
    public void describe(final long handle, final FlowEvent event) {
        descriptions.describe(handle, event);
    }

    // ---- what others ask --------------------------------------------------------------------------------------------

    /** Number of the n-th protocol that a flow was recognised as so far, or 0; there are at most four. */
    public int protocol(final long handle, final int index) {
        return labels.protocol(handle, index);
    }

    /** Looks at nothing more of a flow, whatever it was in the middle of. */
    public void giveUp(final long handle) {
        final int state = labels.inspection(handle);
        if (state > Labels.NOT_YET) {
            life.finish(streams.look(state), false);
        } else {
            labels.inspection(handle, Labels.OVER);
        }
    }

    /** Number of the protocol that a flow's record would name now, or 0. */
    public int lead(final long handle) {
        return labels.lead(handle);
    }

    /** True if nothing more of a flow is looked at. */
    public boolean isOver(final long handle) {
        return labels.inspection(handle) == Labels.OVER;
    }

    /** True if what a flow carries was said to be encrypted. */
    public boolean isEncrypted(final long handle) {
        return (labels.flags(handle) & FlowEvent.ENCRYPTED) != 0;
    }

    /** Number of a flow's application as far as it is known, or 0. */
    public int application(final long handle) {
        return labels.application(handle);
    }

    /** What {@link #fetch} has read; keeps the compiler from leaving it out. */
    long touched() {
        return ahead.touched();
    }

    BufferPool buffers() {
        return buffers;
    }

    Decoders decoders() {
        return decoders;
    }

    /** Stamp of the frame being worked on, or the last one of a flow that ends. */
    public long timestampNs() {
        return services.timestampNs();
    }

    @Override
    public void close() {
        decoders.close();
        labels.close();
    }
}
