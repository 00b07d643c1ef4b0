package io.weir.protocol.hislip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** How instruments for measuring are controlled over a network (IVI-6.1): "HS", a message and its length. */
public final class Hislip {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("hislip", "High-Speed LAN Instrument Protocol")
        .tcpPorts(4880)
        .firstBytes("H")
        .tcp(Hislip::detect)
        .build();

    private static final int HEADER = 16;
    private static final int INITIALIZE = 0;
    private static final int INITIALIZED = 1;
    private static final int ASYNC_INITIALIZE = 17;
    private static final int ASYNC_INITIALIZED = 18;
    private static final int MOST_NAME = 256;

    private Hislip() {
    }

    /** Both connections begin with a message that opens them; the first one names the instrument. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(2);
        if (now.length() > 1 && now.u8(1) != 'S' || now.length() > 2 && type > INITIALIZED
            && type != ASYNC_INITIALIZE && type != ASYNC_INITIALIZED) {
            return Answer.NO;
        }
        if (now.length() < HEADER) {
            return Answer.MORE;
        }
        final long length = now.u64(8);
        return switch (type) {
            case INITIALIZE -> length >= 0 && length <= MOST_NAME ? probe.yesFromClient() : Answer.NO;
            case ASYNC_INITIALIZE -> length == 0 ? probe.yesFromClient() : Answer.NO;
            default -> length == 0 ? probe.yesFromServer() : Answer.NO;
        };
    }
}
