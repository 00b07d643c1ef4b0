package io.weir.rule.signature;

import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Traffic;
import io.weir.rule.model.Traffic.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the protocol word of a rule means, and names of application protocols. */
final class TrafficWords {
    private static final Set<Integer> ANY = Set.of();
    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final Map<String, Traffic> WORDS = new LinkedHashMap<>();

    /** Application protocols whose word means several of weir's protocols, or is another one. */
    private static final Map<String, List<String>> APPLICATIONS = Map.ofEntries(
        Map.entry("http", List.of("http", "http2")),
        Map.entry("http1", List.of("http")),
        Map.entry("ssl", List.of("tls")),
        Map.entry("dcerpc", List.of("dcerpc", "smb")),
        Map.entry("ikev2", List.of("ike")),
        Map.entry("doh2", List.of("http2")));

    /** Words of Suricata that weir knows no traffic for. */
    private static final Set<String> NOT_HERE = Set.of("ether", "arp", "template", "ftp-data", "krb5", "nfs", "enip",
        "dnp3", "rfb", "sip", "ldap", "pgsql", "websocket", "llmnr", "mdns", "bittorrent-dht", "modbus", "tftp",
        "telnet", "rdp", "ntp", "dhcp", "snmp", "mqtt", "quic", "imap", "pop3", "esp", "igmp", "gre");

    static {
        put("ip", 0, ANY, Payload.STREAM_OR_PACKET);
        put("pkthdr", 0, ANY, Payload.PACKET);
        put("ip4", 4, ANY, Payload.STREAM_OR_PACKET);
        put("ipv4", 4, ANY, Payload.STREAM_OR_PACKET);
        put("ip6", 6, ANY, Payload.STREAM_OR_PACKET);
        put("ipv6", 6, ANY, Payload.STREAM_OR_PACKET);
        put("tcp", 0, Set.of(TCP), Payload.STREAM_OR_PACKET);
        put("tcp-pkt", 0, Set.of(TCP), Payload.PACKET);
        put("tcp-stream", 0, Set.of(TCP), Payload.STREAM);
        put("udp", 0, Set.of(UDP), Payload.STREAM_OR_PACKET);
        put("icmp", 0, Set.of(1, 58), Payload.STREAM_OR_PACKET);
        put("icmpv4", 0, Set.of(1), Payload.STREAM_OR_PACKET);
        put("icmpv6", 0, Set.of(58), Payload.STREAM_OR_PACKET);
        put("igmp", 0, Set.of(2), Payload.STREAM_OR_PACKET);
        put("gre", 0, Set.of(47), Payload.STREAM_OR_PACKET);
        put("esp", 0, Set.of(50), Payload.STREAM_OR_PACKET);
        put("sctp", 0, Set.of(132), Payload.STREAM_OR_PACKET);
    }

    private TrafficWords() {
    }

    private static void put(final String word, final int version, final Set<Integer> protocols,
        final Payload payload) {
        WORDS.put(word, new Traffic(word, version, protocols, payload, List.of()));
    }

    /** What a word means. */
    static Traffic of(final String text) throws RejectedException {
        final String word = text.toLowerCase(Locale.ROOT);
        final Traffic traffic = WORDS.get(word);
        if (traffic != null) {
            return traffic;
        }
        if (word.indexOf(':') > 0) {
            throw RejectedException.unsupported("rules of hooks (" + Option.shown(word) + ") are not supported");
        }
        return new Traffic(word, 0, ANY, Payload.STREAM_OR_PACKET, applications(word));
    }

    /** The protocols a name stands for. */
    static List<Protocol> applications(final String name) throws RejectedException {
        final String word = name.toLowerCase(Locale.ROOT);
        final List<Protocol> protocols = new ArrayList<>();
        for (final String alias : APPLICATIONS.getOrDefault(word, List.of(word))) {
            for (final Protocol protocol : Protocols.all()) {
                if (protocol.name().equals(alias)) {
                    protocols.add(protocol);
                }
            }
        }
        if (!protocols.isEmpty()) {
            return protocols;
        }
        if (NOT_HERE.contains(word)) {
            throw RejectedException.unsupported("traffic of " + word + " is not recognised");
        }
        throw RejectedException.unknown("there is no protocol " + Option.shown(word), word, names());
    }

    private static Set<String> names() {
        final Set<String> names = new TreeSet<>(WORDS.keySet());
        names.addAll(APPLICATIONS.keySet());
        for (final Protocol protocol : Protocols.all()) {
            names.add(protocol.name());
        }
        return names;
    }
}
