package io.weir.perf.trace;

import java.util.SplittableRandom;

/**
 * What the streams of generated TCP connections consist of: each byte follows from the client's number, the direction
 * and its place in the stream, so that whoever receives a stream can tell whether every byte is right. Immutable.
 */
public final class StreamPattern {
    /** Port of servers whose streams are to be checked in a trace with others. */
    public static final int PORT = 443;

    private static final int PERIOD = 1 << 15;
    private static final int SEGMENT_MAX = 1 << 11;

    private final byte[] bytes = new byte[PERIOD + SEGMENT_MAX];

    /** Makes the one there is. */
    public StreamPattern() {
        final byte[] period = new byte[PERIOD];
        new SplittableRandom(20_260_103).nextBytes(period);
        System.arraycopy(period, 0, bytes, 0, PERIOD);
        System.arraycopy(period, 0, bytes, PERIOD, SEGMENT_MAX);
    }

    private static int at(final int client, final boolean fromServer, final long streamOffset) {
        return (int) (client * 0x9e37L + (fromServer ? 0x51ed : 0) + streamOffset) & PERIOD - 1;
    }

    /** The byte at a place in a stream. */
    public byte byteAt(final int client, final boolean fromServer, final long streamOffset) {
        return bytes[at(client, fromServer, streamOffset)];
    }

    void copy(final int client, final boolean fromServer, final long streamOffset, final byte[] frame,
        final int payload, final int length) {
        System.arraycopy(bytes, at(client, fromServer, streamOffset), frame, payload, length);
    }
}
