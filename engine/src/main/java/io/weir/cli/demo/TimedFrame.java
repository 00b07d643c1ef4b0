package io.weir.cli.demo;

/** A frame of the demo's traffic and when it is on the wire. */
public final class TimedFrame {
    private final long timeNs;
    private final byte[] bytes;

    TimedFrame(final long timeNs, final byte[] bytes) {
        this.timeNs = timeNs;
        this.bytes = bytes;
    }

    /** Nanoseconds since 1970. */
    public long timeNs() {
        return timeNs;
    }

    /** The frame from its Ethernet header on; shared, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
