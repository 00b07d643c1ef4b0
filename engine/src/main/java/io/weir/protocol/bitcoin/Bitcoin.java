package io.weir.protocol.bitcoin;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Bitcoin and its kin: each message begins with the network's number, a command in ASCII padded with zeros to
 * twelve bytes, and a length.
 */
public final class Bitcoin {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("bitcoin", "Bitcoin")
        .tcpPorts(8333)
        .firstBytes(0xf9, 0x0b, 0xfa, 0x0a, 0x1c, 0xfb, 0xc0, 0xe3)
        .tcp(Bitcoin::detect)
        .build();

    private static final int COMMAND = 4;
    private static final int LENGTH = 16;
    private static final long MOST = 32 << 20;

    private Bitcoin() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() < COMMAND) {
            return Answer.MORE;
        }
        if (!isNetwork(b.u32(0))) {
            return Answer.NO;
        }
        int at = COMMAND;
        while (at < LENGTH && b.u8(at) >= '0' && b.u8(at) <= 'z') {
            at++;
        }
        final int letters = at - COMMAND;
        while (at < LENGTH && b.u8(at) == 0) {
            at++;
        }
        if (at < Math.min(LENGTH, b.length()) || b.length() > at && letters < 2) {
            return Answer.NO;
        }
        return b.length() < LENGTH + 4 ? Answer.MORE : b.u32le(LENGTH) <= MOST ? Answer.YES : Answer.NO;
    }

    private static boolean isNetwork(final long magic) {
        return magic == 0xf9beb4d9L || magic == 0x0b110907L || magic == 0xfabfb5daL || magic == 0x0a03cf40L
            || magic == 0x1c163f28L || magic == 0xfbc0b6dbL || magic == 0xc0c0c0c0L || magic == 0xe3e1f3e8L;
    }
}
