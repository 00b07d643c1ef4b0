package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is asked about a flow. */
class CandidatesTest {
    private static final int OTHER_PORT = 40_001;

    private final Candidates candidates = new Candidates(Protocols.all());
    private final Random random = new Random(1);

    @Test
    void shouldAskEverybodyWhoMayBeginWithAByteAndIsNotBoundToPorts() {
        for (int first = 0; first < 256; first++) {
            for (final boolean udp : new boolean[] {false, true}) {
                final int value = first;
                final List<Protocol> expected = Protocols.all().stream().filter(protocol ->
                    protocol.detector(udp) != null && protocol.mayBeginWith(value) && !protocol.isOnlyOnPorts(udp))
                    .toList();
                assertEquals(expected, List.of(candidates.byFirstByte(udp, first).protocols));
                assertEquals(expected.stream().map(protocol -> protocol.detector(udp)).toList(),
                    List.of(candidates.byFirstByte(udp, first).detectors));
            }
        }
    }

    @Test
    void shouldAskEverybodyWhoIsUsualOnAPort() {
        for (final boolean udp : new boolean[] {false, true}) {
            for (int port = 0; port < 1 << 16; port++) {
                final int value = port;
                final List<Protocol> expected = Protocols.all().stream().filter(protocol ->
                    Arrays.stream(protocol.ports(udp)).anyMatch(usual -> usual == value)).toList();
                assertEquals(expected, List.of(candidates.byPort(udp, port).protocols));
            }
        }
    }

    /** Else a flow on another port would be missed, since nobody asks there. */
    @Test
    void shouldLeaveOutOnlyWhoSaysNoOnOtherPorts() {
        final Map<Protocol, Integer> seen = new HashMap<>();
        for (int i = 0; i < 400_000; i++) {
            final byte[] datagram = datagram();
            for (final Protocol protocol : Protocols.all()) {
                if (protocol.isOnlyOnPorts(true)) {
                    assertEquals(Answer.NO, ask(protocol, datagram, OTHER_PORT));
                    seen.merge(protocol, ask(protocol, datagram, protocol.ports(true)[0]) == Answer.NO ? 0 : 1,
                        Integer::sum);
                }
            }
        }
        assertFalse(seen.isEmpty());
        // Of most the datagrams are such that they are recognised where they belong.
        assertTrue(seen.values().stream().filter(times -> times > 0).count() > seen.size() / 2, seen.toString());
    }

    /** Else a datagram would be missed: by the byte it must have, its detector need not be asked about most. */
    @Test
    void shouldLeaveOutOnlyWhoSaysNoWithoutItsByte() {
        final Map<Protocol, Integer> left = new HashMap<>();
        for (int i = 0; i < 400_000; i++) {
            final byte[] datagram = datagram();
            for (final Protocol protocol : Protocols.all()) {
                final int at = protocol.udpByteAt();
                if (at >= 0 && (datagram[0] & 0xff) >= protocol.udpByteFrom()
                    && !protocol.mayHaveUdpByte(at < datagram.length ? datagram[at] & 0xff : -1)) {
                    assertEquals(Answer.NO, ask(protocol, datagram, OTHER_PORT), protocol.name());
                    final int[] ports = protocol.ports(true);
                    assertEquals(Answer.NO, ask(protocol, datagram, ports.length == 0 ? OTHER_PORT : ports[0]),
                        protocol.name());
                    left.merge(protocol, 1, Integer::sum);
                }
            }
        }
        assertEquals(Protocols.all().stream().filter(protocol -> protocol.udpByteAt() >= 0).toList().size(),
            left.size());
    }

    /** Their code is in no cache, so that each that is asked in vain costs more than all the bytes looked at before. */
    @Test
    void shouldAskFewAboutTheFirstDatagramOfACall() {
        final int calls = 10_000;
        final Map<Protocol, Integer> asked = new HashMap<>();
        for (int i = 0; i < calls; i++) {
            final byte[] packet = new byte[172];
            random.nextBytes(packet);
            packet[0] = (byte) 0x80;
            packet[1] = (byte) (random.nextBoolean() ? 0 : 0x80 | 111);
            final Bytes view = new Bytes().wrap(packet, 0, packet.length);
            final Candidates.Some possible = candidates.byFirstByte(true, 0x80);
            for (int j = 0; j < possible.protocols.length; j++) {
                if (possible.isWorthAsking(j, view)) {
                    asked.merge(possible.protocols[j], 1, Integer::sum);
                }
            }
        }
        final int sum = asked.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(sum < 3 * calls, asked::toString);
    }

    private static Answer ask(final Protocol protocol, final byte[] datagram, final int port) {
        final Probe probe = new Probe().of(true, true, OTHER_PORT + 1, port).counts(1, datagram.length);
        probe.now().wrap(datagram, 0, datagram.length);
        return protocol.detector(true).detect(probe);
    }

    /** Small numbers for the most part, as headers have them. */
    private byte[] datagram() {
        final byte[] bytes = new byte[1 + random.nextInt(64)];
        final int most = 1 << random.nextInt(9);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(most) : 0);
        }
        if (random.nextBoolean()) {
            bytes[0] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, 4 + 20 * (1 + random.nextInt(2))) : bytes;
    }
}
