package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a transaction's record on an event ring, and a view of it: identity of the flow, place in it, and the
 * fields as the protocol package writes them. A view is wrapped anew for each record and owned by one thread.
 *
 * <p>A record about a part of a transaction, such as a file, that comes just before the transaction's own lies in the
 * same place of the ring: its fields stand behind those of the transaction, the first of which are its own too.
 */
public final class TransactionEvent {
    /** Length of the body in front of the fields. */
    public static final int HEAD_LENGTH = FlowEvent.IDENTITY_LENGTH + 40;

    private static final int RECORD_TYPE = FlowEvent.IDENTITY_LENGTH;
    private static final int PROTOCOL = RECORD_TYPE + 2;
    private static final int CUT = RECORD_TYPE + 4;
    private static final int BY_SERVER = RECORD_TYPE + 5;
    private static final int PART_TYPE = RECORD_TYPE + 6;
    private static final int NUMBER = RECORD_TYPE + 8;
    private static final int FIELDS_LENGTH = RECORD_TYPE + 12;
    private static final int FRAME = RECORD_TYPE + 16;
    private static final int STAMP = RECORD_TYPE + 24;
    private static final int PART_LENGTH = RECORD_TYPE + 32;
    private static final int SHARED_LENGTH = RECORD_TYPE + 36;

    /** In a byte that says something of both records: of the transaction's, of its part's. */
    private static final int OF_WHOLE = 1;
    private static final int OF_PART = 2;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FlowEvent flow = new FlowEvent();
    /** Made when a part is first asked for, with the memory it lies in. */
    private TransactionEvent part;
    private UnsafeBuffer memory;

    /** Looks at the record whose body starts at {@code offset} of {@code ring}; the lengths in it must be set. */
    public TransactionEvent wrap(final UnsafeBuffer ring, final int offset) {
        buffer.wrap(ring, offset,
            HEAD_LENGTH + ring.getInt(offset + FIELDS_LENGTH) + ring.getInt(offset + PART_LENGTH));
        flow.wrapIdentity(ring, offset);
        return this;
    }

    /** Looks at a record that is being written, with so many bytes of fields. */
    public TransactionEvent wrap(final UnsafeBuffer ring, final int offset, final int fieldsLength) {
        return wrap(ring, offset, fieldsLength, 0, 0);
    }

    /**
     * Looks at a record that is being written together with that of a part of it.
     *
     * @param fieldsLength bytes of its fields
     * @param partLength   bytes of the part's own fields, which follow
     * @param sharedLength bytes of the first fields of the transaction that stand in the part's record too, behind its
     *                     own
     */
    public TransactionEvent wrap(final UnsafeBuffer ring, final int offset, final int fieldsLength,
        final int partLength, final int sharedLength) {
        buffer.wrap(ring, offset, HEAD_LENGTH + fieldsLength + partLength);
        buffer.putInt(FIELDS_LENGTH, fieldsLength);
        buffer.putInt(PART_LENGTH, partLength);
        buffer.putInt(SHARED_LENGTH, sharedLength);
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
        buffer.putByte(CUT, (byte) (cut ? OF_WHOLE : 0));
        buffer.putInt(NUMBER, number);
    }

    /** Sets number and stamp of the frame that ended it; frame 0 if the flow's end did. */
    public void endedBy(final long frame, final long stampNs) {
        buffer.putLong(FRAME, frame);
        buffer.putLong(STAMP, stampNs);
    }

    /** Sets whether the flow's server told it. */
    public void byServer(final boolean value) {
        buffer.putByte(BY_SERVER, (byte) (value ? OF_WHOLE : 0));
    }

    /** Says what the record of its part is, once everything is said of its own. */
    public void part(final int recordType, final boolean byServer, final boolean cut) {
        buffer.putShort(PART_TYPE, (short) recordType);
        mark(BY_SERVER, byServer);
        mark(CUT, cut);
    }

    private void mark(final int at, final boolean value) {
        buffer.putByte(at, (byte) (buffer.getByte(at) & ~OF_PART | (value ? OF_PART : 0)));
    }

    /** True if the record of a part of it comes before it. */
    public boolean hasPart() {
        return buffer.getInt(PART_LENGTH) > 0;
    }

    /** The record of its part as if it stood alone: a copy, valid until the next call. */
    public TransactionEvent part() {
        if (part == null) {
            part = new TransactionEvent();
            memory = new UnsafeBuffer(new byte[EventRing.MAX_BODY]);
        }
        final int own = buffer.getInt(PART_LENGTH);
        final int shared = buffer.getInt(SHARED_LENGTH);
        memory.putBytes(0, buffer, 0, HEAD_LENGTH);
        memory.putBytes(HEAD_LENGTH, buffer, HEAD_LENGTH + fieldsLength(), own);
        memory.putBytes(HEAD_LENGTH + own, buffer, HEAD_LENGTH, shared);
        part.wrap(memory, 0, own + shared);
        part.is(buffer.getShort(PART_TYPE), protocol(), number(), (buffer.getByte(CUT) & OF_PART) != 0);
        part.byServer((buffer.getByte(BY_SERVER) & OF_PART) != 0);
        return part;
    }

    /** True if the flow's server told it. */
    public boolean isByServer() {
        return (buffer.getByte(BY_SERVER) & OF_WHOLE) != 0;
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
        return (buffer.getByte(CUT) & OF_WHOLE) != 0;
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
