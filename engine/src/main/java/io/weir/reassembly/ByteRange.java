package io.weir.reassembly;

import org.agrona.UnsafeApi;

/** Comparison and hash of bytes in native memory, eight at a time. */
final class ByteRange {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private ByteRange() {
    }

    /** Whether two ranges of equal length hold the same bytes. */
    static boolean isEqual(final long address, final long other, final int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (UnsafeApi.getLong(address + i) != UnsafeApi.getLong(other + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (UnsafeApi.getByte(address + i) != UnsafeApi.getByte(other + i)) {
                return false;
            }
        }
        return true;
    }

    /** Hash of bytes: the same in every run; not made to withstand anyone who looks for collisions. */
    static long hash(final long address, final int length) {
        long hash = length * MULTIPLIER;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = (Long.rotateLeft(hash, 29) ^ mix(UnsafeApi.getLong(address + i))) * MULTIPLIER;
        }
        long last = 0;
        for (; i < length; i++) {
            last = last << Byte.SIZE | UnsafeApi.getByte(address + i) & 0xff;
        }
        return mix(hash ^ mix(last));
    }

    /** Finalizer of SplitMix64, Steele, Lea and Flood 2014. */
    private static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
