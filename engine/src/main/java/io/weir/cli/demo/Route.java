package io.weir.cli.demo;

import io.weir.packet.PacketBuilder;
import java.util.function.UnaryOperator;

/**
 * How frames get from a client to a server and back: link layer, tunnels and the IP header, ready for a transport.
 *
 * @param client address of the client, IPv4 or IPv6
 * @param server address of the server
 * @param below  what lies between the outer Ethernet header and the IP header of this pair
 */
record Route(String client, String server, UnaryOperator<PacketBuilder> below) {
    // Addresses reserved for documentation by RFC 7042, section 2.1.2.
    private static final String CLIENT_MAC = "00:00:5e:00:53:0c";
    private static final String ROUTER_MAC = "00:00:5e:00:53:01";

    /** Straight over Ethernet. */
    static Route plain(final String client, final String server) {
        return new Route(client, server, UnaryOperator.identity());
    }

    /** A packet that the client sends. */
    PacketBuilder toServer() {
        return ip(below.apply(PacketBuilder.ethernet(CLIENT_MAC, ROUTER_MAC)), client, server);
    }

    /** A packet that the server sends. */
    PacketBuilder toClient() {
        return ip(below.apply(PacketBuilder.ethernet(ROUTER_MAC, CLIENT_MAC)), server, client);
    }

    private static PacketBuilder ip(final PacketBuilder packet, final String from, final String to) {
        return from.indexOf(':') < 0 ? packet.ipv4(from, to) : packet.ipv6(from, to);
    }
}
