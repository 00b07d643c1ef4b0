package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * The head of a connection-oriented packet of DCE/RPC (C706, 12.6), as it stands in what is written to or read from a
 * named pipe. A view: used for one packet after the other. One thread.
 */
final class PipePacket {
    static final int REQUEST = 0;
    static final int RESPONSE = 2;
    static final int BIND = 11;
    static final int BIND_ACK = 12;
    static final int ALTER_CONTEXT = 14;

    private static final int PING = 1;

    private static final int HEADER = 16;
    /** Of requests and responses, in front of the stub. */
    private static final int STUB_HEADER = 24;
    private static final int LAST_TYPE = 20;
    private static final int FIRST_FRAGMENT = 1;
    private static final int LAST_FRAGMENT = 2;
    private static final byte[][] TYPES = new byte[LAST_TYPE + 1][];

    static {
        final String[] names = {"REQUEST", "PING", "RESPONSE", "FAULT", "WORKING", "NOCALL", "REJECT", "ACK",
            "CL_CANCEL", "FACK", "CANCEL_ACK", "BIND", "BINDACK", "BINDNAK", "ALTER_CONTEXT", "ALTER_CONTEXT_RESP",
            "AUTH3", "SHUTDOWN", "CO_CANCEL", "ORPHANED", "RTS"};
        for (int i = 0; i < names.length; i++) {
            TYPES[i] = names[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    private Bytes bytes;
    private int at;
    private boolean little;

    /** Looks at a place; false if no packet begins there. */
    boolean read(final Bytes b, final long place) {
        bytes = b;
        at = (int) Math.min(place, b.length());
        little = b.u8(at + 4) == 0x10;
        return b.has(at, HEADER) && b.u8(at) == 5 && b.u8(at + 1) <= 1 && b.u8(at + 2) <= LAST_TYPE
            && (little || b.u8(at + 4) == 0) && b.u8(at + 5) <= 3 && b.u16(at + 6) == 0 && length() >= HEADER;
    }

    /** Name of a type, as EVE spells it. */
    static byte[] name(final int type) {
        return TYPES[type];
    }

    int type() {
        return bytes.u8(at + 2);
    }

    /** True if it begins a message. */
    boolean isFirst() {
        return (bytes.u8(at + 3) & FIRST_FRAGMENT) != 0;
    }

    /** True if it ends one. */
    boolean isLast() {
        return (bytes.u8(at + 3) & LAST_FRAGMENT) != 0;
    }

    /** True if it is one of a client that is answered. */
    boolean isAnswered() {
        return type() == REQUEST || type() == PING || type() == BIND || type() == ALTER_CONTEXT;
    }

    /** True if its numbers have the least byte first. */
    boolean isLittle() {
        return little;
    }

    /** Bytes of it, some of which may not be there. */
    int length() {
        return u16(8);
    }

    long callId() {
        return little ? bytes.u32le(at + 12) : bytes.u32(at + 12);
    }

    /** Of a request or response: bytes behind its header. */
    int stubLength() {
        return Math.max(0, length() - STUB_HEADER);
    }

    /** A number of 16 bits at a place from its beginning; -1 if it is not there. */
    int u16(final int offset) {
        return little ? bytes.u16le(at + offset) : bytes.u16(at + offset);
    }

    /** A byte; -1 if it is not there. */
    int u8(final int offset) {
        return offset < length() ? bytes.u8(at + offset) : -1;
    }
}
