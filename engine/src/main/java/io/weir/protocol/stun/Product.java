package io.weir.protocol.stun;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.Protocol;
import io.weir.protocol.telegram.TelegramCall;
import io.weir.protocol.viber.Viber;
import java.nio.charset.StandardCharsets;

/** Tells a flow what the attributes of a message say of the product: vendors' own attributes, realm and software. */
final class Product {
    /** Attribute that holds data for or from a peer. */
    static final int DATA = 0x0013;

    private static final int REALM = 0x0014;
    private static final int SOFTWARE = 0x8022;
    private static final int MAX_ATTRIBUTES = 24;
    private static final byte[][] REALMS = {ascii("telegram.org"), ascii("google.com"), ascii("viber.com"),
        ascii("signal.org"), ascii("facebook.com"), ascii("messenger.com"), ascii("whatsapp.net"),
        ascii("skype.com")};
    private static final Protocol[] CALLS = {TelegramCall.PROTOCOL, Calls.GOOGLE, Viber.PROTOCOL, Calls.SIGNAL,
        Calls.MESSENGER, Calls.MESSENGER, Calls.WHATSAPP, Calls.TEAMS};

    private Product() {
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the attributes of a message.
     *
     * @return place of the data attribute's header, or -1
     */
    static int tell(final FlowContext flow, final Bytes message) {
        int data = -1;
        int at = Stun.HEADER;
        for (int i = 0; i < MAX_ATTRIBUTES && message.has(at, 4); i++) {
            final int length = message.u16(at + 2);
            if (!message.has(at + 4, length)) {
                break;
            }
            if (message.u16(at) == DATA) {
                data = at;
            }
            attribute(flow, message, message.u16(at), at + 4, length);
            at += 4 + (length + 3 & ~3);
        }
        return data;
    }

    private static void attribute(final FlowContext flow, final Bytes message, final int type, final int at,
        final int length) {
        switch (type) {
            case REALM -> realm(flow, message, at, length);
            case SOFTWARE -> flow.name(NameKind.USER_AGENT, message, at, length);
            case 0x4000, 0x4001, 0x4002, 0x4003, 0x4004, 0x4007 -> flow.label(Calls.WHATSAPP);
            case 0x8054, 0x8055, 0x8070 -> flow.label(Calls.TEAMS);
            case 0xff03 -> flow.label(Calls.GOOGLE);
            default -> {
                // Says nothing of the product.
            }
        }
    }

    private static void realm(final FlowContext flow, final Bytes message, final int at, final int length) {
        flow.name(NameKind.HOST, message, at, length);
        for (int i = 0; i < REALMS.length; i++) {
            final int from = at + length - REALMS[i].length;
            if (from >= at && message.matchesIgnoringCase(from, REALMS[i])
                && (from == at || message.u8(from - 1) == '.')) {
                flow.label(CALLS[i]);
                return;
            }
        }
    }
}
