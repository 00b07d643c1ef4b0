package io.weir.output;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers from 0 to 99 as two decimal digits, out of a table. */
final class TwoDigits {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    /** As they lie in memory. */
    private static final short[] DIGITS = new short[100];

    static {
        for (int value = 0; value < DIGITS.length; value++) {
            DIGITS[value] = (short) SHORT.get(new byte[] {(byte) ('0' + value / 10), (byte) ('0' + value % 10)}, 0);
        }
    }

    private TwoDigits() {
    }

    /** Writes the digits of a number. */
    static void put(final int value, final byte[] target, final int offset) {
        SHORT.set(target, offset, DIGITS[value]);
    }
}
