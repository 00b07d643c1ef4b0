package io.weir.protocol.afp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Apple Filing Protocol over DSI: flag, command, request, and zero in the reserved bytes. */
public final class Afp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("afp", "Apple Filing Protocol")
        .tcpPorts(548)
        .firstBytes(0, 1)
        .tcp(Afp::detect)
        .build();

    private static final int LONGEST = 1 << 22;

    private Afp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 8 || b.u8(1) == 0 || b.u8(1) == 7) {
            return Answer.NO;
        }
        if (b.length() < 16) {
            return Answer.MORE;
        }
        final int command = b.u8(1);
        final long length = b.u32(8);
        if (b.u32(12) != 0 || length > LONGEST) {
            return Answer.NO;
        }
        if (b.u8(0) == 1) {
            // Answers carry an error: 0 or a small negative number.
            return b.u32(4) == 0 && length > 0 || b.u16(4) == 0xffff ? probe.yesFromServer() : Answer.NO;
        }
        if (b.u32(4) != 0 && command != 6) {
            return Answer.NO;
        }
        final boolean empty = command == 1 || command == 5 || command == 4 && length == 0;
        if (command == 4 && !empty) {
            // The first option of a session: attention quantum, four bytes.
            return b.length() < 18 ? Answer.MORE
                : b.u8(16) <= 1 && b.u8(17) == 4 && length >= 6 ? probe.yesFromClient() : Answer.NO;
        }
        return empty && length == 0 || command == 3 && length <= 2 || !empty && command != 3 && length >= 2
            ? probe.yesFromClient() : Answer.NO;
    }
}
