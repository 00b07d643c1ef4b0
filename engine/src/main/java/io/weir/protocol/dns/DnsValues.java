package io.weir.protocol.dns;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;

/** Tells what records hold, by their type. One thread; keeps nothing between messages. */
final class DnsValues {
    private final DnsName name = new DnsName();
    private final DnsText text = new DnsText();
    /** Where the name begins that was read last, or -1: answers are told twice, and mostly hold one name. */
    private int readAt;

    /** A message begins. */
    void begin() {
        readAt = -1;
    }

    private boolean read(final Bytes message, final int start) {
        if (start == readAt) {
            return true;
        }
        readAt = -1;
        if (!name.read(message, start)) {
            return false;
        }
        readAt = start;
        return true;
    }

    /** Tells the value of a record as text, whatever its type. */
    void text(final Transaction record, final Field field, final int type, final Bytes message, final int start,
        final int length) {
        text.of(type, message, start, length);
        record.put(field, text.text(), 0, text.length());
    }

    /** Tells the value of a record in a field; nothing if it is not as it should be. */
    void tell(final Transaction record, final DnsSection section, final Field field, final int type,
        final Bytes message, final int start, final int length) {
        switch (type) {
            case DnsCodes.A -> {
                if (length == 4) {
                    record.put(field, message, start, length);
                }
            }
            case DnsCodes.AAAA -> {
                if (length == 16) {
                    record.put(field, message, start, length);
                }
            }
            case DnsCodes.NS, DnsCodes.CNAME, DnsCodes.PTR, DnsCodes.DNAME -> name(record, field, message, start);
            case DnsCodes.MX -> name(record, field, message, start + 2);
            case DnsCodes.TXT -> {
                for (int at = start; at < start + length && !record.isCut();) {
                    at = string(record, field, message, at, start + length);
                }
            }
            case DnsCodes.SOA -> soa(record, section, field, message, start);
            case DnsCodes.SRV -> srv(record, section, field, message, start);
            case DnsCodes.SSHFP -> sshfp(record, section, field, message, start, length);
            case DnsCodes.OPT -> options(record, section, field, message, start, start + length);
            default -> record.put(field, message, start, length);
        }
    }

    private void name(final Transaction record, final Field field, final Bytes message, final int start) {
        if (read(message, start)) {
            record.put(field, name.text(), 0, name.length());
        }
    }

    /**
     * Tells a string with its length in front.
     *
     * @return the place behind it
     */
    int string(final Transaction record, final Field field, final Bytes message, final int at, final int end) {
        final int length = Math.min(Math.max(0, message.u8(at)), Math.max(0, end - at - 1));
        record.put(field, message, at + 1, length);
        return at + 1 + length;
    }

    private void soa(final Transaction record, final DnsSection section, final Field field, final Bytes message,
        final int start) {
        if (!read(message, start)) {
            return;
        }
        record.begin(field);
        record.put(section.soa[0], name.text(), 0, name.length());
        if (read(message, name.end())) {
            record.put(section.soa[1], name.text(), 0, name.length());
            for (int i = 0; i < 5 && message.has(name.end() + 4 * i, 4); i++) {
                record.put(section.soa[2 + i], message.u32(name.end() + 4 * i));
            }
        }
        record.end();
    }

    private void srv(final Transaction record, final DnsSection section, final Field field, final Bytes message,
        final int start) {
        if (!read(message, start + 6)) {
            return;
        }
        record.begin(field);
        record.put(section.srv[0], message.u16(start));
        record.put(section.srv[1], message.u16(start + 2));
        record.put(section.srv[2], message.u16(start + 4));
        record.put(section.srv[3], name.text(), 0, name.length());
        record.end();
    }

    private static void sshfp(final Transaction record, final DnsSection section, final Field field,
        final Bytes message, final int start, final int length) {
        if (length < 2) {
            return;
        }
        record.begin(field);
        record.put(section.sshfp[0], message, start + 2, length - 2);
        record.put(section.sshfp[1], message.u8(start));
        record.put(section.sshfp[2], message.u8(start + 1));
        record.end();
    }

    private static void options(final Transaction record, final DnsSection section, final Field field,
        final Bytes message, final int start, final int end) {
        for (int at = start; at + 4 <= end && !record.isCut();) {
            final int length = Math.min(message.u16(at + 2), end - at - 4);
            record.begin(field);
            record.put(section.opt[0], message.u16(at));
            record.put(section.opt[1], message, at + 4, length);
            record.end();
            at += 4 + length;
        }
    }
}
