package io.weir.rule.match;

import io.weir.base.NativeMemory;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.FieldType;
import io.weir.protocol.Transaction;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The fields of a transaction that rules ask for, found in one pass and looked at where they lie. Numbers, addresses
 * and hexadecimal values have their text beside them, as records print it. One for each worker.
 */
public final class TransactionFields implements AutoCloseable {
    /** {@link #sides}: told by the client. */
    public static final int BY_CLIENT = 1;
    /** {@link #sides}: told by the server. */
    public static final int BY_SERVER = 2;

    private static final int TEXT_BYTES = 64 * 1024;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final NativeMemory.Region region = NativeMemory.allocateLazily(NativeMemory.Tag.RULES,
        TEXT_BYTES, NativeMemory.CACHE_LINE);
    private final Bytes view = new Bytes();
    private Field[] fields = new Field[64];
    private int[] sides = new int[64];
    /** Where values lie: offsets in these arrays, or addresses where there is none. */
    private byte[][] arrays = new byte[64][];
    private long[] addresses = new long[64];
    private int[] lengths = new int[64];
    private long[] numbers = new long[64];
    private int count;
    private int texts;

    /** Forgets everything. */
    public void clear() {
        count = 0;
        texts = 0;
    }

    /**
     * Takes what a transaction tells so far of some fields.
     *
     * @param byId the fields by their numbers; null for those of others
     */
    public void read(final Transaction transaction, final Field[] byId) {
        clear();
        list(transaction, BY_CLIENT | BY_SERVER, byId);
        final Field same = transaction.same();
        if (same != null && byId[same.id()] != null && transaction.find(transaction.sameAs(), view)) {
            add(same, BY_CLIENT, transaction.array(), view.address(), view.length());
        }
        if (transaction.inspectedLength(true) > 0) {
            list(transaction.inspected(true), BY_CLIENT, byId);
        }
        if (transaction.inspectedLength(false) > 0) {
            list(transaction.inspected(false), BY_SERVER, byId);
        }
    }

    private void list(final FieldList list, final int side, final Field[] byId) {
        final byte[] array = list.array();
        final long end = BufferUtil.ARRAY_BASE_OFFSET + list.length();
        long at = BufferUtil.ARRAY_BASE_OFFSET;
        while (at < end) {
            final int id = UnsafeApi.getShort(array, at) & 0xffff;
            final int length = UnsafeApi.getShort(array, at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (length >= FieldList.SIBLING) {
                continue;
            }
            final Field field = byId[id];
            if (field != null) {
                add(field, side, array, at, length);
            }
            at += length;
        }
    }

    private void add(final Field field, final int side, final byte[] array, final long address,
        final int length) {
        if (count == fields.length) {
            grow();
        }
        fields[count] = field;
        sides[count] = side;
        arrays[count] = array;
        addresses[count] = address;
        lengths[count] = length;
        final FieldType type = field.type();
        if (isNumber(type)) {
            numbers[count] = UnsafeApi.getLong(array, address);
            decimal(numbers[count]);
        } else if (type == FieldType.HEX || type == FieldType.COLON_HEX) {
            hexadecimal(array, address, length, type == FieldType.COLON_HEX);
        }
        count++;
    }

    /** True if the text of values of a type is not what a record has of them. */
    public static boolean hasOtherText(final FieldType type) {
        return isNumber(type) || type == FieldType.HEX || type == FieldType.COLON_HEX;
    }

    private static boolean isNumber(final FieldType type) {
        return type == FieldType.NUMBER || type == FieldType.BOOLEAN || type == FieldType.TIME;
    }

    private void grow() {
        final int size = 2 * count;
        fields = Arrays.copyOf(fields, size);
        sides = Arrays.copyOf(sides, size);
        arrays = Arrays.copyOf(arrays, size);
        addresses = Arrays.copyOf(addresses, size);
        lengths = Arrays.copyOf(lengths, size);
        numbers = Arrays.copyOf(numbers, size);
    }

    private long text() {
        return region.address() + texts;
    }

    private void decimal(final long number) {
        arrays[count] = null;
        if (texts > TEXT_BYTES - 20) {
            addresses[count] = text();
            lengths[count] = 0;
            return;
        }
        final long to = text();
        int digits = 1;
        for (long rest = Math.abs(number / 10); rest > 0; rest /= 10) {
            digits++;
        }
        final int sign = number < 0 ? 1 : 0;
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            UnsafeApi.putByte(to + sign + i, (byte) ('0' + Math.abs(rest % 10)));
            rest /= 10;
        }
        if (sign == 1) {
            UnsafeApi.putByte(to, (byte) '-');
        }
        addresses[count] = to;
        lengths[count] = digits + sign;
        texts += digits + sign;
    }

    private void hexadecimal(final byte[] array, final long address, final int length,
        final boolean colons) {
        final int width = colons ? 3 : 2;
        final int bytes = Math.min(length, (TEXT_BYTES - texts) / width);
        long to = text();
        final long first = to;
        for (int i = 0; i < bytes; i++) {
            final int value = UnsafeApi.getByte(array, address + i) & 0xff;
            if (colons && i > 0) {
                UnsafeApi.putByte(to++, (byte) ':');
            }
            UnsafeApi.putByte(to++, DIGITS[value >>> 4]);
            UnsafeApi.putByte(to++, DIGITS[value & 0xf]);
        }
        arrays[count] = null;
        addresses[count] = first;
        lengths[count] = (int) (to - first);
        texts += lengths[count];
    }

    /** How many values there are. */
    public int count() {
        return count;
    }

    /** The field of a value. */
    public Field field(final int index) {
        return fields[index];
    }

    /** Who may have told it: {@link #BY_CLIENT}, {@link #BY_SERVER} or both, where a record does not tell. */
    public int sides(final int index) {
        return sides[index];
    }

    /** The number of a value that is one. */
    long number(final int index) {
        return numbers[index];
    }

    /** Looks at a value. */
    public Input wrap(final int index, final Input view) {
        if (arrays[index] == null) {
            view.wrap(addresses[index], lengths[index]);
        } else {
            view.wrap(arrays[index], (int) (addresses[index] - BufferUtil.ARRAY_BASE_OFFSET), lengths[index]);
        }
        return isNumber(fields[index].type()) ? view.number(numbers[index]) : view;
    }

    @Override
    public void close() {
        region.close();
    }
}
