package io.weir.protocol.http;

import io.weir.protocol.Field;

/** What rules may look at in HTTP/1.x beside what records have, named like Suricata's sticky buffers. */
public final class HttpBuffers {
    /** Field. */
    public static final Field REQUEST_LINE = of("request_line", "First line of the request, without its end.");
    /** Field. */
    public static final Field RESPONSE_LINE = of("response_line", "First line of the response, without its end.");
    /** Field. */
    public static final Field URI = of("uri.normalized", "Path, query and fragment of the request target: percent "
        + "encodings decoded once; in the path also backslashes turned, repeated slashes and dot segments removed.");
    /** Field. */
    public static final Field HOST_RAW = of("host.raw", "Host that stands in the request's target, "
        + "without its port, else header Host, both as sent.");
    /** Field. */
    public static final Field COOKIE = of("cookie", "Values of the headers Cookie, or Set-Cookie.");
    /** Field. */
    public static final Field CONTENT_TYPE = of("content_type.sent", "Header Content-Type as sent.");
    /** Field. */
    public static final Field CONTENT_LENGTH = of("content_len", "Header Content-Length as sent.");
    /** Field. */
    public static final Field ACCEPT = of("accept", "Header Accept.");
    /** Field. */
    public static final Field ACCEPT_ENCODING = of("accept_enc", "Header Accept-Encoding.");
    /** Field. */
    public static final Field ACCEPT_LANGUAGE = of("accept_lang", "Header Accept-Language.");
    /** Field. */
    public static final Field CONNECTION = of("connection", "Header Connection.");
    /** Field. */
    public static final Field SERVER = of("server", "Header Server.");
    /** Field. */
    public static final Field HEADERS = of("header", "Headers but cookies as lines of name, colon, blank, value: "
        + "folded lines joined, values of headers with the same name joined by comma and blank.");
    /** Field. */
    public static final Field HEADERS_RAW = of("header.raw", "Headers as sent, with the empty line that ends them.");
    /** Field. */
    public static final Field HEADER_NAMES = of("header_names", "Names of headers, each behind a line end, and two at "
        + "the end.");
    /** Field. */
    public static final Field START = of("start", "First line and headers, cookies too, "
        + "in the form of http.header, and an empty line.");
    /** Field. */
    public static final Field REQUEST_HEADER = of("request_header", "A header of the request: name, colon, blank, "
        + "value.");
    /** Field. */
    public static final Field RESPONSE_HEADER = of("response_header", "A header of the response, like that.");
    /** Field. */
    public static final Field PROTOCOL = of("protocol.sent", "Protocol and version of either first line.");
    /** Field. */
    public static final Field STATUS_CODE = of("stat_code", "Status code of the response, as text.");
    /** Field. */
    public static final Field STATUS_MESSAGE = of("stat_msg", "What stands behind the status code.");
    /** Field. */
    public static final Field REQUEST_BODY = of("request_body", "Beginning of the request's body, without chunking.");

    /** All of them. */
    static final Field[] ALL = {REQUEST_LINE, RESPONSE_LINE, URI, HOST_RAW, COOKIE, CONTENT_TYPE, CONTENT_LENGTH,
        ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONNECTION, SERVER, HEADERS, HEADERS_RAW, HEADER_NAMES, START,
        REQUEST_HEADER, RESPONSE_HEADER, PROTOCOL, STATUS_CODE, STATUS_MESSAGE, REQUEST_BODY};

    private HttpBuffers() {
    }

    /** Those that HTTP/2 has too. */
    public static Field[] shared() {
        return new Field[] {URI, HOST_RAW, COOKIE, CONTENT_TYPE, CONTENT_LENGTH, ACCEPT, ACCEPT_ENCODING,
            ACCEPT_LANGUAGE, CONNECTION, SERVER, HEADERS, HEADERS_RAW, HEADER_NAMES, START, REQUEST_HEADER,
            RESPONSE_HEADER, STATUS_CODE, REQUEST_BODY};
    }

    private static Field of(final String name, final String sentence) {
        return Field.inspected("http." + name, sentence);
    }
}
