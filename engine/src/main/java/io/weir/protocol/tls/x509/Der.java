package io.weir.protocol.tls.x509;

import io.weir.protocol.Bytes;

/**
 * Walks over the elements of one level of DER, X.690: tag, length, content. What an element announces beyond the end of
 * its level is cut off. Used again by wrapping; nothing is allocated or thrown. One thread.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int UNIVERSAL_STRING = 0x1c;
    static final int BMP_STRING = 0x1e;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private final Bytes bytes = new Bytes();
    private int next;
    private int end;
    private int start;
    private int tag;
    private int from;
    private int to;
    private boolean cut;

    /** Looks at the elements that lie in a range, which must be in the bytes. */
    Der wrap(final Bytes source, final int rangeFrom, final int rangeTo) {
        bytes.wrap(source, 0, source.length());
        next = rangeFrom;
        end = rangeTo;
        start = rangeFrom;
        from = rangeFrom;
        to = rangeFrom;
        tag = -1;
        cut = false;
        return this;
    }

    /** Looks at the elements within the one where another walk stands. */
    Der within(final Der outer) {
        return wrap(outer.bytes, outer.from, outer.to);
    }

    /** Goes to the next element; false if there is none, or none that can be read. */
    boolean read() {
        final int length = next < end ? bytes.u8(next + 1) : -1;
        if (length < 0 || next + 1 >= end) {
            return false;
        }
        start = next;
        tag = bytes.u8(next);
        from = next + 2;
        int content = length;
        if (length >= 0x80) {
            final int digits = length & 0x7f;
            if (digits == 0 || digits > 3 || from + digits > end) {
                next = end;
                return false;
            }
            content = 0;
            for (int i = 0; i < digits; i++) {
                content = content << 8 | bytes.u8(from + i);
            }
            from += digits;
        }
        cut = content > end - from;
        to = cut ? end : from + content;
        next = to;
        return true;
    }

    /** Goes to the next element, which must have this tag; if it has not, it stays the next one. */
    boolean read(final int expected) {
        if (next < end && bytes.u8(next) == expected) {
            return read();
        }
        return false;
    }

    /** Tag of the element. */
    int tag() {
        return tag;
    }

    /** Place of the element's tag. */
    int start() {
        return start;
    }

    /** Place of the content. */
    int from() {
        return from;
    }

    /** End of the content. */
    int to() {
        return to;
    }

    /** Length of the content. */
    int length() {
        return to - from;
    }

    /** True if the element ends beyond its level, where it was cut off. */
    boolean isCut() {
        return cut;
    }

    /** The bytes all places count in. */
    Bytes bytes() {
        return bytes;
    }

    /** True if the content is these bytes. */
    boolean is(final byte[] content) {
        return length() == content.length && bytes.matches(from, content);
    }
}
