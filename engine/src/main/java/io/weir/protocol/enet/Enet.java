package io.weir.protocol.enet;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * ENet, the transport of many games: a first datagram with one command that connects, whose fields have their
 * sizes and limits.
 */
public final class Enet {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("enet", "ENet")
        .udp(Enet::detect)
        .udpByte(16, 0)
        .build();

    /** Connect, to be acknowledged. */
    private static final int CONNECT = 0x82;
    private static final int VERIFY = 0x83;
    private static final int COMMAND = 4;

    private Enet() {
    }

    /** With or without a checksum of four bytes before the command. */
    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = probe.announced();
        if (length < 44 || length > 56) {
            return Answer.NO;
        }
        return isCommand(b, COMMAND) || isCommand(b, COMMAND + 4) ? commandIs(b, CONNECT) ? probe.yesFromClient()
            : probe.yesFromServer() : Answer.NO;
    }

    private static boolean commandIs(final Bytes b, final int command) {
        return b.u8(COMMAND) == command || b.u8(COMMAND + 4) == command;
    }

    /** Channel 255, number 1, then from offset 8 the largest packet and window, and how many channels. */
    private static boolean isCommand(final Bytes b, final int at) {
        final long packet = b.u32(at + 8);
        final long window = b.u32(at + 12);
        final long channels = b.u32(at + 16);
        return (b.u8(at) == CONNECT || b.u8(at) == VERIFY) && b.u8(at + 1) == 0xff && packet >= 576 && packet <= 4096
            && window >= 4096 && window <= 65_536 && channels >= 1 && channels <= 255;
    }
}
