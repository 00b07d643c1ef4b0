package io.weir.protocol.lisp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Locator/ID Separation Protocol, its control plane (RFC 9301): registrations, which prove who registers, and messages
 * that carry another one behind IP and UDP. Requests and replies say too little of themselves on other ports.
 */
public final class LispControl {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("lisp", "Locator/ID Separation Protocol")
        .udpPorts(4342)
        .firstByteRange(0x10, 0x4f)
        .firstByteRange(0x80, 0x8f)
        .udp(LispControl::detect)
        .udpByteFrom(0x80, 4, 0x45, 0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d,
            0x6e, 0x6f)
        .build();

    private static final int PORT = 4342;
    private static final int SHA_1 = 20;
    private static final int SHA_256 = 32;
    private static final int LCAF = 16387;

    private LispControl() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final boolean is = switch (now.u8(0) >> 4) {
            case 1 -> probe.onPort(PORT) && isRequest(now);
            case 2 -> probe.onPort(PORT) && now.u16(1) == 0 && now.u8(3) > 0 && isRecord(now, 12);
            case 3, 4 -> isRegistration(now);
            case 8 -> isEncapsulated(now);
            default -> false;
        };
        return is ? Answer.YES : Answer.NO;
    }

    /** A nonce, the asking one's address, and how many records it wants: at least one, of a prefix. */
    private static boolean isRequest(final Bytes now) {
        return now.u8(1) >= 0 && now.u8(3) >= 1 && now.u8(3) <= 8 && isFamily(now.u16(12)) && now.has(0, 24);
    }

    /** Its key, and what is signed by it: as long as the kind of key says. */
    private static boolean isRegistration(final Bytes now) {
        final int key = now.u8(13);
        final int signature = now.u16(14);
        final boolean fits = key == 1 && signature == SHA_1 || key == 2 && signature == SHA_256;
        return fits && now.u8(3) >= 1 && isRecord(now, 16 + signature);
    }

    /** How long it holds, its locators, the length of its prefix, and of which family that is. */
    private static boolean isRecord(final Bytes now, final int at) {
        return now.u8(at + 4) >= 0 && now.u8(at + 4) <= 32 && now.u8(at + 5) <= 128 && now.u8(at + 7) == 0
            && isFamily(now.u16(at + 10));
    }

    private static boolean isFamily(final int value) {
        return value == 0 || value == 1 || value == 2 || value == LCAF;
    }

    /** An IP header without options or of version 6, then UDP. */
    private static boolean isEncapsulated(final Bytes now) {
        final boolean ofVersion4 = now.u8(4) == 0x45;
        final int udp = ofVersion4 ? 4 + 20 : 4 + 40;
        final int protocol = ofVersion4 ? now.u8(13) : now.u8(10);
        return now.u24(1) == 0 && (ofVersion4 || now.u8(4) >> 4 == 6) && protocol == 17
            && (now.u16(udp) == PORT || now.u16(udp + 2) == PORT);
    }
}
