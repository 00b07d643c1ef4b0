package io.weir.protocol.sip;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;

/** Words for session descriptions (RFC 8866). */
final class SdpFields {
    static final Field SDP = Field.of("sip.sdp", FieldType.GROUP, "Session that the message offers or accepts.");
    static final Field SDP_VERSION = Field.of("sip.sdp.version", FieldType.NUMBER, "Version of the description.");
    static final Field ORIGIN = Field.of("sip.sdp.origin", FieldType.TEXT, "Who made the session.");
    static final Field SESSION_NAME = Field.of("sip.sdp.session_name", FieldType.TEXT, "Name of the session.");
    static final Field SESSION_INFO = Field.of("sip.sdp.session_info", FieldType.TEXT, "What the session is.");
    static final Field SDP_URI = Field.of("sip.sdp.uri", FieldType.TEXT, "Where more is said of the session.");
    static final Field EMAIL = Field.of("sip.sdp.email", FieldType.TEXT, "Mail address of who is responsible.");
    static final Field PHONE_NUMBER = Field.of("sip.sdp.phone_number",
        FieldType.TEXT, "Telephone number of who is responsible.");
    static final Field CONNECTION_DATA = Field.of("sip.sdp.connection_data",
        FieldType.TEXT, "Address that waits for media.");
    static final Field BANDWIDTHS = Field.listOf("sip.sdp.bandwidths", FieldType.TEXT, "Bandwidths of the session.");
    static final Field TIME_DESCRIPTIONS = Field.listOf("sip.sdp.time_descriptions",
        FieldType.GROUP, "When the session takes place.");
    static final Field TIME = Field.of("sip.sdp.time_descriptions.time", FieldType.TEXT, "Begin and end.");
    static final Field REPEAT_TIME = Field.of("sip.sdp.time_descriptions.repeat_time",
        FieldType.TEXT, "How it repeats.");
    static final Field TIMEZONE = Field.of("sip.sdp.timezone", FieldType.TEXT, "Changes of the time zone.");
    static final Field ENCRYPTION_KEY = Field.of("sip.sdp.encryption_key", FieldType.TEXT, "Key of the session.");
    static final Field ATTRIBUTES = Field.listOf("sip.sdp.attributes", FieldType.TEXT, "Attributes of the session.");
    static final Field MEDIA_DESCRIPTIONS = Field.listOf("sip.sdp.media_descriptions",
        FieldType.GROUP, "Media of the session.");
    static final Field MEDIA = Field.of("sip.sdp.media_descriptions.media",
        FieldType.TEXT, "Kind, port, transport and formats.");
    static final Field MEDIA_INFO = Field.of("sip.sdp.media_descriptions.media_info",
        FieldType.TEXT, "What the media is.");
    static final Field MEDIA_BANDWIDTHS = Field.listOf("sip.sdp.media_descriptions.bandwidths",
        FieldType.TEXT, "Bandwidths of the media.");
    static final Field MEDIA_CONNECTION_DATA = Field.of("sip.sdp.media_descriptions.connection_data",
        FieldType.TEXT, "Address that waits for it.");
    static final Field MEDIA_ENCRYPTION_KEY = Field.of("sip.sdp.media_descriptions.encryption_key",
        FieldType.TEXT, "Key of the media.");
    static final Field MEDIA_ATTRIBUTES = Field.listOf("sip.sdp.media_descriptions.attributes",
        FieldType.TEXT, "Attributes of the media.");

    static final Field[] ALL = {
        SDP, SDP_VERSION, ORIGIN, SESSION_NAME, SESSION_INFO, SDP_URI, EMAIL, PHONE_NUMBER, CONNECTION_DATA,
        BANDWIDTHS, TIME_DESCRIPTIONS, TIME, REPEAT_TIME, TIMEZONE, ENCRYPTION_KEY, ATTRIBUTES, MEDIA_DESCRIPTIONS,
        MEDIA, MEDIA_INFO, MEDIA_BANDWIDTHS, MEDIA_CONNECTION_DATA, MEDIA_ENCRYPTION_KEY, MEDIA_ATTRIBUTES
    };

    private SdpFields() {
    }
}
