package io.weir.protocol;

/** Parses the datagrams of a UDP flow. */
public abstract class DatagramParser extends Parser {
    /**
     * The next datagram.
     *
     * @param fromClient true if the flow's client sent it
     * @param payload    as far as it was captured, at least 1 byte
     * @param announced  length of the payload as announced; greater if the capture cut it off
     */
    public abstract void datagram(boolean fromClient, Bytes payload, int announced);

    /**
     * What must be known of the flow when its next datagram comes, if a number below 2^60 can hold that, else -1. With
     * a number this parser is ended, without telling anything, and another one begins with that datagram.
     */
    public long kept() {
        return -1;
    }

    /** Goes on with a flow, right after it has begun with it, where another parser has left it. */
    public void resume(final long kept) {
        // Without a number from above nobody calls it.
    }
}
