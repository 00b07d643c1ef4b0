package io.weir.protocol.ptp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Precise time (IEEE 1588). */
public final class Ptp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ptp", "Precision Time Protocol")
        .udpPorts(319, 320)
        .udp(Ptp::detect)
        .udpByte(1, 0x02, 0x12, 0x22, 0x32, 0x42, 0x52, 0x62, 0x72, 0x82, 0x92, 0xa2, 0xb2, 0xc2, 0xd2, 0xe2, 0xf2)
        .build();

    /** Control field by type of message; -1 where there is no such type. */
    private static final byte[] CONTROLS = {0, 1, 5, 5, -1, -1, -1, -1, 2, 3, 5, 5, 5, 4, -1, -1};

    /** Length of each type, which others may follow from the first one that may be longer on. */
    private static final byte[] LENGTHS = {44, 44, 54, 54, 0, 0, 0, 0, 44, 54, 54, 64, 44, 48, 0, 0};
    private static final int FIRST_WITH_MORE = 8;
    private static final int HEADER = 34;

    private Ptp() {
    }

    /**
     * Recognises a message by its length and the control field, which says its type once more. On other ports the
     * length is the type's own, the reserved bytes are zero, and the clock has an identity.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(0) & 0x0f;
        final int length = now.u16(2);
        if ((now.u8(1) & 0x0f) != 2 || length < HEADER || length > probe.announced()
            || length + 8 < probe.announced() || !now.has(0, HEADER) || CONTROLS[type] != now.u8(32)) {
            return Answer.NO;
        }
        return probe.onPort(319) || probe.onPort(320) || now.u8(1) <= 0x12 && now.u8(4) < 0x80
            && (type < FIRST_WITH_MORE ? length == LENGTHS[type] : length >= LENGTHS[type]) && now.u8(5) == 0
            && now.u32(16) == 0 && now.u64(20) != 0 && now.u16(28) != 0 ? Answer.YES : Answer.NO;
    }
}
