package io.weir.capture.file;

import java.nio.ByteOrder;

/** Byte order of this machine. */
final class ByteOrders {
    /** True on little-endian machines. */
    static final boolean NATIVE_IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private ByteOrders() {
    }

    /** Turns four bytes read in the order of the machine into the number with the first byte in the highest place. */
    static int bigEndian(final int value) {
        return NATIVE_IS_LITTLE ? Integer.reverseBytes(value) : value;
    }
}
