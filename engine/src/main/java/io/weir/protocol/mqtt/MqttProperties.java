package io.weir.protocol.mqtt;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Properties of MQTT 5 (section 2.2.2.2). Those of the user's own are members beside the others, as Suricata has them;
 * one whose name is taken, since a name may come twice or be another property's, is in a list of its own.
 */
final class MqttProperties {
    private static final Field GROUP = Field.of("mqtt.properties", FieldType.GROUP, "Properties.");
    private static final Field USER = Field.listOf("mqtt.user_properties", FieldType.GROUP,
        "Properties of the user's own whose names are taken.");
    private static final Field USER_NAME = Field.of("mqtt.user_properties.name", FieldType.NAME,
        "Name of a property of the user's own.");
    private static final Field USER_VALUE = Field.of("mqtt.user_properties.value", FieldType.TEXT, "Its value.");

    private static final int BYTE = 1;
    private static final int SHORT = 2;
    private static final int INT = 4;
    private static final int VARINT = 5;
    private static final int STRING = 6;
    private static final int PAIR = 7;

    /** So many of the user's own are compared with each other; those behind them are listed. */
    private static final int MAX_COMPARED = 64;

    private static final int[] KINDS = new int[43];
    private static final Field[] BY_NUMBER = new Field[43];
    private static final byte[][] KEYS;

