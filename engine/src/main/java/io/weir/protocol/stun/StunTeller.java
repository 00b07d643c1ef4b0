package io.weir.protocol.stun;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/**
 * Tells the messages of one flow: a record for each that says something new, up to {@link #MOST}. ICE repeats its
 * checks many times over, with nothing new but the transaction's number. One thread.
 */
final class StunTeller {
    /** Records of a flow. */
    static final int MOST = 16;

    private static final int MAX_ATTRIBUTES = 24;
    private static final int MAPPED_ADDRESS = 0x0001;
    private static final int USERNAME = 0x0006;
    private static final int ERROR_CODE = 0x0009;
    private static final int XOR_PEER_ADDRESS = 0x0012;
    private static final int REALM = 0x0014;
    private static final int XOR_RELAYED_ADDRESS = 0x0016;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    /** The number of the same before it was settled. */
    private static final int XOR_MAPPED_ADDRESS_BEFORE = 0x8020;
    private static final int SOFTWARE = 0x8022;
    private static final byte[][] CLASSES = {ascii("request"), ascii("indication"), ascii("success"), ascii("error")};
    /** RFC 8489, 18.2; RFC 8656, 17; RFC 6062, 6.2. */
    private static final byte[][] METHODS = {null, ascii("binding"), ascii("shared_secret"), ascii("allocate"),
        ascii("refresh"), null, ascii("send"), ascii("data"), ascii("create_permission"), ascii("channel_bind"),
        ascii("connect"), ascii("connection_bind"), ascii("connection_attempt")};
    private static final long PRIME = 0x100_0000_01b3L;

    private final long[] told = new long[MOST];
    private final byte[] address = new byte[16];
    private int count;
    /** One bit for each field of the message that is told already: senders may repeat attributes. */
    private int present;

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins with a flow. */
    void begin() {
        count = 0;
    }

    /** Takes a message, which begins the view. */
    void message(final FlowContext flow, final boolean fromClient, final Bytes message) {
        final int length = message.u16(2) + Stun.HEADER;
        if (!message.has(0, Stun.HEADER) || !isModern(message) && length != message.length()) {
            return;
        }
        final long content = content(message, fromClient ? 1 : 2);
        for (int i = 0; i < count; i++) {
            if (told[i] == content) {
                return;
            }
        }
        if (count == MOST) {
            flow.skipped(message.length());
            return;
        }
        told[count++] = content;
        final Transaction record = flow.open(StunWords.RECORD);
        if (!fromClient) {
            record.byServer();
        }
        record.begin(StunWords.MESSAGE);
        tell(record, message);
        record.end();
        flow.close(record);
    }

    private static boolean isModern(final Bytes message) {
        return message.u32(4) == Stun.COOKIE;
    }

    private static int behind(final Bytes message, final int at) {
        final int length = message.u16(at + 2);
        return at + 4 + (isModern(message) ? length + 3 & ~3 : length);
    }

    /** A number for what the message says of what is told, its transaction aside. */
    private static long content(final Bytes message, final int side) {
        long hash = side * PRIME + message.u16(0);
        int at = Stun.HEADER;
        for (int i = 0; i < MAX_ATTRIBUTES && message.has(at, 4); i++) {
            final int type = message.u16(at);
            if (isTold(type) && !isHidden(message, type, at)) {
                hash = hash * PRIME + type;
                final int end = Math.min(message.length(), at + 4 + message.u16(at + 2));
                for (int from = at + 4; from < end; from++) {
                    hash = (hash ^ message.u8(from)) * PRIME;
                }
            }
            at = behind(message, at);
        }
        return hash;
    }

    private static boolean isTold(final int type) {
        return switch (type) {
            case MAPPED_ADDRESS, USERNAME, ERROR_CODE, XOR_PEER_ADDRESS, REALM, XOR_RELAYED_ADDRESS,
                XOR_MAPPED_ADDRESS, XOR_MAPPED_ADDRESS_BEFORE, SOFTWARE -> true;
            default -> false;
        };
    }

