package io.weir.protocol.adb;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Android Debug Bridge: a command of four letters whose complement closes the header of 24 bytes. */
public final class Adb {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("adb", "Android Debug Bridge")
        .tcpPorts(5555)
        .firstBytes("CASO")
        .tcp(Adb::detect)
        .build();

    private static final int HEADER = 24;
    private static final int MAGIC_AT = 20;
    /** CNXN, AUTH, STLS and, in the middle of a connection, OPEN and OKAY. */
    private static final int[] COMMANDS = {0x434e584e, 0x41555448, 0x53544c53, 0x4f50454e, 0x4f4b4159};

    private Adb() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.length() < 4) {
            return Answer.MORE;
        }
        boolean known = false;
        for (final int command : COMMANDS) {
            known |= now.u32(0) == command;
        }
        if (!known) {
            return Answer.NO;
        }
        return now.length() < HEADER ? Answer.MORE
            : (now.u32(0) ^ now.u32(MAGIC_AT)) == 0xffff_ffffL ? Answer.YES : Answer.NO;
    }
}
