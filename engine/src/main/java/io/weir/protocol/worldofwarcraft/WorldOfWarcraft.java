package io.weir.protocol.worldofwarcraft;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** World of Warcraft: both sides begin with a length and a sentence that says who speaks to whom. */
public final class WorldOfWarcraft {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("world-of-warcraft", "World of Warcraft")
        .tcpPorts(3724)
        .firstBytes(0x00, 0x30)
        .tcp(WorldOfWarcraft::detect)
        .encrypted()
        .build();

    private static final byte[] SENTENCE = "WORLD OF WARCRAFT CONNECTION - ".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 0x30;
    private static final int WHO = 2 + 31;

    private WorldOfWarcraft() {
    }

    /** The length is little-endian or big-endian, as the version has it. */
    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u16(0) != LENGTH && b.u16le(0) != LENGTH) {
            return Answer.NO;
        }
        for (int i = 2; i < Math.min(b.length(), WHO); i++) {
            if (b.u8(i) != SENTENCE[i - 2]) {
                return Answer.NO;
            }
        }
        return b.length() <= WHO ? Answer.MORE : b.u8(WHO) == 'S' ? probe.yesFromServer()
            : b.u8(WHO) == 'C' ? probe.yesFromClient() : Answer.NO;
    }
}
