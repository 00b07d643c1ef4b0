package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a record that announces a flow: who will wait where, who will come, and fields for the record of the
 * announced flow. Addresses are two halves, IPv4 zero-extended; port 0 stands for any. A view is wrapped anew for each
 * record and owned by one thread.
 */
public final class ExpectationEvent {
    /** Length of the body in front of the fields. */
    public static final int HEAD_LENGTH = FlowEvent.LENGTH + 72;

    private static final int WAITING_HI = FlowEvent.LENGTH;
    private static final int WAITING_LO = WAITING_HI + 8;
    private static final int COMING_HI = WAITING_HI + 16;
    private static final int COMING_LO = WAITING_HI + 24;
    private static final int FRAME = WAITING_HI + 32;
    private static final int STAMP = WAITING_HI + 40;
    private static final int WAITING_PORT = WAITING_HI + 48;
    private static final int COMING_PORT = WAITING_HI + 50;
    private static final int PROTOCOL = WAITING_HI + 52;
    private static final int RECORD_TYPE = WAITING_HI + 54;
    private static final int FIELDS_LENGTH = WAITING_HI + 56;
    private static final int IP_PROTOCOL = WAITING_HI + 60;
    private static final int IP_VERSION = WAITING_HI + 61;
    private static final int CUT = WAITING_HI + 62;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FlowEvent announcer = new FlowEvent();

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public ExpectationEvent wrap(final UnsafeBuffer ring, final int offset) {
        return wrap(ring, offset, ring.getInt(offset + FIELDS_LENGTH));
    }

    /** Looks at a record that is being written, with so many bytes of fields. */
    public ExpectationEvent wrap(final UnsafeBuffer ring, final int offset, final int fieldsLength) {
        buffer.wrap(ring, offset, HEAD_LENGTH + fieldsLength);
        buffer.putInt(FIELDS_LENGTH, fieldsLength);
        announcer.wrap(ring, offset);
        return this;
    }

    /** Identity of the flow that announces. */
    public FlowEvent announcer() {
        return announcer;
    }

    /** Sets transport and address family of the announced flow, its protocol's number and that of its record's type. */
    public void announced(final int ipVersion, final int ipProtocol, final int protocol, final int recordType) {
        buffer.putByte(IP_VERSION, (byte) ipVersion);
        buffer.putByte(IP_PROTOCOL, (byte) ipProtocol);
        buffer.putShort(PROTOCOL, (short) protocol);
        buffer.putShort(RECORD_TYPE, (short) recordType);
    }

    /** Sets who waits. */
    public void waiting(final long hi, final long lo, final int port) {
        buffer.putLong(WAITING_HI, hi);
        buffer.putLong(WAITING_LO, lo);
        buffer.putShort(WAITING_PORT, (short) port);
    }

    /** Sets who will come. */
    public void coming(final long hi, final long lo, final int port) {
        buffer.putLong(COMING_HI, hi);
        buffer.putLong(COMING_LO, lo);
        buffer.putShort(COMING_PORT, (short) port);
    }

    /** Sets number and stamp of the frame that announced it, and whether fields were cut. */
    public void saidBy(final long frame, final long stampNs, final boolean cut) {
        buffer.putLong(FRAME, frame);
        buffer.putLong(STAMP, stampNs);
        buffer.putByte(CUT, (byte) (cut ? 1 : 0));
    }

    /** Upper half of the address that waits. */
    public long waitingHi() {
        return buffer.getLong(WAITING_HI);
    }

    /** Lower half of the address that waits. */
    public long waitingLo() {
        return buffer.getLong(WAITING_LO);
    }

    /** Port at which it waits, 0 for any. */
    public int waitingPort() {
        return buffer.getShort(WAITING_PORT) & 0xffff;
    }

    /** Upper half of the address that will come. */
    public long comingHi() {
        return buffer.getLong(COMING_HI);
    }

    /** Lower half of the address that will come. */
    public long comingLo() {
        return buffer.getLong(COMING_LO);
    }

    /** Port from which it will come, 0 for any. */
    public int comingPort() {
        return buffer.getShort(COMING_PORT) & 0xffff;
    }

    /** 4 or 6. */
    public int ipVersion() {
        return buffer.getByte(IP_VERSION);
    }

    /** IP protocol of the announced flow. */
    public int ipProtocol() {
        return buffer.getByte(IP_PROTOCOL) & 0xff;
    }

    /** Number of the announced flow's protocol. */
    public int protocol() {
        return buffer.getShort(PROTOCOL) & 0xffff;
    }

    /** Number of the type of the record that is to be written for the announced flow, plus 1; 0 for none. */
    public int recordType() {
        return buffer.getShort(RECORD_TYPE) & 0xffff;
    }

    /** True if something did not fit. */
    public boolean isCut() {
        return buffer.getByte(CUT) != 0;
    }

    /** Number of the frame that announced it. */
    public long frameNumber() {
        return buffer.getLong(FRAME);
    }

    /** Its stamp, ns since 1970. */
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
