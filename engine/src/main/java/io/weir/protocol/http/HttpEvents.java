package io.weir.protocol.http;

import io.weir.protocol.ProtocolEvent;

/** What may be odd about HTTP/1.x, named as in Suricata. */
final class HttpEvents {
    static final ProtocolEvent MISSING_PROTOCOL = new ProtocolEvent("REQUEST_LINE_MISSING_PROTOCOL",
        "Headers follow a request line without version.");
    static final ProtocolEvent UNEXPECTED_BODY = new ProtocolEvent("REQUEST_BODY_UNEXPECTED",
        "What follows a request is no request, and was not announced as its body.");
    static final ProtocolEvent FIELD_TOO_LONG = new ProtocolEvent("REQUEST_FIELD_TOO_LONG",
        "A header of a request is too long to be read.");
    static final ProtocolEvent RESPONSE_FIELD_TOO_LONG = new ProtocolEvent("RESPONSE_FIELD_TOO_LONG",
        "A header of a response is too long to be read.");
    static final ProtocolEvent DUPLICATE_LENGTH = new ProtocolEvent("DUPLICATE_CONTENT_LENGTH_FIELD_IN_REQUEST",
        "A request says the length of its body twice.");
    static final ProtocolEvent RESPONSE_DUPLICATE_LENGTH = new ProtocolEvent(
        "DUPLICATE_CONTENT_LENGTH_FIELD_IN_RESPONSE", "A response says the length of its body twice.");
    static final ProtocolEvent CHUNK_LENGTH = new ProtocolEvent("INVALID_REQUEST_CHUNK_LEN",
        "The size of a chunk of a request is none.");
    static final ProtocolEvent RESPONSE_CHUNK_LENGTH = new ProtocolEvent("INVALID_RESPONSE_CHUNK_LEN",
        "The size of a chunk of a response is none.");
    static final ProtocolEvent CHUNK_EXTENSION = new ProtocolEvent("REQUEST_CHUNK_EXTENSION",
        "A chunk of a request has an extension.");
    static final ProtocolEvent RESPONSE_CHUNK_EXTENSION = new ProtocolEvent("RESPONSE_CHUNK_EXTENSION",
        "A chunk of a response has an extension.");
    static final ProtocolEvent AUTHORIZATION = new ProtocolEvent("REQUEST_AUTH_UNRECOGNIZED",
        "The scheme of the header Authorization is not known.");
    static final ProtocolEvent DOUBLE_ENCODED = new ProtocolEvent("DOUBLE_ENCODED_URI",
        "What was decoded of a request target looks encoded still; told only if rules look at targets.");
    static final ProtocolEvent TOO_MANY_LAYERS = new ProtocolEvent("TOO_MANY_ENCODING_LAYERS",
        "A body is compressed more often than is undone; told only if rules look at bodies.");
    static final ProtocolEvent DECOMPRESSION = new ProtocolEvent("GZIP_DECOMPRESSION_FAILED",
        "A body is not compressed as announced; told only if rules look at bodies.");
    static final ProtocolEvent MISSING_HOST = new ProtocolEvent("MISSING_HOST_HEADER",
        "A request of HTTP/1.1 has no header Host.");
    static final ProtocolEvent AMBIGUOUS_HOST = new ProtocolEvent("HOST_HEADER_AMBIGUOUS",
        "The header Host names another host than the target of the request, or than another header Host.");
    static final ProtocolEvent MISSING_COLON = new ProtocolEvent("REQUEST_FIELD_MISSING_COLON",
        "A header of a request has no colon.");
    static final ProtocolEvent RESPONSE_MISSING_COLON = new ProtocolEvent("RESPONSE_FIELD_MISSING_COLON",
        "A header of a response has no colon.");
    static final ProtocolEvent INVALID_LENGTH = new ProtocolEvent("INVALID_CONTENT_LENGTH_FIELD_IN_REQUEST",
        "The length of a request's body is no number.");
    static final ProtocolEvent RESPONSE_INVALID_LENGTH = new ProtocolEvent(
        "INVALID_CONTENT_LENGTH_FIELD_IN_RESPONSE", "The length of a response's body is no number.");
    static final ProtocolEvent CHUNKED_OLD = new ProtocolEvent("RESPONSE_CHUNKED_OLD_PROTO",
        "A response comes in chunks, which its version of HTTP does not have.");
    static final ProtocolEvent INVALID_STATUS = new ProtocolEvent("RESPONSE_INVALID_STATUS",
        "The status of a response is no number from 100 to 999.");

    private HttpEvents() {
    }

    /** All of them. */
    static ProtocolEvent[] all() {
        return new ProtocolEvent[] {MISSING_PROTOCOL, UNEXPECTED_BODY, FIELD_TOO_LONG, RESPONSE_FIELD_TOO_LONG,
            DUPLICATE_LENGTH, RESPONSE_DUPLICATE_LENGTH, CHUNK_LENGTH, RESPONSE_CHUNK_LENGTH, CHUNK_EXTENSION,
            RESPONSE_CHUNK_EXTENSION, AUTHORIZATION, DOUBLE_ENCODED, TOO_MANY_LAYERS, DECOMPRESSION, MISSING_HOST,
            AMBIGUOUS_HOST, MISSING_COLON, RESPONSE_MISSING_COLON, INVALID_LENGTH, RESPONSE_INVALID_LENGTH,
            CHUNKED_OLD, INVALID_STATUS};
    }
}
