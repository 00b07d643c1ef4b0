package io.weir.reassembly.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random datagrams in and out of tunnels, cut, repeated, overlapped with the same data and shuffled: each comes out as
 * it was sent, and no frame is lost from the flows.
 */
class FragmentPropertyTest {
    private static final int ROUNDS = 300;
    private static final int DATAGRAMS = 6;

    private final Set<ByteBuffer> expected = new HashSet<>();
    private final List<byte[]> frames = new ArrayList<>();
    private Random random;
    private int id;

    @Test
    void shouldRebuildEveryDatagramAsItWasSent() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            random = new Random(seed);
            expected.clear();
            frames.clear();
            id = 1;
            for (int i = 0; i < DATAGRAMS; i++) {
                send();
            }
            Collections.shuffle(frames, random);
            final String round = "seed " + seed;
            final Set<ByteBuffer> found = receive(round);
            assertTrue(found.containsAll(expected), () -> round + ": found " + found.size());
        }
    }

    private Set<ByteBuffer> receive(final String round) {
        final Set<ByteBuffer> found = new HashSet<>();
        long flowless = 0;
        long carried = 0;
        try (ReassemblyFixture fixture = new ReassemblyFixture()) {
            fixture.linkType = LinkType.RAW;
            for (final byte[] bytes : frames) {
                final Frame frame = fixture.show(bytes);
                flowless += frame.hasFlow() ? 0 : 1;
                carried += frame.carriedFrames;
                if (frame.hasFlow() && frame.fragmentOffset == 0 && !frame.moreFragments) {
                    found.add(ByteBuffer.wrap(ReassemblyFixture.packet(frame)));
                }
            }
            assertEquals(0, fixture.count(Counter.IP_FRAGMENTS_DIFFERING), round);
            assertEquals(0, fixture.count(Counter.IP_DATAGRAMS_GIVEN_UP), round);
            fixture.fragments.endAll();
            assertEquals(flowless, carried + fixture.count(Counter.IP_FRAGMENTS_WITHOUT_FLOW), round);
        }
        return found;
    }

    private void send() {
        final byte[] inner = datagram();
        expected.add(ByteBuffer.wrap(inner));
        final int kind = random.nextInt(6);
        switch (random.nextInt(4)) {
            case 0 -> cut(inner).forEach(frames::add);
            case 1 -> cut(tunnel(inner, kind)).forEach(frames::add);
            case 2 -> cut(inner).forEach(piece -> frames.add(tunnel(piece, kind)));
            default -> cut(inner).forEach(piece -> cut(tunnel(piece, kind)).forEach(frames::add));
        }
    }

    /** IP with its own identification, so that what is rebuilt has the same header. */
    private byte[] datagram() {
        final PacketBuilder ip = random.nextBoolean()
            ? PacketBuilder.raw().ipv4("10.0.0." + random.nextInt(3), "10.0.1.1").fragment(id, 0, false)
            : PacketBuilder.raw().ipv6("2001:db8::" + random.nextInt(3), "2001:db8::1:1");
        final byte[] data = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 9_000 : 400)];
        random.nextBytes(data);
        return (random.nextBoolean() ? ip.udp(1_000 + random.nextInt(9), 53) : ip.tcp(1_000, 80)).payload(data)
            .build();
    }

    private static byte[] tunnel(final byte[] packet, final int kind) {
        final PacketBuilder ip = kind < 3 ? PacketBuilder.raw().ipv4("192.0.2.1", "198.51.100.2")
            : PacketBuilder.raw().ipv6("2001:db8:1::1", "2001:db8:1::2");
        final boolean innerIsFour = packet[0] >>> 4 == 4;
        return switch (kind % 3) {
            case 0 -> ip.protocol(innerIsFour ? 4 : 41).payload(packet).build();
            case 1 -> ip.protocol(47).gre().etherType(innerIsFour ? 0x800 : 0x86dd).payload(packet).build();
            default -> ip.udp(4_000, 4789).vxlan(7).payload(Fragmented.ethernet(packet)).build();
        };
    }

    private List<byte[]> cut(final byte[] packet) {
        final int mine = id++;
        final int length = packet.length - Fragmented.headerLength(packet);
        final List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < length) {
            // in IPv6 a first fragment without a whole transport header is not taken
            final int least = at == 0 && packet[0] >>> 4 == 6 ? 3 : 1;
            final int size = 8 * (least + random.nextInt(Math.max(1, Math.min(180, length / 16))));
            final int end = Math.min(length, at + size);
            if (at == 0 && end == length) {
                pieces.add(packet);
                return pieces;
            }
            pieces.add(Fragmented.piece(packet, mine, at, end));
            at = end;
        }
        repeat(packet, mine, length, pieces);
        return pieces;
    }

    /** Some pieces come twice; in IPv4, others overlap them. */
    private void repeat(final byte[] packet, final int mine, final int length, final List<byte[]> pieces) {
        for (int i = random.nextInt(3); i > 0; i--) {
            pieces.add(pieces.get(random.nextInt(pieces.size())));
        }
        if (packet[0] >>> 4 == 4) {
            for (int i = random.nextInt(3); i > 0; i--) {
                final int from = 8 * random.nextInt((length + 7) / 8);
                pieces.add(Fragmented.piece(packet, mine, from, Math.min(length, from + 8 * (1 + random.nextInt(9)))));
            }
        }
    }
}
