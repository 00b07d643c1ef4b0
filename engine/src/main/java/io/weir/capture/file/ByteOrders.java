package io.weir.capture.file;

import java.nio.ByteOrder;

/** Byte order of this machine. */
final class ByteOrders {
    /** True on little-endian machines. */
    static final boolean NATIVE_IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private ByteOrders() {
    }
}
