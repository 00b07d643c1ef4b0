package io.weir.protocol.smb;

import io.weir.protocol.Bytes;

/** Which open pipe of a connection: its session, and the identifier that it has there, if that is known. One thread. */
final class PipeId {
    /** Behind the number of a pipe of version 1, in place of the second half of an identifier. */
    private static final long VERSION_1 = Long.MIN_VALUE;

    private long session;
    private long first;
    private long second;
    private boolean known;

    /** A pipe of that session, it is not known which. */
    void set(final long ofSession) {
        session = ofSession;
        known = false;
    }

    /** The pipe whose identifier of 16 bytes is at that place; all ones stand for that of the command before. */
    void set(final long ofSession, final Bytes b, final int at) {
        session = ofSession;
        first = b.u64le(at);
        second = b.u64le(at + Long.BYTES);
        known = (first & second) != -1;
    }

    /** The pipe of version 1 with that number. */
    void set(final long ofSession, final int number) {
        session = ofSession;
        first = number;
        second = VERSION_1;
        known = true;
    }

    /** The same as that one. */
    void set(final PipeId other) {
        session = other.session;
        first = other.first;
        second = other.second;
        known = other.known;
    }

    long session() {
        return session;
    }

    /** True if it is known to be that one. */
    boolean is(final PipeId other) {
        return known && other.known && session == other.session && first == other.first && second == other.second;
    }

    /** True unless it is known to be another. */
    boolean mayBe(final PipeId other) {
        return session == other.session && (!known || !other.known || first == other.first && second == other.second);
    }
}
