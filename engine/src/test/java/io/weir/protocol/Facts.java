package io.weir.protocol;

import io.weir.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * What one capture holds of the fields that two tools can be compared by, from Wireshark's answers or from weir's
 * records. Streams and flows have no common number, so values are counted per capture; what both sides of a flow may
 * repeat (hellos) counts once per flow.
 */
final class Facts {
    /** Fields that are compared. */
    enum Kind {
        HTTP_METHOD, HTTP_HOST, HTTP_URI, HTTP_STATUS,
        TLS_SNI, TLS_JA3, TLS_JA3S, TLS_CLIENT_ALPN, TLS_SERVER_ALPN,
        DNS_QUESTION, DNS_ANSWERED_QUESTION, DNS_ANSWER
    }

    private static final Set<String> DNS_KINDS = Set.of("dns", "mdns", "llmnr");
    /** Number of the extension in which QUIC's records have the protocols offered. */
    private static final String ALPN = "16";
    private static final Set<String> ANSWER_TYPES = Set.of("A", "AAAA", "CNAME");

    private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    private final Set<String> seen = new HashSet<>();

    private Facts() {
        for (final Kind kind : Kind.values()) {
            tallies.put(kind, new Tally());
        }
    }

    Tally of(final Kind kind) {
        return tallies.get(kind);
    }

    boolean isEmpty() {
        return tallies.values().stream().allMatch(tally -> tally.size() == 0);
    }

    // ---- what Wireshark says ---------------------------------------------------------------------------------------

