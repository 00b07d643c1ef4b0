package io.weir.protocol.radmin;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Radmin: both sides begin with a message of type 1: length, the sum of its little-endian words, and its bytes. */
public final class Radmin {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("radmin", "Radmin")
        .tcpPorts(4899)
        .firstBytes(1)
        .tcp(Radmin::detect)
        .build();

    private static final int HEADER = 9;
    private static final int LONGEST = 1024;

    private Radmin() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.u8(2) > 0 || b.u8(3) > LONGEST >> 8) {
            return Answer.NO;
        }
        if (b.length() < HEADER) {
            return Answer.MORE;
        }
        final int length = (int) b.u32(1);
        if (length == 0 || length > LONGEST) {
            return Answer.NO;
        }
        if (b.length() < HEADER + length) {
            return Answer.MORE;
        }
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (long) b.u8(HEADER + i) << 8 * (i % 4);
        }
        return (sum & 0xffff_ffffL) == b.u32(5) ? probe.yesFromClient() : Answer.NO;
    }
}
