package io.weir.protocol.whatsapp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * WhatsApp's chat: "WA", the two parts of a version, and a first message behind a length of three bytes; an edge
 * routing block may stand before it.
 */
public final class WhatsApp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("whatsapp", "WhatsApp chat")
        .firstBytes("WE")
        .tcp(WhatsApp::detect)
        .encrypted()
        .build();

    private static final int WA = 0x5741;
    private static final int ED = 0x4544;
    private static final int ROUTING = 7;
    private static final int LONGEST = 4096;

    private WhatsApp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 'E') {
            return hello(probe, b, 0);
        }
        if (b.length() < ROUTING) {
            return b.length() > 1 && b.u16(0) != ED || b.length() > 3 && b.u16(2) != 1 ? Answer.NO : Answer.MORE;
        }
        return b.u16(0) == ED && b.u16(2) == 1 && b.u24(4) <= 64 ? hello(probe, b, ROUTING + b.u24(4)) : Answer.NO;
    }

    /** What follows is a list of the old binary XML, or a message of the Noise handshake. */
    private static Answer hello(final Probe probe, final Bytes b, final int at) {
        if (b.length() < at + 2) {
            return Answer.MORE;
        }
        if (b.u16(at) != WA) {
            return Answer.NO;
        }
        if (b.length() < at + 9) {
            return Answer.MORE;
        }
        final int version = b.u8(at + 2);
        final int length = b.u24(at + 4);
        return version >= 1 && version <= 16 && b.u8(at + 3) <= 16 && length >= 8 && length <= LONGEST
            && (b.u8(at + 7) == 0x12 || b.u8(at + 7) == 0x0a || b.u8(at + 7) == 0xf8) ? probe.yesFromClient()
            : Answer.NO;
    }
}
