package io.weir.protocol.sap;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * SAP's Network Interface: a length in front of a keep-alive, of a route through the SAP router, or of a
 * dispatcher's header.
 */
public final class Sap {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("sap", "SAP NI")
        .tcpPorts(3200, 3299, 3300, 3600)
        .firstBytes(0)
        .tcp(Sap::detect)
        .build();

    private static final byte[] NI = "NI_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] WORDS = words("NI_PING\0", "NI_PONG\0", "NI_ROUTE\0", "NI_RTERR\0");
    private static final int LONGEST = 1 << 16;

    private Sap() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0) {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return b.length() > 4 && b.u8(4) != 'N' && b.u8(4) != 0xff ? Answer.NO : Answer.MORE;
        }
        final long length = b.u32(0);
        if (length < 8 || length > LONGEST) {
            return Answer.NO;
        }
        if (!b.matches(4, NI)) {
            return dispatcher(probe, length);
        }
        for (final byte[] word : WORDS) {
            if (b.matches(4, word)) {
                return word[3] == 'P' && word[4] == 'I' || word[4] == 'O' ? probe.yesFromClient()
                    : probe.yesFromServer();
            }
        }
        return b.length() < 13 ? Answer.MORE : Answer.NO;
    }

    /** The dispatcher's header of 200 bytes begins with request -1, retry 10. */
    private static Answer dispatcher(final Probe probe, final long length) {
        final Bytes b = probe.now();
        return length >= 200 && b.u32(4) == 0xffff_ffffL && b.u8(8) == 10 && b.u24(9) == 0
            ? probe.yesFromClient() : Answer.NO;
    }

    private static byte[][] words(final String... words) {
        return Stream.of(words).map(word -> word.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }
}
