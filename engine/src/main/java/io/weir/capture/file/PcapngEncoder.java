package io.weir.capture.file;

import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;

/**
 * Writes pcapng blocks to native memory, in the byte order of the machine. The caller sees to the room.
 *
 * <p>Stamps are in nanoseconds. A VLAN tag that the source took out is put back in its place behind the two addresses.
 * Of {@link Frame#flags}, the direction, the two checksum flags and the super-frame flag survive as bits 0-1, 9, 10 and
 * 11 of the {@code epb_flags} option.
 */
final class PcapngEncoder {
    private static final int SECTION_BYTES = 28;
    private static final int FLAGS_OPTION_BYTES = 12;
    private static final int MAX_NAME_BYTES = 1024;
    private static final int MAC_BYTES = 12;
    private static final int TAG_BYTES = 4;
    private static final byte RESOLUTION_NS = 9;
    private static final int WRITTEN_FLAGS =
        Frame.OUTGOING | Frame.CHECKSUM_NOT_READY | Frame.CHECKSUM_VERIFIED | Frame.SUPER_FRAME;

    private PcapngEncoder() {
    }

    /** Writes a section header; returns its length, at most 64. */
    static int sectionHeader(final long address) {
        UnsafeApi.putInt(address, Pcapng.SECTION_HEADER);
        UnsafeApi.putInt(address + 4, SECTION_BYTES);
        UnsafeApi.putInt(address + 8, Pcapng.BYTE_ORDER_MAGIC);
        UnsafeApi.putShort(address + 12, (short) 1);
        UnsafeApi.putShort(address + 14, (short) 0);
        UnsafeApi.putLong(address + 16, -1L);
        UnsafeApi.putInt(address + 24, SECTION_BYTES);
        return SECTION_BYTES;
    }

    /** Writes an interface description; returns its length, at most 2 KiB. */
    static int interfaceDescription(final long address, final CaptureInterface described) {
        final byte[] name = described.name().getBytes(StandardCharsets.UTF_8);
        final int nameLength = Math.min(name.length, MAX_NAME_BYTES);
        UnsafeApi.putInt(address, Pcapng.INTERFACE_DESCRIPTION);
        UnsafeApi.putShort(address + 8, (short) described.linkType());
        UnsafeApi.putShort(address + 10, (short) 0);
        UnsafeApi.putInt(address + 12, described.snapLength());
        long at = address + 16;
        if (nameLength > 0) {
            at = option(at, Pcapng.IF_NAME, nameLength);
            for (int i = 0; i < nameLength; i++) {
                UnsafeApi.putByte(at + i, name[i]);
            }
            at += Pcapng.padded(nameLength);
        }
        at = option(at, Pcapng.IF_TSRESOL, 1);
        UnsafeApi.putByte(at, RESOLUTION_NS);
        at = option(at + TAG_BYTES, Pcapng.OPT_END, 0);
        final int length = (int) (at - address) + 4;
        UnsafeApi.putInt(address + 4, length);
        UnsafeApi.putInt(at, length);
        return length;
    }

    private static long option(final long at, final int code, final int length) {
        UnsafeApi.putShort(at, (short) code);
        UnsafeApi.putShort(at + 2, (short) length);
        if (length > 0) {
            UnsafeApi.putInt(at + TAG_BYTES + (length - 1 & ~3), 0);
        }
        return at + TAG_BYTES;
    }

    /** Length of the packet block for a frame. */
    static int packetLength(final Frame frame) {
        return Pcapng.ENHANCED_PACKET_HEADER + Pcapng.padded(frame.capturedLength + tagBytes(frame))
            + ((frame.flags & WRITTEN_FLAGS) == 0 ? 0 : FLAGS_OPTION_BYTES) + 4;
    }

    private static int tagBytes(final Frame frame) {
        return (frame.flags & Frame.VLAN_STRIPPED) != 0 && frame.capturedLength >= MAC_BYTES ? TAG_BYTES : 0;
    }

    /**
     * Writes a frame as an enhanced packet block.
     *
     * @param length what {@link #packetLength} says
     */
    static void packet(final long address, final int length, final Frame frame) {
        final int tagBytes = tagBytes(frame);
        final int captured = frame.capturedLength + tagBytes;
        UnsafeApi.putInt(address, Pcapng.ENHANCED_PACKET);
        UnsafeApi.putInt(address + 4, length);
        UnsafeApi.putInt(address + 8, frame.interfaceId);
        UnsafeApi.putInt(address + 12, (int) (frame.timestampNs >>> Integer.SIZE));
        UnsafeApi.putInt(address + 16, (int) frame.timestampNs);
        UnsafeApi.putInt(address + 20, captured);
        UnsafeApi.putInt(address + 24, frame.wireLength);
        long at = address + Pcapng.ENHANCED_PACKET_HEADER;
        if (captured > 0) {
            UnsafeApi.putInt(at + (captured - 1 & ~3), 0);
        }
        if (tagBytes == 0) {
            UnsafeApi.copyMemory(frame.address, at, captured);
        } else {
            UnsafeApi.copyMemory(frame.address, at, MAC_BYTES);
            UnsafeApi.putInt(at + MAC_BYTES, ByteOrders.bigEndian(frame.strippedVlan));
            UnsafeApi.copyMemory(frame.address + MAC_BYTES, at + MAC_BYTES + TAG_BYTES,
                frame.capturedLength - MAC_BYTES);
        }
        at += Pcapng.padded(captured);
        if ((frame.flags & WRITTEN_FLAGS) != 0) {
            at = option(at, Pcapng.EPB_FLAGS, Integer.BYTES);
            UnsafeApi.putInt(at, flags(frame.flags));
            at = option(at + Integer.BYTES, Pcapng.OPT_END, 0);
        }
        UnsafeApi.putInt(at, length);
    }

    private static int flags(final int flags) {
        return ((flags & Frame.OUTGOING) == 0 ? 0 : Pcapng.FLAG_OUTBOUND)
            | ((flags & Frame.CHECKSUM_NOT_READY) == 0 ? 0 : Pcapng.FLAG_CHECKSUM_NOT_READY)
            | ((flags & Frame.CHECKSUM_VERIFIED) == 0 ? 0 : Pcapng.FLAG_CHECKSUM_VALID)
            | ((flags & Frame.SUPER_FRAME) == 0 ? 0 : Pcapng.FLAG_SEGMENTATION_OFFLOADED);
    }
}
