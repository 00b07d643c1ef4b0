package io.weir.protocol.hpvirtgrp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** HP Virtual Rooms: a message's type and whole length; a client's first is 0x16, a server's 0x17. */
public final class HpVirtualRooms {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("hpvirtgrp", "HP Virtual Rooms")
        .firstBytes(0x16, 0x17)
        .tcp(HpVirtualRooms::detect)
        .encrypted()
        .build();

    private static final int ASKS = 0x16;
    private static final int ANSWERS = 0x17;
    private static final int LONGEST = 1024;

    private HpVirtualRooms() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u8(1) > LONGEST >> 8 || b.length() > 3 && (b.u8(3) != 0 || b.u16(1) < 16)) {
            return Answer.NO;
        }
        if (b.length() < 4 || b.length() < b.u16(1) || !isWhole(probe.other())) {
            return Answer.MORE;
        }
        return b.u8(0) == ASKS && probe.other().u8(0) == ANSWERS ? probe.yesFromClient()
            : b.u8(0) == ANSWERS && probe.other().u8(0) == ASKS && isWhole(b) ? probe.yesFromServer() : Answer.NO;
    }

    private static boolean isWhole(final Bytes b) {
        return b.u8(3) == 0 && b.u16(1) == b.length();
    }
}
