package io.weir.protocol.dns;

import io.weir.protocol.Bytes;
import io.weir.protocol.text.AddressText;

/** Writes the parameters of a service binding (RFC 9460, 2.2 and 14.3.2): key, length and value of each. One thread. */
final class ServiceBinding {
    private static final byte[][] KEYS = {DnsText.ascii("mandatory"), DnsText.ascii("alpn"),
        DnsText.ascii("no-default-alpn"), DnsText.ascii("port"), DnsText.ascii("ipv4hint"), DnsText.ascii("ech"),
        DnsText.ascii("ipv6hint"), DnsText.ascii("dohpath"), DnsText.ascii("ohttp"),
        DnsText.ascii("tls-supported-groups")};
    private static final byte[] KEY = DnsText.ascii("key");
    private static final int MANDATORY = 0;
    private static final int ALPN = 1;
    private static final int PORT = 3;
    private static final int IPV4_HINT = 4;
    private static final int ECH = 5;
    private static final int IPV6_HINT = 6;

    private final AddressText address = new AddressText();
    private final DnsText text;

    ServiceBinding(final DnsText text) {
        this.text = text;
    }

    /** Writes all parameters from one place to another, between spaces. */
    void write(final Bytes bytes, final int from, final int to) {
        int at = from;
        while (at < to) {
            final int key = bytes.u16(at);
            final int length = bytes.u16(at + 2);
            if (at + 4 > to || length > to - at - 4) {
                text.wrong();
                return;
            }
            if (at > from) {
                text.add(' ');
            }
            key(key);
            if (length > 0) {
                text.add('=');
                value(key, bytes, at + 4, at + 4 + length);
            }
            at += 4 + length;
        }
    }

    private void key(final int key) {
        if (key < KEYS.length) {
            text.add(KEYS[key]);
        } else {
            text.add(KEY);
            text.decimal(key);
        }
    }

    private void value(final int key, final Bytes bytes, final int from, final int to) {
        switch (key) {
            case MANDATORY -> {
                for (int at = from; at + 2 <= to; at += 2) {
                    comma(at, from);
                    key(bytes.u16(at));
                }
            }
            case ALPN -> protocols(bytes, from, to);
            case PORT -> text.decimal(to - from == 2 ? bytes.u16(from) : 0);
            case IPV4_HINT -> addresses(bytes, from, to, 4);
            case ECH -> text.base64(bytes, from, to);
            case IPV6_HINT -> addresses(bytes, from, to, 16);
            default -> {
                text.add('"');
                characters(bytes, from, to);
                text.add('"');
            }
        }
    }

    private void protocols(final Bytes bytes, final int from, final int to) {
        text.add('"');
        int at = from;
        while (at < to) {
            comma(at, from);
            final int next = Math.min(to, at + 1 + bytes.u8(at));
            characters(bytes, at + 1, next);
            at = next;
        }
        text.add('"');
    }

    private void characters(final Bytes bytes, final int from, final int to) {
        for (int at = from; at < to; at++) {
            text.escaped(bytes.u8(at), bytes.u8(at) == '"' || bytes.u8(at) == '\\');
        }
    }

    private void addresses(final Bytes bytes, final int from, final int to, final int size) {
        for (int at = from; at + size <= to; at += size) {
            comma(at, from);
            address(bytes, at, size);
        }
    }

    private void comma(final int at, final int from) {
        if (at > from) {
            text.add(',');
        }
    }

    /** Writes an address of 4 or 16 bytes. */
    void address(final Bytes bytes, final int at, final int size) {
        address.of(bytes, at, size);
        text.add(address.text(), address.length());
    }
}
