package io.weir.protocol.ubiquiti;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * How devices of Ubiquiti find each other: a version, a command, the length of the rest, and what a device says of
 * itself, each with its type and length. The question alone is four bytes that say too little.
 */
public final class UbiquitiDiscovery {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ubnt-discovery", "Ubiquiti device discovery")
        .udpPorts(10001)
        .firstBytes(1, 2)
        .udp(UbiquitiDiscovery::detect)
        .build();

    private static final int HEADER = 4;
    private static final int MOST_FIELDS = 64;

    private UbiquitiDiscovery() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (probe.announced() == HEADER) {
            return now.u16(2) == 0 && (now.u16(0) == 0x0100 || now.u16(0) == 0x0208) ? Answer.MORE : Answer.NO;
        }
        return now.u16(2) == probe.announced() - HEADER && now.length() == probe.announced() && areFields(now)
            ? Answer.YES : Answer.NO;
    }

    /** One of them is the device's address, alone or with its IP address. */
    private static boolean areFields(final Bytes now) {
        boolean address = false;
        int at = HEADER;
        for (int i = 0; i < MOST_FIELDS && at < now.length() && now.has(at, 3); i++) {
            final int type = now.u8(at);
            final int length = now.u16(at + 1);
            address |= type == 1 && length == 6 || type == 2 && length == 10;
            at += 3 + length;
        }
        return address && at == now.length();
    }
}
