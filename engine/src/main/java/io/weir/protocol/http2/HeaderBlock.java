package io.weir.protocol.http2;

import io.weir.protocol.Bytes;

/**
 * The fields of one header block, RFC 7541, decoded to lines of name, colon, blank and value. Used again for the next
 * block; one thread. Of fields beyond the limits the table is kept up to date, and nothing is told.
 */
final class HeaderBlock {
    /** Most fields of a block that are told. */
    static final int MOST_FIELDS = 128;
    private static final int MOST_TEXT = 32 * 1024;
    /** Bytes decoded of one block, whatever was told of it: a number of one byte may stand for a long field. */
    private static final int MOST_WORK = 256 * 1024;
    private static final int LONGEST_INTEGER = 5;
    private static final int WORDS = 4;

    private final byte[] text = new byte[MOST_TEXT + HeaderTable.MOST + 2];
    /** Of each field: where its name begins and ends, where its value begins and ends. */
    private final int[] places = new int[WORDS * MOST_FIELDS];
    private final Bytes view = new Bytes();
    private Bytes source;
    private int at;
    private int end;
    private int count;
    private int length;
    private int work;
    private boolean cut;

    /**
     * Decodes a block.
     *
     * @return false if it is none: then the table knows nothing any more
     */
    boolean decode(final Bytes block, final int from, final int to, final HeaderTable table) {
        source = block;
        at = from;
        end = to;
        count = 0;
        length = 0;
        work = 0;
        cut = false;
        boolean good = true;
        while (good && at < end) {
            good = work <= MOST_WORK && field(table);
        }
        if (!good) {
            table.clear();
        }
        source = null;
        return good;
    }

    private boolean field(final HeaderTable table) {
        final int first = source.u8(at);
        if ((first & 0x80) != 0) {
            return indexed(integer(7), table);
        }
        if ((first & 0x40) != 0) {
            return literal(integer(6), true, table);
        }
        if ((first & 0x20) != 0) {
            final long size = integer(5);
            table.resize(Math.max(0, size));
            return size >= 0;
        }
        return literal(integer(4), false, table);
    }

    private boolean indexed(final long index, final HeaderTable table) {
        if (index <= 0) {
            return false;
        }
        work++;
        if (!table.has(index)) {
            cut = true;
            return true;
        }
        final int name = length;
        final int nameLength = table.copy((int) index, true, text, name);
        final int value = separate(name + nameLength);
        final int valueLength = table.copy((int) index, false, text, value);
        work += nameLength + valueLength;
        told(name, nameLength, value, valueLength);
        return true;
    }

    private boolean literal(final long index, final boolean adds, final HeaderTable table) {
        if (index < 0) {
            return false;
        }
        final int name = length;
        int nameLength = 0;
        if (index == 0) {
            nameLength = string(name);
        } else if (table.has(index)) {
            nameLength = table.copy((int) index, true, text, name);
        } else {
            cut = true;
        }
        if (nameLength < 0 || name + nameLength + 2 > text.length) {
            return false;
        }
        final int value = separate(name + nameLength);
        final int valueLength = string(value);
        if (valueLength < 0) {
            return false;
        }
        work += nameLength + valueLength + 1;
        if (adds) {
            table.add(text, name, nameLength, value, valueLength);
        }
        if (nameLength > 0) {
            told(name, nameLength, value, valueLength);
        }
        return true;
    }

    private int separate(final int place) {
        text[place] = ':';
        text[place + 1] = ' ';
        return place + 2;
    }

    private void told(final int name, final int nameLength, final int value, final int valueLength) {
        if (count == MOST_FIELDS || value + valueLength > MOST_TEXT) {
            cut = true;
            return;
        }
        final int place = WORDS * count++;
        places[place] = name;
        places[place + 1] = name + nameLength;
        places[place + 2] = value;
        places[place + 3] = value + valueLength;
        length = value + valueLength;
    }

    /** A number with this many bits in its first byte, section 5.1; -1 if it is none. */
    private long integer(final int bits) {
        final int most = (1 << bits) - 1;
        long value = source.u8(at++) & most;
        if (value < most) {
            return value;
        }
        for (int i = 0; i < LONGEST_INTEGER && at < end; i++) {
            final int next = source.u8(at++);
            value += (long) (next & 0x7f) << 7 * i;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        return -1;
    }

    /** A string, section 5.2, put at this place; answers its length, -1 if it is none or finds no room. */
    private int string(final int place) {
        if (at >= end) {
            return -1;
        }
        final boolean coded = (source.u8(at) & 0x80) != 0;
        final long announced = integer(7);
        if (announced < 0 || announced > end - at) {
            return -1;
        }
        final int from = at;
        at += (int) announced;
        if (coded) {
            return Huffman.decode(source, from, (int) announced, text, place);
        }
        if (announced > text.length - place) {
            return -1;
        }
        source.copyTo(from, text, place, (int) announced);
        return (int) announced;
    }

    /** True if not all fields are told. */
    boolean isCut() {
        return cut;
    }

    /** Fields that are told. */
    int count() {
        return count;
    }

    /** All lines, until the next call. */
    Bytes lines() {
        return view.wrap(text, 0, length);
    }

    /** Where the name of a field begins in {@link #lines}. */
    int name(final int field) {
        return places[WORDS * field];
    }

    /** Where it ends. */
    int nameEnd(final int field) {
        return places[WORDS * field + 1];
    }

    /** Where the value of a field begins. */
    int value(final int field) {
        return places[WORDS * field + 2];
    }

    /** Where it ends. */
    int valueEnd(final int field) {
        return places[WORDS * field + 3];
    }
}
