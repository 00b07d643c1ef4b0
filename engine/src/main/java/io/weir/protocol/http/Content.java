package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Protocol;
import io.weir.protocol.jsonrpc.JsonRpc;
import io.weir.protocol.ookla.Ookla;
import java.util.Arrays;

/** What is spoken over HTTP and shows in a media type, a request target or a header: labels of the flow. */
public final class Content {
    /** A connection through a proxy that CONNECT has asked for. */
    public static final Protocol CONNECT = label("http-connect", "HTTP CONNECT tunnel");
    /** Requests with absolute targets, as proxies get them. */
    public static final Protocol PROXY = label("http-proxy", "HTTP proxy");
    /** Whether certificates are revoked, RFC 6960. */
    public static final Protocol OCSP = label("ocsp", "Online Certificate Status Protocol");
    /** Lists of revoked certificates, RFC 5280. */
    public static final Protocol CRL = label("crl", "Certificate Revocation List");
    /** Simple Object Access Protocol. */
    public static final Protocol SOAP = label("soap", "SOAP");
    /** JSON-RPC. */
    public static final Protocol JSON_RPC = JsonRpc.PROTOCOL;
    /** Printing, RFC 8010. */
    public static final Protocol IPP = label("ipp", "Internet Printing Protocol");
    /** DNS over HTTPS, RFC 8484, named as Suricata does. */
    public static final Protocol DOH = label("doh2", "DNS over HTTP");
    /** Speed tests by Ookla. */
    public static final Protocol OOKLA = Ookla.PROTOCOL;
    /** HTTP Live Streaming, RFC 8216. */
    public static final Protocol HLS = label("hls", "HTTP Live Streaming");
    /** Dynamic Adaptive Streaming over HTTP, ISO/IEC 23009-1. */
    public static final Protocol DASH = label("mpeg-dash", "MPEG-DASH");

    /** Those that are this long; none is longer than the last. */
    private static final Marker[][] TYPES_BY_LENGTH = new Marker[30][0];
    /** What paths end in, in their last four bytes; a dot stands in front of the first. */
    private static final long M3U8 = four("m3u8");
    private static final long MPD = four(".mpd");
    private static final long M4S = four(".m4s");
    private static final byte[] SPEEDTEST = "/speedtest/".getBytes(US_ASCII);

    static {
        type("application/ocsp-request", OCSP);
        type("application/ocsp-response", OCSP);
        type("application/pkix-crl", CRL);
        type("application/soap+xml", SOAP);
        type("application/json-rpc", JSON_RPC);
        type("application/jsonrequest", JSON_RPC);
        type("application/ipp", IPP);
        type("application/dns-message", DOH);
        type("application/vnd.apple.mpegurl", HLS);
        type("application/x-mpegurl", HLS);
        type("audio/mpegurl", HLS);
        type("audio/x-mpegurl", HLS);
        type("application/dash+xml", DASH);
        type("video/iso.segment", DASH);
    }

    /** Bytes that tell a protocol. */
    private static final class Marker {
        private final byte[] text;
        private final Protocol protocol;

        private Marker(final String text, final Protocol protocol) {
            this.text = text.getBytes(US_ASCII);
            this.protocol = protocol;
        }
    }

    private Content() {
    }

    private static Protocol label(final String name, final String title) {
        return Protocol.named(name, title).build();
    }

    private static long four(final String text) {
        return new Bytes().wrap(text.getBytes(US_ASCII), 0, Integer.BYTES).u32(0);
    }

    private static void type(final String text, final Protocol protocol) {
        final Marker[] asLong = TYPES_BY_LENGTH[text.length()];
        TYPES_BY_LENGTH[text.length()] = Arrays.copyOf(asLong, asLong.length + 1);
        TYPES_BY_LENGTH[text.length()][asLong.length] = new Marker(text, protocol);
    }

    /** Labels a flow by a media type; answers what it is labelled as, or null. */
    static Protocol ofType(final FlowContext flow, final Bytes line, final int from, final int to) {
        final int first = line.u8(from) | 0x20;
        if (first != 'a' && first != 'v') {
            return null;
        }
        final int length = typeEnd(line, from, to) - from;
        if (length >= TYPES_BY_LENGTH.length) {
            return null;
        }
        for (final Marker marker : TYPES_BY_LENGTH[length]) {
            if (line.matchesIgnoringCase(from, marker.text)) {
                flow.label(marker.protocol);
                return marker.protocol;
            }
        }
        return null;
    }

    /** Where parameters begin, or what else stands behind a type. */
    private static int typeEnd(final Bytes line, final int from, final int to) {
        final int semicolon = line.indexOf(';', from, to);
        final int end = semicolon < 0 ? to : semicolon;
        final int blank = line.indexOf(' ', from, end);
        return blank < 0 ? end : blank;
    }

    /** Labels a flow by the path of a request; answers where its query begins, or -1 if it has none. */
    static int ofTarget(final FlowContext flow, final Bytes line, final int from, final int to) {
        final int query = line.indexOf('?', from, to);
        final int end = query < 0 ? to : query;
        final int last = end - Integer.BYTES;
        final long four = line.u32(last);
        if (last >= from && (four == MPD || four == M4S)) {
            flow.label(DASH);
        } else if (last > from && four == M3U8 && line.u8(last - 1) == '.') {
            flow.label(HLS);
        } else if (line.u8(from + 1) == 's' && line.matches(from, SPEEDTEST)) {
            flow.label(OOKLA);
        }
        return query;
    }
}
