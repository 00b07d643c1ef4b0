package io.weir.protocol.http2;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.WeirObject;
import io.weir.protocol.http.Http;

/** What records of HTTP/2 have beside what those of HTTP/1.x have, and what only rules ask for. */
final class Http2Fields {
    static final Field VERSION = Field.of("http.version", FieldType.TEXT, "2 in HTTP/2.");
    static final Field REQUEST_HEADERS = headers("request");
    static final Field REQUEST_NAME = name("request");
    static final Field REQUEST_VALUE = value("request");
    static final Field RESPONSE_HEADERS = headers("response");
    static final Field RESPONSE_NAME = name("response");
    static final Field RESPONSE_VALUE = value("response");
    static final Field HTTP2 = Field.of("http.http2", FieldType.GROUP, "What HTTP/2 adds.");
    static final Field STREAM_ID =
        Field.of("http.http2.stream_id", FieldType.NUMBER, "Stream of the connection; 0 is the connection itself.");
    static final Field REQUEST = Field.of("http.http2.request", FieldType.GROUP, "Frames of the client.");
    static final Field RESPONSE = Field.of("http.http2.response", FieldType.GROUP, "Frames of the server.");
    static final Field CLIENT_SETTINGS = settings("request");
    static final Field CLIENT_SETTING = setting("request");
    static final Field CLIENT_SETTING_VALUE = settingValue("request");
    static final Field SERVER_SETTINGS = settings("response");
    static final Field SERVER_SETTING = setting("response");
    static final Field SERVER_SETTING_VALUE = settingValue("response");
    static final Field PRIORITY =
        Field.of("http.http2.request.priority", FieldType.NUMBER, "Weight less one, 0 to 255.");
    static final Field CLIENT_ERROR = error("request");
    static final Field SERVER_ERROR = error("response");
    static final Field GRPC_STATUS =
        Field.of("http.grpc_status", FieldType.NUMBER, "How a call of gRPC has ended; 0 is well.");

    /** For rules, in decimal. */
    static final Field ERROR_CODE = Field.inspected("http2.errorcode", "Error codes of RST_STREAM and GOAWAY.");
    /** For rules, in decimal. */
    static final Field WEIGHT = Field.inspected("http2.priority", "Weights less one.");
    /** For rules, in decimal. */
    static final Field WINDOW = Field.inspected("http2.window", "Increments of WINDOW_UPDATE.");
    /** For rules. */
    static final Field HEADER_NAME = Field.inspected("http2.header_name", "Name of a header.");

    static final Field[] ALL = {VERSION, REQUEST_HEADERS, REQUEST_NAME, REQUEST_VALUE, RESPONSE_HEADERS,
        RESPONSE_NAME, RESPONSE_VALUE, HTTP2, STREAM_ID, REQUEST, RESPONSE, CLIENT_SETTINGS, CLIENT_SETTING,
        CLIENT_SETTING_VALUE, SERVER_SETTINGS, SERVER_SETTING, SERVER_SETTING_VALUE, PRIORITY, CLIENT_ERROR,
        SERVER_ERROR, GRPC_STATUS, WeirObject.FIELD, ERROR_CODE, WEIGHT, WINDOW, HEADER_NAME, Http.METHOD, Http.URI,
        Http.HOST, Http.PORT, Http.USER_AGENT, Http.REFERER, Http.STATUS, Http.CONTENT_TYPE, Http.LOCATION,
        Http.LENGTH, Http.OBJECT};

    private Http2Fields() {
    }

    private static Field headers(final String side) {
        return Field.listOf("http." + side + "_headers", FieldType.GROUP, "Headers of the " + side + ".");
    }

    private static Field name(final String side) {
        return Field.of("http." + side + "_headers.name", FieldType.TEXT, "Name of a header.");
    }

    private static Field value(final String side) {
        return Field.of("http." + side + "_headers.value", FieldType.TEXT, "Value of a header.");
    }

    private static Field settings(final String side) {
        return Field.listOf("http.http2." + side + ".settings", FieldType.GROUP, "First settings.");
    }

    private static Field setting(final String side) {
        return Field.of("http.http2." + side + ".settings.settings_id", FieldType.TEXT, "Name of a setting.");
    }

    private static Field settingValue(final String side) {
        return Field.of("http.http2." + side + ".settings.settings_value", FieldType.NUMBER, "Its value.");
    }

    private static Field error(final String side) {
        return Field.of("http.http2." + side + ".error_code", FieldType.TEXT, "Why a stream or connection ended.");
    }
}
