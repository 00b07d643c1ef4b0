package io.weir.reassembly.fragment;

import io.weir.base.NativeMemory;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.packet.Wire;
import io.weir.reassembly.OverlapRule;
import io.weir.reassembly.PieceStore;
import io.weir.reassembly.TargetPolicies;

/**
 * What waits of incomplete datagrams: data by their offset, and the header of the first fragment in front of them.
 * Bytes that the capture cut off are stored too, as provisional zeros, so that a datagram is complete when all that was
 * announced has come. Owned by one thread.
 */
final class FragmentMemory implements AutoCloseable {
    private static final int ZEROS = FragmentBounds.LENGTH_MAX + 1;
    private static final int FRAGMENT_HEADER = 8;
    private static final int IPV6_NEXT_HEADER = 6;

    private final PieceStore pieces;
    private final Room room;
    private final TargetPolicies policies;
    private final NativeMemory.Region zeros =
        NativeMemory.allocate(NativeMemory.Tag.REASSEMBLY, ZEROS, NativeMemory.CACHE_LINE);
    private int overlapBytes;
    private boolean differing;

    /** Makes room by giving up a datagram. */
    @FunctionalInterface
    interface Room {
        /** False if the datagram that needs the room was given up itself. */
        boolean makeFor(long record);
    }

    FragmentMemory(final FragmentContext context, final Room room) {
        this.room = room;
        policies = context.policies();
        pieces = new PieceStore((long) context.chunks() * PieceStore.CHUNK_BYTES);
    }

    PieceStore pieces() {
        return pieces;
    }

    /** Stores a fragment; false if its datagram had to be given up, for want of room. */
    boolean store(final long record, final Frame frame, final FragmentBounds bounds) {
        overlapBytes = 0;
        differing = false;
        final OverlapRule rule = rule(frame);
        if (bounds.offset == 0 && !Datagram.is(record, Datagram.FIRST) && !storeHeader(record, frame, rule)) {
            return false;
        }
        final int missing = bounds.end - bounds.offset - bounds.captured;
        if (missing > 0) {
            Datagram.raise(record, Datagram.CUT);
        }
        return insertData(record, bounds.offset, frame.address + frame.fragmentDataOffset, bounds.captured, rule, 0)
            && insertData(record, bounds.offset + bounds.captured, zeros.address(), missing, rule,
                PieceStore.PROVISIONAL);
    }

    private OverlapRule rule(final Frame frame) {
        if (frame.ipVersion == 6) {
            return OverlapRule.OLD;
        }
        return policies.of(4, 0, frame.fromUpper ? frame.lowerLo : frame.upperLo).fragmentRule();
    }

    /** The header of the first fragment is that of the datagram; in IPv6 without the fragment header. */
    private boolean storeHeader(final long record, final Frame frame, final OverlapRule rule) {
        final boolean four = frame.ipVersion == 4;
        final int end = four ? frame.fragmentDataOffset : frame.fragmentDataOffset - FRAGMENT_HEADER;
        final int length = end - frame.ipOffset;
        if (!insert(record, -length, frame.address + frame.ipOffset, length, rule, 0)) {
            return false;
        }
        Datagram.putShort(record, Datagram.HEADER_LENGTH, length);
        if (!four) {
            Datagram.putByte(record, Datagram.NEXT_HEADER, Wire.u8(frame.address + end));
            Datagram.putShort(record, Datagram.NEXT_HEADER_AT, nextHeaderAt(frame, end));
        }
        Datagram.raise(record, Datagram.FIRST
            | ((frame.flags & Frame.CHECKSUM_NOT_READY) != 0 ? Datagram.CHECKSUM_NOT_READY : 0));
        return true;
    }

    /** Offset, from the IP header on, of the byte that announces the fragment header: in the header before it. */
    private static int nextHeaderAt(final Frame frame, final int fragmentHeader) {
        int before = frame.ipOffset;
        for (int i = 0; i < frame.layerCount; i++) {
            final int offset = LayerType.offset(frame.layer(i));
            if (offset < fragmentHeader) {
                before = offset;
            }
        }
        return before <= frame.ipOffset ? IPV6_NEXT_HEADER : before - frame.ipOffset;
    }

    private boolean insertData(final long record, final int offset, final long address, final int length,
        final OverlapRule rule, final int flags) {
        if (!insert(record, offset, address, length, rule, flags)) {
            return false;
        }
        Datagram.put(record, Datagram.COVERED, Datagram.get(record, Datagram.COVERED) + pieces.storedBytes());
        overlapBytes += pieces.overlapBytes();
        // the zeros in place of what was cut off are nobody's copy
        differing |= pieces.isDiffering() && !Datagram.is(record, Datagram.CUT);
        return true;
    }

    private boolean insert(final long record, final int offset, final long address, final int length,
        final OverlapRule rule, final int flags) {
        int root = pieces.insert(Datagram.get(record, Datagram.ROOT), offset, address, length, rule, flags);
        while (pieces.isRefused()) {
            if (!room.makeFor(record)) {
                return false;
            }
            root = pieces.insert(root, offset, address, length, rule, flags);
        }
        Datagram.put(record, Datagram.ROOT, root);
        return true;
    }

    /** Bytes of the last fragment for which there was another copy. */
    int overlapBytes() {
        return overlapBytes;
    }

    /** True if any of them differed. */
    boolean isDiffering() {
        return differing;
    }

    /** Frees what is stored of a datagram. */
    void free(final long record) {
        pieces.free(Datagram.get(record, Datagram.ROOT));
        Datagram.put(record, Datagram.ROOT, PieceStore.EMPTY);
    }

    @Override
    public void close() {
        pieces.close();
        zeros.close();
    }
}
