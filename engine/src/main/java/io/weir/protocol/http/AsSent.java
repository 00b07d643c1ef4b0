package io.weir.protocol.http;

import io.weir.protocol.Field;
import io.weir.protocol.file.Files;
import java.util.List;

/**
 * How the value of a field of HTTP/1.x stands in the stream, where the message is {@link PlainMessage plain} and its
 * body neither coded nor in chunks: then what is looked for in the stream need not be looked for in the field.
 */
public enum AsSent {
    /** The value is part of what was sent. */
    WHOLE,
    /** Each word of it is: what is between colons, commas, blanks and line ends. It stands in the headers. */
    WORDS,
    /** The value is part of what was sent, and of the body. */
    BODY,
    /** Nothing is known. */
    UNKNOWN;

    private static final List<Field> OF_FIRST_LINE = List.of(Http.METHOD, Http.HOST, Http.USER_AGENT, Http.REFERER,
        HttpBuffers.REQUEST_LINE, HttpBuffers.RESPONSE_LINE, HttpBuffers.URI, HttpBuffers.PROTOCOL,
        HttpBuffers.STATUS_CODE, HttpBuffers.STATUS_MESSAGE, HttpBuffers.HEADERS_RAW);
    private static final List<Field> OF_BODY = List.of(HttpBuffers.REQUEST_BODY, Files.DATA);

    /** How a field stands in the stream; letters may be in the other case there. */
    public static AsSent of(final Field field) {
        return OF_FIRST_LINE.contains(field) ? WHOLE : OF_BODY.contains(field) ? BODY
            : Head.tells(field) ? WORDS : UNKNOWN;
    }

    /** True if a field is told only of messages that are not passed over. */
    public static boolean isOfHead(final Field field) {
        return Head.tells(field);
    }
}
