package io.weir.cli.demo;

import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.util.Arrays;

/** A TCP connection told step by step; every call adds frames and moves its clock on. */
final class TcpTalk {
    private static final int SEGMENT = 1400;
    private static final byte[] SYN_OPTIONS = {2, 4, 0x05, (byte) 0xb4, 4, 2, 1, 3, 3, 7};

    private final Timeline timeline;
    private final Route route;
    private final int clientPort;
    private final int serverPort;
    private final long halfTripUs;
    private long nowUs;
    private long clientNext;
    private long serverNext;

    /**
     * Prepares a connection.
     *
     * @param startUs    when its first frame passes
     * @param halfTripUs time from one side to the other
     */
    TcpTalk(final Timeline timeline, final Route route, final int clientPort, final int serverPort, final long startUs,
        final long halfTripUs) {
        this.timeline = timeline;
        this.route = route;
        this.clientPort = clientPort;
        this.serverPort = serverPort;
        this.halfTripUs = halfTripUs;
        nowUs = startUs;
        clientNext = 0x1000_0000L + clientPort * 7919L;
        serverNext = 0x6000_0000L + clientPort * 104_729L;
    }

    /** The three-way handshake. */
    TcpTalk open() {
        syn();
        timeline.add(nowUs, server(TcpFlags.SYN | TcpFlags.ACK).options(SYN_OPTIONS));
        serverNext++;
        nowUs += halfTripUs;
        timeline.add(nowUs, client(TcpFlags.ACK));
        return this;
    }

    /** A SYN that nobody answers. */
    TcpTalk syn() {
        timeline.add(nowUs, client(TcpFlags.SYN).ack(0).options(SYN_OPTIONS));
        clientNext++;
        nowUs += halfTripUs;
        return this;
    }

    /** A SYN that is refused. */
    TcpTalk refused() {
        syn();
        serverNext = 0;
        timeline.add(nowUs, server(TcpFlags.RST | TcpFlags.ACK));
        return this;
    }

    /** The client says something, the server acknowledges it. */
    TcpTalk ask(final byte[] bytes) {
        send(bytes, false);
        return this;
    }

    /** The server says something, the client acknowledges every second segment and the last. */
    TcpTalk answer(final byte[] bytes) {
        send(bytes, true);
        return this;
    }

    /** The server says something that is never acknowledged, as a capture of one direction alone shows it. */
    TcpTalk answerUnheard(final byte[] bytes) {
        timeline.add(nowUs, server(TcpFlags.PSH | TcpFlags.ACK).payload(bytes));
        serverNext += bytes.length;
        nowUs += halfTripUs;
        return this;
    }

    /** Sends the last answer again, as if the acknowledgement had been lost. */
    TcpTalk answerAgain(final byte[] bytes) {
        timeline.add(nowUs, server(TcpFlags.PSH | TcpFlags.ACK).seq(serverNext - bytes.length).payload(bytes));
        timeline.add(nowUs + halfTripUs, client(TcpFlags.ACK));
        return this;
    }

    /** Lets time pass. */
    TcpTalk pause(final long pauseUs) {
        nowUs += pauseUs;
        return this;
    }

    /** Both sides finish. */
    TcpTalk close() {
        timeline.add(nowUs, client(TcpFlags.FIN | TcpFlags.ACK));
        clientNext++;
        nowUs += halfTripUs;
        timeline.add(nowUs, server(TcpFlags.FIN | TcpFlags.ACK));
        serverNext++;
        nowUs += halfTripUs;
        timeline.add(nowUs, client(TcpFlags.ACK));
        return this;
    }

    /** The client breaks off. */
    TcpTalk reset() {
        timeline.add(nowUs, client(TcpFlags.RST | TcpFlags.ACK));
        return this;
    }

    private void send(final byte[] bytes, final boolean fromServer) {
        int sent = 0;
        for (int i = 0; sent < bytes.length; i++) {
            final byte[] segment = Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + SEGMENT));
            sent += segment.length;
            final int flags = sent == bytes.length ? TcpFlags.PSH | TcpFlags.ACK : TcpFlags.ACK;
            timeline.add(nowUs, (fromServer ? server(flags) : client(flags)).payload(segment));
            if (fromServer) {
                serverNext += segment.length;
            } else {
                clientNext += segment.length;
            }
            if (i % 2 == 1 || sent == bytes.length) {
                nowUs += halfTripUs;
                timeline.add(nowUs, fromServer ? client(TcpFlags.ACK) : server(TcpFlags.ACK));
            } else {
                nowUs += 20;
            }
        }
        nowUs += halfTripUs;
    }

    private PacketBuilder client(final int flags) {
        return route.toServer().tcp(clientPort, serverPort).seq(clientNext).ack(serverNext).flags(flags);
    }

    private PacketBuilder server(final int flags) {
        return route.toClient().tcp(serverPort, clientPort).seq(serverNext).ack(clientNext).flags(flags);
    }
}
