package io.weir.protocol.zeromq;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** ZeroMQ message transport, version 2 and later: a greeting of fixed shape from both sides. */
public final class ZeroMq {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("zeromq", "ZeroMQ")
        .firstBytes(0xff).tcp(ZeroMq::detect).build();

    private static final int SIGNATURE = 10;
    private static final int END = 0x7f;
    private static final int LAST_VERSION = 3;

    private ZeroMq() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        for (int i = 1; i < 8 && i < now.length(); i++) {
            if (now.u8(i) != 0) {
                return Answer.NO;
            }
        }
        if (now.length() < SIGNATURE) {
            return Answer.MORE;
        }
        return now.u8(SIGNATURE - 1) == END && now.u8(SIGNATURE) <= LAST_VERSION ? Answer.YES : Answer.NO;
    }
}
