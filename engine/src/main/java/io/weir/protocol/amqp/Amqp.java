package io.weir.protocol.amqp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Advanced Message Queuing Protocol, 0-8 to 1.0: the header of eight bytes that each connection begins with. */
public final class Amqp {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("amqp", "Advanced Message Queuing Protocol").tcpPorts(5672)
        .firstBytes("A").firstBytes(1).tcp(Amqp::detect).build();

    private static final byte[] MAGIC = "AMQP".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 8;
    /** Method frame on channel 0, and behind its length Connection.Start of version 0-9. */
    private static final long METHOD = 0x010000;
    private static final long START = 0x000a_000aL;

    private Amqp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) == 1) {
            return start(probe, now);
        }
        final Answer magic = now.beginsWith(MAGIC);
        if (magic != Answer.YES || now.length() < HEADER) {
            return magic == Answer.YES ? Answer.MORE : magic;
        }
        // 1.0 has an identifier (0 AMQP, 2 TLS, 3 SASL) and 1.0.0; earlier ones have 0.0.9.1 or 1.1.major.minor
        final int id = now.u8(4);
        final long version = now.u24(5);
        final boolean current = id <= 3 && version == 0x010000;
        final boolean early = id == 0 && version == 0x000901 || id == 1 && now.u8(5) == 1 && now.u16(6) <= 0x0a0a;
        return current || early ? probe.yesFromClient() : Answer.NO;
    }

    private static Answer start(final Probe probe, final Bytes now) {
        if (now.length() >= 3 && now.u24(0) != METHOD || now.length() < 3 && now.u8(1) > 0) {
            return Answer.NO;
        }
        if (now.length() < 13) {
            return Answer.MORE;
        }
        return now.u32(7) == START && now.u16(11) <= 9 ? probe.yesFromServer() : Answer.NO;
    }
}