    /** IPv6 addresses are sent under a mask that each transaction changes. */
    private static boolean isHidden(final Bytes message, final int type, final int at) {
        return message.u16(at + 2) == 20 && type != MAPPED_ADDRESS && type != USERNAME && type != REALM
            && type != SOFTWARE && type != ERROR_CODE;
    }

    private void tell(final Transaction record, final Bytes message) {
        final int type = message.u16(0);
        record.put(StunWords.TYPE, type);
        record.put(StunWords.CLASS, CLASSES[type >> 7 & 2 | type >> 4 & 1]);
        final int method = type & 0xf | type >> 1 & 0x70 | type >> 2 & 0xf80;
        if (method < METHODS.length && METHODS[method] != null) {
            record.put(StunWords.METHOD, METHODS[method]);
        }
        final int from = isModern(message) ? 8 : 4;
        record.put(StunWords.TRANSACTION, message, from, Stun.HEADER - from);
        present = 0;
        int at = Stun.HEADER;
        for (int i = 0; message.has(at, 4); i++) {
            final int length = message.u16(at + 2);
            if (!message.has(at + 4, length)) {
                break;
            }
            if (i == MAX_ATTRIBUTES) {
                record.leftOut();
                break;
            }
            attribute(record, message, message.u16(at), at + 4, length);
            at = behind(message, at);
        }
    }

    private void attribute(final Transaction record, final Bytes message, final int type, final int at,
        final int length) {
        switch (type) {
            case USERNAME -> text(record, StunWords.USERNAME, 1, message, at, length);
            case REALM -> text(record, StunWords.REALM, 2, message, at, length);
            case SOFTWARE -> text(record, StunWords.SOFTWARE, 4, message, at, length);
            case ERROR_CODE -> {
                if (length >= 4 && isFirst(8)) {
                    record.put(StunWords.ERROR_CODE, (message.u8(at + 2) & 7) * 100L + message.u8(at + 3));
                    record.put(StunWords.ERROR_REASON, message, at + 4, length - 4);
                }
            }
            case MAPPED_ADDRESS ->
                address(record, StunWords.MAPPED, StunWords.MAPPED_PORT, 16, message, at, length, false);
            case XOR_MAPPED_ADDRESS, XOR_MAPPED_ADDRESS_BEFORE ->
                address(record, StunWords.MAPPED, StunWords.MAPPED_PORT, 16, message, at, length, true);
            case XOR_PEER_ADDRESS ->
                address(record, StunWords.PEER, StunWords.PEER_PORT, 32, message, at, length, true);
            case XOR_RELAYED_ADDRESS ->
                address(record, StunWords.RELAYED, StunWords.RELAYED_PORT, 64, message, at, length, true);
            default -> {
                // Not told.
            }
        }
    }

    private boolean isFirst(final int bit) {
        final boolean first = (present & bit) == 0;
        present |= bit;
        return first;
    }

    private void text(final Transaction record, final Field field, final int bit, final Bytes message, final int at,
        final int length) {
        if (isFirst(bit)) {
            record.put(field, message, at, length);
        }
    }

    /** Family, port and address (RFC 8489, 14.1), under the mask of cookie and transaction if {@code masked} (14.2). */
    private void address(final Transaction record, final Field field, final Field port, final int bit,
        final Bytes message, final int at, final int length, final boolean masked) {
        final int family = message.u8(at + 1);
        final int size = family == 1 ? 4 : 16;
        if (family != 1 && family != 2 || length != 4 + size || !isFirst(bit)) {
            return;
        }
        for (int i = 0; i < size; i++) {
            address[i] = (byte) (message.u8(at + 4 + i) ^ (masked ? message.u8(4 + i) : 0));
        }
        record.put(field, address, 0, size);
        record.put(port, message.u16(at + 2) ^ (masked ? message.u16(4) : 0));
    }
}
