package io.weir.protocol.kafka;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Kafka: length, key of the call, its version, correlation, and the client's name, which fits; without a name the
 * answer must repeat the correlation.
 */
public final class Kafka {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("kafka", "Apache Kafka")
        .tcpPorts(9092)
        .firstBytes(0)
        .tcp(Kafka::detect)
        .build();

    private static final int LAST_KEY = 95;
    private static final int LAST_VERSION = 20;

    private Kafka() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(4) > 0 || b.u8(5) > LAST_KEY || b.u8(6) > 0 || b.u8(7) > LAST_VERSION) {
            return Answer.NO;
        }
        if (b.length() < 14) {
            return Answer.MORE;
        }
        final long length = b.u32(0);
        final int name = b.u16(12);
        if (length < 10 || length > 1 << 24) {
            return Answer.NO;
        }
        if (name > 0 && name < 256) {
            if (10 + name > length || !b.isPrintable(14, Math.min(name, b.length() - 14))) {
                return Answer.NO;
            }
            return b.length() < 14 + Math.min(name, 4) ? Answer.MORE : name >= 2 ? probe.yesFromClient()
                : echoed(probe);
        }
        return name == 0 || name == 0xffff ? echoed(probe) : Answer.NO;
    }

    private static Answer echoed(final Probe probe) {
        final Bytes other = probe.other();
        if (probe.now().u32(4) == 0 && probe.now().u32(8) == 0) {
            // Nothing but zeros says nothing, and nobody produces before asking for anything.
            return Answer.NO;
        }
        if (other.length() < 8) {
            return Answer.MORE;
        }
        return other.u32(4) == probe.now().u32(8) && other.u8(0) == 0 && other.u32(0) >= 4
            ? probe.yesFromClient() : Answer.NO;
    }
}
