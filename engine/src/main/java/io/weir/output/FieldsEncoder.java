package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.FieldType;
import io.weir.protocol.Transaction;
import io.weir.protocol.catalogue.Protocols;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Writes the fields of a transaction as members of a JSON object: groups as objects, values of repeated fields that
 * follow each other as arrays. One thread; allocates nothing.
 */
final class FieldsEncoder {
    private static final int MAX_DEPTH = 8;
    private static final int NO_LIST = -1;
    /** Room for any one field: a value, six characters a byte, and its key. */
    private static final int ROOM = 6 * Transaction.MAX_VALUE + 1024;
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private final Field[] fields = Protocols.fields().toArray(Field[]::new);
    private final byte[][] keys = new byte[fields.length][];
    private final int[] lists = new int[MAX_DEPTH];
    private final boolean[] begun = new boolean[MAX_DEPTH];
    private int depth;
    private int sibling;

    FieldsEncoder() {
        for (int i = 0; i < keys.length; i++) {
            keys[i] = next(fields[i].key());
        }
    }

    /**
     * Writes the members.
     *
     * @return false if there was no room for all
     */
    boolean encode(final DirectBuffer source, final int offset, final int length, final JsonWriter json) {
        depth = 0;
        sibling = NO_LIST;
        open();
        int at = offset;
        final int end = offset + length;
        boolean whole = true;
        source.boundsCheck(offset, length);
        final byte[] array = source.byteArray();
        final long address = source.addressOffset();
        while (at + FieldList.HEADER <= end) {
            final int id = UnsafeApi.getShort(array, address + at) & 0xffff;
            final int valueLength = UnsafeApi.getShort(array, address + at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (json.length() > JsonWriter.CAPACITY - ROOM) {
                whole = false;
                break;
            }
            switch (valueLength) {
                case FieldList.END -> endGroup(json);
                case FieldList.BEGIN -> {
                    begin(id, json);
                    json.raw('{');
                    depth++;
                    open();
                }
                case FieldList.SIBLING -> {
                    closeList(json);
                    json.raw('}').raw(keys[id]).raw('{');
                    open();
                    sibling = id;
                }
                default -> {
                    if (fields[id].type() == FieldType.NAME) {
                        at = named(source, at, valueLength, end, json);
                    } else {
                        begin(id, json);
                        value(fields[id], source, at, valueLength, json);
                        at += valueLength;
                    }
                }
            }
        }
        while (depth > 0) {
            endGroup(json);
        }
        closeList(json);
        return whole;
    }

    /** True if the object that was written last, and is still open, is the one of this key. */
    boolean isWithin(final String key) {
        return sibling != NO_LIST && fields[sibling].key().equals(key);
    }

    /** True if that object has a member. */
    boolean hasMembers() {
        return begun[0];
    }

    private void open() {
        lists[depth] = NO_LIST;
        begun[depth] = false;
    }

    private void endGroup(final JsonWriter json) {
        if (depth > 0) {
            closeList(json);
            json.raw('}');
            depth--;
        }
    }

    private void closeList(final JsonWriter json) {
        if (lists[depth] != NO_LIST) {
            json.raw(']');
            lists[depth] = NO_LIST;
        }
    }

    /** Writes what stands before a value: a comma, and the key unless it goes on with an array. */
    private void begin(final int id, final JsonWriter json) {
        if (lists[depth] == id) {
            json.raw(',');
            return;
        }
        closeList(json);
        if (begun[depth]) {
            json.raw(keys[id]);
        } else {
            begun[depth] = true;
            json.rawBehindFirst(keys[id]);
        }
        if (fields[id].isRepeated()) {
            json.raw('[');
            lists[depth] = id;
        }
    }

    /** Writes a member whose key is one field and whose value the next: "" if that was cut off or finds no room. */
    private int named(final DirectBuffer source, final int at, final int length, final int end,
        final JsonWriter json) {
        closeList(json);
        if (begun[depth]) {
            json.raw(',');
        }
        begun[depth] = true;
        json.text(source, at, length).raw(':');
        final int next = at + length;
        final int valueLength = next + FieldList.HEADER <= end ? source.getShort(next + 2) & 0xffff : FieldList.END;
        if (valueLength >= FieldList.SIBLING || json.length() > JsonWriter.CAPACITY - ROOM) {
            json.raw('"').raw('"');
            return next;
        }
        final int from = next + FieldList.HEADER;
        value(fields[source.getShort(next) & 0xffff], source, from, valueLength, json);
        return from + valueLength;
    }

    private static void value(final Field field, final DirectBuffer source, final int at, final int length,
        final JsonWriter json) {
        switch (field.type()) {
            case NUMBER -> json.number(number(source, at, length));
            case BOOLEAN -> json.raw(number(source, at, length) != 0 ? TRUE : FALSE);
            case TIME -> json.date(number(source, at, length));
            case ADDRESS -> address(source, at, length, json);
            case HEX -> hex(source, at, length, false, json);
            case COLON_HEX -> hex(source, at, length, true, json);
            case BASE64 -> json.base64(source, at, length);
            default -> json.text(source, at, length);
        }
    }

    private static long number(final DirectBuffer source, final int at, final int length) {
        return length == Long.BYTES ? source.getLong(at) : 0;
    }

    private static void address(final DirectBuffer source, final int at, final int length, final JsonWriter json) {
        if (length == 4) {
            json.address(4, 0, Integer.reverseBytes(source.getInt(at)) & 0xffff_ffffL);
        } else if (length == 16) {
            json.address(6, Long.reverseBytes(source.getLong(at)), Long.reverseBytes(source.getLong(at + 8)));
        } else {
            hex(source, at, length, false, json);
        }
    }

    private static void hex(final DirectBuffer source, final int at, final int length, final boolean colons,
        final JsonWriter json) {
        json.raw('"');
        for (int i = 0; i < length; i++) {
            if (colons && i > 0) {
                json.raw(':');
            }
            json.hex(source.getByte(at + i));
        }
        json.raw('"');
    }
}
