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
}
