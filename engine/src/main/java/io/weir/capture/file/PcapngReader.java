package io.weir.capture.file;

import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * Records of a pcapng file (draft-ietf-opsawg-pcapng): any number of sections in either byte order, enhanced, simple
 * and obsolete packet blocks; other blocks are skipped.
 *
 * <p>A simple packet block has no stamp: it is given that of the record before it. A block whose length cannot be right
 * is damage: the following bytes are searched for the next block that repeats its length at its end.
 */
final class PcapngReader extends RecordReader {
    private static final int FIRST_BYTES = 12;
    private static final int SIMPLE_PACKET_HEADER = 12;
    private static final int ENHANCED_PACKET_MIN = Pcapng.ENHANCED_PACKET_HEADER + 4;
    private static final int SECTION_HEADER_MIN = 28;
    private static final int INTERFACE_MIN = 20;
    private static final int VERSION = 1;
    /** The block was used up without a frame; apart from the results of {@link BlockReader#require}. */
    private static final int SKIPPED = -1;
    /** The frame was set; apart from the results of {@link BlockReader#require}. */
    private static final int FRAME = -2;

    private final SectionInterfaces interfaces;
    private final PcapngResync resync;
    private boolean swapped;
    /** True while the search for the next block waits for a block of memory. */
    private boolean lost;
    private boolean unknownVersion;
    private int enhancedPacket = Pcapng.ENHANCED_PACKET;
    private long lastStampNs;

    PcapngReader(final BlockReader in, final InterfaceList all) {
        super(in);
        interfaces = new SectionInterfaces(all);
        resync = new PcapngResync(in);
    }

    private int order(final int value) {
        return swapped ? Integer.reverseBytes(value) : value;
    }

    private int u32(final long address) {
        return order(UnsafeApi.getInt(address));
    }

    private int u16(final long address) {
        final short value = UnsafeApi.getShort(address);
        return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }

    @Override
    int next(final Frame frame) {
        final BlockReader window = in;
        final long at = window.position;
        final long available = window.limit - at;
        if (available >= ENHANCED_PACKET_MIN && !lost && UnsafeApi.getInt(at) == enhancedPacket) {
            final int total = u32(at + 4);
            final int captured = u32(at + 20);
            final int wire = u32(at + 24);
            final int described = u32(at + 8);
            if ((total & 3) == 0 && total >= ENHANCED_PACKET_MIN && total <= available
                && u32(at + total - 4) == total && (captured | wire) >= 0
                && captured <= total - ENHANCED_PACKET_MIN
                && Integer.compareUnsigned(described, interfaces.count) < 0) {
                enhanced(frame, at, total, captured, wire, described);
                window.position = at + total;
                return DELIVERED;
            }
        }
        return slow(frame);
    }

    private void enhanced(final Frame frame, final long at, final int total, final int captured, final int wire,
        final int described) {
        final long units = (long) u32(at + 12) << Integer.SIZE | u32(at + 16) & 0xffff_ffffL;
        final int behind = Pcapng.ENHANCED_PACKET_HEADER + Pcapng.padded(captured);
        final int flags = total - behind >= Pcapng.EMPTY_BLOCK ? flags(at + behind, at + total - 4) : 0;
        deliver(frame, at + Pcapng.ENHANCED_PACKET_HEADER, captured, wire, described,
            interfaces.scales[described].toNs(units), flags);
    }

    private void deliver(final Frame frame, final long address, final int captured, final int wire,
        final int described, final long stampNs, final int flags) {
        lastStampNs = stampNs;
        frame.address = address;
        frame.capturedLength = captured;
        frame.wireLength = wire;
        frame.timestampNs = stampNs;
        frame.linkType = interfaces.linkTypes[described];
        frame.interfaceId = interfaces.ids[described];
        frame.source = 0;
        frame.block = in.block;
        frame.flags = flags;
        frame.strippedVlan = 0;
        in.delivered++;
    }