    /**
     * Facts of a file of the truth folder; null if the capture did not load whole.
     */
    static Facts ofTruth(final Path file) throws IOException {
        final Map<String, Object> truth;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            truth = Json.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        if (!"OK".equals(truth.get("load"))) {
            return null;
        }
        final Facts facts = new Facts();
        rows(truth, "http").forEach(facts::httpRow);
        rows(truth, "tls").forEach(facts::tlsRow);
        rows(truth, "dns").forEach(facts::dnsRow);
        return facts;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(final Map<String, Object> truth, final String key) {
        final Object rows = truth.get(key);
        return rows == null ? List.of() : ((List<Map<String, Object>>) rows).stream()
            .filter(row -> !Boolean.TRUE.equals(row.get("decrypted"))).toList();
    }

    /** SSDP is HTTP over UDP to Wireshark; here it is a protocol of its own. */
    private void httpRow(final Map<String, Object> row) {
        if (text(row, "flow").startsWith("tcp")) {
            add(Kind.HTTP_METHOD, text(row, "method"));
            add(Kind.HTTP_HOST, host(text(row, "host")));
            add(Kind.HTTP_URI, text(row, "uri"));
            for (final String status : text(row, "status").split(",")) {
                add(Kind.HTTP_STATUS, status);
            }
        }
    }

    private void tlsRow(final Map<String, Object> row) {
        final String flow = text(row, "flow");
        final boolean client = text(row, "types").startsWith("Client Hello");
        for (final String name : text(row, "sni").split(",")) {
            once(Kind.TLS_SNI, flow, name.toLowerCase(Locale.ROOT));
        }
        for (final String hash : text(row, "ja3").split(",")) {
            once(Kind.TLS_JA3, flow, hash);
        }
        for (final String hash : text(row, "ja3s").split(",")) {
            once(Kind.TLS_JA3S, flow, hash);
        }
        once(client ? Kind.TLS_CLIENT_ALPN : Kind.TLS_SERVER_ALPN, flow, text(row, "alpn"));
    }

    private void dnsRow(final Map<String, Object> row) {
        final String[] names = text(row, "q").split(",");
        final String[] types = text(row, "qt").split(",(?![^(]*\\))");
        final boolean response = text(row, "resp").contains("response");
        for (int i = 0; i < names.length && !names[0].isEmpty(); i++) {
            question(response, names[i], i < types.length ? type(types[i]) : "?");
        }
        for (final String key : List.of("a", "aaaa", "cname")) {
            for (final String value : text(row, key).split(",")) {
                add(Kind.DNS_ANSWER, value.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static String type(final String words) {
        final String first = words.split(" ", 2)[0];
        return "*".equals(first) ? "ANY" : first;
    }

    // ---- what weir says --------------------------------------------------------------------------------------------

    /**
     * Facts of transactions, each a line of EVE. The reference has hellos of TLS on TCP and in QUIC, not those of DTLS,
     * nor of the handshake that Google's QUIC had before TLS.
     */
    static Facts ofRecords(final List<String> transactions) {
        final Facts facts = new Facts();
        for (final String line : transactions) {
            final Map<String, Object> event = Json.object(line);
            final String type = text(event, "event_type");
            final Map<String, Object> object = object(event, type);
            if (DNS_KINDS.contains(type)) {
                facts.dns(object);
                list(object(object(event, "weir"), type), "records").forEach(facts::dnsRecord);
            } else if ("http".equals(type) && !object.containsKey("http2")) {
                facts.http(object);
            } else if ("tls".equals(type) && "TCP".equals(text(event, "proto"))
                || "quic".equals(type) && !object.containsKey("cyu")) {
                facts.tls(event.get("flow_id").toString(), object);
            }
        }
        return facts;
    }

    private void http(final Map<String, Object> http) {
        add(Kind.HTTP_METHOD, text(http, "http_method"));
        add(Kind.HTTP_HOST, host(text(http, "hostname")));
        add(Kind.HTTP_URI, text(http, "url"));
        add(Kind.HTTP_STATUS, text(http, "status"));
    }

    private void tls(final String flow, final Map<String, Object> tls) {
        once(Kind.TLS_SNI, flow, text(tls, "sni").toLowerCase(Locale.ROOT));
        once(Kind.TLS_JA3, flow, text(object(tls, "ja3"), "hash"));
        once(Kind.TLS_JA3S, flow, text(object(tls, "ja3s"), "hash"));
        once(Kind.TLS_CLIENT_ALPN, flow, joined(tls, "client_alpns"));
        once(Kind.TLS_SERVER_ALPN, flow, joined(tls, "server_alpns"));
        for (final Map<String, Object> extension : list(tls, "extensions")) {
            if (ALPN.equals(text(extension, "type"))) {
                once(tls.containsKey("ja3s") ? Kind.TLS_SERVER_ALPN : Kind.TLS_CLIENT_ALPN, flow,
                    joined(extension, "values"));
            }
        }
    }

    private void dns(final Map<String, Object> dns) {
        final boolean response = "response".equals(text(dns, "type"));
        for (final Map<String, Object> query : list(dns, "queries")) {
            question(response, text(query, "rrname"), text(query, "rrtype"));
        }
        for (final String section : List.of("answers", "authorities", "additionals")) {
            for (final Map<String, Object> record : list(dns, section)) {
                dnsRecord(record);
            }
        }
    }

    /** DNS names the type and has its value in {@code rdata}, as mDNS has beside it; LLMNR names it by the type. */
    private void dnsRecord(final Map<String, Object> record) {
        if (ANSWER_TYPES.contains(text(record, "rrtype").toUpperCase(Locale.ROOT))) {
            add(Kind.DNS_ANSWER, text(record, "rdata").toLowerCase(Locale.ROOT));
        }
        for (final String type : ANSWER_TYPES) {
            add(Kind.DNS_ANSWER, text(record, type.toLowerCase(Locale.ROOT)).toLowerCase(Locale.ROOT));
        }
    }

    // ---- both ------------------------------------------------------------------------------------------------------

    private void question(final boolean response, final String name, final String type) {
        // bytes that are no UTF-8: records have them as \xHH, the reference has lost them
        final String written = "<Root>".equals(name) ? ""
            : name.toLowerCase(Locale.ROOT).replaceAll("\\\\x[0-9a-f]{2}", "\ufffd");
        tallies.get(response ? Kind.DNS_ANSWERED_QUESTION : Kind.DNS_QUESTION)
            .add(written + " " + type.toUpperCase(Locale.ROOT));
    }

    private void add(final Kind kind, final String value) {
        if (!value.isEmpty()) {
            tallies.get(kind).add(value);
        }
    }

    private void once(final Kind kind, final String flow, final String value) {
        if (!value.isEmpty() && seen.add(kind + flow + " " + value)) {
            tallies.get(kind).add(value);
        }
    }

    /** Without the port, in lower case. */
    private static String host(final String host) {
        return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }

    private static String text(final Map<String, Object> object, final String key) {
        final Object value = object.get(key);
        return value == null ? "" : value.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(final Map<String, Object> parent, final String key) {
        return parent.get(key) instanceof Map<?, ?> ? (Map<String, Object>) parent.get(key) : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(final Map<String, Object> parent, final String key) {
        return parent.get(key) instanceof List<?> ? (List<Map<String, Object>>) parent.get(key) : List.of();
    }

    private static String joined(final Map<String, Object> parent, final String key) {
        return parent.get(key) instanceof List<?> values
            ? String.join(",", values.stream().map(Object::toString).toList()) : "";
    }
}
