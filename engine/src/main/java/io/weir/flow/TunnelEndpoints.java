package io.weir.flow;

import io.weir.base.NativeMemory;
import io.weir.event.FlowEvent;
import io.weir.packet.Frame;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Outermost addresses of the flows that run in tunnels: most flows do not, so they are kept apart from the records, and
 * for no more than a quarter of the flows. Owned by one worker.
 */
final class TunnelEndpoints implements AutoCloseable {
    static final int LENGTH = 40;
    static final int NONE = -1;

    private static final int SOURCE_HI = 0;
    private static final int SOURCE_LO = 8;
    private static final int DESTINATION_HI = 16;
    private static final int DESTINATION_LO = 24;
    private static final int IP_VERSION = 32;
    private static final int NEXT_FREE = 36;

    private static final int IPV4_HEADER = 20;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;

    private final int capacity;
    private final NativeMemory.Region region;
    private int highWater;
    private int firstFree = NONE;

    TunnelEndpoints(final int capacity) {
        this.capacity = capacity;
        region = NativeMemory.allocateLazily(NativeMemory.Tag.FLOW_TABLE, (long) capacity * LENGTH, Long.BYTES);
    }

    /** Keeps the addresses of the frame's outermost IP header; {@link #NONE} if there is no room or no whole header. */
    int keep(final Frame frame) {
        final int offset = frame.outerIpOffset;
        final int available = frame.capturedLength - offset;
        if (offset < 0 || available < IPV4_HEADER) {
            return NONE;
        }
        final long header = frame.address + offset;
        final int version = (UnsafeApi.getByte(header) & 0xff) >>> 4;
        if (version != 4 && (version != 6 || available < IPV6_HEADER)) {
            return NONE;
        }
        final int slot = take();
        if (slot != NONE) {
            final long at = address(slot);
            UnsafeApi.putInt(at + IP_VERSION, version);
            final boolean six = version == 6;
            UnsafeApi.putLong(at + SOURCE_HI, six ? big(header + IPV6_SOURCE) : 0);
            UnsafeApi.putLong(at + SOURCE_LO,
                six ? big(header + IPV6_SOURCE + Long.BYTES) : bigInt(header + IPV4_SOURCE));
            UnsafeApi.putLong(at + DESTINATION_HI, six ? big(header + IPV6_DESTINATION) : 0);
            UnsafeApi.putLong(at + DESTINATION_LO,
                six ? big(header + IPV6_DESTINATION + Long.BYTES) : bigInt(header + IPV4_DESTINATION));
        }
        return slot;
    }

    int ipVersion(final int slot) {
        return slot == NONE ? 0 : UnsafeApi.getInt(address(slot) + IP_VERSION);
    }

    /** Writes the addresses kept in a slot to a record; zeros if there are none. */
    void write(final int slot, final FlowEvent event) {
        if (slot == NONE) {
            event.tunnelEndpoints(0, 0, 0, 0);
            return;
        }
        final long at = address(slot);
        event.tunnelEndpoints(UnsafeApi.getLong(at + SOURCE_HI), UnsafeApi.getLong(at + SOURCE_LO),
            UnsafeApi.getLong(at + DESTINATION_HI), UnsafeApi.getLong(at + DESTINATION_LO));
    }

    void giveBack(final int slot) {
        UnsafeApi.putInt(address(slot) + NEXT_FREE, firstFree);
        firstFree = slot;
    }

    private int take() {
        if (firstFree != NONE) {
            final int slot = firstFree;
            firstFree = UnsafeApi.getInt(address(slot) + NEXT_FREE);
            return slot;
        }
        return highWater < capacity ? highWater++ : NONE;
    }

    private long address(final int slot) {
        return region.address() + (long) Objects.checkIndex(slot, highWater) * LENGTH;
    }

    private static long big(final long address) {
        return Long.reverseBytes(UnsafeApi.getLong(address));
    }

    private static long bigInt(final long address) {
        return Integer.reverseBytes(UnsafeApi.getInt(address)) & 0xffff_ffffL;
    }

    @Override
    public void close() {
        highWater = 0;
        region.close();
    }
}
