package io.weir.protocol;

import io.weir.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A flow as nDPI named it.
 *
 * @param transport  TCP, UDP, or the name or number of another protocol over IP
 * @param a          one end, as nDPI writes it
 * @param b          the other end
 * @param labels     protocol, and application if nDPI tells one
 * @param confidence by what, in nDPI's words
 */
record NdpiFlow(String transport, String a, String b, List<String> labels, String confidence) {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+\\t(\\S+) (\\S+) (?:<->|->) (\\S+) (.*)");
    private static final Pattern NAMED = Pattern.compile("\\[proto: (?:[A-Z]\\w*:)?[\\d.]+/([^\\]]+)]");
    private static final Pattern SURE = Pattern.compile("\\[Confidence: ([^\\]]+)]");

    /** Flows of a file of results. */
    static List<NdpiFlow> of(final Path results) throws IOException {
        final List<NdpiFlow> flows = new ArrayList<>();
        for (final String line : Files.readString(results, StandardCharsets.ISO_8859_1).split("\n")) {
            final Matcher flow = LINE.matcher(line);
            if (flow.matches()) {
                final Matcher named = NAMED.matcher(flow.group(4));
                final Matcher sure = SURE.matcher(flow.group(4));
                if (named.find()) {
                    flows.add(new NdpiFlow(flow.group(1), flow.group(2), flow.group(3),
                        List.of(named.group(1).split("\\.")), sure.find() ? sure.group(1) : "DPI"));
                }
            }
        }
        return flows;
    }

    /** The ends as nDPI writes them. */
    String ends() {
        return a + " " + b;
    }

    /** The part that names the protocol. */
    String protocol() {
        return labels.get(0);
    }

    /** By what weir's flows are found: both ends in one order, without ports where the transport has none. */
    String key() {
        final boolean ports = hasPorts(transport);
        return key(transport, end(a, ports), end(b, ports));
    }

    private static boolean hasPorts(final String transport) {
        return "TCP".equals(transport) || "UDP".equals(transport);
    }

    private static String end(final String written, final boolean port) {
        final int colon = written.lastIndexOf(':');
        return address(written.substring(0, colon)) + (port ? written.substring(colon) : "");
    }

    private static String key(final String transport, final String one, final String other) {
        final String first = one.compareTo(other) <= 0 ? one : other;
        return (hasPorts(transport) ? transport : "IP") + " " + first + " " + (first.equals(one) ? other : one);
    }

    private static String address(final String literal) {
        try {
            return InetAddress.getByName(literal.replaceAll("[\\[\\]]", "")).getHostAddress();
        } catch (final UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What weir calls the flows of a trace: protocols and applications, by the same keys. What is within a tunnel also
     * names the tunnel between its ends.
     *
     * @param flows lines of EVE
     */
    static Map<String, Set<String>> names(final List<String> flows) {
        final Map<String, Set<String>> names = new HashMap<>();
        for (final String line : flows) {
            final Map<String, Object> flow = Json.object(line);
            if (!flow.containsKey("src_ip")) {
                continue;
            }
            final Map<?, ?> weir = (Map<?, ?>) flow.get("weir");
            final String transport = flow.get("proto").toString();
            final boolean ports = hasPorts(transport);
            final Set<String> told = names.computeIfAbsent(
                key(transport, end(flow, "src", ports), end(flow, "dest", ports)), unused -> new HashSet<>());
            ((List<?>) weir.get("protocols")).forEach(name -> told.add(name.toString()));
            Stream.of("application").filter(weir::containsKey).forEach(key -> told.add(weir.get(key).toString()));
            if (flow.get("tunnel") instanceof Map<?, ?> tunnel && weir.get("tunnels") instanceof List<?> tunnels) {
                final String between = "TUNNEL " + key("IP", address(tunnel.get("src_ip").toString()),
                    address(tunnel.get("dest_ip").toString()));
                final Set<String> around = names.computeIfAbsent(between, unused -> new HashSet<>());
                tunnels.forEach(name -> around.add(name.toString().toLowerCase(Locale.ROOT)));
            }
        }
        return names;
    }

    /** By what the tunnel between the two ends is found. */
    String tunnelKey() {
        return "TUNNEL " + key("IP", end(a, false), end(b, false));
    }

    private static String end(final Map<String, Object> flow, final String side, final boolean port) {
        return address(flow.get(side + "_ip").toString()) + (port ? ":" + flow.get(side + "_port") : "");
    }
}
