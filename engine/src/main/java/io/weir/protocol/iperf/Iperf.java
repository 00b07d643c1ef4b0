package io.weir.protocol.iperf;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * iPerf 3: each TCP connection begins with the same 36 letters and digits of base 32 and a zero, each UDP flow with a
 * fixed number that is answered by its mirror image.
 */
public final class Iperf {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("iperf", "iPerf 3")
        .tcpPorts(5201)
        .udpPorts(5201)
        .tcp(Iperf::stream)
        .udp(Iperf::datagram)
        .udpByte(0, 0x39, 0x36, 0x15, 0xb1)
        .build();

    private static final int COOKIE = 36;
    private static final long HELLO = 0x3938_3736L;
    private static final long ANSWER = 0x3637_3839L;
    private static final long OLD_HELLO = 0x15cd_5b07L;
    private static final long OLD_ANSWER = 0xb168_de3aL;

    private Iperf() {
    }

    private static Answer stream(final Probe probe) {
        final Bytes b = probe.now();
        for (int i = 0; i < Math.min(COOKIE, b.length()); i++) {
            final int letter = b.u8(i);
            if ((letter < 'a' || letter > 'z') && (letter < '2' || letter > '7')) {
                return Answer.NO;
            }
        }
        return b.length() <= COOKIE ? Answer.MORE : b.u8(COOKIE) == 0 ? probe.yesFromClient() : Answer.NO;
    }

    private static Answer datagram(final Probe probe) {
        final long now = probe.now().u32(0);
        final long other = probe.other().u32(0);
        if (probe.announced() == 4 && (now == HELLO || now == OLD_HELLO)) {
            return Answer.MORE;
        }
        return probe.announced() == 4 && (now == ANSWER && other == HELLO || now == OLD_ANSWER && other == OLD_HELLO)
            ? probe.yesFromServer() : Answer.NO;
    }
}
