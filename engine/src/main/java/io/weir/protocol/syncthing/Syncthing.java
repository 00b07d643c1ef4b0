package io.weir.protocol.syncthing;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Syncthing, how devices find each other on a network: a magic number, and a device's identifier of 32 bytes. */
public final class Syncthing {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("syncthing", "Syncthing local discovery")
        .udpPorts(21027)
        .firstBytes(0x2e)
        .udp(Syncthing::detect)
        .build();

    private static final long MAGIC = 0x2ea7_d90bL;
    /** Protocol Buffers: field 1 of 32 bytes. */
    private static final int IDENTIFIER = 0x0a20;

    private Syncthing() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        return now.u32(0) == MAGIC && now.u16(4) == IDENTIFIER && probe.announced() >= 38 ? Answer.YES : Answer.NO;
    }
}
