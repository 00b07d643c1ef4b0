package io.weir.packet;

import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The checksums of the internet protocols over native memory and over byte arrays.
 *
 * <p>The internet checksum (RFC 1071) is computed in two steps: pieces are added up with {@link #sum} in the byte order
 * of the machine, {@link #fold} makes the 16-bit number of it. Only the last piece may have an odd length. Stateless;
 * the caller has checked the lengths.
 */
public final class Checksum {
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int CASTAGNOLI = 0x82f6_3b78;
    private static final int[] CRC = new int[8 * 256];

    static {
        for (int i = 0; i < 256; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ CASTAGNOLI : crc >>> 1;
            }
            CRC[i] = crc;
        }
        for (int i = 256; i < CRC.length; i++) {
            CRC[i] = CRC[i - 256] >>> 8 ^ CRC[CRC[i - 256] & 0xff];
        }
    }

    private Checksum() {
    }

    /** Adds native memory to a running sum, which starts at 0. */
    public static long sum(final long address, final int length, final long running) {
        return sum(null, address, length, running);
    }

    /** The running sum of eight bytes of native memory. */
    static long sumWord(final long address) {
        final long word = UnsafeApi.getLong(address);
        return (word & 0xffff_ffffL) + (word >>> 32);
    }

    /** Adds a part of an array to a running sum, which starts at 0. */
    public static long sum(final byte[] bytes, final int offset, final int length, final long running) {
        return sum(bytes, BufferUtil.ARRAY_BASE_OFFSET + offset, length, running);
    }

    /** Adds the part of a TCP or UDP pseudo header behind the addresses: length and protocol. */
    public static long sumLengthAndProtocol(final int length, final int protocol, final long running) {
        final long sum = (long) (length >>> 16) + (length & 0xffff) + (protocol & 0xff);
        return running + (LITTLE_ENDIAN ? swapHalves(sum) : sum);
    }

    /** The internet checksum of a finished sum; over data that contains its checksum it is 0 if that was right. */
    public static int fold(final long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16 & 0xffff) + (folded >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        final int complement = (int) ~folded & 0xffff;
        return LITTLE_ENDIAN ? Short.reverseBytes((short) complement) & 0xffff : complement;
    }

    /**
     * Feeds native memory to a CRC32c as SCTP uses it (RFC 9260 appendix A).
     *
     * @param crc -1 to begin with, else the result so far; the complement of the last result is the checksum, which
     *            stands in the packet with its low byte first
     */
    public static int crc32c(final long address, final int length, final int crc) {
        int running = crc;
        long at = address;
        final long end = address + length;
        for (; end - at >= 8; at += 8) {
            final int low = running ^ Wire.i32Little(at);
            final int high = Wire.i32Little(at + 4);
            running = CRC[7 * 256 + (low & 0xff)] ^ CRC[6 * 256 + (low >>> 8 & 0xff)]
                ^ CRC[5 * 256 + (low >>> 16 & 0xff)] ^ CRC[4 * 256 + (low >>> 24)]
                ^ CRC[3 * 256 + (high & 0xff)] ^ CRC[2 * 256 + (high >>> 8 & 0xff)]
                ^ CRC[256 + (high >>> 16 & 0xff)] ^ CRC[high >>> 24];
        }
        for (; at < end; at++) {
            running = running >>> 8 ^ CRC[(running ^ Wire.u8(at)) & 0xff];
        }
        return running;
    }

    /** Feeds zero bytes to a CRC32c. */
    public static int crc32cZeros(final int length, final int crc) {
        int running = crc;
        for (int i = 0; i < length; i++) {
            running = running >>> 8 ^ CRC[running & 0xff];
        }
        return running;
    }

    /**
     * Every word of 64 bits is two of 32. They need not be split: one sum takes the words and wraps around, another
     * takes their upper halves and does not, and what the first would be without those is the sum of the lower halves.
     * Two such pairs side by side, so that no addition waits for the one before.
     */
    private static long sum(final Object base, final long address, final int length, final long running) {
        long words = 0;
        long upper = 0;
        long otherWords = 0;
        long otherUpper = 0;
        long at = address;
        final long end = address + length;
        for (; end - at >= 32; at += 32) {
            final long first = UnsafeApi.getLong(base, at);
            final long second = UnsafeApi.getLong(base, at + 8);
            final long third = UnsafeApi.getLong(base, at + 16);
            final long fourth = UnsafeApi.getLong(base, at + 24);
            words += first;
            upper += first >>> 32;
            otherWords += second;
            otherUpper += second >>> 32;
            words += third;
            upper += third >>> 32;
            otherWords += fourth;
            otherUpper += fourth >>> 32;
        }
        for (; end - at >= 8; at += 8) {
            final long word = UnsafeApi.getLong(base, at);
            words += word;
            upper += word >>> 32;
        }
        if (length >= 8) {
            final long word = tail(UnsafeApi.getLong(base, end - 8), (int) (end - at));
            words += word;
            upper += word >>> 32;
            at = end;
        }
        upper += otherUpper;
        return sumTail(base, at, (int) (end - at), running + upper + (words + otherWords - (upper << 32)));
    }

    /**
     * The last 0 to 7 bytes of a word, moved to its start, so that what is left over is added without asking how much
     * that is: nobody can foresee it, and a wrong guess costs as much as forty bytes.
     */
    private static long tail(final long word, final int bytes) {
        final int shift = Long.SIZE - 1 - bytes * Byte.SIZE;
        return LITTLE_ENDIAN ? word >>> 1 >>> shift : word << 1 << shift;
    }

    /** Adds the 0 to 7 bytes of what is shorter than a word. */
    private static long sumTail(final Object base, final long address, final int length, final long running) {
        long sum = running;
        long at = address;
        if ((length & 4) != 0) {
            sum += UnsafeApi.getInt(base, at) & 0xffff_ffffL;
            at += 4;
        }
        if ((length & 2) != 0) {
            sum += UnsafeApi.getShort(base, at) & 0xffff;
            at += 2;
        }
        if ((length & 1) != 0) {
            final int last = UnsafeApi.getByte(base, at) & 0xff;
            sum += LITTLE_ENDIAN ? last : last << 8;
        }
        return sum;
    }

    private static long swapHalves(final long sum) {
        final int folded = (int) ((sum & 0xffff) + (sum >>> 16));
        return Short.reverseBytes((short) ((folded & 0xffff) + (folded >>> 16))) & 0xffff;
    }
}
