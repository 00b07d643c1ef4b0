package io.weir.packet;

import io.weir.base.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.UnsafeApi;

/** Decodes bytes for tests: at the very end of a region, so that a read beyond the frame meets known bytes. */
final class Decoding implements AutoCloseable {
    static final int MARGIN = 4096;
    final Frame frame = new Frame();
    private final NativeMemory.Region region;
    private final Decoder decoder = new Decoder();
    private final int capacity;

    Decoding(final int capacity) {
        this.capacity = capacity;
        region = NativeMemory.allocate(NativeMemory.Tag.OTHER, capacity + 2L * MARGIN, 64);
    }

    Decoding() {
        this(1 << 17);
    }

    Frame ethernet(final PacketBuilder packet) {
        return decode(LinkType.ETHERNET, packet.build());
    }

    Frame raw(final PacketBuilder packet) {
        return decode(LinkType.RAW, packet.build());
    }

    Frame decode(final int linkType, final byte... bytes) {
        return decode(linkType, bytes, bytes.length, (byte) 0);
    }

    /** Decodes the first bytes of an array, surrounded by a filler byte on both sides. */
    Frame decode(final int linkType, final byte[] bytes, final int length, final byte filler) {
        final long at = region.address() + MARGIN + capacity - length;
        UnsafeApi.setMemory(at - MARGIN, MARGIN, filler);
        UnsafeApi.setMemory(at + length, MARGIN, filler);
        for (int i = 0; i < length; i++) {
            UnsafeApi.putByte(at + i, bytes[i]);
        }
        frame.address = at;
        frame.capturedLength = length;
        frame.wireLength = bytes.length;
        frame.linkType = linkType;
        decoder.decode(frame);
        return frame;
    }

    /** Decodes the first bytes of a packet, as after a snap length. */
    Frame cut(final int linkType, final byte[] bytes, final int length) {
        return decode(linkType, bytes, length, (byte) 0);
    }

    /** Decodes the first bytes of an Ethernet frame of which the source took a VLAN tag out. */
    Frame stripped(final byte[] bytes, final int length) {
        final Frame decoded = cut(LinkType.ETHERNET, bytes, length);
        decoded.flags = Frame.VLAN_STRIPPED;
        decoded.strippedVlan = 0x8100_0001;
        decoded.wireLength = bytes.length + 4;
        decoder.decode(decoded);
        decoded.flags = 0;
        return decoded;
    }

    /** Labels of the layers, separated by blanks. */
    static String layers(final Frame frame) {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < frame.layerCount; i++) {
            names.add(LayerType.of(frame.layer(i)).label());
        }
        return String.join(" ", names);
    }

    /** The tuple in packet order. */
    static String tuple(final Frame frame) {
        return (frame.fromUpper ? upper(frame) : lower(frame)) + " > "
            + (frame.fromUpper ? lower(frame) : upper(frame));
    }

    /** The addresses of the outermost IP header of a tunnel, in packet order, with ports 0. */
    static String outerAddresses(final Frame frame) {
        final long ip = frame.address + frame.outerIpOffset;
        if (Wire.u8(ip) >>> 4 == 4) {
            return AddressText.v4(Wire.i32(ip + 12)) + " 0 > " + AddressText.v4(Wire.i32(ip + 16)) + " 0";
        }
        return AddressText.v6(Wire.i64(ip + 8), Wire.i64(ip + 16)) + " 0 > "
            + AddressText.v6(Wire.i64(ip + 24), Wire.i64(ip + 32)) + " 0";
    }

    static DecodeError error(final Frame frame) {
        return DecodeError.of(frame.error);
    }

    private static String lower(final Frame frame) {
        return address(frame, frame.lowerHi, frame.lowerLo) + " " + frame.lowerPort;
    }

    private static String upper(final Frame frame) {
        return address(frame, frame.upperHi, frame.upperLo) + " " + frame.upperPort;
    }

    private static String address(final Frame frame, final long hi, final long lo) {
        return frame.ipVersion == 4 ? AddressText.v4((int) lo) : AddressText.v6(hi, lo);
    }

    @Override
    public void close() {
        region.close();
    }
}