    static {
        add(1, BYTE, "payload_format_indicator", "1 if the payload is text.");
        add(2, INT, "message_expiry_interval", "Lifetime in seconds.");
        add(3, STRING, "content_type", "What the payload is.");
        add(8, STRING, "response_topic", "Topic for the answer.");
        add(9, STRING, "correlation_data", "What pairs the answer.");
        add(11, VARINT, "subscription_identifier", "Number of the subscription.");
        add(17, INT, "session_expiry_interval", "Lifetime of the session in seconds.");
        add(18, STRING, "assigned_client_identifier", "Name that the broker gave the client.");
        add(19, SHORT, "server_keep_alive", "Longest silence in seconds.");
        add(21, STRING, "authentication_method", "How the client authenticates.");
        add(22, STRING, "authentication_data", "What it authenticates with.");
        add(23, BYTE, "request_problem_information", "Whether reasons are wanted.");
        add(24, INT, "will_delay_interval", "Seconds until the will is published.");
        add(25, BYTE, "request_response_information", "Whether information on responses is wanted.");
        add(26, STRING, "response_information", "Beginning of response topics.");
        add(28, STRING, "server_reference", "Another server to use.");
        add(31, STRING, "reason_string", "Reason, for people.");
        add(33, SHORT, "receive_maximum", "Most publications in flight.");
        add(34, SHORT, "topic_alias_maximum", "Most topic aliases.");
        add(35, SHORT, "topic_alias", "Number that stands for the topic.");
        add(36, BYTE, "maximum_qos", "Highest quality of service.");
        add(37, BYTE, "retain_available", "Whether messages may be retained.");
        add(39, INT, "maximum_packet_size", "Longest message.");
        add(40, BYTE, "wildcard_subscription_available", "Whether subscriptions may have wildcards.");
        add(41, BYTE, "subscription_identifier_available", "Whether subscriptions may have numbers.");
        add(42, BYTE, "shared_subscription_available", "Whether subscriptions may be shared.");
        KINDS[38] = PAIR;
        KEYS = Stream.concat(Stream.of(USER), Arrays.stream(BY_NUMBER).filter(Objects::nonNull))
            .map(field -> field.key().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }

    /** All of them. */
    static final Field[] FIELDS = Stream.concat(Stream.of(GROUP, USER, USER_NAME, USER_VALUE),
        Arrays.stream(BY_NUMBER).filter(Objects::nonNull)).toArray(Field[]::new);

    private MqttProperties() {
    }

    private static void add(final int number, final int kind, final String name, final String sentence) {
        KINDS[number] = kind;
        BY_NUMBER[number] = Field.of("mqtt.properties." + name, kind == STRING ? FieldType.TEXT : FieldType.NUMBER,
            sentence);
    }

    /** Where the properties that begin at that place end: behind their length and themselves. */
    static int end(final Bytes b, final int at) {
        final int size = varintSize(b, at);
        return at + size + (int) varint(b, at);
    }

    /** Tells the properties that begin at that place with their length; nothing if there are none. */
    static void tell(final Transaction t, final Bytes b, final int from) {
        final int end = Math.min(end(b, from), b.length());
        int at = from + varintSize(b, from);
        if (at >= end) {
            return;
        }
        t.begin(GROUP);
        int listed = 0;
        int pairs = 0;
        long told = 0;
        final int first = at;
        for (int kind = kind(b, at, end); kind != 0; kind = kind(b, at, end)) {
            if (kind != PAIR) {
                final long bit = 1L << b.u8(at);
                if ((told & bit) == 0) {
                    value(t, b, at + 1, b.u8(at), kind);
                } else {
                    t.leftOut();
                }
                told |= bit;
            } else if (pairs++ < MAX_COMPARED && !isTaken(b, first, at)) {
                pair(t, b, at + 1);
            } else {
                listed++;
            }
            at += 1 + length(b, at + 1, kind);
        }
        if (listed > 0) {
            list(t, b, first, at);
        }
        t.end();
    }

    /** Tells the user's own whose names are taken. */
    private static void list(final Transaction t, final Bytes b, final int first, final int end) {
        int pairs = 0;
        int at = first;
        for (int kind = kind(b, at, end); kind != 0; kind = kind(b, at, end)) {
            if (kind == PAIR && (pairs++ >= MAX_COMPARED || isTaken(b, first, at))) {
                t.begin(USER);
                pair(t, b, at + 1);
                t.end();
            }
            at += 1 + length(b, at + 1, kind);
        }
    }

    /** Kind of the property that begins there with its number; 0 if there is none that is whole and known. */
    private static int kind(final Bytes b, final int at, final int end) {
        final int number = at < end ? b.u8(at) : 0;
        final int kind = number < KINDS.length ? KINDS[number] : 0;
        return kind != 0 && at + 1 + length(b, at + 1, kind) <= end ? kind : 0;
    }

    /** True if the name of the user's property that begins there is that of another property, or of one before it. */
    private static boolean isTaken(final Bytes b, final int first, final int at) {
        final int length = b.u16(at + 1);
        for (int i = 0; i + 1 < length; i++) {
            // as what is no text is written, so that two names could be written alike
            if (b.u8(at + 3 + i) == '\\' && b.u8(at + 4 + i) == 'x') {
                return true;
            }
        }
        for (final byte[] key : KEYS) {
            if (key.length == length && b.matches(at + 3, key)) {
                return true;
            }
        }
        for (int other = first; other < at; other += 1 + length(b, other + 1, KINDS[b.u8(other)])) {
            if (KINDS[b.u8(other)] == PAIR && b.u16(other + 1) == length && b.matches(at + 3, b, other + 3, length)) {
                return true;
            }
        }
        return false;
    }

    private static void pair(final Transaction t, final Bytes b, final int at) {
        final int value = at + 2 + b.u16(at);
        t.put(USER_NAME, b, at + 2, b.u16(at)).put(USER_VALUE, b, value + 2, b.u16(value));
    }

    private static int length(final Bytes b, final int at, final int kind) {
        return switch (kind) {
            case STRING -> 2 + Math.max(0, b.u16(at));
            case PAIR -> {
                final int name = 2 + Math.max(0, b.u16(at));
                yield name + 2 + Math.max(0, b.u16(at + name));
            }
            case VARINT -> varintSize(b, at);
            default -> kind;
        };
    }

    private static void value(final Transaction t, final Bytes b, final int at, final int number, final int kind) {
        final Field field = BY_NUMBER[number];
        switch (kind) {
            case BYTE -> t.put(field, b.u8(at));
            case SHORT -> t.put(field, b.u16(at));
            case INT -> t.put(field, b.u32(at));
            case VARINT -> t.put(field, varint(b, at));
            default -> t.put(field, b, at + 2, b.u16(at));
        }
    }

    private static int varintSize(final Bytes b, final int at) {
        int size = 1;
        while (size < 4 && b.u8(at + size - 1) >= 0x80) {
            size++;
        }
        return size;
    }

    private static long varint(final Bytes b, final int at) {
        long value = 0;
        for (int i = 0; i < varintSize(b, at); i++) {
            value |= (long) (Math.max(0, b.u8(at + i)) & 0x7f) << 7 * i;
        }
        return value;
    }
}
