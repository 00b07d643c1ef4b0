package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.Anomaly;
import io.weir.packet.DecodeError;
import io.weir.packet.LayerType;
import io.weir.packet.TunnelType;
import io.weir.stats.DecoderCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes what was decoded under Suricata's names, the object {@code decoder} of statistics: headers by type, whatever
 * tunnel they lie in, and under {@code event} the errors that occurred.
 */
final class DecoderStatistics {
    private static final byte[] PKTS = ascii(",\"decoder\":{\"pkts\":");
    private static final byte[] BYTES = next("bytes");
    private static final byte[] INVALID = next("invalid");
    private static final byte[] AVG_PKT_SIZE = next("avg_pkt_size");
    private static final byte[] MAX_PKT_SIZE = next("max_pkt_size");
    private static final byte[] TOO_MANY_LAYERS = next("too_many_layers");
    private static final byte[] TEREDO = next("teredo");
    private static final byte[] IPV4_IN_IPV4 = next("ipv4_in_ipv4");
    private static final byte[] IPV6_IN_IPV4 = next("ipv6_in_ipv4");
    private static final byte[] EVENT = ascii(",\"event\":{");
    private static final String DECODER = "decoder.";

    private static final LayerType[] LAYERS = {
        LayerType.ETHERNET, LayerType.ARP, LayerType.IPV4, LayerType.IPV6, LayerType.TCP, LayerType.UDP,
        LayerType.SCTP, LayerType.ESP, LayerType.ICMPV4, LayerType.ICMPV6, LayerType.IGMP, LayerType.PPP,
        LayerType.PPPOE, LayerType.GRE, LayerType.ERSPAN, LayerType.DOT1Q, LayerType.VXLAN, LayerType.GENEVE,
        LayerType.MPLS, LayerType.NSH, LayerType.ETAG, LayerType.VNTAG, LayerType.CISCO_HDLC, LayerType.LOOPBACK,
        LayerType.LINUX_SLL, LayerType.LINUX_SLL2
    };
    private static final byte[][] LAYER_NAMES = names(
        "ethernet", "arp", "ipv4", "ipv6", "tcp", "udp", "sctp", "esp", "icmpv4", "icmpv6", "igmp", "ppp", "pppoe",
        "gre", "erspan", "vlan", "vxlan", "geneve", "mpls", "nsh", "etag", "vntag", "chdlc", "null", "sll", "sll2");
    /** What EVE has no events of; they stand with all other anomalies in weir's part of the record. */
    private static final Set<String> OWN = Set.of("ah", "dccp", "dot11", "link", "llc", "radio");
    private static final List<Group> GROUPS = groups();

    /** Errors of one protocol, whose events are an object of their own. */
    private record Group(String protocol, List<Anomaly> anomalies) {
    }

    private DecoderStatistics() {
    }

    /** Writes the object and what is in front of it. */
    static void encode(final DecoderCounts counts, final long frames, final long bytes, final JsonWriter json) {
        json.raw(PKTS).number(frames).raw(BYTES).number(bytes).raw(INVALID).number(counts.invalid());
        for (int i = 0; i < LAYERS.length; i++) {
            json.raw(LAYER_NAMES[i]).number(counts.layers(LAYERS[i]));
        }
        json.raw(TEREDO).number(counts.tunnels(TunnelType.TEREDO));
        json.raw(IPV4_IN_IPV4).number(counts.tunnels(TunnelType.IPIP));
        json.raw(IPV6_IN_IPV4).number(counts.tunnels(TunnelType.SIX_IN_FOUR));
        json.raw(AVG_PKT_SIZE).number(frames == 0 ? 0 : bytes / frames);
        json.raw(MAX_PKT_SIZE).number(counts.longest());
        json.raw(TOO_MANY_LAYERS).number(counts.errors(DecodeError.TOO_MANY_LAYERS));
        json.raw(EVENT);
        boolean first = true;
        for (final Group group : GROUPS) {
            first &= !encode(group, counts, first, json);
        }
        json.raw('}').raw('}');
    }

    /** True if any of them occurred. */
    private static boolean encode(final Group group, final DecoderCounts counts, final boolean first,
        final JsonWriter json) {
        boolean open = false;
        for (final Anomaly anomaly : group.anomalies()) {
            final long count = counts.errors(anomaly.error());
            if (count > 0) {
                if (open || !first) {
                    json.raw(',');
                }
                if (!open) {
                    json.string(group.protocol()).raw(':').raw('{');
                    open = true;
                }
                json.string(anomaly.eventName().substring(DECODER.length() + group.protocol().length() + 1))
                    .raw(':').number(count);
            }
        }
        if (open) {
            json.raw('}');
        }
        return open;
    }

    private static byte[][] names(final String... names) {
        final byte[][] encoded = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            encoded[i] = next(names[i]);
        }
        return encoded;
    }

    private static List<Group> groups() {
        final List<Group> groups = new ArrayList<>();
        for (int i = 0; i < Anomaly.COUNT; i++) {
            final Anomaly anomaly = Anomaly.of(i);
            final String[] name = anomaly.eventName().split("\\.");
            if (anomaly.error() == DecodeError.NONE || name.length != 3 || OWN.contains(name[1])) {
                continue;
            }
            Group group = null;
            for (final Group each : groups) {
                group = each.protocol().equals(name[1]) ? each : group;
            }
            if (group == null) {
                group = new Group(name[1], new ArrayList<>());
                groups.add(group);
            }
            group.anomalies().add(anomaly);
        }
        return groups;
    }
}
