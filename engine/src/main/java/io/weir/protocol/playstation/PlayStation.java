package io.weir.protocol.playstation;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * How programs find and wake PlayStation consoles on the local network: texts that resemble HTTP, with the version of
 * the device discovery protocol among their lines.
 */
public final class PlayStation {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("playstation", "PlayStation device discovery")
        .udpPorts(987, 9302)
        .firstBytes("SWLH")
        .udp(PlayStation::detect)
        .build();

    private static final byte[] SEARCH = ascii("SRCH * HTTP/1.1");
    private static final byte[] WAKE = ascii("WAKEUP * HTTP/1.1");
    private static final byte[] LAUNCH = ascii("LAUNCH * HTTP/1.1");
    private static final byte[] ANSWER = ascii("HTTP/1.1 ");
    private static final byte[] VERSION = ascii("device-discovery-protocol-version:");

    private PlayStation() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final boolean asks = b.startsWith(SEARCH) || b.startsWith(WAKE) || b.startsWith(LAUNCH);
        if (!asks && !b.startsWith(ANSWER) || b.indexOf(VERSION, 0) < 0) {
            return Answer.NO;
        }
        return asks ? probe.yesFromClient() : probe.yesFromServer();
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
