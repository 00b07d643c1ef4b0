package io.weir.protocol.dns;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/**
 * Tells headers of messages. How those of DNS were told from their flags on is remembered by their second 16 bits:
 * nearly all messages have one of a few. Of those that collide the last one stays. One thread.
 */
final class DnsHeaders {
    private static final byte[] REQUEST = ascii("request");
    private static final byte[] RESPONSE = ascii("response");
    private static final byte[] QUERY = ascii("query");
    private static final byte[] ANSWER = ascii("answer");
    private static final int RESERVED = 0x40;
    private static final int[] DNS_BITS = {0x8000, 0x400, 0x200, 0x100, 0x80, RESERVED};
    private static final int[] FLAG_BITS = {0x400, 0x200, 0x100, 0x80, 0x40, 0x20, 0x10};
    private static final byte[][] MDNS_FLAGS = {ascii("aa"), ascii("tc"), ascii("rd"), ascii("ra"), ascii("z"),
        ascii("ad"), ascii("cd")};
    private static final byte[][] LLMNR_FLAGS = {ascii("c"), ascii("tc"), ascii("t")};
    private static final byte[] HEX = ascii("0123456789abcdef");

    private static final int REMEMBERED_BITS = 4;
    /** More than flags, bits and codes take of a record. */
    private static final int MOST = 192;

    private final byte[] digits = new byte[4];
    private final byte[][] told = new byte[1 << REMEMBERED_BITS][MOST];
    private final int[] toldLength = new int[1 << REMEMBERED_BITS];
    private final int[] toldFlags = new int[1 << REMEMBERED_BITS];

    private static byte[] ascii(final String string) {
        return string.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Tells a header.
     *
     * @param message   which it begins
     * @param oldLayout true to tell it as Suricata 7 did
     * @param version   of the layout
     * @param number    of the message in its flow, from 0
     */
    void tell(final Transaction record, final DnsWords words, final Bytes message, final boolean oldLayout,
        final int version, final long number) {
        final int flags = message.u16(2);
        final boolean response = flags >= 0x8000;
        if (words.version != null && (response || !oldLayout)) {
            record.put(words.version, version);
        }
        record.put(words.type, oldLayout ? response ? ANSWER : QUERY : response ? RESPONSE : REQUEST);
        if (words.txId != null && !(response && oldLayout)) {
            record.put(words.txId, number);
        }
        record.put(words.id, message.u16(0));
        if (oldLayout && !response) {
            if ((flags & RESERVED) != 0) {
                record.put(words.bits[words.bits.length - 1], true);
            }
            record.put(words.opcode, flags >> 11 & 15);
        } else if (words.kind == DnsWords.Kind.DNS) {
            if (!again(record, flags)) {
                final int from = record.length();
                ofDns(record, words, flags);
                keep(record, from, flags);
            }
        } else {
            ofRelative(record, words, flags);
        }
    }

    private static int place(final int flags) {
        return flags * 0x9e37_79b1 >>> Integer.SIZE - REMEMBERED_BITS;
    }

    /** Tells flags and what follows as they were told before; false if these were not, or if there is no room. */
    private boolean again(final Transaction record, final int flags) {
        final int place = place(flags);
        return toldFlags[place] == flags && toldLength[place] > 0 && record.putAll(told[place], toldLength[place]);
    }

    private void keep(final Transaction record, final int from, final int flags) {
        final int length = record.length() - from;
        if (length <= MOST && !record.isCut()) {
            final int place = place(flags);
            System.arraycopy(record.array(), from, told[place], 0, length);
            toldLength[place] = length;
            toldFlags[place] = flags;
        }
    }

    private void ofDns(final Transaction record, final DnsWords words, final int flags) {
        final int count = Math.max(1, (35 - Integer.numberOfLeadingZeros(flags)) / 4);
        for (int i = 0; i < count; i++) {
            digits[i] = HEX[flags >> 4 * (count - 1 - i) & 15];
        }
        record.put(words.flags, digits, 0, count);
        for (int i = 0; i < DNS_BITS.length; i++) {
            if ((flags & DNS_BITS[i]) != 0) {
                record.put(words.bits[i], true);
            }
        }
        record.put(words.opcode, flags >> 11 & 15);
        record.put(words.rcode, DnsCodes.rcode(flags & 15));
    }

    private static void ofRelative(final Transaction record, final DnsWords words, final int flags) {
        final byte[][] names = words.kind == DnsWords.Kind.MDNS ? MDNS_FLAGS : LLMNR_FLAGS;
        for (int i = 0; i < names.length; i++) {
            if ((flags & FLAG_BITS[i]) != 0) {
                record.put(words.flags, names[i]);
            }
        }
        record.put(words.opcode, flags >> 11 & 15);
        if (words.rcode != null) {
            record.put(words.rcode, flags & 15);
        }
    }
}
