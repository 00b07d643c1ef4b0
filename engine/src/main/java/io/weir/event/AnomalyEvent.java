package io.weir.event;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of an anomaly record on an event ring, and a view of it: whose traffic it is, as a flow record, what was odd,
 * where that is wanted the beginning of the frame, and the bits that rules have set in the flow. Lengths in bytes,
 * times in ns since 1970. A view is wrapped anew for each record and owned by one thread.
 */
public final class AnomalyEvent {
    /** Length of the body without the frame and flow bits. */
    public static final int LENGTH = FlowEvent.LENGTH + 64;
    /** Bytes of a frame that are kept, enough for its headers. */
    public static final int MOST_OF_FRAME = 128;
    /** Stream offset of an anomaly that has no place in a stream. */
    public static final long NO_OFFSET = -1;

    private static final int STAMP = FlowEvent.LENGTH;
    private static final int FRAME = STAMP + 8;
    private static final int STREAM_OFFSET = STAMP + 16;
    private static final int KEPT_HASH = STAMP + 24;
    private static final int REFUSED_HASH = STAMP + 32;
    private static final int CONCERNED = STAMP + 40;
    private static final int ANOMALY = STAMP + 44;
    private static final int COUNT = STAMP + 48;
    private static final int PACKET_LENGTH = STAMP + 52;
    private static final int LINK_TYPE = STAMP + 54;
    private static final int BITS_LENGTH = STAMP + 56;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FlowEvent flow = new FlowEvent();

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public AnomalyEvent wrap(final UnsafeBuffer ring, final int offset) {
        buffer.wrap(ring, offset, LENGTH + ring.getShort(offset + PACKET_LENGTH) + ring.getInt(offset + BITS_LENGTH));
        flow.wrap(ring, offset);
        return this;
    }

    /** Looks at a record that is to be written, with room for so many bytes of a frame and of flow bits behind it. */
    public AnomalyEvent wrap(final UnsafeBuffer ring, final int offset, final int packetLength, final int bitsLength) {
        ring.putShort(offset + PACKET_LENGTH, (short) packetLength);
        ring.putInt(offset + BITS_LENGTH, bitsLength);
        return wrap(ring, offset);
    }

    /** Sets the bytes of the frame, as many as there is room for. */
    public void packet(final long address, final int linkType) {
        buffer.putShort(LINK_TYPE, (short) linkType);
        UnsafeApi.copyMemory(null, address, buffer.byteArray(), buffer.addressOffset() + LENGTH, packetLength());
    }

    /**
     * Identity of the flow, with the sender of the frame as its initiator. The identifier is 0 if the frame belongs to
     * no flow, the IP version if it holds no IP; what a flow sent is 0.
     */
    public FlowEvent flow() {
        return flow;
    }

    /** Sets what was odd, and how many times this record stands for. */
    public void what(final Anomaly anomaly, final int count) {
        buffer.putInt(ANOMALY, anomaly.ordinal());
        buffer.putInt(COUNT, count);
    }

    /** Sets the frame that showed it: its stamp, and its number or 0 if there is none. */
    public void seenIn(final long stampNs, final long frameNumber) {
        buffer.putLong(STAMP, stampNs);
        buffer.putLong(FRAME, frameNumber);
    }

    /** Sets the bytes concerned: their place in the sender's stream or {@link #NO_OFFSET}, and how many. */
    public void concerns(final long streamOffset, final int length) {
        buffer.putLong(STREAM_OFFSET, streamOffset);
        buffer.putInt(CONCERNED, length);
    }

    /** Sets the 64-bit hashes of two copies that differ; 0 where there are none. */
    public void copies(final long keptHash, final long refusedHash) {
        buffer.putLong(KEPT_HASH, keptHash);
        buffer.putLong(REFUSED_HASH, refusedHash);
    }

    /** What was odd. */
    public Anomaly anomaly() {
        return Anomaly.of(buffer.getInt(ANOMALY));
    }

    /** How many anomalies of this kind the record stands for, at least 1. */
    public int count() {
        return buffer.getInt(COUNT);
    }

    /** Stamp of the frame that showed it. */
    public long stampNs() {
        return buffer.getLong(STAMP);
    }

    /** Number of the frame that showed it, 0 if it showed without one. */
    public long frameNumber() {
        return buffer.getLong(FRAME);
    }

    /** Place in the stream of the frame's sender, or {@link #NO_OFFSET}. */
    public long streamOffset() {
        return buffer.getLong(STREAM_OFFSET);
    }

    /** Bytes concerned, or 0. */
    public int length() {
        return buffer.getInt(CONCERNED);
    }

    /** Where {@link #packetLength} bytes of the frame begin at {@link #LENGTH}. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Bytes of the frame that are kept, 0 if they are not wanted. */
    public int packetLength() {
        return buffer.getShort(PACKET_LENGTH);
    }

    /** Where {@link #bitsLength} bytes of names begin in {@link #buffer}, each with a line feed behind it. */
    public int bitsOffset() {
        return LENGTH + packetLength();
    }

    /** Bytes of the names of flow bits. */
    public int bitsLength() {
        return buffer.getInt(BITS_LENGTH);
    }

    /** libpcap LINKTYPE_ value of the frame, if its bytes are kept. */
    public int linkType() {
        return buffer.getShort(LINK_TYPE) & 0xffff;
    }

    /** Hash of the copy that counts, or 0. */
    public long keptHash() {
        return buffer.getLong(KEPT_HASH);
    }

    /** Hash of the copy that does not count, or 0. */
    public long refusedHash() {
        return buffer.getLong(REFUSED_HASH);
    }
}