    private int flags(final long options, final long end) {
        long at = options;
        while (end - at >= 4) {
            final int code = u16(at);
            final int length = u16(at + 2);
            if (code == Pcapng.OPT_END || length > end - at - 4) {
                break;
            }
            if (code == Pcapng.EPB_FLAGS && length == Integer.BYTES) {
                final int flags = u32(at + 4);
                return ((flags & Pcapng.FLAG_DIRECTION) == Pcapng.FLAG_OUTBOUND ? Frame.OUTGOING : 0)
                    | ((flags & Pcapng.FLAG_CHECKSUM_NOT_READY) == 0 ? 0 : Frame.CHECKSUM_NOT_READY)
                    | ((flags & Pcapng.FLAG_CHECKSUM_VALID) == 0 ? 0 : Frame.CHECKSUM_VERIFIED)
                    | ((flags & Pcapng.FLAG_SEGMENTATION_OFFLOADED) == 0 ? 0 : Frame.SUPER_FRAME);
            }
            at += 4 + Pcapng.padded(length);
        }
        return 0;
    }

    private int slow(final Frame frame) {
        int state = lost ? skip("") : SKIPPED;
        while (state == SKIPPED) {
            state = in.require(FIRST_BYTES);
            if (state == BlockReader.ENDED) {
                return end("the file ends inside a block header");
            }
            if (state == BlockReader.READY) {
                state = following(frame);
            }
        }
        return state == FRAME ? DELIVERED : state == BlockReader.NO_BLOCK ? NOT_READY : END;
    }

    private int following(final Frame frame) {
        final boolean section = UnsafeApi.getInt(in.position) == Pcapng.SECTION_HEADER;
        if (section && !takeByteOrder()) {
            return skip("section header without a byte-order magic number");
        }
        final int type = u32(in.position);
        final long total = (u32(in.position + 4) & 0xffff_ffffL) + 3 & ~3L;
        if (total < Pcapng.EMPTY_BLOCK || total > BlockReader.MAX_BYTES) {
            return skip("block of " + total + " bytes");
        }
        final int state = in.require((int) total);
        if (state == BlockReader.ENDED) {
            end("the file ends inside a block");
        }
        return state == BlockReader.READY ? block(frame, type, (int) total) : state;
    }

    /** Looks for the next block that can be right. */
    private int skip(final String why) {
        final int state = resync.skip(why, swapped);
        lost = state == BlockReader.NO_BLOCK;
        return state == BlockReader.READY ? SKIPPED : state;
    }

    private int block(final Frame frame, final int type, final int total) {
        if (u32(in.position + total - 4) != u32(in.position + 4)) {
            final int state = judgeEnd(total);
            if (state != BlockReader.READY) {
                return state;
            }
        }
        final long at = in.position;
        if (unknownVersion && type != Pcapng.SECTION_HEADER) {
            in.position = at + total;
            return SKIPPED;
        }
        final int result = switch (type) {
            case Pcapng.SECTION_HEADER -> section(at, total);
            case Pcapng.INTERFACE_DESCRIPTION -> describe(at, total);
            case Pcapng.ENHANCED_PACKET -> enhancedPacket(frame, at, total);
            case Pcapng.SIMPLE_PACKET -> simplePacket(frame, at, total);
            case Pcapng.PACKET -> obsoletePacket(frame, at, total);
            default -> SKIPPED;
        };
        in.position = at + total;
        return result;
    }

    /** A block does not repeat its length at its end: it is believed if the file ends or goes on there. */
    private int judgeEnd(final int total) {
        final int state = in.require(total + FIRST_BYTES);
        if (state == BlockReader.NO_BLOCK) {
            return state;
        }
        final String what = "block of " + total + " bytes that ends with a length of "
            + Integer.toUnsignedString(u32(in.position + total - 4));
        final boolean believed = state == BlockReader.READY
            ? PcapngResync.mayBegin(u32(in.position + total), u32(in.position + total + 4))
            : in.limit == in.position + total;
        if (!believed) {
            return skip(what);
        }
        in.damage(in.position, what);
        return BlockReader.READY;
    }

