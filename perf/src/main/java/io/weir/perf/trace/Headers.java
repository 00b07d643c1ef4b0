package io.weir.perf.trace;

import java.util.Arrays;

/** Writes the headers below the transport, and checksums. */
final class Headers {
    private static final int ETHERNET = 14;
    private static final int MIN_FRAME = 60;

    private Headers() {
    }

    /** Where the transport header begins: a tenth of the clients speak IPv6. */
    static int transport(final int client) {
        return ETHERNET + (isV6(client) ? 40 : 20);
    }

    private static boolean isV6(final int client) {
        return client % 10 == 0;
    }

    /**
     * Writes Ethernet and IP headers.
     *
     * @param client 24-bit number of the client
     * @param server 16-bit number of the server
     * @param length of the transport header and what follows it
     */
    static void put(final byte[] frame, final int client, final int server, final boolean fromServer,
        final int protocol, final int id, final int length) {
        ethernet(frame, isV6(client), fromServer);
        if (isV6(client)) {
            ipv6(frame, client, server, fromServer, protocol, length);
        } else {
            ipv4(frame, client, server, fromServer, protocol, id, 20 + length);
        }
    }

    private static void ethernet(final byte[] frame, final boolean v6, final boolean fromServer) {
        Bytes.putInt(frame, 0, 0x00005e00);
        Bytes.putShort(frame, 4, fromServer ? 0x5301 : 0x5302);
        Bytes.putInt(frame, 6, 0x00005e00);
        Bytes.putShort(frame, 10, fromServer ? 0x5302 : 0x5301);
        Bytes.putShort(frame, 12, v6 ? 0x86dd : 0x0800);
    }

    private static void ipv4(final byte[] frame, final int client, final int server, final boolean fromServer,
        final int protocol, final int id, final int length) {
        final int clientAddress = 10 << 24 | client;
        final int serverAddress = 198 << 24 | 18 << 16 | server;
        Bytes.putInt(frame, 14, 0x45000000 | length);
        Bytes.putInt(frame, 18, (id & 0xffff) << 16 | 0x4000);
        Bytes.putInt(frame, 22, 64 << 24 | protocol << 16);
        Bytes.putInt(frame, 26, fromServer ? serverAddress : clientAddress);
        Bytes.putInt(frame, 30, fromServer ? clientAddress : serverAddress);
        Bytes.putShort(frame, 24, Bytes.fold(Bytes.sum(frame, 14, 20)));
    }

    private static void ipv6(final byte[] frame, final int client, final int server, final boolean fromServer,
        final int protocol, final int length) {
        Bytes.putInt(frame, 14, 0x60000000);
        Bytes.putInt(frame, 18, length << 16 | protocol << 8 | 64);
        address6(frame, fromServer ? 38 : 22, 0xc, client);
        address6(frame, fromServer ? 22 : 38, 0x5, server);
    }

    private static void address6(final byte[] frame, final int at, final int net, final int host) {
        Bytes.putInt(frame, at, 0x20010db8);
        Bytes.putInt(frame, at + 4, net);
        Bytes.putInt(frame, at + 8, 0);
        Bytes.putInt(frame, at + 12, host);
    }

    /** Fills in the TCP or UDP checksum of a frame of {@code length} bytes, whose field holds 0. */
    static void checksum(final byte[] frame, final int transport, final int length, final int protocol) {
        final int addresses = transport == ETHERNET + 40 ? 22 : 26;
        final long pseudo = Bytes.sum(frame, addresses, transport - addresses) + protocol + (length - transport);
        final int sum = Bytes.fold(pseudo + Bytes.sum(frame, transport, length - transport));
        if (protocol == Script.TCP) {
            Bytes.putShort(frame, transport + 16, sum);
        } else {
            Bytes.putShort(frame, transport + 6, sum == 0 ? 0xffff : sum);
        }
    }

    /** Fills a frame up to what Ethernet needs; answers its length. */
    static int pad(final byte[] frame, final int length) {
        if (length >= MIN_FRAME) {
            return length;
        }
        Arrays.fill(frame, length, MIN_FRAME, (byte) 0);
        return MIN_FRAME;
    }
}
