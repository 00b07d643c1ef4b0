package io.weir.protocol.http;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;

/** HTTP 0.9 to 1.1, RFC 9110 and RFC 9112. One record for each request with its final response. */
public final class Http {
    /** Shared with HTTP/2. */
    public static final Field HOST =
        Field.of("http.host", FieldType.TEXT, "Host the request is for, from an absolute URI or the Host header, in "
            + "lower case.").as("hostname");
    /** Shared with HTTP/2. */
    public static final Field PORT =
        Field.of("http.port", FieldType.NUMBER, "Port that stands behind the host.").as("http_port");
    /** Shared with HTTP/2. */
    public static final Field URI = Field.of("http.uri", FieldType.TEXT, "Request target as sent.").as("url");
    /** Shared with HTTP/2. */
    public static final Field USER_AGENT =
        Field.of("http.user_agent", FieldType.TEXT, "Header User-Agent of the request.").as("http_user_agent");
    /** Shared with HTTP/2. */
    public static final Field CONTENT_TYPE =
        Field.of("http.content_type", FieldType.TEXT, "Header Content-Type of the response without its parameters.")
            .as("http_content_type");
    /** Shared with HTTP/2. */
    public static final Field REFERER =
        Field.of("http.referer", FieldType.TEXT, "Header Referer of the request.").as("http_refer");
    /** Shared with HTTP/2. */
    public static final Field METHOD =
        Field.of("http.method", FieldType.TEXT, "Method of the request.").as("http_method");
    /** Shared with HTTP/2. */
    public static final Field VERSION =
        Field.of("http.protocol", FieldType.TEXT, "Protocol and version at the end of the request line.");
    /** Shared with HTTP/2. */
    public static final Field STATUS = Field.of("http.status", FieldType.NUMBER, "Status code of the response.");
    /** Shared with HTTP/2. */
    public static final Field STATUS_STRING =
        Field.of("http.status_string", FieldType.TEXT, "What stands in the place of the status code if it is none.");
    /** Shared with HTTP/2. */
    public static final Field LOCATION =
        Field.of("http.location", FieldType.TEXT, "Header Location of the response.").as("redirect");
    /** Shared with HTTP/2. */
    public static final Field LENGTH =
        Field.of("http.length", FieldType.NUMBER, "Bytes of the response's body as transmitted, chunk sizes included.");
    /** Shared with HTTP/2. */
    public static final Field CONTENT_RANGE =
        Field.of("http.content_range", FieldType.GROUP, "Header Content-Range of the response.");
    /** Shared with HTTP/2. */
    public static final Field RANGE_RAW = Field.of("http.content_range.raw", FieldType.TEXT, "The header as sent.");
    /** Shared with HTTP/2. */
    public static final Field RANGE_START =
        Field.of("http.content_range.start", FieldType.NUMBER, "Place of the first byte sent.");
    /** Shared with HTTP/2. */
    public static final Field RANGE_END =
        Field.of("http.content_range.end", FieldType.NUMBER, "Place of the last byte sent.");
    /** Shared with HTTP/2. */
    public static final Field RANGE_SIZE =
        Field.of("http.content_range.size", FieldType.NUMBER, "Bytes of the whole representation.");

    /** Shared with HTTP/2. */
    public static final Field OBJECT = Field.of("http", FieldType.GROUP, "The transaction a file belongs to.");

    /** Shared with HTTP/2. */
    public static final RecordType RECORD = RecordType.of("http");

    /** HTTP/1.x, named as Suricata does. */
    public static final Protocol PROTOCOL = Protocol.named("http", "Hypertext Transfer Protocol")
        .tcpPorts(80, 8080, 3128, 8000, 8008, 8888, 631, 5985)
        .firstByteRange('A', 'Z').firstByteRange('a', 'z').firstBytes("\r\n <")
        .tcp(HttpDetector::detect)
        .streamParser(HttpParser::new)
        .fields(HOST, PORT, URI, USER_AGENT, CONTENT_TYPE, REFERER, METHOD, VERSION, STATUS, STATUS_STRING, LOCATION,
            LENGTH, CONTENT_RANGE, RANGE_RAW, RANGE_START, RANGE_END, RANGE_SIZE, OBJECT)
        .fields(HttpBuffers.ALL)
        .records(RECORD)
        .events(HttpEvents.all())
        .build();

    private Http() {
    }
}
