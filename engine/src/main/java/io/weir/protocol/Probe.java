package io.weir.protocol;

/**
 * What a {@link Detector} may look at. For TCP: the beginnings of both directions as far as they came, in order and
 * without gaps. For UDP: the datagram that came, and kept beginnings of earlier ones.
 *
 * <p>Filled by the classifier for each question; one thread.
 */
public final class Probe {
    /** Bytes kept of a TCP direction's beginning, at most. */
    public static final int MAX_STREAM = 2048;
    /** Bytes kept of an earlier datagram, at most. */
    public static final int MAX_EARLIER = 128;

    private final Bytes now = new Bytes();
    private final Bytes other = new Bytes();
    private final Bytes before = new Bytes();
    private boolean udp;
    private boolean fromClient;
    private boolean midStream;
    private int clientPort;
    private int serverPort;
    private int count;
    private int announced;
    private int payloadProtocol;

    /** TCP: beginning of the direction that has just sent. UDP: the datagram that came. Never empty. */
    public Bytes now() {
        return now;
    }

    /** TCP: beginning of the other direction, perhaps empty. UDP: beginning of its newest datagram. */
    public Bytes other() {
        return other;
    }

    /** UDP: beginning of the datagram before this one in the same direction; empty if there was none, and in TCP. */
    public Bytes before() {
        return before;
    }

    /** TCP: the client's side of {@link #now()} and {@link #other()}. */
    public Bytes client() {
        return fromClient ? now : other;
    }

    /** TCP: the server's side of {@link #now()} and {@link #other()}. */
    public Bytes server() {
        return fromClient ? other : now;
    }

    /** True if the flow's client, as far as is known, sent {@link #now()}. */
    public boolean fromClient() {
        return fromClient;
    }

    /** True for a datagram of UDP, false for a stream of TCP. */
    public boolean isUdp() {
        return udp;
    }

    /** True if the beginning of a TCP connection was not seen: what is here may be from the middle of anything. */
    public boolean isMidStream() {
        return midStream;
    }

    /** How many datagrams or pieces of stream this direction has sent, this one included. */
    public int count() {
        return count;
    }

    /** UDP: length of the datagram's payload as announced; {@link #now()} may be shorter if the capture cut it off. */
    public int announced() {
        return announced;
    }

    /**
     * SCTP: what the chunk says it carries, {@link #announced} bytes if it is all of a message, or 0 bytes; 0 if it
     * does not say (RFC 9260, section 3.3.1). -1 for other transports.
     */
    public int payloadProtocol() {
        return payloadProtocol;
    }

    /** Port of the side that counts as client. */
    public int clientPort() {
        return clientPort;
    }

    /** Port of the side that counts as server. */
    public int serverPort() {
        return serverPort;
    }

    /** True if one of the two sides has this port. */
    public boolean onPort(final int port) {
        return serverPort == port || clientPort == port;
    }

    /** The answer for bytes of {@link #now()} that only a client of the protocol sends. */
    public Answer yesFromClient() {
        return fromClient ? Answer.YES : Answer.YES_TURNED;
    }

    /** The answer for bytes of {@link #now()} that only a server of the protocol sends. */
    public Answer yesFromServer() {
        return fromClient ? Answer.YES_TURNED : Answer.YES;
    }

    /** Begins a question. */
    public Probe of(final boolean isUdp, final boolean isFromClient, final int client, final int server) {
        udp = isUdp;
        fromClient = isFromClient;
        clientPort = client;
        serverPort = server;
        midStream = false;
        count = 1;
        announced = 0;
        payloadProtocol = -1;
        now.clear();
        other.clear();
        before.clear();
        return this;
    }

    /** Sets whether the beginning is missing. */
    public Probe midStream(final boolean value) {
        midStream = value;
        return this;
    }

    /** Sets how many pieces the direction has sent, and the announced length of a datagram. */
    public Probe counts(final int pieces, final int announcedLength) {
        count = pieces;
        announced = announcedLength;
        return this;
    }

    /** Sets what a chunk of SCTP says it carries. */
    public Probe payloadProtocol(final int value) {
        payloadProtocol = value;
        return this;
    }
}
