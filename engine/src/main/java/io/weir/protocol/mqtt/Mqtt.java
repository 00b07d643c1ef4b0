package io.weir.protocol.mqtt;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** MQTT 3.1, 3.1.1 and 5 (OASIS): one record for each exchange, like a subscription with its acknowledgement. */
public final class Mqtt {
    static final RecordType RECORD = RecordType.of("mqtt");

    static final Field QOS = Field.of("mqtt.qos", FieldType.NUMBER, "Quality of service, 0 to 2.").upTo(3);
    static final Field RETAIN = Field.of("mqtt.retain", FieldType.BOOLEAN, "Whether the broker keeps the message.");
    static final Field DUP = Field.of("mqtt.dup", FieldType.BOOLEAN, "Whether it is sent again.");
    static final Field PROTOCOL_STRING = Field.of("mqtt.protocol_string", FieldType.TEXT, "Name of the protocol.");
    static final Field VERSION = Field.of("mqtt.protocol_version", FieldType.NUMBER,
        "3 for 3.1, 4 for 3.1.1, or 5.").upTo(0xff);
    static final Field FLAGS = Field.of("mqtt.flags", FieldType.GROUP, "What the connect message contains.");
    static final Field HAS_USERNAME = Field.of("mqtt.flags.username", FieldType.BOOLEAN, "A user name.");
    static final Field HAS_PASSWORD = Field.of("mqtt.flags.password", FieldType.BOOLEAN, "A password.");
    static final Field HAS_WILL = Field.of("mqtt.flags.will", FieldType.BOOLEAN, "A last will.");
    static final Field WILL_RETAIN = Field.of("mqtt.flags.will_retain", FieldType.BOOLEAN, "A last will that is kept.");
    static final Field CLEAN = Field.of("mqtt.flags.clean_session", FieldType.BOOLEAN, "The wish for a new session.");
    static final Field CLIENT_ID = Field.of("mqtt.client_id", FieldType.TEXT, "Name of the client.");
    static final Field USERNAME = Field.of("mqtt.username", FieldType.TEXT, "User.");
    static final Field PASSWORD = Field.of("mqtt.password", FieldType.TEXT, "Password.");
    static final Field WILL = Field.of("mqtt.will", FieldType.GROUP, "What is published when the client is gone.");
    static final Field TOPIC = Field.of("mqtt.topic", FieldType.TEXT, "Topic.");
    static final Field MESSAGE = Field.of("mqtt.message", FieldType.TEXT, "What is published.");
    static final Field MESSAGE_ID = Field.of("mqtt.message_id", FieldType.NUMBER,
        "What pairs acknowledgements.").upTo(0xffff);
    static final Field SESSION_PRESENT = Field.of("mqtt.session_present", FieldType.BOOLEAN,
        "Whether the broker knew the session.");
    static final Field RETURN_CODE = Field.of("mqtt.return_code", FieldType.NUMBER,
        "Whether the broker accepts.").upTo(0xff);
    static final Field REASON_CODE = Field.of("mqtt.reason_code", FieldType.NUMBER, "Outcome.").upTo(0xff);
    static final Field REASON_CODES = Field.listOf("mqtt.reason_codes", FieldType.NUMBER,
        "Outcome for each topic.").upTo(0xff);
    static final Field QOS_GRANTED = Field.listOf("mqtt.qos_granted", FieldType.NUMBER,
        "Quality of service for each topic, 128 for none.").upTo(0xff);
    static final Field TOPICS = Field.listOf("mqtt.subscribe.topics", FieldType.GROUP, "What is subscribed.");
    static final Field NO_TOPICS = Field.listOf("mqtt.unsubscribe.topics", FieldType.TEXT, "What is unsubscribed.");
    static final Field TRUNCATED = Field.of("mqtt.truncated", FieldType.BOOLEAN, "Whether something was cut off.");
    static final Field SKIPPED = Field.of("mqtt.skipped_length", FieldType.NUMBER, "Bytes that were cut off.");

    static final Field TYPE = Field.inspected("mqtt.type.number", "Types of its messages, each in decimal.");

    /** Groups by message type. */
    static final Field[] MESSAGES = {null, group("connect"), group("connack"), group("publish"), group("puback"),
        group("pubrec"), group("pubrel"), group("pubcomp"), group("subscribe"), group("suback"),
        group("unsubscribe"), group("unsuback"), group("pingreq"), group("pingresp"), group("disconnect"),
        group("auth")};

