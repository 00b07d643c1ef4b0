package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a record that says: a client was told that a name of an application stands for an address. Addresses are
 * two halves, IPv4 zero-extended. A view is wrapped anew for each record and owned by one thread.
 */
public final class NameEvent {
    /** Length of the body. */
    public static final int LENGTH = 56;

    private static final int CLIENT_HI = 0;
    private static final int CLIENT_LO = 8;
    private static final int ADDRESS_HI = 16;
    private static final int ADDRESS_LO = 24;
    private static final int FRAME = 32;
    private static final int STAMP = 40;
    private static final int CLIENT_VERSION = 48;
    private static final int ADDRESS_VERSION = 49;
    private static final int APPLICATION = 50;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public NameEvent wrap(final UnsafeBuffer ring, final int offset) {
        buffer.wrap(ring, offset, LENGTH);
        return this;
    }

    /** Sets who asked. */
    public void client(final int ipVersion, final long hi, final long lo) {
        buffer.putByte(CLIENT_VERSION, (byte) ipVersion);
        buffer.putLong(CLIENT_HI, hi);
        buffer.putLong(CLIENT_LO, lo);
    }

    /** Sets the address, and the application whose name stands for it. */
    public void address(final int ipVersion, final long hi, final long lo, final int application) {
        buffer.putByte(ADDRESS_VERSION, (byte) ipVersion);
        buffer.putLong(ADDRESS_HI, hi);
        buffer.putLong(ADDRESS_LO, lo);
        buffer.putShort(APPLICATION, (short) application);
    }

    /** Sets number and stamp of the frame that said so. */
    public void saidBy(final long frame, final long stampNs) {
        buffer.putLong(FRAME, frame);
        buffer.putLong(STAMP, stampNs);
    }

    /** 4 or 6. */
    public int clientVersion() {
        return buffer.getByte(CLIENT_VERSION);
    }

    /** Upper half of the client's address. */
    public long clientHi() {
        return buffer.getLong(CLIENT_HI);
    }

    /** Lower half of the client's address. */
    public long clientLo() {
        return buffer.getLong(CLIENT_LO);
    }

    /** 4 or 6. */
    public int addressVersion() {
        return buffer.getByte(ADDRESS_VERSION);
    }

    /** Upper half of the address. */
    public long addressHi() {
        return buffer.getLong(ADDRESS_HI);
    }

    /** Lower half of the address. */
    public long addressLo() {
        return buffer.getLong(ADDRESS_LO);
    }

    /** Number of the application. */
    public int application() {
        return buffer.getShort(APPLICATION) & 0xffff;
    }

    /** Number of the frame that said so. */
    public long frameNumber() {
        return buffer.getLong(FRAME);
    }

    /** Its stamp, ns since 1970. */
    public long stampNs() {
        return buffer.getLong(STAMP);
    }
}
