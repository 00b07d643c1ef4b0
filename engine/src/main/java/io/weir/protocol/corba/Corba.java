package io.weir.protocol.corba;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * CORBA's General Inter-ORB Protocol: "GIOP" or "ZIOP", version 1.x, flags, message type and size; "MIOP" in front
 * of it over UDP.
 */
public final class Corba {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("corba", "CORBA (GIOP)")
        .firstBytes("GZM")
        .tcp(Corba::detect)
        .udp(Corba::multicast)
        .build();

    private static final byte[] GIOP = "GIOP".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZIOP = "ZIOP".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MIOP = "MIOP".getBytes(StandardCharsets.US_ASCII);

    private Corba() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.u8(0) == 'G' ? b.beginsWith(GIOP) : b.beginsWith(ZIOP);
        if (begins != Answer.YES || b.length() < 12) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        final int type = b.u8(7);
        final long size = (b.u8(6) & 1) == 1 ? b.u32le(8) : b.u32(8);
        return b.u8(4) == 1 && b.u8(5) <= 3 && b.u8(6) <= 7 && type <= 7 && size < 1 << 28
            ? type == 1 || type == 4 ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
    }
    /** Version 1.0, flags, length of the packet, its number and how many there are. */
    private static Answer multicast(final Probe probe) {
        final Bytes b = probe.now();
        if (!b.startsWith(MIOP) || b.length() < 20 || b.u8(4) != 0x10 || b.u8(5) > 3) {
            return Answer.NO;
        }
        final boolean little = (b.u8(5) & 1) == 1;
        final int length = little ? b.u16le(6) : b.u16(6);
        return length <= probe.announced() && length + 64 > probe.announced() / 2
            && (little ? b.u32le(8) <= b.u32le(12) : b.u32(8) <= b.u32(12)) ? probe.yesFromClient() : Answer.NO;
    }
}
