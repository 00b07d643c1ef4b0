package io.weir.protocol.minetest;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Luanti, once Minetest: four fixed bytes, the sender's number, one of three channels, and a kind of message. */
public final class Minetest {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("minetest", "Luanti (Minetest)")
        .udpPorts(30000)
        .firstBytes(0x4f)
        .udp(Minetest::detect)
        .build();

    private static final long MAGIC = 0x4f45_7403L;
    private static final int SENDER = 4;
    private static final int CHANNEL = 6;
    private static final int KIND = 7;
    private static final int SERVER = 1;

    private Minetest() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        return b.u32(0) != MAGIC || b.u8(CHANNEL) > 2 || b.u8(KIND) > 3 || b.length() <= KIND ? Answer.NO
            : b.u16(SENDER) == SERVER ? probe.yesFromServer() : probe.yesFromClient();
    }
}
