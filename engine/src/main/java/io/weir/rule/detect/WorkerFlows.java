package io.weir.rule.detect;

import io.weir.event.FlowEvent;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowState;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.classify.Classifier;
import io.weir.reassembly.TcpReassembler;
import io.weir.rule.match.FlowFacts;
import io.weir.rule.model.Condition.Application.Layer;
import io.weir.rule.model.FlowNumber;
import java.util.function.IntFunction;

/** What a worker's tables know of its flows. One thread. */
final class WorkerFlows implements FlowFacts {
    private static final long SECOND_NS = 1_000_000_000L;

    private final FlowTable flows;
    private final Classifier classifier;
    private final IntFunction<String> applications;
    private final FlowView view = new FlowView();
    private TcpReassembler streams;
    private RuleFlows kept;
    private ProtocolEvent now;

    WorkerFlows(final FlowTable flows, final Classifier classifier, final IntFunction<String> applications) {
        this.flows = flows;
        this.classifier = classifier;
        this.applications = applications;
    }

    void connect(final TcpReassembler reassembler) {
        streams = reassembler;
    }

    void connect(final RuleFlows ruleFlows) {
        kept = ruleFlows;
    }

    /** Says which event is being reported; null for none. */
    void reporting(final ProtocolEvent event) {
        now = event;
    }

    FlowView view(final long flow) {
        return view.wrap(flows, flow);
    }

    /** True if the upper endpoint of a flow is the client. */
    boolean initiatorIsUpper(final long flow) {
        return flows.initiatorIsUpper(flow);
    }

    /** Number of a protocol that a flow was recognised as, from the first on; 0 if there are no more. */
    int protocol(final long flow, final int index) {
        return index < FlowEvent.MAX_PROTOCOLS ? classifier.protocol(flow, index) : 0;
    }

    /** How many protocols a flow was recognised as so far, and what else is known of it. */
    int known(final long flow) {
        int count = 0;
        while (count < FlowEvent.MAX_PROTOCOLS && classifier.protocol(flow, count) != 0) {
            count++;
        }
        return count + news(classifier.isOver(flow), classifier.application(flow) != 0, differsBySide(flow));
    }

    /** Facts that are news as well; with the protocols they must fit {@link RuleFlows#KNOWN_BITS}. */
    static int news(final boolean isOver, final boolean hasApplication, final boolean differsBySide) {
        return (isOver ? 1 : 0) + (hasApplication ? 1 : 0) + (differsBySide ? 1 : 0);
    }

    private boolean differsBySide(final long flow) {
        final RuleFlow known = kept.find(flow);
        return known != null && known.differsBySide();
    }

    /** True if the content of a flow is encrypted, and nobody will read more of it. */
    boolean isSealed(final long flow) {
        return classifier.isEncrypted(flow) && classifier.isOver(flow);
    }

    @Override
    public boolean isEstablished(final long flow) {
        return view(flow).state() != FlowState.NEW;
    }

    @Override
    public boolean is(final long flow, final Protocol protocol, final Layer layer, final boolean toServer) {
        final boolean bySide = switch (layer) {
            case ANY, FIRST, LAST -> false;
            default -> true;
        };
        final RuleFlow known = bySide ? kept.find(flow) : null;
        if (known == null || !known.differsBySide()) {
            return isRecognisedAs(flow, protocol, layer);
        }
        return switch (layer) {
            case EITHER -> speaks(flow, known, protocol, true) || speaks(flow, known, protocol, false);
            case CLIENT -> speaks(flow, known, protocol, true);
            case SERVER -> speaks(flow, known, protocol, false);
            default -> speaks(flow, known, protocol, toServer);
        };
    }

    private boolean speaks(final long flow, final RuleFlow known, final Protocol protocol, final boolean client) {
        final Protocol other = known.another(client);
        return other == null ? isRecognisedAs(flow, protocol, Layer.ANY) : other == protocol;
    }

    private boolean isRecognisedAs(final long flow, final Protocol protocol, final Layer layer) {
        final int most = layer == Layer.FIRST ? 1 : FlowEvent.MAX_PROTOCOLS;
        boolean isLast = false;
        for (int i = 0; i < most; i++) {
            final int number = classifier.protocol(flow, i);
            if (number == 0) {
                break;
            }
            isLast = number == protocol.id();
            if (isLast && layer != Layer.FIRST && layer != Layer.LAST) {
                return true;
            }
        }
        return isLast;
    }

    @Override
    public boolean isJudged(final long flow) {
        return classifier.isOver(flow) || isRecognised(flow);
    }

    @Override
    public boolean isRecognised(final long flow) {
        return classifier.protocol(flow, 0) != 0;
    }

    @Override
    public String application(final long flow) {
        final int number = classifier.application(flow);
        return number == 0 ? null : applications.apply(number);
    }

    @Override
    public long number(final long flow, final FlowNumber number) {
        final FlowView of = view(flow);
        return switch (number) {
            case AGE -> Math.floorDiv(of.endNs(), SECOND_NS) - Math.floorDiv(of.startNs(), SECOND_NS);
            case FRAMES -> of.frames(true) + of.frames(false);
            case FRAMES_TO_SERVER -> of.frames(true);
            case FRAMES_TO_CLIENT -> of.frames(false);
            case BYTES -> of.bytes(true) + of.bytes(false);
            case BYTES_TO_SERVER -> of.bytes(true);
            case BYTES_TO_CLIENT -> of.bytes(false);
            case STREAM -> delivered(flow, true) + delivered(flow, false);
            case STREAM_TO_SERVER -> delivered(flow, of.initiatorIsUpper());
            case STREAM_TO_CLIENT -> delivered(flow, !of.initiatorIsUpper());
        };
    }

    private long delivered(final long flow, final boolean byUpper) {
        return flows.protocol(flow) == FlowProtocol.IP_TCP ? streams.delivered(flow << 1 | (byUpper ? 1 : 0)) : 0;
    }

    @Override
    public boolean wasReported(final long flow, final Protocol protocol, final int event) {
        final ProtocolEvent asked = protocol.events().get(event);
        final RuleFlow known = kept.find(flow);
        return asked == now || known != null && known.wasReported(asked);
    }
}
