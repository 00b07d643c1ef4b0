package io.weir.protocol.natpmp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Mappings of ports, asked of a gateway (RFC 6886). */
public final class NatPmp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("nat-pmp", "NAT Port Mapping Protocol")
        .udpPorts(5351, 5350)
        .firstBytes(0)
        .udp(NatPmp::detect)
        .udpByte(1, 0, 1, 2, 128, 129, 130)
        .build();

    private static final int REQUEST = 12;
    /** Longest plausible life of a mapping, s. */
    private static final long YEAR = 31_536_000;

    private NatPmp() {
    }

    /**
     * Recognises a request or response by its length, which its operation gives. To ask for the address takes two
     * bytes, which are too little: the answer must come, or the question again. On other ports the answer to each
     * question must come, and repeat the port it asked about.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = probe.announced();
        final boolean usual = probe.onPort(5351) || probe.onPort(5350);
        return switch (now.u8(1)) {
            case 0 -> length != 2 ? Answer.NO : usual && isAddressRequest(probe.before()) ? Answer.YES : Answer.MORE;
            case 1, 2 -> !isRequest(now) || length != REQUEST ? Answer.NO : usual ? Answer.YES : Answer.MORE;
            case 128 -> length == 12 && now.u16(2) <= 5 && isAddressRequest(probe.other())
                && (usual || now.u8(8) > 0 && now.u8(8) < 224) ? Answer.YES : Answer.NO;
            case 129, 130 -> length == 16 && now.u16(2) <= 5 && now.u32(12) <= YEAR
                && (usual || isAnswer(now, probe.other())) ? Answer.YES : Answer.NO;
            default -> Answer.NO;
        };
    }

    private static boolean isRequest(final Bytes bytes) {
        return bytes.u16(2) == 0 && bytes.u32(8) >= 0 && bytes.u32(8) <= YEAR;
    }

    private static boolean isAnswer(final Bytes now, final Bytes request) {
        return request.length() == REQUEST && request.u8(0) == 0 && request.u8(1) + 128 == now.u8(1)
            && isRequest(request) && request.u16(4) == now.u16(8);
    }

    private static boolean isAddressRequest(final Bytes bytes) {
        return bytes.length() == 2 && bytes.u16(0) == 0;
    }
}
