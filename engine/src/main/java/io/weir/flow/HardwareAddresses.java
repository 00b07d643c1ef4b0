package io.weir.flow;

import io.weir.base.NativeMemory;
import io.weir.event.FlowIdentity;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import org.agrona.UnsafeApi;

/**
 * Ethernet addresses of the first frame of each flow, beside its record and under the same number: kept only where
 * records are to name them. Owned by one worker.
 */
final class HardwareAddresses implements AutoCloseable {
    /** Bytes for a flow: the address at the lower endpoint, then that at the upper. */
    static final int LENGTH = 16;

    private static final int HEADER = 14;
    private static final int ADDRESS = 6;

    private final NativeMemory.Region region;

    HardwareAddresses(final int capacity) {
        region = NativeMemory.allocateLazily(NativeMemory.Tag.FLOW_TABLE, (long) capacity * LENGTH, LENGTH);
    }

    /** Keeps the addresses of a flow's first frame. */
    void keep(final int record, final Frame frame) {
        final long at = region.address() + (long) record * LENGTH;
        UnsafeApi.putLong(at, address(frame, !frame.fromUpper));
        UnsafeApi.putLong(at + Long.BYTES, address(frame, frame.fromUpper));
    }

    /** Writes them to a record whose initiator is the upper endpoint, or the lower. */
    void write(final int record, final FlowIdentity event, final boolean initiatorIsUpper) {
        final long at = region.address() + (long) record * LENGTH;
        final long lower = UnsafeApi.getLong(at);
        final long upper = UnsafeApi.getLong(at + Long.BYTES);
        event.hardware(initiatorIsUpper ? upper : lower, initiatorIsUpper ? lower : upper);
    }

    /** An address of a frame's Ethernet header with {@link FlowIdentity#HARDWARE_KNOWN}, 0 if it has none. */
    static long address(final Frame frame, final boolean ofSender) {
        if (frame.linkType != LinkType.ETHERNET || frame.capturedLength < HEADER) {
            return 0;
        }
        final long at = frame.address + (ofSender ? ADDRESS : 0);
        // eight bytes are there: the header is longer than both addresses
        return Long.reverseBytes(UnsafeApi.getLong(at)) >>> Short.SIZE | FlowIdentity.HARDWARE_KNOWN;
    }

    @Override
    public void close() {
        region.close();
    }
}
