package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a record that says: a client was told that a name of an application stands for an address. Addresses are
 * two halves, IPv4 zero-extended. A view is wrapped anew for each record and owned by one thread.
 */
public final class NameEvent extends EventView {
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

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public NameEvent wrap(final UnsafeBuffer ring, final int offset) {
        look(ring, offset, LENGTH);
        return this;
    }

    /** Sets who asked. */
    public void client(final int ipVersion, final long hi, final long lo) {
        putByte(CLIENT_VERSION, ipVersion);
        putLong(CLIENT_HI, hi);
        putLong(CLIENT_LO, lo);
    }

    /** Sets the address, and the application whose name stands for it. */
    public void address(final int ipVersion, final long hi, final long lo, final int application) {
        putByte(ADDRESS_VERSION, ipVersion);
        putLong(ADDRESS_HI, hi);
        putLong(ADDRESS_LO, lo);
        putShort(APPLICATION, application);
    }

    /** Sets number and stamp of the frame that said so. */
    public void saidBy(final long frame, final long stampNs) {
        putLong(FRAME, frame);
        putLong(STAMP, stampNs);
    }

    /** 4 or 6. */
    public int clientVersion() {
        return getByte(CLIENT_VERSION);
    }

    /** Upper half of the client's address. */
    public long clientHi() {
        return getLong(CLIENT_HI);
    }

    /** Lower half of the client's address. */
    public long clientLo() {
        return getLong(CLIENT_LO);
    }

    /** 4 or 6. */
    public int addressVersion() {
        return getByte(ADDRESS_VERSION);
    }

    /** Upper half of the address. */
    public long addressHi() {
        return getLong(ADDRESS_HI);
    }

    /** Lower half of the address. */
    public long addressLo() {
        return getLong(ADDRESS_LO);
    }

    /** Number of the application. */
    public int application() {
        return getShort(APPLICATION);
    }

    /** Number of the frame that said so. */
    public long frameNumber() {
        return getLong(FRAME);
    }

    /** Its stamp, ns since 1970. */
    public long stampNs() {
        return getLong(STAMP);
    }
}
