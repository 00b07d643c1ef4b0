package io.weir.capture.file;

import io.weir.packet.Frame;

/** Takes the records of one capture file apart. For one thread. */
abstract class RecordReader {
    /** {@link #next}: the frame was set. */
    static final int DELIVERED = 0;
    /** {@link #next}: no block is free. */
    static final int NOT_READY = 1;
    /** {@link #next}: nothing more can be read. */
    static final int END = 2;

    /** Captured lengths up to this are believed whatever the file header says, as libpcap and Wireshark do. */
    static final int TRUSTED_CAPTURED_LENGTH = 262_144;

    /** The bytes. */
    final BlockReader in;

    RecordReader(final BlockReader in) {
        this.in = in;
    }

    /** Sets the raw part of {@code frame} to the next record that can be read. */
    abstract int next(Frame frame);

    /**
     * Sets several frames, as {@link io.weir.capture.FrameSource#take}, as long as there is nothing to it: where more
     * must be read, or a record is damaged, it is left to {@link #next}.
     */
    int take(final Frame[] frames, final int from, final int to, final long untilNs) {
        return from;
    }
}
