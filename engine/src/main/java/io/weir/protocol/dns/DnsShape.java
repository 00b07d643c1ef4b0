package io.weir.protocol.dns;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;

/**
 * Whether bytes have the shape of a DNS message: header, counts, every name, type, class and length in it, and its end
 * (RFC 1035, 4.1). What is asked of random bytes is so much that they do not pass on any port.
 */
public final class DnsShape {
    /** Length of the header. */
    public static final int HEADER = 12;
    /** Records looked at, at most. */
    private static final int MAX_WALKED = 24;

    private DnsShape() {
    }

    /**
     * Judges a message.
     *
     * @param bytes  what is there of it
     * @param start  where it begins there
     * @param length of the whole message
     * @param usual  true on the protocol's usual port: then odd flags, and bytes behind the message, are forgiven
     */
    public static Answer judge(final Bytes bytes, final int start, final int length, final boolean usual) {
        if (length < HEADER) {
            return Answer.NO;
        }
        if (!bytes.has(start, HEADER)) {
            return beginning(bytes, start, usual);
        }
        final int flags = bytes.u16(start + 2);
        final int questions = bytes.u16(start + 4);
        final int answers = bytes.u16(start + 6);
        final int authorities = bytes.u16(start + 8);
        final int additionals = bytes.u16(start + 10);
        final boolean response = flags >= 0x8000;
        final int records = answers + authorities + additionals;
        if (!isPlausible(flags, usual)
            || questions * 5L + records * 11L > length - HEADER
            || !response && (questions == 0 || questions > (usual ? 64 : 4) || !usual && records > 4)
            || response && (questions > 4 || questions == 0 && !usual)
            || questions + records == 0 && (length > HEADER || (flags & 15) == 0)) {
            return Answer.NO;
        }
        return walk(bytes, start, start + length, questions, records, usual);
    }

    private static boolean isPlausible(final int flags, final boolean usual) {
        final int opcode = flags >> 11 & 15;
        return usual || opcode != 3 && opcode <= 6 && (flags & 0x40) == 0 && (flags >= 0x8000 || (flags & 0x8f) == 0);
    }

    private static Answer beginning(final Bytes bytes, final int start, final boolean usual) {
        if (bytes.has(start + 2, 2) && !isPlausible(bytes.u16(start + 2), usual)
            || bytes.has(start + 4, 1) && bytes.u8(start + 4) != 0) {
            return Answer.NO;
        }
        return Answer.MORE;
    }

    private static Answer walk(final Bytes bytes, final int start, final int end, final int questions,
        final int records, final boolean usual) {
        int at = start + HEADER;
        for (int i = 0; i < questions; i++) {
            at = DnsName.skip(bytes, at, end);
            if (at < 0 || !bytes.has(at, 4)) {
                return at == -1 || at + 4 > end ? Answer.NO : cut(i);
            }
            if (!isType(bytes.u16(at)) || !isClass(bytes.u16(at + 2) & 0x7fff)) {
                return Answer.NO;
            }
            at += 4;
        }
        for (int i = 0; i < Math.min(records, MAX_WALKED); i++) {
            at = DnsName.skip(bytes, at, end);
            if (at < 0 || !bytes.has(at, 10)) {
                return at == -1 || at + 10 > end ? Answer.NO : cut(questions + i);
            }
            final int type = bytes.u16(at);
            if (!isType(type) || type != DnsCodes.OPT && !isClass(bytes.u16(at + 2) & 0x7fff)) {
                return Answer.NO;
            }
            at += 10 + bytes.u16(at + 8);
            if (at > end) {
                return Answer.NO;
            }
        }
        return at == end || usual || records > MAX_WALKED ? Answer.YES : Answer.NO;
    }

    /** What is there ends within the message: enough if a question was read, else more may come. */
    private static Answer cut(final int read) {
        return read > 0 ? Answer.YES : Answer.MORE;
    }

    private static boolean isType(final int type) {
        return type > 0 && type < DnsCodes.TYPES || type == 0x8000 || type == 0x8001 || type >= 0xff00;
    }

    private static boolean isClass(final int value) {
        return value == 1 || value == 255 || value == 3 || value == 4 || value == 254;
    }
}