    private boolean takeByteOrder() {
        final int magic = UnsafeApi.getInt(in.position + 8);
        if (magic != Pcapng.BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != Pcapng.BYTE_ORDER_MAGIC) {
            return false;
        }
        swapped = magic != Pcapng.BYTE_ORDER_MAGIC;
        enhancedPacket = order(Pcapng.ENHANCED_PACKET);
        return true;
    }

    private int section(final long at, final int total) {
        interfaces.clear();
        unknownVersion = total < SECTION_HEADER_MIN || u16(at + 12) != VERSION;
        if (unknownVersion) {
            in.damage(at, "section of an unknown version of pcapng; it is left out");
        }
        return SKIPPED;
    }

    private int describe(final long at, final int total) {
        if (total < INTERFACE_MIN) {
            in.damage(at, "interface description of " + total + " bytes");
        } else if (!interfaces.add(at + 8, at + total - 4, swapped)) {
            in.damage(at, "more than " + InterfaceList.MAX_INTERFACES + " interfaces; this one is left out");
        }
        return SKIPPED;
    }

    private int enhancedPacket(final Frame frame, final long at, final int total) {
        if (total < ENHANCED_PACKET_MIN || !fits(at, u32(at + 20), total - ENHANCED_PACKET_MIN)
            || !isDescribed(at, u32(at + 8))) {
            return total < ENHANCED_PACKET_MIN ? tooShort(at, total) : SKIPPED;
        }
        enhanced(frame, at, total, u32(at + 20), length(u32(at + 24)), u32(at + 8));
        return FRAME;
    }

    private int simplePacket(final Frame frame, final long at, final int total) {
        if (total < SIMPLE_PACKET_HEADER + 4) {
            return tooShort(at, total);
        }
        if (!isDescribed(at, 0)) {
            return SKIPPED;
        }
        final int wire = length(u32(at + 8));
        final int snapLength = interfaces.snapLengths[0] == 0 ? Integer.MAX_VALUE : interfaces.snapLengths[0];
        final int captured = Math.min(Math.min(wire, snapLength), total - SIMPLE_PACKET_HEADER - 4);
        deliver(frame, at + SIMPLE_PACKET_HEADER, captured, wire, 0, lastStampNs, 0);
        return FRAME;
    }

    private int obsoletePacket(final Frame frame, final long at, final int total) {
        if (total < ENHANCED_PACKET_MIN) {
            return tooShort(at, total);
        }
        final int described = u16(at + 8);
        if (!fits(at, u32(at + 20), total - ENHANCED_PACKET_MIN) || !isDescribed(at, described)) {
            return SKIPPED;
        }
        enhanced(frame, at, total, u32(at + 20), length(u32(at + 24)), described);
        return FRAME;
    }

    private static int length(final int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }

    private int tooShort(final long at, final int total) {
        in.damage(at, "packet block of " + total + " bytes");
        return SKIPPED;
    }

    private boolean fits(final long at, final int captured, final int room) {
        if (Integer.compareUnsigned(captured, room) <= 0) {
            return true;
        }
        in.damage(at, "packet block with room for " + room + " bytes and a captured length of "
            + Integer.toUnsignedString(captured));
        return false;
    }

    private boolean isDescribed(final long at, final int described) {
        if (Integer.compareUnsigned(described, interfaces.count) < 0) {
            return true;
        }
        in.damage(at, "packet of interface " + Integer.toUnsignedString(described)
            + ", which the section does not describe");
        return false;
    }

    private int end(final String what) {
        if (in.limit > in.position) {
            in.damage(in.position, what);
            in.position = in.limit;
        }
        return END;
    }
}
