package io.weir.protocol.flute;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * FLUTE (RFC 6726), files over multicast: a header of layered coding transport (RFC 5651) of its own length, and
 * the table of files, which is XML.
 */
public final class Flute {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("flute", "FLUTE (ALC)")
        .firstByteRange(0x10, 0x1f)
        .udp(Flute::detect)
        .build();

    private static final byte[] XML = "<?xml".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TABLE = "<FDT-".getBytes(StandardCharsets.US_ASCII);
    private static final int EXTENSION = 192;
    private static final int PAYLOAD_ID = 4;

    private Flute() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int header = 4 * b.u8(2);
        if (header < 12 || header > 64) {
            return Answer.NO;
        }
        final int at = header + PAYLOAD_ID;
        return (b.matches(at, XML) || b.matches(at, TABLE)) && hasExtension(b, header) ? Answer.YES : Answer.NO;
    }

    /** That the object is the table is said by an extension of one word. */
    private static boolean hasExtension(final Bytes b, final int header) {
        for (int at = 8; at < header; at += 4) {
            if (b.u8(at) == EXTENSION && b.u8(at + 1) >> 4 <= 2) {
                return true;
            }
        }
        return false;
    }
}
