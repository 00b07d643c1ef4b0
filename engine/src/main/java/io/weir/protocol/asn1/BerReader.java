package io.weir.protocol.asn1;

import io.weir.protocol.Bytes;

/** Goes through values in the basic encoding rules of ASN.1 (X.690), definite lengths alone. One thread. */
public final class BerReader {
    public static final int INTEGER = 0x02;
    public static final int OCTETS = 0x04;
    public static final int OID = 0x06;
    public static final int SEQUENCE = 0x30;
    /** What {@link #number} answers if there is none; the lowest number of 8 bytes is taken for it. */
    public static final long NO_NUMBER = Long.MIN_VALUE;

    private Bytes bytes;
    private int tag;
    private int start;
    private int end;

    /** Looks at a message. */
    public BerReader of(final Bytes message) {
        bytes = message;
        return this;
    }

    /**
     * Reads the head of the value at a place; its content need not be there yet.
     *
     * @param limit where it must end at the latest
     * @return false if there is none; {@link #start} and {@link #end} are then as before
     */
    public boolean read(final int at, final int limit) {
        tag = bytes.u8(at);
        final long length = Ber.length(bytes, at + 1);
        final int from = at + 1 + Ber.sizeOfLength(bytes, at + 1);
        if (tag < 0 || length < 0 || length > limit - from) {
            return false;
        }
        start = from;
        end = from + (int) length;
        return true;
    }

    /** The same, if it is of this kind. */
    public boolean read(final int expected, final int at, final int limit) {
        return read(at, limit) && tag == expected;
    }

    /** Kind of the value read. */
    public int tag() {
        return tag;
    }

    /** Where its content begins. */
    public int start() {
        return start;
    }

    /** Where it ends. */
    public int end() {
        return end;
    }

    /** Length of its content. */
    public int length() {
        return end - start;
    }

    /** It as a number of 1 to 8 bytes with a sign, or {@link #NO_NUMBER}: of no byte, of more, or not all there. */
    public long number() {
        if (length() < 1 || length() > 8 || !bytes.has(start, length())) {
            return NO_NUMBER;
        }
        long value = (byte) bytes.u8(start);
        for (int i = start + 1; i < end; i++) {
            value = value << 8 | bytes.u8(i);
        }
        return value;
    }

    /**
     * Writes it as an object identifier: numbers between dots.
     *
     * @return how many characters; what does not fit is left out
     */
    public int identifier(final byte[] into) {
        int length = 0;
        long value = 0;
        boolean first = true;
        for (int at = start; at < end && length < into.length - 24; at++) {
            final int octet = bytes.u8(at);
            if (octet < 0) {
                break;
            }
            value = (value << 7 | octet & 0x7f) & Long.MAX_VALUE >> 8;
            if (octet >= 0x80) {
                continue;
            }
            if (first) {
                final long root = Math.min(2, value / 40);
                length = decimal(root, into, length);
                value -= root * 40;
                first = false;
            }
            into[length++] = '.';
            length = decimal(value, into, length);
            value = 0;
        }
        return length;
    }

    private static int decimal(final long value, final byte[] into, final int at) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }
}
