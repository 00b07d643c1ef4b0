package io.weir.packet;

/** Bits of {@link Frame#tcpFlags}, RFC 9293 section 3.1. */
public final class TcpFlags {
    /** No more data from the sender. */
    public static final int FIN = 1;
    /** Synchronise sequence numbers. */
    public static final int SYN = 1 << 1;
    /** Reset the connection. */
    public static final int RST = 1 << 2;
    /** Push. */
    public static final int PSH = 1 << 3;
    /** The acknowledgement number is significant. */
    public static final int ACK = 1 << 4;
    /** The urgent pointer is significant. */
    public static final int URG = 1 << 5;
    /** Echo of congestion experienced, RFC 3168. */
    public static final int ECE = 1 << 6;
    /** Congestion window reduced, RFC 3168. */
    public static final int CWR = 1 << 7;

    private TcpFlags() {
    }
}
