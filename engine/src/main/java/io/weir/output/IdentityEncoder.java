package io.weir.output;

import static io.weir.output.EveLabels.labelled;
import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.FlowEvent;
import io.weir.event.FlowIdentity;
import io.weir.packet.TunnelType;
import io.weir.stats.IpProtocol;
import java.util.function.IntFunction;

/**
 * Writes what all EVE records about traffic say: when, on which interface, between whom. One thread; allocates nothing
 * per record once an interface's name is known.
 */
final class IdentityEncoder {
    /** {@code proto} by IP protocol. */
    static final byte[][] PROTO = protocols(",\"proto\":\"");

    private static final int UDP_LITE = 136;
    private static final int DCCP = 33;
    private static final int ESP = 50;
    private static final int MAX_TUNNELS = 8;

    private static final byte[] HEAD = ascii("{\"timestamp\":");
    private static final byte[] FLOW_ID = next("flow_id");
    private static final byte[] PCAP_CNT = next("pcap_cnt");
    private static final byte[] IN_IFACE = next("in_iface");
    private static final byte[] VLAN = ascii(",\"vlan\":[");
    private static final byte[] SRC_IP = next("src_ip");
    private static final byte[] SRC_PORT = next("src_port");
    private static final byte[] DEST_IP = next("dest_ip");
    private static final byte[] DEST_PORT = next("dest_port");
    private static final byte[] IP_V = next("ip_v");
    private static final byte[] ICMP_TYPE = next("icmp_type");
    private static final byte[] ICMP_CODE = next("icmp_code");
    private static final byte[] RESPONSE_ICMP_TYPE = next("response_icmp_type");
    private static final byte[] RESPONSE_ICMP_CODE = next("response_icmp_code");
    private static final byte[] SPI = next("spi");
    private static final byte[] SRC_MAC = ascii(",\"ether\":{\"src_mac\":");
    private static final byte[] DEST_MAC = next("dest_mac");
    private static final byte[] SRC_MACS = ascii(",\"ether\":{\"src_macs\":[");
    private static final byte[] DEST_MACS = ascii("],\"dest_macs\":[");
    private static final byte[] COMMUNITY_ID = ascii(",\"community_id\":\"");
    private static final byte[] TUNNELS = ascii("\"tunnels\":[");
    private static final byte[] TUNNEL_ID = ascii(",\"tunnel_id\":");
    private static final byte[][] TUNNEL_NAMES = tunnelNames();

    private final byte[] eventType;
    private final boolean ofFlow;
    private final boolean ethernet;
    private final IntFunction<String> interfaceNames;
    private final CommunityId communityId;

    /**
     * Makes an encoder.
     *
     * @param eventType   of the records
     * @param form        of the records
     * @param communityId shared by all of one output
     */
    IdentityEncoder(final String eventType, final EveForm form, final CommunityId communityId) {
        this.eventType = ascii(",\"event_type\":\"" + eventType + '"');
        ofFlow = "flow".equals(eventType);
        ethernet = form.ethernet();
        interfaceNames = form.interfaceNames();
        this.communityId = communityId;
    }

    /**
     * Begins a record.
     *
     * @param flow        whose it is; its identifier is 0 if it is no flow's
     * @param timeNs      of the record
     * @param frameNumber of the frame behind it, or 0
     */
    void begin(final FlowIdentity flow, final long timeNs, final long frameNumber, final JsonWriter json) {
        json.begin().raw(HEAD).timestamp(timeNs);
        if (flow.flowId() != 0) {
            json.raw(FLOW_ID).number(flow.flowId());
        }
        if (frameNumber != 0) {
            json.raw(PCAP_CNT).number(frameNumber);
        }
        final String interfaceName = interfaceNames.apply(flow.interfaceId());
        if (!interfaceName.isEmpty()) {
            json.raw(IN_IFACE).string(interfaceName);
        }
        json.raw(eventType);
        vlans(flow, json);
    }

    private static void vlans(final FlowIdentity flow, final JsonWriter json) {
        if (flow.vlanCount() > 0) {
            json.raw(VLAN).number(flow.vlanIds() & 0xffff);
            if (flow.vlanCount() > 1) {
                json.raw(',').number(flow.vlanIds() >>> 16);
            }
            json.raw(']');
        }
    }

