package io.weir.protocol.opcua;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** OPC UA's binary protocol: message type in letters, chunk type, size, and the fields that the type has. */
public final class OpcUa {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("opcua", "OPC UA")
        .tcpPorts(4840)
        .firstBytes("HAOMCER")
        .tcp(OpcUa::detect)
        .build();

    private static final byte[][] TYPES = words("HELF", "ACKF", "OPNF", "MSG", "CLOF", "ERRF", "RHEF");
    private static final int LEAST_BUFFER = 1024;

    private OpcUa() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        Answer type = Answer.NO;
        for (final byte[] candidate : TYPES) {
            final Answer answer = b.beginsWith(candidate);
            if (answer != Answer.NO) {
                type = answer;
                break;
            }
        }
        if (type == Answer.NO || b.length() < 24) {
            return type == Answer.NO ? Answer.NO : Answer.MORE;
        }
        final long size = b.u32le(4);
        if (size < 12 || size > 1 << 26) {
            return Answer.NO;
        }
        switch (b.u8(0)) {
            case 'H', 'A' -> {
                return b.u32le(8) < 16 && b.u32le(12) >= LEAST_BUFFER && b.u32le(12) < 1 << 28
                    && b.u32le(16) >= LEAST_BUFFER ? b.u8(0) == 'H' ? probe.yesFromClient() : probe.yesFromServer()
                    : Answer.NO;
            }
            case 'O' -> {
                // Channel, then the length of the security policy's address.
                return b.u32le(12) >= 20 && b.u32le(12) < 256 && b.isPrintable(16, 8) ? Answer.YES : Answer.NO;
            }
            case 'E' -> {
                // Status with the bit for errors, length of the reason.
                return b.u8(11) >= 0x80 && (b.u32le(12) < size || b.u32le(12) == 0xffff_ffffL)
                    ? probe.yesFromServer() : Answer.NO;
            }
            case 'R' -> {
                return b.u32le(8) < size && b.isPrintable(12, 8) ? probe.yesFromServer() : Answer.NO;
            }
            default -> {
                // Chunk, channel, token, then a sequence number and a request that are near each other.
                final boolean chunk = b.u8(3) == 'F' || b.u8(3) == 'C' || b.u8(3) == 'A';
                return chunk && size >= 24 && b.u32le(8) != 0 && Math.abs(b.u32le(16) - b.u32le(20)) < 1 << 16
                    ? Answer.YES : Answer.NO;
            }
        }
    }

    private static byte[][] words(final String... words) {
        return Stream.of(words).map(word -> word.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }
}
