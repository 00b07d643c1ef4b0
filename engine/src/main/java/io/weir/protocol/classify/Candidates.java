package io.weir.protocol.classify;

import io.weir.protocol.Bytes;
import io.weir.protocol.Detector;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import java.util.ArrayList;
import java.util.List;

/**
 * Which protocols are worth asking: by the first byte, and first of all those of the port. Immutable, for any thread.
 */
final class Candidates {
    /** Of all protocols that are known. */
    static final Candidates STANDARD = new Candidates(Protocols.all());

    /** Ports are looked up by their high byte, then by their low byte: most have no protocol. */
    private static final int PAGE = 256;
    private static final int PORTS = 1 << Character.SIZE;

    private final Some[] byFirstByte = new Some[2 * 256];
    private final Some[][] byPort = new Some[2 * PORTS / PAGE][];

    Candidates(final List<Protocol> protocols) {
        for (int i = 0; i < byFirstByte.length; i++) {
            final boolean udp = i >= 256;
            final int first = i & 0xff;
            byFirstByte[i] = new Some(udp, first, protocols.stream()
                .filter(protocol -> protocol.detector(udp) != null && protocol.mayBeginWith(first)
                    && !protocol.isOnlyOnPorts(udp)).toList());
        }
        for (final Protocol protocol : protocols) {
            add(false, protocol);
            add(true, protocol);
        }
    }

    private void add(final boolean udp, final Protocol protocol) {
        for (final int port : protocol.ports(udp)) {
            final int page = page(udp, port);
            if (byPort[page] == null) {
                byPort[page] = new Some[PAGE];
            }
            final List<Protocol> joined = new ArrayList<>(List.of(byPort(udp, port).protocols));
            joined.add(protocol);
            byPort[page][port % PAGE] = new Some(udp, 0, joined);
        }
    }

    private static int page(final boolean udp, final int port) {
        return (port + (udp ? PORTS : 0)) / PAGE;
    }

    /** Those that may begin with this byte on any port, in the order in which they are asked. */
    Some byFirstByte(final boolean udp, final int value) {
        return byFirstByte[value + (udp ? 256 : 0)];
    }

    /** Those usual on this port; some may not be recognised by content at all. */
    Some byPort(final boolean udp, final int port) {
        final Some[] page = byPort[page(udp, port)];
        final Some usual = page == null ? null : page[port % PAGE];
        return usual == null ? Some.NONE : usual;
    }

    /** Some protocols, in the order in which they are asked, and their detectors: null where one has none. */
    static final class Some {
        static final Some NONE = new Some(false, 0, List.of());

        final Protocol[] protocols;
        final Detector[] detectors;
        /** Of each the place of a byte of datagrams, or -1, and bits for its values, four words for each. */
        private final int[] byteAt;
        private final long[] byteValues;

        /** Those of whom all that is known is that datagrams begin with this byte or a greater one. */
        Some(final boolean udp, final int first, final List<Protocol> protocols) {
            this.protocols = protocols.toArray(Protocol[]::new);
            detectors = protocols.stream().map(protocol -> protocol.detector(udp)).toArray(Detector[]::new);
            byteAt = protocols.stream().mapToInt(
                protocol -> udp && first >= protocol.udpByteFrom() ? protocol.udpByteAt() : -1).toArray();
            byteValues = new long[4 * byteAt.length];
            for (int i = 0; i < byteAt.length; i++) {
                for (int value = 0; byteAt[i] >= 0 && value < 256; value++) {
                    if (this.protocols[i].mayHaveUdpByte(value)) {
                        byteValues[4 * i + (value >>> 6)] |= 1L << value;
                    }
                }
            }
        }

        /** False if one byte tells that the detector of the n-th says no to a datagram. */
        boolean isWorthAsking(final int index, final Bytes now) {
            final int at = byteAt[index];
            if (at < 0) {
                return true;
            }
            final int value = now.u8(at);
            return value >= 0 && (byteValues[4 * index + (value >>> 6)] & 1L << value) != 0;
        }

        boolean has(final Protocol asked) {
            for (final Protocol protocol : protocols) {
                if (protocol == asked) {
                    return true;
                }
            }
            return false;
        }
    }
}
