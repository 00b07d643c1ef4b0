package io.weir.output;

import static io.weir.output.EveLabels.label;
import static io.weir.output.EveLabels.labelled;
import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.FlowEvent;
import io.weir.packet.TunnelType;
import io.weir.protocol.Confidence;
import io.weir.protocol.application.Application;
import io.weir.protocol.application.ApplicationNames;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.classify.Hint;
import io.weir.stats.IpProtocol;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes flow records as EVE JSON: Suricata's fields, and ours under {@code weir}. One thread; allocates nothing per
 * record once an interface's name is known.
 *
 * <p>{@code timestamp} is the time of the flow's last frame, so that a record is the same in every run.
 * {@code app_proto} is left out of flows that had no content, as Suricata does.
 */
final class FlowEncoder {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private static final byte[] DEST_IP = next("dest_ip");
    private static final byte[] WEIR = ascii(",\"weir\":{");
    private static final byte[] TUNNEL = ascii(",\"tunnel\":{\"src_ip\":");
    private static final byte[] DEPTH = next("depth");
    private static final byte[] FLOW = ascii(",\"flow\":{\"pkts_toserver\":");
    private static final byte[] PKTS_TOCLIENT = next("pkts_toclient");
    private static final byte[] BYTES_TOSERVER = next("bytes_toserver");
    private static final byte[] BYTES_TOCLIENT = next("bytes_toclient");
    private static final byte[] START = next("start");
    private static final byte[] END = next("end");
    private static final byte[] AGE = next("age");
    private static final byte[][] STATES = labelled(",\"state\":\"", EveLabels.FLOW_STATES);
    private static final byte[][] REASONS = labelled(",\"reason\":\"", EveLabels.END_REASONS);
    private static final byte[] ALERTED = ascii(",\"alerted\":true}");
    private static final byte[] NOT_ALERTED = ascii(",\"alerted\":false}");
    private static final byte[] TCP = ascii(",\"tcp\":{\"tcp_flags\":\"");
    private static final byte[] TCP_FLAGS_TS = ascii("\",\"tcp_flags_ts\":\"");
    private static final byte[] TCP_FLAGS_TC = ascii("\",\"tcp_flags_tc\":\"");
    private static final byte[][] TCP_FLAG_NAMES = {
        ascii(",\"fin\":true"), ascii(",\"syn\":true"), ascii(",\"rst\":true"), ascii(",\"psh\":true"),
        ascii(",\"ack\":true"), ascii(",\"urg\":true"), ascii(",\"ecn\":true"), ascii(",\"cwr\":true")
    };
    private static final byte[][] TCP_STATES = labelled(",\"state\":\"", EveLabels.TCP_STATES);

    private static final byte[] APP_PROTO = next("app_proto");
    private static final byte[] APP_PROTO_ORIG = next("app_proto_orig");
    private static final byte[] FAILED = ascii(",\"app_proto\":\"failed\"");
    private static final byte[] PROTOCOLS = ascii("\"protocols\":[");
    private static final byte[][] CONFIDENCES = labelled(",\"confidence\":\"",
        Stream.of(Confidence.values()).map(Confidence::label).toArray(String[]::new));
    private static final byte[] ENCRYPTED = next("encrypted");
    private static final byte[] LABELS = ascii(",\"labels\":[");
    private static final byte[] HINTS = ascii(",\"hints\":[");
    private static final Hint[] HINT_VALUES = Hint.values();
    private static final int ALL_HINTS = (1 << Hint.values().length) - 1;
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private static final byte[] APPLICATION = next("application");
    private static final byte[] CATEGORY = next("category");
    private static final byte[] BY_CONTENT = ascii(",\"application_by\":\"content\"");
    private static final byte[] BY_NAME = ascii(",\"application_by\":\"name\"");
    private static final byte[] BY_ADDRESS = ascii(",\"application_by\":\"address\"");

    private final IdentityEncoder identity;
    private final ApplicationNames applications;
    private final UnsafeBuffer word = new UnsafeBuffer(0, 0);
    private IntFunction<byte[]> labels = number -> new byte[0];

    /**
     * Makes an encoder.
     *
     * @param form         of the records
     * @param applications that the flows' numbers stand for
     * @param communityId  shared by all of one output
     */
    FlowEncoder(final EveForm form, final ApplicationNames applications, final CommunityId communityId) {
        this.applications = applications;
        identity = new IdentityEncoder("flow", form, communityId);
    }

    /** Sets what labels are called, in UTF-8. */
    void labels(final IntFunction<byte[]> words) {
        labels = words;
    }

    /** Writes one record, without the end of the line. */
    void encode(final FlowEvent flow, final JsonWriter json) {
        identity.begin(flow, flow.endNs(), 0, json);
        identity.endpoints(flow, json);
        appProto(flow, json);
        tunnelEndpoints(flow, json);
        counters(flow, json);
        if ((flow.protocol() & 0xff) == IpProtocol.TCP) {
            tcp(flow, json);
        }
        identity.communityId(flow, json);
        weir(flow, json);
        json.raw('}');
    }

