package io.weir.protocol.classify;

import io.weir.protocol.Detector;
import io.weir.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Which protocols are worth asking: by the first byte, and first of all those of the port. Immutable, for any thread.
 */
final class Candidates {
    private static final Protocol[] NONE = {};

    private final Protocol[][][] byFirstByte = new Protocol[2][256][];
    private final Detector[][][] detectors = new Detector[2][256][];
    private final List<Int2ObjectHashMap<Protocol[]>> byPort = List.of(ports(), ports());

    Candidates(final List<Protocol> protocols) {
        for (int transport = 0; transport < 2; transport++) {
            final boolean udp = transport == 1;
            for (int value = 0; value < 256; value++) {
                final int first = value;
                byFirstByte[transport][value] = protocols.stream()
                    .filter(protocol -> protocol.detector(udp) != null && protocol.mayBeginWith(first)
                        && !protocol.isOnlyOnPorts(udp))
                    .toArray(Protocol[]::new);
                detectors[transport][value] = Stream.of(byFirstByte[transport][value])
                    .map(protocol -> protocol.detector(udp)).toArray(Detector[]::new);
            }
            for (final Protocol protocol : protocols) {
                for (final int port : protocol.ports(udp)) {
                    byPort.get(transport).merge(port, new Protocol[] {protocol}, Candidates::join);
                }
            }
        }
    }

    private static Int2ObjectHashMap<Protocol[]> ports() {
        return new Int2ObjectHashMap<>();
    }

    private static Protocol[] join(final Protocol[] these, final Protocol[] those) {
        final List<Protocol> joined = new ArrayList<>(List.of(these));
        joined.addAll(List.of(those));
        return joined.toArray(Protocol[]::new);
    }

    /** Those that may begin with this byte on any port, in the order in which they are asked. */
    Protocol[] byFirstByte(final boolean udp, final int value) {
        return byFirstByte[udp ? 1 : 0][value];
    }

    /** Their detectors, in the same order. */
    Detector[] detectors(final boolean udp, final int value) {
        return detectors[udp ? 1 : 0][value];
    }

    /** Those usual on this port. */
    Protocol[] byPort(final boolean udp, final int port) {
        final Protocol[] usual = byPort.get(udp ? 1 : 0).get(port);
        return usual == null ? NONE : usual;
    }
}
