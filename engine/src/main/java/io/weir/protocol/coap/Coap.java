package io.weir.protocol.coap;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Constrained Application Protocol (RFC 7252): version 1, a given code, and options that are known, as long as they
 * may be, and fill the message up to the payload.
 */
public final class Coap {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("coap", "CoAP")
        .udpPorts(5683)
        .firstByteRange(0x40, 0x48)
        .firstByteRange(0x50, 0x58)
        .firstByteRange(0x60, 0x68)
        .firstByteRange(0x70, 0x78)
        .udp(Coap::detect)
        .build();

    private static final int URI_HOST = 3;
    private static final int URI_PATH = 11;
    private static final int URI_QUERY = 15;
    private static final int LEAST_TEXT = 4;

    private Coap() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int token = b.u8(0) & 15;
        final int code = b.u8(1);
        final int type = b.u8(0) >> 4 & 3;
        if (b.length() < 4 + token || b.length() < probe.announced() || !isCode(code)) {
            return Answer.NO;
        }
        final boolean request = code >= 1 && code <= 7;
        if (code == 0) {
            // Ping, or a bare acknowledgement or reset of the other side's message.
            return b.length() == 4 && token == 0 && (type >= 2 ? answers(probe) : type == 0 && probe.onPort(5683))
                ? Answer.YES : Answer.NO;
        }
        if (type == 3 || request && type == 2) {
            return Answer.NO;
        }
        final int text = text(b, 4 + token);
        if (text < 0) {
            return Answer.NO;
        }
        if (request) {
            return text >= (probe.onPort(5683) ? 1 : LEAST_TEXT) ? probe.yesFromClient() : Answer.NO;
        }
        return answers(probe) || probe.onPort(5683) && token > 0 && type != 0 && b.length() > 4 + token
            && b.u8(4 + token) != 0xff
            ? probe.yesFromServer() : Answer.NO;
    }

    /**
     * True if the message number, or a token of two bytes or more, is that of the other side's newest message. What has
     * a token answers a request; what has the number alone answers a message that asked for that, or was not expected.
     */
    private static boolean answers(final Probe probe) {
        final Bytes b = probe.now();
        final Bytes other = probe.other();
        final int token = b.u8(0) & 15;
        final int code = other.u8(1);
        // Neither an acknowledgement nor a reset is answered by anything.
        return other.length() >= 4 && other.u8(0) >> 6 == 1 && (other.u8(0) >> 4 & 3) < 2
            && (b.u8(1) == 0 || code >= 1 && code <= 7) && (other.u16(2) == b.u16(2)
            || token >= 2 && (other.u8(0) & 15) == token && other.u16(4) == b.u16(4));
    }

    private static boolean isCode(final int code) {
        final int detail = code & 31;
        switch (code >> 5) {
            case 0 -> {
                return detail <= 7;
            }
            case 2 -> {
                return detail >= 1 && detail <= 5 || detail == 31;
            }
            case 4 -> {
                return detail <= 6 || detail == 8 || detail == 9 || detail == 12 || detail == 13 || detail == 15
                    || detail == 22 || detail == 29;
            }
            case 5 -> {
                return detail <= 5 || detail == 8;
            }
            default -> {
                return false;
            }
        }
    }

    /** How much text the options hold; -1 if one of them is unknown, of the wrong length, or beyond the end. */
    private static int text(final Bytes b, final int from) {
        int at = from;
        int number = 0;
        int text = 0;
        while (at < b.length()) {
            final int head = b.u8(at++);
            if (head == 0xff) {
                return at < b.length() ? text : -1;
            }
            int delta = head >> 4;
            int length = head & 15;
            if (delta == 15 || length == 15) {
                return -1;
            }
            if (delta >= 13) {
                delta = delta == 13 ? b.u8(at) + 13 : b.u16(at) + 269;
                at += (head >> 4) - 12;
            }
            if (length >= 13) {
                length = length == 13 ? b.u8(at) + 13 : b.u16(at) + 269;
                at += (head & 15) - 12;
            }
            number += delta;
            if (!b.has(at, length) || length > longest(number) || isText(number) && !isText(b, at, length)) {
                return -1;
            }
            text += isText(number) ? length : 0;
            at += length;
        }
        return text;
    }

    private static boolean isText(final int number) {
        return number == URI_HOST || number == 8 || number == URI_PATH || number == URI_QUERY || number == 20
            || number == 35 || number == 39;
    }

    /** Strings of options are UTF-8 (RFC 7252, 3.2); nobody puts control characters there. */
    private static boolean isText(final Bytes b, final int from, final int length) {
        int following = 0;
        for (int i = from; i < from + length; i++) {
            final int value = b.u8(i);
            if (following > 0) {
                if (value >> 6 != 2) {
                    return false;
                }
                following--;
            } else if (value < ' ' || value == 0x7f || value >= 0x80 && value < 0xc2 || value > 0xf4) {
                return false;
            } else {
                following = value < 0x80 ? 0 : value < 0xe0 ? 1 : value < 0xf0 ? 2 : 3;
            }
        }
        return following == 0;
    }

    /** Most bytes of an option's value; -1 for unknown options. */
    private static int longest(final int number) {
        switch (number) {
            case 1, 4, 252 -> {
                return 40;
            }
            case 3, 8, 11, 15, 20, 39, 9 -> {
                return 255;
            }
            case 35 -> {
                return 1034;
            }
            case 5, 19 -> {
                return 0;
            }
            case 6, 23, 27 -> {
                return 3;
            }
            case 7, 12, 17 -> {
                return 2;
            }
            case 14, 28, 60 -> {
                return 4;
            }
            case 258 -> {
                return 1;
            }
            default -> {
                return number >= 2048 && number < 65536 ? 64 : -1;
            }
        }
    }
}
