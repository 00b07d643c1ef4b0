package io.weir.capture.file;

import io.weir.capture.CaptureInterface;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/** The interfaces that the current section of a pcapng file has described. */
final class SectionInterfaces {
    /** How many. */
    int count;
    /** Index in the list of the whole trace. */
    int[] ids = new int[4];
    /** Link types. */
    int[] linkTypes = new int[4];
    /** Snap lengths, 0 if unlimited. */
    int[] snapLengths = new int[4];
    /** Units of stamps. */
    TimestampScale[] scales = new TimestampScale[4];

    private final InterfaceList all;
    private InterfaceList.Section names = new InterfaceList.Section();

    SectionInterfaces(final InterfaceList all) {
        this.all = all;
    }

    /** Forgets everything at the start of a section. */
    void clear() {
        count = 0;
        names = new InterfaceList.Section();
    }

    /**
     * Adds what an interface description block says.
     *
     * @param body address behind the block's length
     * @param end  address behind the options
     * @return false if there are too many interfaces
     */
    boolean add(final long body, final long end, final boolean swapped) {
        final int linkType = u16(body, swapped);
        final int snapLength = Math.max(u32(body + 4, swapped), 0);
        String name = "";
        int resolution = 6;
        long offsetSeconds = 0;
        long at = body + 8;
        while (end - at >= 4) {
            final int code = u16(at, swapped);
            final int length = u16(at + 2, swapped);
            final long value = at + 4;
            if (code == Pcapng.OPT_END || length > end - value) {
                break;
            }
            if (code == Pcapng.IF_NAME) {
                name = text(value, length);
            } else if (code == Pcapng.IF_TSRESOL && length >= 1) {
                resolution = UnsafeApi.getByte(value) & 0xff;
            } else if (code == Pcapng.IF_TSOFFSET && length >= Long.BYTES) {
                final long raw = UnsafeApi.getLong(value);
                offsetSeconds = swapped ? Long.reverseBytes(raw) : raw;
            }
            at = value + Pcapng.padded(length);
        }
        final int id = all.register(names, new CaptureInterface(name, linkType, snapLength));
        if (id < 0) {
            return false;
        }
        append(id, linkType, snapLength, resolution == 6 && offsetSeconds == 0
            ? TimestampScale.MICROSECONDS : new TimestampScale(resolution, offsetSeconds));
        return true;
    }

    private void append(final int id, final int linkType, final int snapLength, final TimestampScale scale) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            linkTypes = Arrays.copyOf(linkTypes, 2 * count);
            snapLengths = Arrays.copyOf(snapLengths, 2 * count);
            scales = Arrays.copyOf(scales, 2 * count);
        }
        ids[count] = id;
        linkTypes[count] = linkType;
        snapLengths[count] = snapLength;
        scales[count] = scale;
        count++;
    }

    private static String text(final long address, final int length) {
        final byte[] bytes = new byte[length];
        int used = 0;
        while (used < length && UnsafeApi.getByte(address + used) != 0) {
            bytes[used] = UnsafeApi.getByte(address + used);
            used++;
        }
        return new String(bytes, 0, used, StandardCharsets.UTF_8);
    }

    private static int u16(final long address, final boolean swapped) {
        final short value = UnsafeApi.getShort(address);
        return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }

    private static int u32(final long address, final boolean swapped) {
        final int value = UnsafeApi.getInt(address);
        return swapped ? Integer.reverseBytes(value) : value;
    }
}
