package io.weir.protocol.classify;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.event.FlowEvent;
import io.weir.flow.EndReason;
import io.weir.flow.FlowObserver;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Confidence;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Parser;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.TransactionListener;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.content.Decoders;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;

/**
 * Says what every flow of one worker is, and lets its parser read it: takes TCP streams from reassembly and datagrams
 * from the worker, and writes what is told to the event ring. One thread; memory is bounded by its context.
 *
 * <p>A flow has an inspection only from its first content until the verdict, or, if its protocol is parsed, until the
 * parser has nothing more to learn.
 */
public final class Classifier implements StreamSink, FlowObserver, AutoCloseable {
    private static final int MAX_HAND_OVERS = 4;
    private static final int MAX_RETRIES = 16;
    /** Pieces of one side after which silence of the other side is no reason to wait any more. */
    private static final int ONE_SIDED_PIECES = 4;
    private static final int DATAGRAMS = 8;
    private static final int MOST_DATAGRAMS = 16;

    private final FlowTable flows;
    private final Counters counters;
    private final boolean inspects;
    private final BufferPool buffers;
    private final Decoders decoders;
    private final ErrorHandler faults;
    private final Labels labels;
    private final ParserServices services;
    private final Recognition recognition;
    private final FlowView view = new FlowView();
    private final Bytes arrived = new Bytes();
    private final Bytes kept = new Bytes();
    private final ArrayDeque<Beginnings> freeBeginnings = new ArrayDeque<>();
    private final Parsers parsers = new Parsers();
    private final Inspections inspections;
    private final Ahead ahead;
    private final Descriptions descriptions;
    private LongConsumer cutOff = stream -> { };
    private long touched;

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
        faults = context.faults();
        labels = new Labels(flows.capacity());
        services = new ParserServices(context, labels, applications, buffers, decoders,
            new EventWriter(flows, events, counters), counters);
        inspections = new Inspections(services, context.inspectionsPerWorker());
        ahead = new Ahead(flows, inspections);
        final Candidates candidates = new Candidates(Protocols.all());
        recognition = new Recognition(candidates);
        descriptions = new Descriptions(flows, labels, applications, candidates);
    }

    /** Sets who is told of a stream that is not wanted any more. */
    public void cutOff(final LongConsumer value) {
        cutOff = value;
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

    /** Fetches what is known of a flow, so that the cache misses of a batch overlap. */
    public void touch(final long handle) {
        touched += labels.touch(handle);
    }

    /** Notes that a frame with content, or that ends a stream, is about to come, for {@link #fetch}. */
    public void expect(final long handle, final Frame frame) {
        final int state = labels.inspection(handle);
        if (state == Labels.ASLEEP) {
            ahead.flow(handle);
        } else if (state > Labels.NOT_YET && (frame.protocol == FlowProtocol.IP_UDP
            || (frame.tcpFlags & TcpFlags.FIN) != 0
            || labels.toSkip(handle << 1 | (frame.fromUpper ? 1 : 0)) < frame.payloadLength)) {
            ahead.flow(handle);
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
        final int state = labels.inspection(handle);
        if (!inspects || state == Labels.OVER || frame.payloadLength == 0 || frame.fragmentOffset != 0
            || frame.moreFragments) {
            return;
        }
        final Inspection flow = state == Labels.NOT_YET ? beginWithContent(handle, true)
            : state == Labels.ASLEEP ? wake(handle) : inspections.get(state);
        if (flow == null) {
            return;
        }
        arrived.wrap(frame.address + frame.payloadOffset, frame.payloadLength);
        datagram(flow, frame.fromUpper == flow.clientIsUpper(), arrived, frame.payloadLength + frame.payloadMissing);
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long stampNs) {
        final long handle = stream >>> 1;
        final int state = labels.inspection(handle);
        if (state == Labels.OVER) {
            cutOff.accept(stream);
            return;
        }
        if (labels.skips(stream, length)) {
            return;
        }
        final Inspection flow = state == Labels.NOT_YET ? beginWithContent(handle, false) : look(state);
        if (flow == null) {
            return;
        }
        services.timestampNs(stampNs);
        arrived.wrap(buffer, offset, length);
        stream(flow, (stream & 1) != 0 == flow.clientIsUpper(), arrived);
        leave(flow);
    }

    /** The inspection with a number, whose parser gets back what was to be skipped without it. */
    private Inspection look(final int number) {
        final Inspection flow = inspections.get(number);
        if (labels.isSkipping(flow.handle())) {
            takeBackSkip(flow, true);
            takeBackSkip(flow, false);
        }
        return flow;
    }

    private void takeBackSkip(final Inspection flow, final boolean fromClient) {
        final long stream = flow.stream(fromClient);
        final int left = labels.toSkip(stream);
        labels.skip(stream, 0);
        if (left != Labels.ALL) {
            ((StreamParser) flow.parser()).takeBackSkip(fromClient, left);
        }
    }

    /** What a parser skips next needs no parser, and no inspection, until something else comes. */
    private void leave(final Inspection flow) {
        if (flow.parser() != null && labels.inspection(flow.handle()) == flow.number()) {
            final StreamParser parser = (StreamParser) flow.parser();
            labels.skip(flow.stream(true), parser.handOverSkip(true, Labels.ALL - 1, Labels.ALL));
            labels.skip(flow.stream(false), parser.handOverSkip(false, Labels.ALL - 1, Labels.ALL));
        }
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long stampNs) {
        final long handle = stream >>> 1;
        final int state = labels.inspection(handle);
        if (state == Labels.OVER) {
            return;
        }
        final Inspection flow = state == Labels.NOT_YET ? begin(handle, false) : look(state);
        if (flow == null) {
            return;
        }
        services.timestampNs(stampNs);
        gap(flow, (stream & 1) != 0 == flow.clientIsUpper(), length);
        leave(flow);
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long stampNs) {
        final int state = labels.inspection(stream >>> 1);
        if (state <= Labels.NOT_YET) {
            return;
        }
        services.timestampNs(stampNs);
        final Inspection flow = look(state);
        final boolean fromClient = (stream & 1) != 0 == flow.clientIsUpper();
        if (flow.parser() != null) {
            try {
                ((StreamParser) flow.parser()).closed(fromClient);
            } catch (final RuntimeException e) {
                fault(flow, e);
                return;
            }
        }
        if (flow.close(fromClient) || flow.isDone()) {
            finish(flow, false);
        } else {
            leave(flow);
        }
    }

    // ---- streams ----------------------------------------------------------------------------------------------------

    private void stream(final Inspection flow, final boolean fromClient, final Bytes bytes) {
        if (flow.parser() == null) {
            recognise(flow, fromClient, bytes);
            return;
        }
        if (flow.hearsOther(fromClient) && recognition.another(flow, fromClient, bytes) != null) {
            services.report(flow, AppLayerAnomaly.MISMATCH, null, true);
        }
        try {
            ((StreamParser) flow.parser()).data(fromClient, bytes);
        } catch (final RuntimeException e) {
            fault(flow, e);
            return;
        }
        settle(flow, fromClient);
    }

    private void recognise(final Inspection flow, final boolean fromClient, final Bytes bytes) {
        final int side = fromClient ? 0 : 1;
        final Beginnings beginnings = flow.beginnings();
        labels.addFlags(flow.handle(), FlowEvent.UNRECOGNISED);
        beginnings.arrived(side);
        final int before = beginnings.headLength(side);
        if (before == 0) {
            recognition.ask(flow, fromClient, bytes, 0, Probe.MAX_STREAM);
        }
        if (before > 0 || recognition.found() == null) {
            beginnings.keep(side, bytes, Probe.MAX_STREAM);
        }
        if (before > 0) {
            recognition.ask(flow, fromClient, beginnings.head(side, kept), 0, Probe.MAX_STREAM);
        }
        final Protocol found = recognition.found();
        if (found != null) {
            adopt(flow, found, recognition.isTurned() != fromClient, before, bytes);
            return;
        }
        final boolean full = beginnings.headLength(side) < before + bytes.length()
            || beginnings.headLength(side) == Probe.MAX_STREAM;
        beginnings.open(side, recognition.wantsMore() && !full);
        final boolean waits = beginnings.pieces(side ^ 1) == 0 && !full && !flow.isMidStream()
            && beginnings.pieces(side) < ONE_SIDED_PIECES;
        if (!beginnings.isOpen(side) && !beginnings.isOpen(side ^ 1) && !waits) {
            if (flow.mayRetry(MAX_RETRIES)) {
                beginnings.clear();
            } else {
                finish(flow, true);
            }
        }
    }

    /** A stream's protocol is recognised: its parser gets all from the beginning, in the order of the sides. */
    private void adopt(final Inspection flow, final Protocol found, final boolean fromClient, final int before,
        final Bytes bytes) {
        label(flow, found);
        if (!found.isParsed(false)) {
            finish(flow, true);
            return;
        }
        final int side = fromClient ? 0 : 1;
        final Beginnings beginnings = flow.beginnings();
        final boolean otherFirst = beginnings.firstSide() != side;
        final int otherLength = beginnings.headLength(side ^ 1);
        final byte[] head = beginnings.takeHead(side);
        final byte[] other = beginnings.takeHead(side ^ 1);
        stopRecognising(flow);
        flow.parseWith(found, parsers.take(found, false));
        flow.heard(fromClient);
        if (otherFirst) {
            replay(flow, !fromClient, other, otherLength);
        }
        replay(flow, fromClient, head, before);
        if (labels.inspection(flow.handle()) == flow.number()) {
            stream(flow, fromClient, bytes);
        }
        if (!otherFirst) {
            replay(flow, !fromClient, other, otherLength);
        }
        giveBack(head);
        giveBack(other);
    }

    private void replay(final Inspection flow, final boolean fromClient, final byte[] head, final int length) {
        if (length > 0 && labels.inspection(flow.handle()) == flow.number()) {
            stream(flow, fromClient, kept.wrap(head, 0, length));
        }
    }

    private void giveBack(final byte[] head) {
        if (head != null) {
            buffers.giveBack(head);
        }
    }

    private void gap(final Inspection flow, final boolean fromClient, final long length) {
        if (flow.parser() == null) {
            flow.beginnings().clear();
            flow.startOver(flow.beginnings(), true);
            return;
        }
        counters.increment(Counter.PARSER_GAPS);
        try {
            ((StreamParser) flow.parser()).gap(fromClient, length);
        } catch (final RuntimeException e) {
            fault(flow, e);
            return;
        }
        settle(flow, fromClient);
    }

    /** After a parser's turn: ends it if it is done, lets another one take over if it wants that. */
    private void settle(final Inspection flow, final boolean fromClient) {
        if (flow.isDone()) {
            finish(flow, true);
        } else if (flow.isHandingOver()) {
            handOver(flow, fromClient);
        }
    }

    private void handOver(final Inspection flow, final boolean fromClient) {
        if (!flow.mayHandOver(MAX_HAND_OVERS)) {
            finish(flow, true);
            return;
        }
        final Protocol from = flow.protocol();
        final StreamParser old = (StreamParser) flow.stopParsing();
        try {
            old.conclude();
        } catch (final RuntimeException e) {
            counters.increment(Counter.PARSER_FAULTS);
            faults.onError(e);
            old.end();
            finish(flow, true);
            return;
        }
        flow.startOver(newBeginnings(), false);
        flow.restartNumbers(labels.transactions(flow.handle()));
        passOn(flow, old.input(fromClient), fromClient);
        passOn(flow, old.input(!fromClient), !fromClient);
        release(from, false, old);
    }

    private void passOn(final Inspection flow, final StreamInput input, final boolean fromClient) {
        final Bytes rest = input.peek(input.available());
        if (rest != null && !rest.isEmpty() && labels.inspection(flow.handle()) == flow.number()) {
            stream(flow, fromClient, rest);
        }
    }

    // ---- datagrams --------------------------------------------------------------------------------------------------

    private void datagram(final Inspection flow, final boolean fromClient, final Bytes payload, final int announced) {
        if (flow.parser() == null) {
            recogniseDatagram(flow, fromClient, payload, announced);
            return;
        }
        try {
            ((DatagramParser) flow.parser()).datagram(fromClient, payload, announced);
        } catch (final RuntimeException e) {
            fault(flow, e);
            return;
        }
        if (flow.isDone()) {
            finish(flow, true);
        } else if (flow.isHandingOver()) {
            if (!flow.mayHandOver(MAX_HAND_OVERS)) {
                finish(flow, true);
                return;
            }
            release(flow.protocol(), true, flow.stopParsing());
            flow.startOver(newBeginnings(), false);
            recogniseDatagram(flow, fromClient, payload, announced);
        } else {
            sleep(flow);
        }
    }

    private void recogniseDatagram(final Inspection flow, final boolean fromClient, final Bytes payload,
        final int announced) {
        final int side = fromClient ? 0 : 1;
        final Beginnings beginnings = flow.beginnings();
        beginnings.arrived(side);
        recognition.askDatagram(flow, fromClient, payload, announced);
        final Protocol found = recognition.found();
        if (found != null) {
            final boolean byClient = recognition.isTurned() != fromClient;
            label(flow, found);
            if (!found.isParsed(true)) {
                finish(flow, true);
                return;
            }
            stopRecognising(flow);
            flow.parseWith(found, parsers.take(found, true));
            datagram(flow, byClient, payload, announced);
            return;
        }
        beginnings.keepInstead(side, payload, Probe.MAX_EARLIER);
        final int count = beginnings.pieces(0) + beginnings.pieces(1);
        if (count >= MOST_DATAGRAMS || count >= DATAGRAMS && !recognition.wantsMore()) {
            finish(flow, true);
        }
    }

    // ---- inspections ------------------------------------------------------------------------------------------------

    private Inspection beginWithContent(final long handle, final boolean udp) {
        labels.addFlags(handle, FlowEvent.UNRECOGNISED);
        return begin(handle, udp);
    }

    private Inspection begin(final long handle, final boolean udp) {
        final Inspection flow = take(handle, udp);
        if (flow != null) {
            flow.startOver(newBeginnings(), flow.isMidStream());
        }
        return flow;
    }

    private Inspection take(final long handle, final boolean udp) {
        final Inspection flow = inspections.take();
        if (flow == null) {
            counters.increment(Counter.FLOWS_NOT_INSPECTED);
            labels.inspection(handle, Labels.OVER);
            return null;
        }
        labels.inspection(handle, flow.number());
        view.wrap(flows, handle);
        final boolean upperIsClient = view.initiatorIsUpper();
        flow.begin(handle, udp, !udp && !flows.sawSyn(handle), upperIsClient,
            upperIsClient ? view.upperPort() : view.lowerPort(), upperIsClient ? view.lowerPort() : view.upperPort());
        return flow;
    }

    /**
     * A parser of datagrams that needs to know little of its flow until the next one comes leaves just that: others use
     * parser and inspection meanwhile, while they are in the cache.
     */
    private void sleep(final Inspection flow) {
        final long handle = flow.handle();
        final long kept = ((DatagramParser) flow.parser()).kept();
        if (kept >= 0 && flow.maySleep() && labels.protocol(handle, 0) == flow.protocol().id()) {
            release(flow.protocol(), true, flow.stopParsing());
            labels.sleep(handle, kept << Inspection.RANK_BITS | flow.nameRank());
            inspections.giveBack(flow);
        }
    }

    private Inspection wake(final long handle) {
        final long kept = labels.wake(handle);
        final Inspection flow = take(handle, true);
        if (flow != null) {
            final Protocol known = Protocols.of(labels.protocol(handle, 0));
            flow.parseWith(known, parsers.take(known, true));
            flow.nameRank((int) kept & (1 << Inspection.RANK_BITS) - 1);
            ((DatagramParser) flow.parser()).resume(kept >>> Inspection.RANK_BITS);
        }
        return flow;
    }

    private Beginnings newBeginnings() {
        final Beginnings pooled = freeBeginnings.pollLast();
        return pooled == null ? new Beginnings(buffers, Protocols.all().size() + 1) : pooled;
    }

    private void stopRecognising(final Inspection flow) {
        final Beginnings over = flow.stopRecognising();
        if (over != null) {
            over.clear();
            freeBeginnings.addLast(over);
        }
    }

    /** Notes what was recognised, and turns the flow if it was the other way round. */
    private void label(final Inspection flow, final Protocol found) {
        if (recognition.isTurned()) {
            flow.turn();
            flows.turn(flow.handle());
        }
        labels.add(flow.handle(), found, flow.isHandedOver());
        labels.confidence(flow.handle(), Confidence.CONTENT);
        if (found.isEncrypted()) {
            labels.addFlags(flow.handle(), FlowEvent.ENCRYPTED);
        }
    }

    /** Nothing more is looked at. */
    private void finish(final Inspection flow, final boolean cut) {
        final long handle = flow.handle();
        if (labels.inspection(handle) != flow.number()) {
            return;
        }
        if (flow.parser() != null) {
            release(flow.protocol(), flow.isUdp(), flow.stopParsing());
        }
        final Beginnings beginnings = flow.beginnings();
        if (labels.protocol(handle, 0) == 0 && beginnings != null && beginnings.firstSide() >= 0) {
            labels.addHints(handle, Hint.of(beginnings.head(beginnings.firstSide(), kept)));
        }
        stopRecognising(flow);
        labels.inspection(handle, Labels.OVER);
        if (cut && !flow.isUdp()) {
            cutOff.accept(handle << 1);
            cutOff.accept(handle << 1 | 1);
        }
        inspections.giveBack(flow);
    }

    /** A parser that throws is wrong; the flow loses it, and nothing else is lost. */
    private void fault(final Inspection flow, final RuntimeException fault) {
        counters.increment(Counter.PARSER_FAULTS);
        faults.onError(fault);
        final Parser broken = flow.stopParsing();
        try {
            broken.end();
        } catch (final RuntimeException e) {
            counters.increment(Counter.PARSER_FAULTS);
            faults.onError(e);
        }
        finish(flow, true);
    }

    private void release(final Protocol protocol, final boolean udp, final Parser parser) {
        try {
            parser.end();
        } catch (final RuntimeException e) {
            counters.increment(Counter.PARSER_FAULTS);
            faults.onError(e);
            return;
        }
        parsers.giveBack(protocol, udp, parser);
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
            finish(look(state), false);
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
            finish(look(state), false);
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

    /** What {@link #touch} has read; keeps the compiler from leaving it out. */
    long touched() {
        return touched + ahead.touched();
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
