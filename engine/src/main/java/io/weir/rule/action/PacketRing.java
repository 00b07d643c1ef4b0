package io.weir.rule.action;

import io.weir.base.NativeMemory;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * Copies of the frames a worker saw last, in one ring that is only ever added to: a new frame takes the place of the
 * oldest. Frames hang together in chains, newest first; a chain holds the frames of a few flows, told apart by their
 * handles, and those of flows that had a handle before by the number of the flow's first frame. One thread.
 *
 * <p>Positions ascend for ever. What lies at one is there until the ring was written once around.
 */
final class PacketRing implements AutoCloseable {
    /** No frame. */
    static final long NONE = 0;
    /** Longest frame that is kept whole; of longer ones the beginning is. */
    static final int MAX_FRAME = 60 * 1024;

    private static final int EARLIER = 0;
    private static final int LATER = 8;
    private static final int FLOW = 16;
    private static final int STAMP = 24;
    private static final int NUMBER = 32;
    private static final int CAPTURED = 40;
    private static final int WIRE = 44;
    private static final int LINK_TYPE = 48;
    private static final int INTERFACE = 52;
    private static final int FLAGS = 56;
    private static final int VLAN = 60;
    private static final int SIDE = 64;
    private static final int HEAD = 72;
    /** Chains for so many bytes: about one for each frame or two. */
    private static final int BYTES_PER_CHAIN = 1024;

    private final NativeMemory.Region region;
    private final int capacity;
    private final long[] newest;
    private long produced;

    /**
     * Makes a ring.
     *
     * @param capacity bytes, a power of two, at least 1 MiB
     */
    PacketRing(final int capacity) {
        this.capacity = capacity;
        region = NativeMemory.allocateLazily(NativeMemory.Tag.RULE_CAPTURE, capacity, NativeMemory.CACHE_LINE);
        newest = new long[capacity / BYTES_PER_CHAIN];
        // nothing is in place at NONE
        produced = 2L * capacity;
    }

    private int chain(final long flow) {
        return (int) flow & newest.length - 1;
    }

    private long at(final long position) {
        return region.address() + (position & capacity - 1);
    }

    /** Keeps a frame of a flow with this handle. */
    void add(final long flow, final Frame frame) {
        final int captured = Math.min(frame.capturedLength, MAX_FRAME);
        final int length = HEAD + captured + 7 & ~7;
        final int offset = (int) produced & capacity - 1;
        if (capacity - offset < length) {
            produced += capacity - offset;
        }
        final long at = at(produced);
        final int chain = chain(flow);
        UnsafeApi.putLong(at + EARLIER, newest[chain]);
        UnsafeApi.putLong(at + FLOW, flow);
        UnsafeApi.putLong(at + STAMP, frame.timestampNs);
        UnsafeApi.putLong(at + NUMBER, frame.number);
        UnsafeApi.putInt(at + CAPTURED, captured);
        UnsafeApi.putInt(at + WIRE, frame.wireLength);
        UnsafeApi.putInt(at + LINK_TYPE, frame.linkType);
        UnsafeApi.putInt(at + INTERFACE, frame.interfaceId);
        UnsafeApi.putInt(at + FLAGS, frame.flags);
        UnsafeApi.putInt(at + VLAN, frame.strippedVlan);
        UnsafeApi.putInt(at + SIDE, frame.fromUpper ? 1 : 0);
        UnsafeApi.copyMemory(frame.address, at + HEAD, captured);
        newest[chain] = produced;
        produced += length;
    }

    private boolean isThere(final long position) {
        return position + capacity >= produced;
    }

    /**
     * The oldest frame of a flow that is still there; {@link #later} leads from it to the newest.
     *
     * @param first number of the flow's first frame
     * @param bytes the newest frames that hold no more than this are looked at
     * @return its position, or {@link #NONE}
     */
    long oldest(final long flow, final long first, final long bytes) {
        long oldest = NONE;
        long left = bytes;
        for (long position = newest[chain(flow)]; isThere(position);) {
            final long at = at(position);
            if (UnsafeApi.getLong(at + FLOW) == flow) {
                left -= UnsafeApi.getInt(at + CAPTURED);
                if (left < 0 || UnsafeApi.getLong(at + NUMBER) < first) {
                    break;
                }
                UnsafeApi.putLong(at + LATER, oldest);
                oldest = position;
            }
            position = UnsafeApi.getLong(at + EARLIER);
        }
        return oldest;
    }

    /** Position of the frame behind one, as the last call of {@link #oldest} found it, or {@link #NONE}. */
    long later(final long position) {
        return UnsafeApi.getLong(at(position) + LATER);
    }

    /** Sets the raw part, the number and the side of a frame; its bytes lie in the ring. */
    void read(final long position, final Frame frame) {
        final long at = at(position);
        frame.timestampNs = UnsafeApi.getLong(at + STAMP);
        frame.number = UnsafeApi.getLong(at + NUMBER);
        frame.capturedLength = UnsafeApi.getInt(at + CAPTURED);
        frame.wireLength = UnsafeApi.getInt(at + WIRE);
        frame.linkType = UnsafeApi.getInt(at + LINK_TYPE);
        frame.interfaceId = UnsafeApi.getInt(at + INTERFACE);
        frame.flags = UnsafeApi.getInt(at + FLAGS);
        frame.strippedVlan = UnsafeApi.getInt(at + VLAN);
        frame.fromUpper = UnsafeApi.getInt(at + SIDE) != 0;
        frame.address = at + HEAD;
    }


    @Override
    public void close() {
        region.close();
    }
}
