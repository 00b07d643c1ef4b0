package io.weir.protocol.niagarafox;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Tridium's Fox: both sides begin with a line "fox a 0 -1 fox hello". */
public final class NiagaraFox {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("fox", "Tridium Niagara Fox")
        .tcpPorts(1911, 4911)
        .firstBytes("f")
        .tcp(NiagaraFox::detect)
        .build();

    private static final byte[] HELLO = "fox a ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = " fox hello".getBytes(StandardCharsets.US_ASCII);

    private NiagaraFox() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.beginsWith(HELLO);
        if (begins != Answer.YES) {
            return begins;
        }
        final int end = b.indexOf('\n', 0);
        if (end < 0) {
            return b.length() < 64 && b.isPrintable(0, b.length()) ? Answer.MORE : Answer.NO;
        }
        return b.indexOf(END, 6) > 0 && b.indexOf(END, 6) < end ? probe.yesFromClient() : Answer.NO;
    }
}
