package io.weir.perf.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian integers in a byte array, and the Internet checksum (RFC 1071). */
final class Bytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {
    }

    static void putInt(final byte[] bytes, final int at, final int value) {
        INT.set(bytes, at, value);
    }

    static void putShort(final byte[] bytes, final int at, final int value) {
        SHORT.set(bytes, at, (short) value);
    }

    /** Sum of the 16-bit words, a last odd byte taken as the upper half of one. */
    static long sum(final byte[] bytes, final int from, final int length) {
        long sum = 0;
        int i = from;
        final int end = from + length;
        for (; i + 4 <= end; i += 4) {
            sum += (int) INT.get(bytes, i) & 0xffffffffL;
        }
        for (; i + 2 <= end; i += 2) {
            sum += (short) SHORT.get(bytes, i) & 0xffff;
        }
        return i < end ? sum + ((bytes[i] & 0xff) << 8) : sum;
    }

    /** The checksum field for a sum. */
    static int fold(final long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }
}
