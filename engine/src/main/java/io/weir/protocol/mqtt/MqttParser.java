package io.weir.protocol.mqtt;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;

/**
 * Reads messages and joins those of one exchange: connection, publication with its acknowledgements, subscription.
 * Of a long message the beginning is told and the rest skipped.
 */
final class MqttParser extends StreamParser {
    private static final int OUTSTANDING = 8;
    /** Most bytes of a message that are looked at. */
    private static final int KEPT = 6 * 1024;
    private static final int CONNECTING = 1 << 20;

    private final Transaction[] open = new Transaction[OUTSTANDING];
    /** Packet number, in bit 16 who asked; or {@link #CONNECTING}. */
    private final int[] keys = new int[OUTSTANDING];
    private int count;
    private int version;
    private boolean connecting;
    private boolean connected;
    /** Not all messages were seen, or not all of those that wait for an answer are kept. */
    private boolean partial;
    private boolean clientSpoke;
    private boolean serverSpoke;

    @Override
    protected void started() {
        count = 0;
        version = 4;
        connecting = false;
        connected = flow.isMidStream();
        partial = connected;
        clientSpoke = false;
        serverSpoke = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        while (true) {
            final int available = Math.min(5, input.available());
            final Bytes head = available < 2 ? null : input.peek(available);
            if (head == null) {
                return;
            }
            final int size = Mqtt.sizeOfLength(head);
            final int type = head.u8(0) >> 4;
            if (size == 0 || type == 0) {
                partial = true;
                flow.event(Mqtt.UNASSIGNED);
                flow.skipped(input.available());
                input.skipAll();
                return;
            }
            if (available <= size) {
                return;
            }
            final int length = Mqtt.length(head);
            final int wanted = Math.min(length, KEPT);
            final Bytes message = input.take(1 + size + wanted);
            if (message == null) {
                return;
            }
            message(fromClient, message, 1 + size, length - wanted);
            if (length > wanted) {
                input.skip(length - wanted);
                flow.skipped(length - wanted);
            }
        }
    }

    /** Reports an answer to nothing that was seen, unless not all was. */
    private void unasked(final int type, final Transaction answer) {
        if (!partial && clientSpoke && serverSpoke) {
            flow.event(switch (type) {
                case Mqtt.CONNACK -> Mqtt.NO_CONNECT;
                case Mqtt.SUBACK -> Mqtt.NO_SUBSCRIBE;
                case Mqtt.UNSUBACK -> Mqtt.NO_UNSUBSCRIBE;
                default -> Mqtt.NO_PUBLISH;
            }, answer);
        }
    }

    /** Reports what is odd about a message, and keeps how far the session is. */
    private void judge(final int type, final int quality, final Transaction message) {
        if (type == Mqtt.CONNECT) {
            if (connecting) {
                flow.event(Mqtt.DOUBLE_CONNECT, message);
            }
            connecting = true;
        } else if (type == Mqtt.CONNACK) {
            connected = true;
        } else if (!connected) {
            flow.event(Mqtt.UNINTRODUCED, message);
        }
        if (quality == 3) {
            flow.event(Mqtt.INVALID_QOS, message);
        }
    }

    private void message(final boolean fromClient, final Bytes b, final int at, final int cut) {
        clientSpoke |= fromClient;
        serverSpoke |= !fromClient;
        final int type = b.u8(0) >> 4;
        if (type == Mqtt.CONNECT) {
            version = b.u8(at + 2 + b.u16(at)) & 0x7f;
        } else if (type == Mqtt.CONNACK) {
            flow.confirm();
        }
        final boolean answer = isAnswer(type);
        final int key = key(type, fromClient, b, at);
        // what carries the number it is answered with was cut off
        partial |= key < 0 && cut > 0;
        final int known = answer ? indexOf(key) : -1;
        final Transaction t = known >= 0 ? open[known] : flow.open(Mqtt.RECORD);
        MqttTeller.tell(t, b, at, cut, version);
        judge(type, b.u8(0) >> 1 & 3, t);
        if (answer && known < 0) {
            unasked(type, t);
        } else if (type == Mqtt.PUBLISH && (b.u8(0) & 6) != 0 && key < 0 && cut == 0) {
            flow.event(Mqtt.NO_ID, t);
        }
        if (flow.isWatched() && flow.wants(Mqtt.TYPE)) {
            t.inspected(fromClient).putDecimal(Mqtt.TYPE, type);
        }
        final boolean ends = type != Mqtt.PUBREC && type != Mqtt.PUBREL;
        if (known >= 0) {
            if (ends) {
                close(known);
            }
        } else if (answer || key < 0) {
            flow.close(t);
        } else {
            if (count == OUTSTANDING) {
                partial = true;
                close(0);
            }
            keys[count] = key;
            open[count++] = t;
            if (flow.isWatched()) {
                flow.told(t, fromClient);
            }
        }
    }

    private static boolean isAnswer(final int type) {
        return switch (type) {
            case Mqtt.CONNACK, Mqtt.PUBACK, Mqtt.PUBREC, Mqtt.PUBREL, Mqtt.PUBCOMP, Mqtt.SUBACK, Mqtt.UNSUBACK -> true;
            default -> false;
        };
    }

    /** What pairs the messages of an exchange; -1 if it has just one. */
    private static int key(final int type, final boolean fromClient, final Bytes b, final int at) {
        return switch (type) {
            case Mqtt.CONNECT, Mqtt.CONNACK -> CONNECTING;
            case Mqtt.PUBLISH -> (b.u8(0) & 6) == 0 ? -1
                : of(b.u16(at + 2 + Math.max(0, b.u16(at))), fromClient);
            // The release comes from who published, the others from who received.
            case Mqtt.PUBREL, Mqtt.SUBSCRIBE, Mqtt.UNSUBSCRIBE -> of(b.u16(at), fromClient);
            case Mqtt.PUBACK, Mqtt.PUBREC, Mqtt.PUBCOMP, Mqtt.SUBACK, Mqtt.UNSUBACK -> of(b.u16(at), !fromClient);
            default -> -1;
        };
    }

    private static int of(final int number, final boolean askedByClient) {
        return number < 0 ? -1 : number | (askedByClient ? 1 << 16 : 0);
    }

    private int indexOf(final int key) {
        for (int i = 0; i < count; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    private void close(final int at) {
        final Transaction t = open[at];
        count--;
        System.arraycopy(open, at + 1, open, at, count - at);
        System.arraycopy(keys, at + 1, keys, at, count - at);
        open[count] = null;
        flow.close(t);
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        partial = true;
        // Nothing in the middle of a message tells where the next one begins.
        input.skipAll();
        if (input(!fromClient).isSkippingAll()) {
            flow.done();
        }
    }

    @Override
    protected void ended() {
        while (count > 0) {
            close(0);
        }
    }
}
