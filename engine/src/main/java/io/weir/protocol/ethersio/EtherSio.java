package io.weir.protocol.ethersio;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Saia Ether-S-IO: "ESIO", then telegrams, of which one has the known type and version. */
public final class EtherSio {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ether-s-io", "Saia Ether-S-IO")
        .udpPorts(6060)
        .firstBytes("E")
        .udp(EtherSio::detect)
        .build();

    private static final byte[] MAGIC = "ESIO".getBytes(StandardCharsets.US_ASCII);

    private EtherSio() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        return b.startsWith(MAGIC) && b.length() >= 20 && b.u16(4) <= 0x10 && b.u32(6) <= 0xff ? Answer.YES : Answer.NO;
    }
}
