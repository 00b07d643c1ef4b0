package io.weir.protocol.netflow;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Exported flows in versions 1, 5, 7 and 9 (RFC 3954). */
public final class Netflow {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("netflow", "NetFlow")
        .udpPorts(2055, 9995, 9996)
        .firstBytes(0)
        .udp(Netflow::detect)
        .build();

    /** Around 2000 and 2040, s since 1970. */
    public static final long FIRST_SECOND = 0x3800_0000L;
    /** The end of what is a plausible time. */
    public static final long LAST_SECOND = 0x8400_0000L;

    private Netflow() {
    }

    /** Recognises a message by its version, count of records and time, and what is zero in the first record. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int version = now.u16(0);
        final int count = now.u16(2);
        final long seconds = now.u32(8);
        if (count < 1 || seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            return Answer.NO;
        }
        return switch (version) {
            case 1 -> now.u16(52) == 0 ? fits(probe, count, 16, 52) : Answer.NO;
            case 5 -> now.u8(60) == 0 && now.u16(70) == 0 ? fits(probe, count, 24, 48) : Answer.NO;
            case 7 -> now.u32(12) < 1_000_000_000 && now.u32(20) == 0 ? fits(probe, count, 24, 52) : Answer.NO;
            case 9 -> sets(now, 20, probe.announced(), 1) ? Answer.YES : Answer.NO;
            default -> Answer.NO;
        };
    }

    private static Answer fits(final Probe probe, final int count, final int header, final int record) {
        return count <= 30 && probe.announced() == header + count * record ? Answer.YES : Answer.NO;
    }

    /** True if sets of records fill the message; identifiers of data are 256 and up, others at most this and one. */
    public static boolean sets(final Bytes now, final int from, final int end, final int templates) {
        int at = from;
        while (now.has(at, 4)) {
            final int id = now.u16(at);
            final int length = now.u16(at + 2);
            if (id > templates + 1 && id < 256 || length < 4) {
                return false;
            }
            at += length;
        }
        return at > from && at <= end && end - at < 4;
    }
}
