package io.weir.reassembly.model;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a host wait until it has sent a number of frames of a kind, so that what it does next does not hang on time. */
final class Sighting {
    private static final long PATIENCE_MS = 3000;

    private final int port;
    private final Kind kind;
    private final CountDownLatch missing;
    private int sequenceEnd;

    /** Which frames count. */
    enum Kind {
        /** The window is closed: several of them answer probes. */
        WINDOW_CLOSED,
        /** A probe of an idle connection, one before the next sequence number. */
        KEEP_ALIVE
    }

    /** Looks out for frames sent from a port. */
    Sighting(final int port, final Kind kind, final int count) {
        this.port = port;
        this.kind = kind;
        missing = new CountDownLatch(count);
    }

    /** The wire has seen a frame. */
    void seen(final byte[] frame) {
        if (TcpFrame.sourcePort(frame) != port) {
            return;
        }
        final int sequence = TcpFrame.sequence(frame);
        final int length = TcpFrame.payloadLength(frame) + (TcpFrame.has(frame, TcpFrame.SYN) ? 1 : 0);
        if (kind == Kind.WINDOW_CLOSED ? TcpFrame.window(frame) == 0 : length == 0 && sequence == sequenceEnd - 1) {
            missing.countDown();
        }
        if (TcpFrame.has(frame, TcpFrame.SYN) || sequence + length - sequenceEnd > 0) {
            sequenceEnd = sequence + length;
        }
    }

    /** Waits; false if they did not come within a bounded time. */
    boolean await() throws InterruptedException {
        return missing.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }
}
