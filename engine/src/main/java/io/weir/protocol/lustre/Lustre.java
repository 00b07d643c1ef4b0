package io.weir.protocol.lustre;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Lustre's network over TCP: the connection magic of its acceptor, or the hello of the socket driver. */
public final class Lustre {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("lustre", "Lustre")
        .tcpPorts(988)
        .firstBytes(0, 'c', 0xc0, 0xc1)
        .tcp(Lustre::detect)
        .build();

    /** The acceptor's magic 0xACCE7100 and the hello's 0x45726963 in both byte orders of their senders. */
    private static final byte[] ACCEPTOR = {0, 0x71, (byte) 0xce, (byte) 0xac};
    private static final byte[] HELLO = "cirE".getBytes(StandardCharsets.US_ASCII);

    /** An empty message of the socket driver is 0xC0, one with a header of the network 0xC1. */
    private static final int MESSAGE = 0xc0;
    private static final int MESSAGE_HEADER = 24;
    /** The number by which Lustre's own processes are known. */
    private static final int PROCESS = 12345;

    private Lustre() {
    }

    /** A message in the middle of a connection: no checksum, and numbers of processes at both ends. */
    private static Answer detectMessage(final Bytes b) {
        for (int i = 1; i < 8 && i < b.length(); i++) {
            if (b.u8(i) != 0) {
                return Answer.NO;
            }
        }
        if (b.length() < MESSAGE_HEADER + 24) {
            return Answer.MORE;
        }
        final long from = b.u32le(MESSAGE_HEADER + 16);
        final long to = b.u32le(MESSAGE_HEADER + 20);
        return from == PROCESS && to == PROCESS ? Answer.YES : Answer.NO;
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) >= MESSAGE) {
            return detectMessage(b);
        }
        final Answer begins = b.u8(0) == 'c' ? b.beginsWith(HELLO) : b.beginsWith(ACCEPTOR);
        if (begins != Answer.YES || b.length() < 8) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        if (b.u8(0) == 'c') {
            return b.u32le(4) <= 8 ? Answer.YES : Answer.NO;
        }
        // The version, then the address asked for: its network's kind is 2 (TCP), or 5 (RDMA).
        return b.length() < 16 ? Answer.MORE : b.u16le(14) <= 0x10 ? probe.yesFromClient() : Answer.NO;
    }
}
