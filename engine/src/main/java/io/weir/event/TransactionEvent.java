package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a transaction's record on an event ring, and a view of it: identity of the flow, place in it, and the
 * fields as the protocol package writes them. A view is wrapped anew for each record and owned by one thread.
 */
public final class TransactionEvent {
    /** Length of the body in front of the fields. */
    public static final int HEAD_LENGTH = FlowEvent.IDENTITY_LENGTH + 40;

    private static final int RECORD_TYPE = FlowEvent.IDENTITY_LENGTH;
    private static final int PROTOCOL = RECORD_TYPE + 2;
    private static final int CUT = RECORD_TYPE + 4;
    private static final int BY_SERVER = RECORD_TYPE + 5;
    private static final int NUMBER = RECORD_TYPE + 8;
    private static final int FIELDS_LENGTH = RECORD_TYPE + 12;
    private static final int FRAME = RECORD_TYPE + 16;
    private static final int STAMP = RECORD_TYPE + 24;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FlowEvent flow = new FlowEvent();

    /** Looks at the record whose body starts at {@code offset} of {@code ring}; its fields' length must be set. */
    public TransactionEvent wrap(final UnsafeBuffer ring, final int offset) {
        buffer.wrap(ring, offset, HEAD_LENGTH + ring.getInt(offset + FIELDS_LENGTH));
        flow.wrapIdentity(ring, offset);
        return this;
    }

    /** Looks at a record that is being written, with so many bytes of fields. */
    public TransactionEvent wrap(final UnsafeBuffer ring, final int offset, final int fieldsLength) {
        buffer.wrap(ring, offset, HEAD_LENGTH + fieldsLength);
        buffer.putInt(FIELDS_LENGTH, fieldsLength);
        flow.wrapIdentity(ring, offset);
        return this;
    }

    /** Identity of the flow, with its client as the initiator; nothing else of the flow is there. */
    public FlowEvent flow() {
        return flow;
    }

    /** Sets what it is: numbers of the record type and the protocol, which transaction of the flow, whether cut. */
    public void is(final int recordType, final int protocol, final int number, final boolean cut) {
        buffer.putShort(RECORD_TYPE, (short) recordType);
        buffer.putShort(PROTOCOL, (short) protocol);
        buffer.putByte(CUT, (byte) (cut ? 1 : 0));
        buffer.putInt(NUMBER, number);
    }

    /** Sets number and stamp of the frame that ended it; frame 0 if the flow's end did. */
    public void endedBy(final long frame, final long stampNs) {
        buffer.putLong(FRAME, frame);
        buffer.putLong(STAMP, stampNs);
    }

    /** Sets whether the flow's server told it. */
    public void byServer(final boolean value) {
        buffer.putByte(BY_SERVER, (byte) (value ? 1 : 0));
    }

    /** True if the flow's server told it. */
    public boolean isByServer() {
        return buffer.getByte(BY_SERVER) != 0;
    }

    /** Number of the record type. */
    public int recordType() {
        return buffer.getShort(RECORD_TYPE) & 0xffff;
    }

    /** Number of the protocol. */
    public int protocol() {
        return buffer.getShort(PROTOCOL) & 0xffff;
    }

    /** True if something did not fit. */
    public boolean isCut() {
        return buffer.getByte(CUT) != 0;
    }

    /** Which of the flow's transactions it is, from 0. */
    public int number() {
        return buffer.getInt(NUMBER);
    }

    /** Number of the frame that ended it, or 0. */
    public long frameNumber() {
        return buffer.getLong(FRAME);
    }

    /** Stamp of the frame that ended it, or the flow's last one; ns since 1970. */
    public long stampNs() {
        return buffer.getLong(STAMP);
    }

    /** The bytes; fields begin at {@link #HEAD_LENGTH}. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Bytes of fields. */
    public int fieldsLength() {
        return buffer.getInt(FIELDS_LENGTH);
    }
}