    /**
     * Writes addresses, also those of Ethernet, ports and protocol; no ports if it is no flow's, and nothing if there
     * is no IP.
     */
    void endpoints(final FlowEvent flow, final JsonWriter json) {
        endpoints(flow, false, json);
    }

    /** The same, with the responder as the source if it is {@code turned}; of ICMP what was answered too. */
    void endpoints(final FlowEvent flow, final boolean turned, final JsonWriter json) {
        endpoints((FlowIdentity) flow, turned, json);
        if (flow.responderFrames() > 0 && flow.flowId() != 0 && flow.ipVersion() != 0
            && IpProtocol.isIcmp(flow.protocol())) {
            json.raw(RESPONSE_ICMP_TYPE).number(flow.icmpResponseType());
            json.raw(RESPONSE_ICMP_CODE).number(flow.icmpResponseCode());
        }
    }

    /** The same of what says only which flow it is. */
    void endpoints(final FlowIdentity flow, final boolean turned, final JsonWriter json) {
        if (ethernet) {
            ethernet(flow, turned, json);
        }
        if (flow.ipVersion() == 0) {
            return;
        }
        final int protocol = flow.protocol() & 0xff;
        final boolean isFlow = flow.flowId() != 0;
        final boolean ports = isFlow && hasPorts(protocol);
        endpoint(flow, SRC_IP, SRC_PORT, !turned, ports, json);
        endpoint(flow, DEST_IP, DEST_PORT, turned, ports, json);
        json.raw(PROTO[protocol]).raw(IP_V).number(flow.ipVersion());
        if (isFlow && protocol == ESP) {
            json.raw(SPI).number((flow.initiatorPort() << 16 | flow.responderPort()) & 0xffff_ffffL);
        }
        if (isFlow && IpProtocol.isIcmp(protocol)) {
            json.raw(ICMP_TYPE).number(flow.icmpType()).raw(ICMP_CODE).number(flow.icmpCode());
        }
    }

    /** Several frames of a flow may have several addresses: its record has arrays, though only of the first frame's. */
    private void ethernet(final FlowIdentity flow, final boolean turned, final JsonWriter json) {
        final long source = turned ? flow.responderHardware() : flow.initiatorHardware();
        final long destination = turned ? flow.initiatorHardware() : flow.responderHardware();
        if ((source & destination & FlowIdentity.HARDWARE_KNOWN) != 0) {
            json.raw(ofFlow ? SRC_MACS : SRC_MAC).mac(source).raw(ofFlow ? DEST_MACS : DEST_MAC).mac(destination);
            if (ofFlow) {
                json.raw(']');
            }
            json.raw('}');
        }
    }

    private static void endpoint(final FlowIdentity flow, final byte[] ip, final byte[] port, final boolean initiator,
        final boolean ports, final JsonWriter json) {
        json.raw(ip).address(flow.ipVersion(), initiator ? flow.initiatorHi() : flow.responderHi(),
            initiator ? flow.initiatorLo() : flow.responderLo());
        if (ports) {
            json.raw(port).number(initiator ? flow.initiatorPort() : flow.responderPort());
        }
    }

    /** Writes the community id; nothing if it is no flow's. */
    void communityId(final FlowIdentity flow, final JsonWriter json) {
        if (flow.flowId() != 0 && flow.ipVersion() != 0) {
            json.raw(COMMUNITY_ID).raw(communityId.of(flow)).raw('"');
        }
    }

    /** True if a protocol has ports. */
    static boolean hasPorts(final int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, UDP_LITE, DCCP -> true;
            default -> false;
        };
    }

    /** How many tunnels lie around the flow. */
    static int depth(final int tunnels) {
        int depth = 0;
        while (depth < MAX_TUNNELS && tunnels >>> 4 * depth != 0) {
            depth++;
        }
        return depth;
    }

    /** Tunnel types from outer to inner, and the identifier: the first members of an object. */
    static void tunnels(final FlowIdentity flow, final JsonWriter json) {
        final int depth = depth(flow.tunnels());
        json.raw(TUNNELS);
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
