package io.weir.protocol.skinny;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Skinny Client Control Protocol (Cisco): little-endian length, version and message identifier. */
public final class Skinny {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("skinny", "Skinny Client Control Protocol").tcpPorts(2000)
        .tcp(Skinny::detect).build();

    private static final int LONGEST = 4096;
    private static final int LAST_VERSION = 0x16;
    private static final int LAST_OF_PHONE = 0x60;
    private static final int FIRST_OF_SERVER = 0x81;
    private static final int LAST_OF_SERVER = 0x160;

    private Skinny() {
    }

    static Answer detect(final Probe probe) {
        if (!probe.onPort(2000)) {
            return Answer.NO;
        }
        final Bytes now = probe.now();
        final long length = now.u32le(0);
        final long version = now.u32le(4);
        if (length >= 0 && (length < 4 || length > LONGEST) || version > LAST_VERSION || version > 0 && version < 10) {
            return Answer.NO;
        }
        final long message = now.u32le(8);
        if (message < 0) {
            return Answer.MORE;
        }
        return message > LAST_OF_SERVER || message > LAST_OF_PHONE && message < FIRST_OF_SERVER
            ? Answer.NO : Answer.YES;
    }
}