    /** The protocol recognised last, as Suricata names it; {@code failed} if there was content nobody recognised. */
    static void appProto(final FlowEvent flow, final JsonWriter json) {
        final int lead = flow.protocolNumber(flow.lead());
        if (lead != 0) {
            json.raw(APP_PROTO).string(Protocols.name(lead));
            if (flow.lead() > 0) {
                json.raw(APP_PROTO_ORIG).string(Protocols.name(flow.protocolNumber(0)));
            }
        } else if ((flow.labelFlags() & FlowEvent.UNRECOGNISED) != 0) {
            json.raw(FAILED);
        }
    }

    private void weir(final FlowEvent flow, final JsonWriter json) {
        json.raw(WEIR).raw(PROTOCOLS);
        for (int i = 0; i < FlowEvent.MAX_PROTOCOLS && flow.protocolNumber(i) != 0; i++) {
            if (i > 0) {
                json.raw(',');
            }
            json.string(Protocols.name(flow.protocolNumber(i)));
        }
        json.raw(']');
        application(flow, json);
        json.raw(label(CONFIDENCES, flow.confidence()));
        json.raw(ENCRYPTED).raw((flow.labelFlags() & FlowEvent.ENCRYPTED) != 0 ? TRUE : FALSE);
        hints(flow, json);
        EveLabels.words(LABELS, flow, labels, word, json);
        if (flow.tunnels() != 0) {
            json.raw(',');
            IdentityEncoder.tunnels(flow, json);
        }
        json.raw('}');
    }

    private static void hints(final FlowEvent flow, final JsonWriter json) {
        int left = flow.hints() & ALL_HINTS;
        if (left != 0) {
            json.raw(HINTS);
            for (boolean first = true; left != 0; left &= left - 1, first = false) {
                if (!first) {
                    json.raw(',');
                }
                json.string(HINT_VALUES[Integer.numberOfTrailingZeros(left)].label());
            }
            json.raw(']');
        }
    }

    private void application(final FlowEvent flow, final JsonWriter json) {
        final Application application = applications.of(flow.applicationNumber());
        if (application != null) {
            json.raw(APPLICATION).string(application.name()).raw(CATEGORY).string(application.category());
            final int flags = flow.labelFlags();
            json.raw((flags & FlowEvent.APPLICATION_NAMED) != 0 ? BY_NAME
                : (flags & FlowEvent.APPLICATION_INFERRED) != 0 ? BY_ADDRESS : BY_CONTENT);
        }
    }

    private static void counters(final FlowEvent flow, final JsonWriter json) {
        json.raw(FLOW).number(flow.initiatorFrames());
        json.raw(PKTS_TOCLIENT).number(flow.responderFrames());
        json.raw(BYTES_TOSERVER).number(flow.initiatorBytes());
        json.raw(BYTES_TOCLIENT).number(flow.responderBytes());
        json.raw(START).timestamp(flow.startNs());
        json.raw(END).timestamp(flow.endNs());
        json.raw(AGE).number(ageSeconds(flow));
        json.raw(label(STATES, flow.state()));
        json.raw(label(REASONS, flow.endReason()));
        json.raw((flow.labelFlags() & FlowEvent.ALERTED) != 0 ? ALERTED : NOT_ALERTED);
    }

    /** Difference of the whole seconds, as Suricata counts it. */
    static long ageSeconds(final FlowEvent flow) {
        return Math.floorDiv(flow.endNs(), NS_PER_SECOND) - Math.floorDiv(flow.startNs(), NS_PER_SECOND);
    }

    private static void tcp(final FlowEvent flow, final JsonWriter json) {
        final int flags = flow.initiatorTcpFlags() | flow.responderTcpFlags();
        json.raw(TCP).hex(flags);
        json.raw(TCP_FLAGS_TS).hex(flow.initiatorTcpFlags());
        json.raw(TCP_FLAGS_TC).hex(flow.responderTcpFlags()).raw('"');
        for (int bit = 0; bit < TCP_FLAG_NAMES.length; bit++) {
            if ((flags & 1 << bit) != 0) {
                json.raw(TCP_FLAG_NAMES[bit]);
            }
        }
        json.raw(label(TCP_STATES, flow.tcpState())).raw('}');
    }

    private static void tunnelEndpoints(final FlowEvent flow, final JsonWriter json) {
        if (flow.tunnels() == 0 || flow.tunnelIpVersion() == 0) {
            return;
        }
        json.raw(TUNNEL).address(flow.tunnelIpVersion(), flow.tunnelSourceHi(), flow.tunnelSourceLo());
        json.raw(DEST_IP).address(flow.tunnelIpVersion(), flow.tunnelDestinationHi(), flow.tunnelDestinationLo());
        final int carrier = carrier(flow);
        if (carrier >= 0) {
            json.raw(IdentityEncoder.PROTO[carrier]);
        }
        json.raw(DEPTH).number(IdentityEncoder.depth(flow.tunnels())).raw('}');
    }

    /** IP protocol that carries the outermost tunnel, -1 if the tunnel's type does not tell. */
    private static int carrier(final FlowEvent flow) {
        return switch (TunnelType.of(flow.tunnels())) {
            case GRE, ERSPAN -> 47;
            case IPIP -> 4;
            case SIX_IN_FOUR -> 41;
            case IP_IN_SIX -> IdentityEncoder.depth(flow.tunnels()) > 1 ? -1 : flow.ipVersion() == 4 ? 4 : 41;
            case VXLAN, GENEVE, GTP_U, TEREDO, LISP -> IpProtocol.UDP;
            default -> -1;
        };
    }
}
