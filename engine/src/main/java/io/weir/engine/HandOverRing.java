package io.weir.engine;

import io.weir.base.NativeMemory;
import io.weir.packet.Frame;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.UnsafeApi;

/**
 * Frames on their way from one member of a fan-out to another, descriptors and bytes. One thread gives, one takes.
 *
 * <p>Bytes are copied, so that no member's blocks ever wait for another member: a receiver that stands still costs
 * frames here, by count, and stalls no capture. What is handed over is the exception, and mostly fragments.
 *
 * <p>A frame lies where it is until the taker is done with it and all before it; in the meantime the taker may change
 * its descriptor.
 */
final class HandOverRing implements AutoCloseable {
    /** {@link Frame#datagramBlock} of a frame whose datagram was put together elsewhere: it lies in no arena. */
    static final long ELSEWHERE = -2;

    private static final int STRIDE = 16;
    private static final int PUBLISHED = STRIDE;
    private static final int CONSUMED = 2 * STRIDE;

    private final Frame[] slots;
    private final long bytes;
    private final NativeMemory.Region region;
    private final AtomicLongArray positions = new AtomicLongArray(4 * STRIDE);

    /** Behind the bytes of the frame in each slot, as the giver counts bytes. */
    private final long[] dataEnds;
    private long offered;
    private long dataEnd;
    private long dataStart;
    private long consumedSeen;

    /** Frames the taker is done with, though perhaps not with some before them. */
    private final boolean[] settled;
    private long scanned;
    private long taken;

    /**
     * Makes a ring.
     *
     * @param frames a power of two
     * @param bytes  for the bytes of frames; at least four times the longest
     */
    HandOverRing(final int frames, final int bytes) {
        this.bytes = bytes;
        region = NativeMemory.allocateLazily(NativeMemory.Tag.OTHER, bytes, NativeMemory.CACHE_LINE);
        slots = new Frame[frames];
        for (int i = 0; i < frames; i++) {
            slots[i] = new Frame();
        }
        dataEnds = new long[frames];
        settled = new boolean[frames];
    }

    private int slot(final long position) {
        return (int) position & slots.length - 1;
    }

    // ---- giver

    /** Copies a frame; false if there is no room. It can be seen from the next {@link #flush} on. */
    boolean offer(final Frame frame) {
        final boolean rebuilt = frame.datagramBlock != Frame.NO_BLOCK;
        final int length = align(frame.capturedLength) + (rebuilt ? align(frame.capturedBytes) : 0);
        final long room = bytes - dataEnd % bytes;
        final long begin = room < length ? dataEnd + room : dataEnd;
        if (offered - consumedSeen == slots.length || begin + length - dataStart > bytes) {
            look();
            if (offered - consumedSeen == slots.length || begin + length - dataStart > bytes) {
                return false;
            }
        }
        final long address = region.address() + begin % bytes;
        final Frame copy = slots[slot(offered)];
        copy.copyFrom(frame);
        copy.address = address;
        copy.block = Frame.NO_BLOCK;
        UnsafeApi.copyMemory(frame.address, address, frame.capturedLength);
        if (rebuilt) {
            copy.datagramBlock = ELSEWHERE;
            copy.capturedAddress = address + align(frame.capturedLength);
            UnsafeApi.copyMemory(frame.capturedAddress, copy.capturedAddress, frame.capturedBytes);
        }
        dataEnd = begin + length;
        dataEnds[slot(offered)] = dataEnd;
        offered++;
        return true;
    }

    private void look() {
        consumedSeen = positions.getAcquire(CONSUMED);
        dataStart = consumedSeen == 0 ? 0 : dataEnds[slot(consumedSeen - 1)];
    }

    private static int align(final int length) {
        return length + Long.BYTES - 1 & -Long.BYTES;
    }

    /** Lets the taker see what was offered; true if there was anything. */
    boolean flush() {
        if (positions.getPlain(PUBLISHED) == offered) {
            return false;
        }
        positions.set(PUBLISHED, offered);
        return true;
    }

    // ---- taker

    /** The next frame that was not looked at yet, or null; it stays where it is until it is settled. */
    Frame scan() {
        return scanned == positions.getAcquire(PUBLISHED) ? null : slots[slot(scanned++)];
    }

    /** Position of the frame that was scanned last. */
    long scanned() {
        return scanned - 1;
    }

    /** The taker is done with the frame at a position. */
    void settle(final long position) {
        settled[slot(position)] = true;
    }

    /** Gives back what is settled, up to the first frame that is not. */
    void consume() {
        final long before = taken;
        while (taken < scanned && settled[slot(taken)]) {
            settled[slot(taken)] = false;
            taken++;
        }
        if (taken != before) {
            positions.setRelease(CONSUMED, taken);
        }
    }

    // ---- any thread

    /** Frames the giver let be seen so far. */
    long published() {
        return positions.get(PUBLISHED);
    }

    /** Frames the taker was done with so far. */
    long consumed() {
        return positions.get(CONSUMED);
    }

    @Override
    public void close() {
        region.close();
    }
}
