package io.weir.protocol.content;

/** Reads past the header of a gzip member, RFC 1952, section 2.3, byte by byte. Reserved flags are passed over. */
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int FLAGS_AT = 3;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private enum Part { FIXED, EXTRA_LOW, EXTRA_HIGH, EXTRA, NAME, COMMENT, CHECKSUM, OVER }

    private Part part;
    private int at;
    private int flags;
    private int left;

    void begin() {
        part = Part.FIXED;
        at = 0;
        flags = 0;
    }

    /** Takes a byte; true if it was the last. */
    boolean isOverWith(final byte value) {
        switch (part) {
            case FIXED -> {
                if (at == FLAGS_AT) {
                    flags = value;
                }
                if (++at == FIXED) {
                    next(Part.EXTRA_LOW);
                }
            }
            case EXTRA_LOW -> {
                left = value & 0xff;
                part = Part.EXTRA_HIGH;
            }
            case EXTRA_HIGH -> {
                left |= (value & 0xff) << 8;
                next(left > 0 ? Part.EXTRA : Part.NAME);
            }
            case EXTRA -> {
                if (--left == 0) {
                    next(Part.NAME);
                }
            }
            case NAME -> {
                if (value == 0) {
                    next(Part.COMMENT);
                }
            }
            case COMMENT -> {
                if (value == 0) {
                    next(Part.CHECKSUM);
                }
            }
            case CHECKSUM -> {
                if (--left == 0) {
                    part = Part.OVER;
                }
            }
            default -> { }
        }
        return part == Part.OVER;
    }

    /** Goes on with this part, or the first one behind it that is there. */
    private void next(final Part following) {
        part = following;
        if (part == Part.EXTRA_LOW && (flags & EXTRA) == 0) {
            part = Part.NAME;
        }
        if (part == Part.NAME && (flags & NAME) == 0) {
            part = Part.COMMENT;
        }
        if (part == Part.COMMENT && (flags & COMMENT) == 0) {
            part = Part.CHECKSUM;
        }
        if (part == Part.CHECKSUM) {
            left = CHECKSUM;
            part = (flags & CHECKSUM) == 0 ? Part.OVER : Part.CHECKSUM;
        }
    }
}
