package io.weir.protocol.mqtt;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;

/** Tells the fields of one message. What lies beyond the bytes at hand is left out. */
final class MqttTeller {
    private static final int V5 = 5;

    private MqttTeller() {
    }

    /**
     * Tells a message as a group of its exchange.
     *
     * @param b       with its fixed header
     * @param at      where the rest begins
     * @param cut     bytes at its end that are not there
     * @param version of the protocol
     */
    static void tell(final Transaction t, final Bytes b, final int at, final int cut, final int version) {
        final int type = b.u8(0) >> 4;
        t.begin(Mqtt.MESSAGES[type]);
        t.put(Mqtt.QOS, b.u8(0) >> 1 & 3).put(Mqtt.RETAIN, (b.u8(0) & 1) == 1).put(Mqtt.DUP, (b.u8(0) & 8) == 8);
        switch (type) {
            case Mqtt.CONNECT -> connect(t, b, at);
            case Mqtt.CONNACK -> {
                t.put(Mqtt.SESSION_PRESENT, (b.u8(at) & 1) == 1 && b.u8(at) >= 0);
                t.put(Mqtt.RETURN_CODE, Math.max(0, b.u8(at + 1)));
                properties(t, b, at + 2, version);
            }
            case Mqtt.PUBLISH -> publish(t, b, at, cut, version);
            case Mqtt.PUBACK, Mqtt.PUBREC, Mqtt.PUBREL, Mqtt.PUBCOMP -> {
                t.put(Mqtt.MESSAGE_ID, Math.max(0, b.u16(at)));
                reason(t, b, at + 2, version);
            }
            case Mqtt.SUBSCRIBE, Mqtt.UNSUBSCRIBE -> topics(t, b, at, version, type == Mqtt.SUBSCRIBE);
            case Mqtt.SUBACK, Mqtt.UNSUBACK -> granted(t, b, at, version, type == Mqtt.SUBACK);
            case Mqtt.DISCONNECT -> reason(t, b, at, version);
            default -> { }
        }
        if (cut > 0 && type != Mqtt.PUBLISH) {
            t.put(Mqtt.TRUNCATED, true).put(Mqtt.SKIPPED, cut);
        }
        t.end();
    }

    private static void connect(final Transaction t, final Bytes b, final int from) {
        final int name = string(b, from);
        final int version = b.u8(name) & 0x7f;
        final int flags = Math.max(0, b.u8(name + 1));
        t.put(Mqtt.PROTOCOL_STRING, b, from + 2, name - from - 2).put(Mqtt.VERSION, version);
        t.begin(Mqtt.FLAGS).put(Mqtt.HAS_USERNAME, (flags & 0x80) != 0).put(Mqtt.HAS_PASSWORD, (flags & 0x40) != 0)
            .put(Mqtt.HAS_WILL, (flags & 4) != 0).put(Mqtt.WILL_RETAIN, (flags & 0x20) != 0)
            .put(Mqtt.CLEAN, (flags & 2) != 0).end();
        // Behind the flags two bytes of keep-alive.
        final int properties = name + 4;
        int at = version == V5 ? MqttProperties.end(b, properties) : properties;
        final int client = at;
        at = string(b, at);
        t.put(Mqtt.CLIENT_ID, b, client + 2, at - client - 2);
        int will = 0;
        if ((flags & 4) != 0) {
            will = at;
            at = string(b, string(b, version == V5 ? MqttProperties.end(b, at) : at));
        }
        if ((flags & 0x80) != 0) {
            t.put(Mqtt.USERNAME, b, at + 2, string(b, at) - at - 2);
            at = string(b, at);
        }
        if ((flags & 0x40) != 0) {
            t.put(Mqtt.PASSWORD, b, at + 2, string(b, at) - at - 2);
        }
        if (will > 0) {
            will(t, b, will, version);
        }
        properties(t, b, properties, version);
    }

    private static void will(final Transaction t, final Bytes b, final int at, final int version) {
        final int topic = version == V5 ? MqttProperties.end(b, at) : at;
        final int message = string(b, topic);
        t.begin(Mqtt.WILL).put(Mqtt.TOPIC, b, topic + 2, message - topic - 2)
            .put(Mqtt.MESSAGE, b, message + 2, string(b, message) - message - 2);
        properties(t, b, at, version);
        t.end();
    }

    private static void publish(final Transaction t, final Bytes b, final int from, final int cut, final int version) {
        int at = string(b, from);
        t.put(Mqtt.TOPIC, b, from + 2, at - from - 2);
        if ((b.u8(0) & 6) != 0) {
            t.put(Mqtt.MESSAGE_ID, Math.max(0, b.u16(at)));
            at += 2;
        }
        final int properties = at;
        if (version == V5) {
            at = MqttProperties.end(b, at);
        }
        t.put(Mqtt.MESSAGE, b, at, b.length());
        if (cut > 0) {
            t.put(Mqtt.TRUNCATED, true).put(Mqtt.SKIPPED, cut);
        }
        properties(t, b, properties, version);
    }

    /** A reason that is left out is 0, success. */
    private static void reason(final Transaction t, final Bytes b, final int at, final int version) {
        if (version == V5) {
            t.put(Mqtt.REASON_CODE, Math.max(0, b.u8(at)));
            properties(t, b, at + 1, version);
        }
    }

    private static void topics(final Transaction t, final Bytes b, final int from, final int version,
        final boolean subscribe) {
        t.put(Mqtt.MESSAGE_ID, Math.max(0, b.u16(from)));
        int at = version == V5 ? MqttProperties.end(b, from + 2) : from + 2;
        while (b.has(at, 2)) {
            final int end = string(b, at);
            if (subscribe) {
                t.begin(Mqtt.TOPICS).put(Mqtt.TOPIC, b, at + 2, end - at - 2)
                    .put(Mqtt.QOS, Math.max(0, b.u8(end)) & 3).end();
            } else {
                t.put(Mqtt.NO_TOPICS, b, at + 2, end - at - 2);
            }
            at = subscribe ? end + 1 : end;
        }
        properties(t, b, from + 2, version);
    }

    private static void granted(final Transaction t, final Bytes b, final int from, final int version,
        final boolean subscribe) {
        t.put(Mqtt.MESSAGE_ID, Math.max(0, b.u16(from)));
        final int at = version == V5 ? MqttProperties.end(b, from + 2) : from + 2;
        for (int i = at; i < b.length(); i++) {
            t.put(subscribe ? Mqtt.QOS_GRANTED : Mqtt.REASON_CODES, b.u8(i));
        }
        properties(t, b, from + 2, version);
    }

    private static void properties(final Transaction t, final Bytes b, final int at, final int version) {
        if (version == V5 && b.has(at, 1)) {
            MqttProperties.tell(t, b, at);
        }
    }

    /** Where the string that begins at that place with its length ends. */
    private static int string(final Bytes b, final int at) {
        return at + 2 + Math.max(0, b.u16(at));
    }
}
