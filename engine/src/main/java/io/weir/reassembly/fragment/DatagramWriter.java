package io.weir.reassembly.fragment;

import io.weir.packet.Checksum;
import io.weir.packet.Frame;
import io.weir.reassembly.PieceStore;
import org.agrona.UnsafeApi;

/**
 * Writes a complete datagram to the arena, behind the headers of the frame that completed it, and turns that frame's
 * descriptor to it. Owned by one thread.
 */
final class DatagramWriter {
    private static final int OFFLOAD = Frame.CHECKSUM_VERIFIED | Frame.CHECKSUM_NOT_READY;
    private static final int IPV6_HEADER = 40;

    private final PieceStore pieces;
    private final DatagramArena arena;

    /** What became of it. */
    enum Outcome {
        /** The frame holds the datagram. */
        WRITTEN,
        /** IP cannot say its length. */
        TOO_LARGE,
        /** The arena has no room. */
        NO_ROOM
    }

    DatagramWriter(final PieceStore pieces, final DatagramArena arena) {
        this.pieces = pieces;
        this.arena = arena;
    }

    /** Takes the pieces of the datagram; if the frame has changed, it is to be decoded again from its IP header on. */
    Outcome write(final long record, final Frame frame) {
        final int headerLength = Datagram.getShort(record, Datagram.HEADER_LENGTH);
        final int total = headerLength + Datagram.get(record, Datagram.END);
        if (total - (frame.ipVersion == 4 ? 0 : IPV6_HEADER) > FragmentBounds.LENGTH_MAX) {
            return Outcome.TOO_LARGE;
        }
        final long address = arena.claim(frame.ipOffset + total);
        if (address == 0) {
            return Outcome.NO_ROOM;
        }
        UnsafeApi.copyMemory(frame.address, address, frame.ipOffset);
        final int written = copyPieces(record, -headerLength, address + frame.ipOffset);
        setLengths(record, frame, address + frame.ipOffset, total);
        if (frame.datagramBlock == Frame.NO_BLOCK) {
            frame.capturedAddress = frame.address;
            frame.capturedBytes = frame.capturedLength;
            frame.capturedFlags = frame.flags;
        }
        frame.address = address;
        frame.capturedLength = frame.ipOffset + written;
        frame.datagramBlock = arena.block();
        frame.flags = frame.flags & ~OFFLOAD
            | (Datagram.is(record, Datagram.CHECKSUM_NOT_READY) ? Frame.CHECKSUM_NOT_READY : 0);
        return Outcome.WRITTEN;
    }

    /** Copies header and data up to the first byte that was cut off; answers how many bytes. */
    private int copyPieces(final long record, final int from, final long target) {
        int root = Datagram.get(record, Datagram.ROOT);
        int at = from;
        int piece = pieces.first(root);
        while (piece != PieceStore.EMPTY && pieces.sequence(piece) == at
            && (pieces.flags(piece) & PieceStore.PROVISIONAL) == 0) {
            final int length = pieces.length(piece);
            UnsafeApi.copyMemory(pieces.address(piece), target + (at - from), length);
            at += length;
            root = pieces.removeFirst(root);
            piece = pieces.first(root);
        }
        Datagram.put(record, Datagram.ROOT, root);
        return at - from;
    }

    private static void setLengths(final long record, final Frame frame, final long ip, final int total) {
        if (frame.ipVersion == 4) {
            putShort(ip + 2, total);
            putShort(ip + 6, 0);
            putShort(ip + 10, 0);
            putShort(ip + 10, Checksum.fold(Checksum.sum(ip, Datagram.getShort(record, Datagram.HEADER_LENGTH), 0)));
        } else {
            putShort(ip + 4, total - IPV6_HEADER);
            UnsafeApi.putByte(ip + Datagram.getShort(record, Datagram.NEXT_HEADER_AT),
                (byte) Datagram.getByte(record, Datagram.NEXT_HEADER));
        }
    }

    private static void putShort(final long address, final int value) {
        UnsafeApi.putByte(address, (byte) (value >>> 8));
        UnsafeApi.putByte(address + 1, (byte) value);
    }
}
