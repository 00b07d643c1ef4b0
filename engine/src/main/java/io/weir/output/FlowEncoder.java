package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.FlowEvent;
import io.weir.packet.TunnelType;
import io.weir.stats.IpProtocol;
import java.util.function.IntFunction;

/**
 * Writes flow records as EVE JSON: Suricata's fields, and ours under {@code weir}. One thread; allocates nothing per
 * record once an interface's name is known.
 *
 * <p>{@code timestamp} is the time of the flow's last frame, so that a record is the same in every run.
 * {@code app_proto} is left out as Suricata leaves it out of flows it has not named.
 */
final class FlowEncoder {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int UDP_LITE = 136;
    private static final int DCCP = 33;
    private static final int MAX_TUNNELS = 8;

    private static final byte[] HEAD = ascii("{\"timestamp\":");
    private static final byte[] FLOW_ID = next("flow_id");
    private static final byte[] IN_IFACE = next("in_iface");
    private static final byte[] EVENT_TYPE = ascii(",\"event_type\":\"flow\"");
    private static final byte[] VLAN = ascii(",\"vlan\":[");
    private static final byte[] SRC_IP = next("src_ip");
    private static final byte[] SRC_PORT = next("src_port");
    private static final byte[] DEST_IP = next("dest_ip");
    private static final byte[] DEST_PORT = next("dest_port");
    private static final byte[] IP_V = next("ip_v");
    private static final byte[][] PROTO = protocols(",\"proto\":\"");
    private static final byte[] ICMP_TYPE = next("icmp_type");
    private static final byte[] ICMP_CODE = next("icmp_code");
    private static final byte[] RESPONSE_ICMP_TYPE = next("response_icmp_type");
    private static final byte[] RESPONSE_ICMP_CODE = next("response_icmp_code");
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
    private static final byte[] NOT_ALERTED = ascii(",\"alerted\":false}");
    private static final byte[] TCP = ascii(",\"tcp\":{\"tcp_flags\":\"");
    private static final byte[] TCP_FLAGS_TS = ascii("\",\"tcp_flags_ts\":\"");
    private static final byte[] TCP_FLAGS_TC = ascii("\",\"tcp_flags_tc\":\"");
    private static final byte[][] TCP_FLAG_NAMES = {
        ascii(",\"fin\":true"), ascii(",\"syn\":true"), ascii(",\"rst\":true"), ascii(",\"psh\":true"),
        ascii(",\"ack\":true"), ascii(",\"urg\":true"), ascii(",\"ecn\":true"), ascii(",\"cwr\":true")
    };
    private static final byte[][] TCP_STATES = labelled(",\"state\":\"", EveLabels.TCP_STATES);
    private static final byte[] COMMUNITY_ID = ascii(",\"community_id\":\"");
    private static final byte[] WEIR_TUNNELS = ascii(",\"weir\":{\"tunnels\":[");
    private static final byte[] TUNNEL_ID = ascii(",\"tunnel_id\":");
    private static final byte[][] TUNNEL_NAMES = tunnelNames();

    private final IntFunction<String> interfaceNames;
    private final CommunityId communityId = new CommunityId(0);

    /**
     * Makes an encoder.
     *
     * @param interfaceNames name of the interface with this index, or an empty string if it has none
     */
    FlowEncoder(final IntFunction<String> interfaceNames) {
        this.interfaceNames = interfaceNames;
    }

    /** Writes one record, without the end of the line. */
    void encode(final FlowEvent flow, final JsonWriter json) {
        json.begin().raw(HEAD).timestamp(flow.endNs());
        json.raw(FLOW_ID).number(flow.flowId());
        final String interfaceName = interfaceNames.apply(flow.interfaceId());
        if (!interfaceName.isEmpty()) {
            json.raw(IN_IFACE).string(interfaceName);
        }
        json.raw(EVENT_TYPE);
        vlans(flow, json);
        endpoints(flow, json);
        tunnelEndpoints(flow, json);
        counters(flow, json);
        if ((flow.protocol() & 0xff) == IpProtocol.TCP) {
            tcp(flow, json);
        }
        json.raw(COMMUNITY_ID).raw(communityId.of(flow)).raw('"');
        tunnels(flow, json);
        json.raw('}');
    }