    static final ProtocolEvent UNINTRODUCED = new ProtocolEvent("unintroduced_message",
        "A message came before the connection was accepted.");
    static final ProtocolEvent DOUBLE_CONNECT = new ProtocolEvent("double_connect", "A client connected twice.");
    static final ProtocolEvent UNASSIGNED = new ProtocolEvent("unassigned_msg_type", "A message has no known type.");
    static final ProtocolEvent INVALID_QOS = new ProtocolEvent("invalid_qos_level", "The quality of service is 3.");
    static final ProtocolEvent NO_ID =
        new ProtocolEvent("missing_msg_id", "A message that is to be answered has no identifier.");
    static final ProtocolEvent NO_CONNECT =
        new ProtocolEvent("missing_connect", "A connection was answered that nobody asked for.");
    static final ProtocolEvent NO_PUBLISH =
        new ProtocolEvent("missing_publish", "A publication was answered that was not seen.");
    static final ProtocolEvent NO_SUBSCRIBE =
        new ProtocolEvent("missing_subscribe", "A subscription was answered that was not seen.");
    static final ProtocolEvent NO_UNSUBSCRIBE =
        new ProtocolEvent("missing_unsubscribe", "The end of a subscription was answered that was not seen.");

    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("mqtt", "MQTT")
        .tcpPorts(1883)
        .firstBytes(0x10)
        .firstByteRange(0x30, 0x3d)
        .firstBytes(0x82, 0xc0, 0xd0)
        .tcp(Mqtt::detect)
        .streamParser(MqttParser::new)
        .fields(QOS, RETAIN, DUP, PROTOCOL_STRING, VERSION, FLAGS, HAS_USERNAME, HAS_PASSWORD, HAS_WILL, WILL_RETAIN,
            CLEAN, CLIENT_ID, USERNAME, PASSWORD, WILL, TOPIC, MESSAGE, MESSAGE_ID, SESSION_PRESENT, RETURN_CODE,
            REASON_CODE, REASON_CODES, QOS_GRANTED, TOPICS, NO_TOPICS, TRUNCATED, SKIPPED, TYPE)
        .fields(Arrays.copyOfRange(MESSAGES, 1, MESSAGES.length))
        .fields(MqttProperties.FIELDS)
        .records(RECORD)
        .events(UNINTRODUCED, DOUBLE_CONNECT, UNASSIGNED, INVALID_QOS, NO_ID, NO_CONNECT, NO_PUBLISH, NO_SUBSCRIBE,
            NO_UNSUBSCRIBE)
        .build();

    static final int CONNECT = 1;
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBSCRIBE = 8;
    static final int SUBACK = 9;
    static final int UNSUBSCRIBE = 10;
    static final int UNSUBACK = 11;
    static final int PINGREQ = 12;
    static final int DISCONNECT = 14;

    /** Both bytes of a PINGREQ, and of a PINGRESP. */
    private static final int PING = 0xc000;
    private static final int PONG = 0xd000;
    private static final byte[] NAME = "\0\4MQTT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OLD_NAME = "\0\6MQIsdp".getBytes(StandardCharsets.US_ASCII);

    private Mqtt() {
    }

    private static Field group(final String name) {
        return Field.of("mqtt." + name, FieldType.GROUP, "A message of type " + name.toUpperCase(Locale.ROOT)
            + ".");
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int size = sizeOfLength(b);
        if (size == 0) {
            return Answer.NO;
        }
        final int at = 1 + size;
        if (b.u8(0) != 0x10) {
            return probe.isMidStream() ? inTheMiddle(probe, at) : Answer.NO;
        }
        final byte[] name = b.u8(at + 1) == 6 ? OLD_NAME : NAME;
        for (int i = 0; i < name.length; i++) {
            if (b.u8(at + i) >= 0 && b.u8(at + i) != name[i]) {
                return Answer.NO;
            }
        }
        if (b.length() <= at + name.length) {
            return Answer.MORE;
        }
        // The highest bit of the level is set by bridges.
        final int level = b.u8(at + name.length) & 0x7f;
        return level >= 3 && level <= 5 ? probe.yesFromClient() : Answer.NO;
    }

    /**
     * A publication whose topic is printable and fits; a subscription likewise; on the port also a ping and its answer.
     */
    private static Answer inTheMiddle(final Probe probe, final int at) {
        final Bytes b = probe.now();
        final int ping = b.u16(0);
        if (b.u8(0) >= PINGREQ << 4) {
            return !probe.onPort(1883) || b.length() > 2 ? Answer.NO
                : b.length() < 2 || probe.other().isEmpty() ? Answer.MORE
                : probe.other().length() != 2 || probe.other().u16(0) != (ping ^ PING ^ PONG) ? Answer.NO
                : ping == PING ? probe.yesFromClient() : ping == PONG ? probe.yesFromServer() : Answer.NO;
        }
        final int topic = b.u8(0) == 0x82 ? at + 2 : at;
        if (b.length() < topic + 6) {
            return Answer.MORE;
        }
        final int length = b.u16(topic);
        return length >= 4 && length < 256 && length + topic - at + 2 <= length(b) && (b.u8(0) & 6) != 6
            && b.isPrintable(topic + 2, Math.min(length, b.length() - topic - 2))
            ? b.u8(0) == 0x82 ? probe.yesFromClient() : Answer.YES : Answer.NO;
    }

    /** Bytes of the length field behind the first byte, 1 to 4, as far as they are there; 0 if it is longer. */
    static int sizeOfLength(final Bytes b) {
        int size = 1;
        while (b.u8(size) >= 0x80) {
            if (++size > 4) {
                return 0;
            }
        }
        return size;
    }

    /** The length that the field says. */
    static int length(final Bytes b) {
        int length = 0;
        int shift = 0;
        int at = 1;
        while (b.u8(at) >= 0x80 && at < 4) {
            length |= (b.u8(at++) & 0x7f) << shift;
            shift += 7;
        }
        return length | (b.u8(at) & 0x7f) << shift;
    }
}
