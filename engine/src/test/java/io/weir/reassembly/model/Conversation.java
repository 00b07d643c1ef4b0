package io.weir.reassembly.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One TCP connection. Set up, then {@link #run}; after that its sides tell what they have read. */
final class Conversation {
    private static final long TIME_LIMIT_S = 30;

    final Side client;
    final Side server;
    boolean ipv6;
    /** Whether the first data goes with the SYN. */
    boolean fastOpen;
    /** Longest segment, 0 for what fits. */
    int maxSegment;
    /** Whether small writes go out at once. */
    boolean noDelay;
    /** Sequence number of the client's SYN, 0 for the system's choice. */
    int initialSequence;
    /** Whether urgent bytes are read with the others. */
    boolean urgentInline;

    Conversation(final Side client, final Side server) {
        this.client = client;
        this.server = server;
    }

    /** Opens the socket that the server accepts on. */
    HostSocket listen(final TwoHosts hosts) {
        final HostSocket listener = HostSocket.open(hosts.host(server.host), ipv6);
        prepare(listener, server);
        listener.bind(TwoHosts.address(server.host, ipv6), server.port);
        listener.listen();
        return listener;
    }

    /** Connects, lets both sides do what they do, and returns when both are done. */
    void run(final HostSocket listener, final TwoHosts hosts, final ExecutorService executor) throws Exception {
        client.mayLosePeer = !isOrderly();
        server.mayLosePeer = !isOrderly();
        final Future<?> serving = executor.submit(() -> {
            server.run(listener.accept(), hosts.wire(), executor);
            return null;
        });
        final HostSocket socket = HostSocket.open(hosts.host(client.host), ipv6);
        prepare(socket, client);
        socket.bind(TwoHosts.address(client.host, ipv6), client.port);
        if (initialSequence != 0) {
            socket.initialSequence(initialSequence);
        }
        if (fastOpen) {
            socket.option(HostSocket.IPPROTO_TCP, HostSocket.TCP_FASTOPEN_CONNECT, 1);
        }
        socket.connect(TwoHosts.address(server.host, ipv6), server.port);
        client.run(socket, hosts.wire(), executor);
        serving.get(TIME_LIMIT_S, TimeUnit.SECONDS);
    }

    private void prepare(final HostSocket socket, final Side side) {
        side.prepare(socket);
        if (maxSegment > 0) {
            socket.option(HostSocket.IPPROTO_TCP, HostSocket.TCP_MAXSEG, maxSegment);
        }
        if (noDelay) {
            socket.option(HostSocket.IPPROTO_TCP, HostSocket.TCP_NODELAY, 1);
        }
        if (urgentInline) {
            socket.option(HostSocket.SOL_SOCKET, HostSocket.SO_OOBINLINE, 1);
        }
    }

    /** True if nobody resets it. */
    boolean isOrderly() {
        return client.isOrderly() && server.isOrderly();
    }

    @Override
    public String toString() {
        return "connection from port " + client.port + " of " + host(client) + " (" + client.ending + ") to port "
            + server.port + " of " + host(server) + " (" + server.ending + ")" + (ipv6 ? ", IPv6" : "")
            + (fastOpen ? ", fast open" : "") + (initialSequence == 0 ? "" : ", sequence " + initialSequence);
    }

    private static String host(final Side side) {
        return side.host == 0 ? "the left host" : "the right host";
    }
}
