package io.weir.protocol.tls.fingerprint;

import io.weir.protocol.Bytes;
import io.weir.protocol.tls.Extensions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The lists of a hello that its fingerprints are made of, one behind the other, each behind its length and without
 * GREASE: hellos with the same key have the same fingerprints. Numbers stand in it as they are on the wire, four of
 * which are looked at at once. Used again; one thread.
 */
final class HelloKey {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FOUR = 4;
    /** In each of four numbers: the low halves of its bytes, what they are in GREASE, its lowest and highest bit. */
    private static final long LOW_HALVES = 0x0f0f_0f0f_0f0f_0f0fL;
    private static final long GREASE = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long ONES = 0x0001_0001_0001_0001L;
    private static final long HIGH_BITS = 0x8000_8000_8000_8000L;

    /** With room for words that reach beyond the end. */
    private final byte[] bytes = new byte[KnownValues.MAX_KEY + Long.BYTES];
    private int length;
    private boolean full;

    /** Begins with the numbers that are not in lists, 16 bits each. */
    HelloKey begin(final int first, final int second, final int third, final int fourth) {
        LONG.set(bytes, 0, first & 0xffffL | (second & 0xffffL) << 16 | (third & 0xffffL) << 32
            | (long) fourth << 48);
        length = Long.BYTES;
        full = false;
        return this;
    }

    /** Adds a list of numbers of 16 bits that lies there. */
    HelloKey addNumbers(final Bytes source, final int from, final int count) {
        int at = beginList(Short.BYTES * count);
        if (full) {
            return this;
        }
        int i = 0;
        for (; i <= count - FOUR; i += FOUR) {
            final long four = source.u64le(from + Short.BYTES * i);
            if (mayHoldGrease(four)) {
                for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
                    at = add(at, (int) (four >>> shift) & 0xffff);
                }
            } else {
                LONG.set(bytes, at, four);
                at += Long.BYTES;
            }
        }
        for (; i < count; i++) {
            at = add(at, source.u16le(from + Short.BYTES * i));
        }
        return endList(at);
    }

    /** True if one of four numbers may be GREASE: certainly if it is. */
    private static boolean mayHoldGrease(final long four) {
        final long zeroWhereEqual = four & LOW_HALVES ^ GREASE;
        return (zeroWhereEqual - ONES & ~zeroWhereEqual & HIGH_BITS) != 0;
    }

    private int add(final int at, final int number) {
        SHORT.set(bytes, at, (short) number);
        return Extensions.isGrease(number) ? at : at + Short.BYTES;
    }

    /** Adds a list of bytes that lies there. */
    HelloKey addBytes(final Bytes source, final int from, final int count) {
        final int at = beginList(count);
        if (!full) {
            source.copyTo(from, bytes, at, count);
            endList(at + count);
        }
        return this;
    }

    /** Adds the types of extensions. */
    HelloKey addTypes(final Extensions extensions) {
        final int count = extensions.typesLength();
        final int at = beginList(count);
        if (!full) {
            System.arraycopy(extensions.types(), 0, bytes, at, count);
            endList(at + count);
        }
        return this;
    }

    /** Where the next list of so many bytes at most begins, behind its length. */
    private int beginList(final int most) {
        full |= length + Short.BYTES + most > KnownValues.MAX_KEY - Long.BYTES;
        return length + Short.BYTES;
    }

    private HelloKey endList(final int end) {
        SHORT.set(bytes, length, (short) (end - length));
        length = end;
        return this;
    }

    /** Fills the last eight bytes up. */
    void end() {
        LONG.set(bytes, length, 0L);
        length = length + Long.BYTES - 1 & -Long.BYTES;
    }

    /** True if there was no room for all: it is no key then. */
    boolean isFull() {
        return full;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many bytes of {@link #bytes()} are the key. */
    int length() {
        return length;
    }
}
