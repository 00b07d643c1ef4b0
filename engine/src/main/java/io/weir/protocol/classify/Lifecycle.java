package io.weir.protocol.classify;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.Spares;
import io.weir.event.FlowEvent;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Confidence;
import io.weir.protocol.Parser;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.protocol.catalogue.Protocols;
import java.util.function.LongConsumer;
import org.agrona.ErrorHandler;

/**
 * How inspections of one worker begin and end, of streams and of datagrams: what they need comes from pools, and what
 * is left of them is in the flow's label. One thread.
 */
final class Lifecycle {
    /** How often a flow may go from one parser to another. */
    static final int MAX_HAND_OVERS = 4;

    private final FlowTable flows;
    private final Labels labels;
    private final Inspections inspections;
    private final Counters counters;
    private final ErrorHandler faults;
    private final FlowView view = new FlowView();
    private final Bytes kept = new Bytes();
    private final Spares<Beginnings> freeBeginnings = new Spares<>();
    private final Beginnings.Sides sides;
    private final Parsers parsers = new Parsers();
    private LongConsumer cutOff = stream -> { };

    Lifecycle(final FlowTable flows, final Labels labels, final Inspections inspections, final BufferPool buffers,
        final Counters counters, final ErrorHandler faults) {
        this.flows = flows;
        this.labels = labels;
        this.inspections = inspections;
        this.counters = counters;
        sides = new Beginnings.Sides(buffers, Protocols.all().size() + 1);
        this.faults = faults;
    }

    /** Sets who is told of a stream that is not wanted any more. */
    void cutOff(final LongConsumer value) {
        cutOff = value;
    }

    /** A stream is not wanted any more. */
    void cutOff(final long stream) {
        cutOff.accept(stream);
    }

    /** True if this is still the inspection of its flow. */
    boolean isUnderWay(final Inspection flow) {
        return labels.inspection(flow.handle()) == flow.number();
    }

    /** Gives a flow a parser of this protocol. */
    void parseWith(final Inspection flow, final Protocol protocol) {
        final Parser parser = parsers.take(protocol, flow.isUdp());
        inspections.parser(flow.number(), parser);
        flow.parseWith(protocol, parser);
    }

    /** Takes a flow's parser away; answers it. */
    Parser stopParsing(final Inspection flow) {
        inspections.parser(flow.number(), null);
        return flow.stopParsing();
    }

    /** Begins with a flow whose first content is here; null if there are too many. */
    Inspection beginWithContent(final long handle, final boolean udp) {
        labels.addFlags(handle, FlowEvent.UNRECOGNISED);
        return begin(handle, udp);
    }

    /** Begins with a flow whose protocol is to be recognised; null if there are too many. */
    Inspection begin(final long handle, final boolean udp) {
        final Inspection flow = take(handle, udp);
        if (flow != null) {
            flow.startOver(newBeginnings(), flow.isMidStream());
        }
        return flow;
    }

    /** Takes an inspection for a flow, with neither beginnings nor a parser; null if there are too many. */
    Inspection take(final long handle, final boolean udp) {
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

    /** Where to keep the beginnings of a flow. */
    Beginnings newBeginnings() {
        final Beginnings pooled = freeBeginnings.take();
        return pooled == null ? new Beginnings(sides) : pooled;
    }

    /** Recognition is over. */
    void stopRecognising(final Inspection flow) {
        final Beginnings over = flow.stopRecognising();
        if (over != null) {
            final Transaction left = over.takeLeft();
            if (left != null) {
                flow.discard(left);
            }
            over.clear();
            freeBeginnings.giveBack(over);
        }
    }

    /** Notes what was recognised, and turns the flow if it was the other way round. */
    void label(final Inspection flow, final Protocol found, final boolean turned) {
        if (turned) {
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
    void finish(final Inspection flow, final boolean cut) {
        final long handle = flow.handle();
        if (!isUnderWay(flow)) {
            return;
        }
        if (flow.parser() != null) {
            release(flow.protocol(), flow.isUdp(), stopParsing(flow));
        }
        final Beginnings beginnings = flow.beginnings();
        if (labels.protocol(handle, 0) == 0 && beginnings != null && beginnings.firstSide() >= 0) {
            labels.addHints(handle, Hint.of(beginnings.head(beginnings.firstSide(), kept),
                flow.isUdp() ? Probe.MAX_EARLIER : Probe.MAX_STREAM));
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
    void fault(final Inspection flow, final RuntimeException fault) {
        fault(flow, stopParsing(flow), fault);
    }

    /** The same for one that the flow has lost already. */
    void fault(final Inspection flow, final Parser broken, final RuntimeException fault) {
        counters.increment(Counter.PARSER_FAULTS);
        faults.onError(fault);
        try {
            broken.end();
        } catch (final RuntimeException e) {
            counters.increment(Counter.PARSER_FAULTS);
            faults.onError(e);
        }
        finish(flow, true);
    }

    /** Ends a parser that a flow does not need any more. */
    void release(final Protocol protocol, final boolean udp, final Parser parser) {
        try {
            parser.end();
        } catch (final RuntimeException e) {
            counters.increment(Counter.PARSER_FAULTS);
            faults.onError(e);
            return;
        }
        parsers.giveBack(protocol, udp, parser);
    }
}
