package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;

/** What servers mostly write behind a status code: RFC 9110, section 15, and the registry of IANA. */
final class ReasonPhrase {
    private static final byte[][] OF = new byte[600][];

    static {
        put(200, "OK");
        put(201, "Created");
        put(202, "Accepted");
        put(204, "No Content");
        put(206, "Partial Content");
        put(301, "Moved Permanently");
        put(302, "Found");
        put(303, "See Other");
        put(304, "Not Modified");
        put(307, "Temporary Redirect");
        put(308, "Permanent Redirect");
        put(400, "Bad Request");
        put(401, "Unauthorized");
        put(403, "Forbidden");
        put(404, "Not Found");
        put(405, "Method Not Allowed");
        put(410, "Gone");
        put(429, "Too Many Requests");
        put(500, "Internal Server Error");
        put(502, "Bad Gateway");
        put(503, "Service Unavailable");
        put(504, "Gateway Timeout");
    }

    private ReasonPhrase() {
    }

    private static void put(final int status, final String phrase) {
        OF[status] = phrase.getBytes(US_ASCII);
    }

    /** That of a status code, if a line has it at a place, up to another; else null. Not to be changed. */
    static byte[] in(final Bytes line, final int from, final int to, final int status) {
        final byte[] phrase = status < OF.length ? OF[status] : null;
        return phrase != null && to - from == phrase.length && line.matches(from, phrase) ? phrase : null;
    }
}
