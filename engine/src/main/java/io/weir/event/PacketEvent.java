package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a packet on an event ring that a rule wants written, and a view of it: whose it is, what the source knew
 * about it, and its bytes. Lengths in bytes, times in ns since 1970. A view is wrapped anew for each record and owned
 * by one thread.
 */
public final class PacketEvent {
    /** Length of the body in front of the packet's bytes. */
    public static final int HEAD_LENGTH = FlowEvent.LENGTH + 48;

    /** {@link #marks}: it belongs into the flow's capture file. */
    public static final int CAPTURED = 1;
    /** {@link #marks}: but only if a rule that asks something across flows held. */
    public static final int CONDITIONAL = 1 << 1;
    /** {@link #marks}: it belongs among the records. */
    public static final int TAGGED = 1 << 2;

    private static final int STAMP = FlowEvent.LENGTH;
    private static final int FRAME = STAMP + 8;
    private static final int CAPTURED_LENGTH = STAMP + 16;
    private static final int WIRE_LENGTH = STAMP + 20;
    private static final int LINK_TYPE = STAMP + 24;
    private static final int INTERFACE = STAMP + 28;
    private static final int FRAME_FLAGS = STAMP + 32;
    private static final int STRIPPED_VLAN = STAMP + 36;
    private static final int MARKS = STAMP + 40;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FlowEvent flow = new FlowEvent();

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public PacketEvent wrap(final UnsafeBuffer ring, final int offset) {
        return wrap(ring, offset, ring.getInt(offset + CAPTURED_LENGTH));
    }

    /** Looks at a record that is being written, of so many bytes of the packet. */
    public PacketEvent wrap(final UnsafeBuffer ring, final int offset, final int captured) {
        buffer.wrap(ring, offset, HEAD_LENGTH + captured);
        buffer.putInt(CAPTURED_LENGTH, captured);
        flow.wrap(ring, offset);
        return this;
    }

    /** Identity of the flow, with the packet's sender as the initiator. */
    public FlowEvent flow() {
        return flow;
    }

    /** Sets what is to be done with it: the bits above. */
    public void marks(final int value) {
        buffer.putInt(MARKS, value);
    }

    /** Sets when it came, and its number in the trace. */
    public void seen(final long stampNs, final long number) {
        buffer.putLong(STAMP, stampNs);
        buffer.putLong(FRAME, number);
    }

    /** Sets what its source knew: length on the wire, link type, interface, flags and the VLAN tag it took out. */
    public void source(final int wireLength, final int linkType, final int interfaceId, final int flags,
        final int strippedVlan) {
        buffer.putInt(WIRE_LENGTH, wireLength);
        buffer.putInt(LINK_TYPE, linkType);
        buffer.putInt(INTERFACE, interfaceId);
        buffer.putInt(FRAME_FLAGS, flags);
        buffer.putInt(STRIPPED_VLAN, strippedVlan);
    }

    /** The bits above. */
    public int marks() {
        return buffer.getInt(MARKS);
    }

    /** When it came. */
    public long stampNs() {
        return buffer.getLong(STAMP);
    }

    /** Its number in the trace. */
    public long frameNumber() {
        return buffer.getLong(FRAME);
    }

    /** Bytes of it that are here. */
    public int capturedLength() {
        return buffer.getInt(CAPTURED_LENGTH);
    }

    /** Bytes it had on the wire. */
    public int wireLength() {
        return buffer.getInt(WIRE_LENGTH);
    }

    /** Link type as in a frame's raw part; so are the next three. */
    public int linkType() {
        return buffer.getInt(LINK_TYPE);
    }

    /** Index of its interface. */
    public int interfaceId() {
        return buffer.getInt(INTERFACE);
    }

    /** Flags of the frame. */
    public int frameFlags() {
        return buffer.getInt(FRAME_FLAGS);
    }

    /** VLAN tag that the source took out. */
    public int strippedVlan() {
        return buffer.getInt(STRIPPED_VLAN);
    }

    /** The record; the packet begins at {@link #HEAD_LENGTH}. */
    public UnsafeBuffer buffer() {
        return buffer;
    }
}