    private static void vlans(final FlowEvent flow, final JsonWriter json) {
        if (flow.vlanCount() > 0) {
            json.raw(VLAN).number(flow.vlanIds() & 0xffff);
            if (flow.vlanCount() > 1) {
                json.raw(',').number(flow.vlanIds() >>> 16);
            }
            json.raw(']');
        }
    }

    private static void endpoints(final FlowEvent flow, final JsonWriter json) {
        final int protocol = flow.protocol() & 0xff;
        final boolean ports = hasPorts(protocol);
        json.raw(SRC_IP).address(flow.ipVersion(), flow.initiatorHi(), flow.initiatorLo());
        if (ports) {
            json.raw(SRC_PORT).number(flow.initiatorPort());
        }
        json.raw(DEST_IP).address(flow.ipVersion(), flow.responderHi(), flow.responderLo());
        if (ports) {
            json.raw(DEST_PORT).number(flow.responderPort());
        }
        json.raw(PROTO[protocol]).raw(IP_V).number(flow.ipVersion());
        if (protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6) {
            json.raw(ICMP_TYPE).number(flow.icmpType()).raw(ICMP_CODE).number(flow.icmpCode());
            if (flow.responderFrames() > 0) {
                json.raw(RESPONSE_ICMP_TYPE).number(flow.icmpResponseType());
                json.raw(RESPONSE_ICMP_CODE).number(flow.icmpResponseCode());
            }
        }
    }

    static boolean hasPorts(final int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, UDP_LITE, DCCP -> true;
            default -> false;
        };
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
        json.raw(NOT_ALERTED);
    }

    /** Difference of the whole seconds, as Suricata counts it. */
    private static long ageSeconds(final FlowEvent flow) {
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
            json.raw(PROTO[carrier]);
        }
        json.raw(DEPTH).number(depth(flow.tunnels())).raw('}');
    }

    /** IP protocol that carries the outermost tunnel, -1 if the tunnel's type does not tell. */
    private static int carrier(final FlowEvent flow) {
        return switch (TunnelType.of(flow.tunnels())) {
            case GRE, ERSPAN -> 47;
            case IPIP -> 4;
            case SIX_IN_FOUR -> 41;
            case IP_IN_SIX -> depth(flow.tunnels()) > 1 ? -1 : flow.ipVersion() == 4 ? 4 : 41;
            case VXLAN, GENEVE, GTP_U, TEREDO -> IpProtocol.UDP;
            default -> -1;
        };
    }

    private static int depth(final int tunnels) {
        int depth = 0;
        while (depth < MAX_TUNNELS && tunnels >>> 4 * depth != 0) {
            depth++;
        }
        return depth;
    }

    private static void tunnels(final FlowEvent flow, final JsonWriter json) {
        final int depth = depth(flow.tunnels());
        if (depth == 0) {
            return;
        }
        json.raw(WEIR_TUNNELS);
        for (int i = 0; i < depth; i++) {
            if (i > 0) {
                json.raw(',');
            }
            json.raw(TUNNEL_NAMES[flow.tunnels() >>> 4 * i & 0xf]);
        }
        json.raw(']');
        if (flow.tunnelId() != 0) {
            json.raw(TUNNEL_ID).number(flow.tunnelId() & 0xffff_ffffL);
        }
        json.raw('}');
    }

    private static byte[] label(final byte[][] labels, final int code) {
        return labels[Math.min(Math.max(code, 0), labels.length - 1)];
    }

    private static byte[][] labelled(final String name, final String... labels) {
        final byte[][] fields = new byte[labels.length][];
        for (int i = 0; i < labels.length; i++) {
            fields[i] = ascii(name + labels[i] + '"');
        }
        return fields;
    }

    private static byte[][] protocols(final String name) {
        final String[] names = new String[256];
        for (int protocol = 0; protocol < names.length; protocol++) {
            names[protocol] = IpProtocol.name(protocol);
        }
        return labelled(name, names);
    }

    private static byte[][] tunnelNames() {
        final byte[][] names = new byte[16][];
        for (int code = 0; code < names.length; code++) {
            names[code] = ascii('"' + TunnelType.of(code).label() + '"');
        }
        return names;
    }
}
