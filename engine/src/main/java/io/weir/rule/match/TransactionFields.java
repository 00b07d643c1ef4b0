package io.weir.rule.match;

import io.weir.base.NativeMemory;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.FieldType;
import io.weir.protocol.Transaction;
import java.util.Arrays;
import java.util.BitSet;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The fields of a transaction that rules ask for, found in one pass over copies in native memory. Numbers, addresses
 * and hexadecimal values have their text beside them, as records print it. One for each worker.
 */
public final class TransactionFields implements AutoCloseable {
    /** {@link #sides}: told by the client. */
    public static final int BY_CLIENT = 1;
    /** {@link #sides}: told by the server. */
    public static final int BY_SERVER = 2;

    private static final int LIST_BYTES = 64 * 1024;
    private static final int LISTS = 3;
    private static final int TEXT_BYTES = 64 * 1024;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final NativeMemory.Region region = NativeMemory.allocateLazily(NativeMemory.Tag.RULES,
        (long) LISTS * LIST_BYTES + TEXT_BYTES, NativeMemory.CACHE_LINE);
    private final UnsafeBuffer lists = new UnsafeBuffer(region.address(), LISTS * LIST_BYTES);
    private Field[] fields = new Field[64];
    private int[] sides = new int[64];
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

    /** Takes what a transaction tells so far of the fields whose numbers are in {@code wanted}. */
    public void read(final Transaction transaction, final BitSet wanted, final Field[] byId) {
        clear();
        list(transaction, 0, BY_CLIENT | BY_SERVER, wanted, byId);
        if (transaction.inspectedLength(true) > 0) {
            list(transaction.inspected(true), 1, BY_CLIENT, wanted, byId);
        }
        if (transaction.inspectedLength(false) > 0) {
            list(transaction.inspected(false), 2, BY_SERVER, wanted, byId);
        }
    }

    private void list(final FieldList list, final int number, final int side, final BitSet wanted,
        final Field[] byId) {
        list.copyTo(lists, number * LIST_BYTES);
        final long end = lists.addressOffset() + (long) number * LIST_BYTES + list.length();
        long at = end - list.length();
        while (at < end) {
            final int id = UnsafeApi.getShort(at) & 0xffff;
            final int length = UnsafeApi.getShort(at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (length >= FieldList.SIBLING) {
                continue;
            }
            if (wanted.get(id)) {
                add(byId[id], side, at, length);
            }
            at += length;
        }
    }

    private void add(final Field field, final int side, final long address, final int length) {
        if (count == fields.length) {
            grow();
        }
        fields[count] = field;
        sides[count] = side;
        addresses[count] = address;
        lengths[count] = length;
        final FieldType type = field.type();
        if (isNumber(type)) {
            numbers[count] = UnsafeApi.getLong(address);
            decimal(numbers[count]);
        } else if (type == FieldType.HEX || type == FieldType.COLON_HEX) {
            hexadecimal(address, length, type == FieldType.COLON_HEX);
        }
        count++;
    }

    private static boolean isNumber(final FieldType type) {
        return type == FieldType.NUMBER || type == FieldType.BOOLEAN || type == FieldType.TIME;
    }

    private void grow() {
        final int size = 2 * count;
        fields = Arrays.copyOf(fields, size);
        sides = Arrays.copyOf(sides, size);
        addresses = Arrays.copyOf(addresses, size);
        lengths = Arrays.copyOf(lengths, size);
        numbers = Arrays.copyOf(numbers, size);
    }

    private long text() {
        return region.address() + (long) LISTS * LIST_BYTES + texts;
    }

    private void decimal(final long number) {
        if (texts > TEXT_BYTES - 20) {
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

    private void hexadecimal(final long address, final int length, final boolean colons) {
        final int width = colons ? 3 : 2;
        final int bytes = Math.min(length, (TEXT_BYTES - texts) / width);
        long to = text();
        final long first = to;
        for (int i = 0; i < bytes; i++) {
            final int value = UnsafeApi.getByte(address + i) & 0xff;
            if (colons && i > 0) {
                UnsafeApi.putByte(to++, (byte) ':');
            }
            UnsafeApi.putByte(to++, DIGITS[value >>> 4]);
            UnsafeApi.putByte(to++, DIGITS[value & 0xf]);
        }
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
        view.wrap(addresses[index], lengths[index]);
        return isNumber(fields[index].type()) ? view.number(numbers[index]) : view;
    }

    @Override
    public void close() {
        region.close();
    }
}
