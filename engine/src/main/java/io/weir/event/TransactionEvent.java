package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a transaction's record on an event ring, and a view of it: identity of the flow, place in it, and the
 * fields as the protocol package writes them. A view is wrapped anew for each record and owned by one thread.
 *
 * <p>A record about a part of a transaction, such as a file, that comes just before the transaction's own lies in the
 * same place of the ring: its fields stand behind those of the transaction, the first of which are its own too.
 */
public final class TransactionEvent extends EventView {
    /** Length of the body in front of the fields. */
    public static final int HEAD_LENGTH = FlowIdentity.IDENTITY_LENGTH + 40;

    /** Record type (16 bits from the low end), protocol (16), marks (16), record type of the part (16). */
    private static final int WHAT = FlowIdentity.IDENTITY_LENGTH;
    private static final int NUMBER = WHAT + 8;
    private static final int FIELDS_LENGTH = WHAT + 12;
    private static final int FRAME = WHAT + 16;
    private static final int STAMP = WHAT + 24;
    private static final int PART_LENGTH = WHAT + 32;
    private static final int SHARED_LENGTH = WHAT + 36;

    private static final int PROTOCOL_SHIFT = 16;
    private static final int PART_TYPE_SHIFT = 48;
    /** Marks in {@link #WHAT}, of the transaction; those of its part follow. */
    private static final long CUT = 1L << 32;
    private static final long BY_SERVER = 1L << 33;
    private static final int PART_MARKS = 2;

    private final FlowIdentity flow = new FlowIdentity();
    /** Made when a part is first asked for, with the memory it lies in. */
    private TransactionEvent part;
    private UnsafeBuffer memory;

    /** Looks at the record whose body starts at {@code offset} of {@code ring}; the lengths in it must be set. */
    public TransactionEvent wrap(final UnsafeBuffer ring, final int offset) {
        return lookAt(ring, offset, ring.getInt(offset + FIELDS_LENGTH) + ring.getInt(offset + PART_LENGTH));
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
        lookAt(ring, offset, fieldsLength + partLength);
        putInt(FIELDS_LENGTH, fieldsLength);
        putInt(PART_LENGTH, partLength);
        putInt(SHARED_LENGTH, sharedLength);
        return this;
    }

    private TransactionEvent lookAt(final UnsafeBuffer ring, final int offset, final int fieldsAndPart) {
        look(ring, offset, HEAD_LENGTH + fieldsAndPart);
        flow.wrapIdentity(ring, offset);
        return this;
    }

    /** Identity of the flow, with its client as the initiator. */
    public FlowIdentity flow() {
        return flow;
    }

    /**
     * Sets what it is: numbers of the record type and the protocol, which transaction of the flow, whether it was cut,
     * and whether the flow's server told it.
     */
    public void is(final int recordType, final int protocol, final int number, final boolean cut,
        final boolean byServer) {
        putLong(WHAT, recordType & 0xffff | (protocol & 0xffffL) << PROTOCOL_SHIFT | marks(cut, byServer));
        putInt(NUMBER, number);
    }

    /** Says what the record of its part is, once everything is said of its own. */
    public void part(final int recordType, final boolean byServer, final boolean cut) {
        putLong(WHAT, getLong(WHAT) | (long) recordType << PART_TYPE_SHIFT | marks(cut, byServer) << PART_MARKS);
    }

    private static long marks(final boolean cut, final boolean byServer) {
        return (cut ? CUT : 0) | (byServer ? BY_SERVER : 0);
    }

    /** Sets number and stamp of the frame that ended it; frame 0 if the flow's end did. */
    public void endedBy(final long frame, final long stampNs) {
        putLong(FRAME, frame);
        putLong(STAMP, stampNs);
    }

    /** True if the record of a part of it comes before it. */
    public boolean hasPart() {
        return getInt(PART_LENGTH) > 0;
    }

    /** The record of its part as if it stood alone: a copy, valid until the next call. */
    public TransactionEvent part() {
        if (part == null) {
            part = new TransactionEvent();
            memory = new UnsafeBuffer(new byte[EventRing.MAX_BODY]);
        }
        final int own = getInt(PART_LENGTH);
        final int shared = getInt(SHARED_LENGTH);
        memory.putBytes(0, source(), start(), HEAD_LENGTH);
        memory.putBytes(HEAD_LENGTH, source(), fieldsOffset() + fieldsLength(), own);
        memory.putBytes(HEAD_LENGTH + own, source(), fieldsOffset(), shared);
        part.wrap(memory, 0, own + shared);
        final long what = getLong(WHAT);
        part.is((int) (what >>> PART_TYPE_SHIFT), protocol(), number(), (what >>> PART_MARKS & CUT) != 0,
            (what >>> PART_MARKS & BY_SERVER) != 0);
        return part;
    }

    /** True if the flow's server told it. */
    public boolean isByServer() {
        return (getLong(WHAT) & BY_SERVER) != 0;
    }

    /** Number of the record type. */
    public int recordType() {
        return (int) getLong(WHAT) & 0xffff;
    }

    /** Number of the protocol. */
    public int protocol() {
        return (int) getLong(WHAT) >>> PROTOCOL_SHIFT;
    }

    /** True if something did not fit. */
    public boolean isCut() {
        return (getLong(WHAT) & CUT) != 0;
    }

    /** Which of the flow's transactions it is, from 0. */
    public int number() {
        return getInt(NUMBER);
    }

    /** Number of the frame that ended it, or 0. */
    public long frameNumber() {
        return getLong(FRAME);
    }

    /** Stamp of the frame that ended it, or the flow's last one; ns since 1970. */
    public long stampNs() {
        return getLong(STAMP);
    }

    /** Where the record lies, and its fields from {@link #fieldsOffset} on. */
    public UnsafeBuffer buffer() {
        return source();
    }

    /** Where its fields begin. */
    public int fieldsOffset() {
        return start() + HEAD_LENGTH;
    }

    /** Bytes of fields. */
    public int fieldsLength() {
        return getInt(FIELDS_LENGTH);
    }
}
