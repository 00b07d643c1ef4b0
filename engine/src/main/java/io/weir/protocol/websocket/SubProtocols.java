package io.weir.protocol.websocket;

import io.weir.protocol.Bytes;
import io.weir.protocol.Protocol;
import io.weir.protocol.amqp.Amqp;
import io.weir.protocol.mqtt.Mqtt;
import io.weir.protocol.sip.Sip;
import io.weir.protocol.stomp.Stomp;
import io.weir.protocol.xmpp.Xmpp;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is spoken inside of WebSocket frames, by the names that IANA registers for both sides to agree on. */
public final class SubProtocols {
    private static final List<byte[]> NAMES = List.of(ascii("mqtt"), ascii("mqttv3.1"), ascii("amqp"), ascii("sip"),
        ascii("xmpp"), ascii("v10.stomp"), ascii("v11.stomp"), ascii("v12.stomp"));
    private static final List<Protocol> PROTOCOLS = List.of(Mqtt.PROTOCOL, Mqtt.PROTOCOL, Amqp.PROTOCOL, Sip.PROTOCOL,
        Xmpp.PROTOCOL, Stomp.PROTOCOL, Stomp.PROTOCOL, Stomp.PROTOCOL);

    private SubProtocols() {
    }

    /** The protocol of this name, or null. */
    public static Protocol named(final Bytes line, final int from, final int to) {
        for (int i = 0; i < NAMES.size(); i++) {
            if (NAMES.get(i).length == to - from && line.matchesIgnoringCase(from, NAMES.get(i))) {
                return PROTOCOLS.get(i);
            }
        }
        return null;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
