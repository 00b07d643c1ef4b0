package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

class FlowHashTest {
    private final FlowTableContext context = new FlowTableContext().conclude();
    private final Frames frames = new Frames(new FlowHash(context, 1));

    @Test
    void shouldHashBothDirectionsAlike() {
        assertEquals(frames.udp(1, 2, 3, 4).flowHash, frames.udp(3, 4, 1, 2).flowHash);
        assertEquals(frames.ipv6(6, 1, 2, 3, 4, 5, 6).flowHash, frames.ipv6(6, 4, 5, 6, 1, 2, 3).flowHash);
        assertEquals(0, frames.arp().flowHash);
    }

    @Test
    void shouldDependOnTheSeed() {
        final Frame frame = frames.udp(1, 2, 3, 4);
        assertNotEquals(frame.flowHash, new FlowHash(context, 2).hash(frame));
        assertNotEquals(FlowHash.random(context).hash(frame), FlowHash.random(context).hash(frame));
    }

    @Test
    void shouldDependOnVlanAndTunnelUnlessTheyAreLeftOut() {
        final Frame frame = frames.udp(1, 2, 3, 4);
        final long plain = frame.flowHash;
        final FlowHash without = new FlowHash(new FlowTableContext().vlanInKey(false).tunnelInKey(false).conclude(), 1);
        assertEquals(plain, without.hash(frame));
        frame.tunnelId = 1;
        assertNotEquals(plain, frames.rehashed().flowHash);
        frame.tunnelId = 0;
        frame.vlanCount = 1;
        assertNotEquals(plain, frames.rehashed().flowHash);
        frame.vlanIds = 5;
        frame.tunnelId = 1;
        assertEquals(plain, without.hash(frame));
    }

    @Test
    void shouldNotDependOnHowTheFrameWasDecoded() {
        for (final boolean vlanInKey : new boolean[] {true, false}) {
            final FlowHash hash = new FlowHash(new FlowTableContext().vlanInKey(vlanInKey).conclude(), 1);
            assertSameKey(hash, ethernet().ipv4("255.255.255.254", "255.255.255.255").udp(65_535, 1).payload(12), true);
            assertSameKey(hash, ethernet().ipv4("0.0.0.3", "0.0.0.1").tcp(1, 65_535), true);
            assertSameKey(hash, ethernet().ipv6("ffff::2", "3:ffff::4").udp(5, 65_535).payload(12), true);
            assertSameKey(hash, ethernet().ipv6("::3", "::1").tcp(2, 3), true);
            assertSameKey(hash, ethernet().vlan(5).ipv4("1.2.3.4", "5.6.7.8").tcp(2, 3), false);
            assertSameKey(hash, ethernet().ipv4("1.2.3.4", "5.6.7.8").udp(2, 3).payload(11), false);
            assertSameKey(hash, ethernet().arp(1, "1.2.3.4", "5.6.7.8"), false);
        }
    }

    private static PacketBuilder ethernet() {
        return PacketBuilder.ethernet();
    }

    /** Between two ticks, which are no frames and stay as they are. */
    private static void assertSameKey(final FlowHash hash, final PacketBuilder packet, final boolean isPlain) {
        final byte[] bytes = packet.build();
        final Frame frame = new Frame();
        try (NativeMemory.Region memory = NativeMemory.allocate(NativeMemory.Tag.OTHER, bytes.length, Long.BYTES)) {
            for (int i = 0; i < bytes.length; i++) {
                UnsafeApi.putByte(memory.address() + i, bytes[i]);
            }
            frame.address = memory.address();
            frame.capturedLength = bytes.length;
            frame.linkType = LinkType.ETHERNET;
            new Decoder().decode(frame);
            final long expected = hash.hash(frame);
            final long ports = frame.portsAndProtocol;
            final long tags = frame.vlanAndTunnel;
            frame.flowHash = 0;
            frame.portsAndProtocol = 0;
            frame.vlanAndTunnel = -1;
            frame.plain = 0;
            final Frame tick = new Frame();
            tick.linkType = LinkType.ETHERNET;
            tick.capturedLength = bytes.length;
            tick.mark(Frame.TICK, 1);
            assertEquals(isPlain ? 2 : 3, hash.decodePlain(new Frame[] {tick, frame, tick}, 3));
            assertEquals(0, tick.flowHash);
            assertEquals(isPlain, frame.plain != 0);
            if (isPlain) {
                assertEquals(expected, frame.flowHash);
                assertEquals(ports, frame.portsAndProtocol);
                assertEquals(tags, frame.vlanAndTunnel);
            }
        }
    }

    @Test
    void shouldTellAddressesOfIpv6ApartWhicheverPartDiffers() {
        final Set<Long> hashes = new HashSet<>();
        final Set<List<Long>> keys = new HashSet<>();
        for (long i = 0; i < 1 << 12; i++) {
            for (int shift = 0; shift < 60; shift += 12) {
                final long part = i << shift;
                for (int place = 0; place < 4; place++) {
                    final List<Long> key = List.of(place == 0 ? part : 0, place == 1 ? part : 0,
                        place == 2 ? part : -1, place == 3 ? part : -1);
                    keys.add(key);
                    hashes.add(frames.ipv6(17, key.get(0), key.get(1), 2, key.get(2), key.get(3), 3).flowHash);
                }
            }
        }
        assertEquals(keys.size(), hashes.size());
    }

    /** Flows of a scan differ in few bits; buckets (upper bits) and tags (lower bits) must fill evenly all the same. */
    @Test
    void shouldSpreadFlowsThatDifferInFewBits() {
        final int flows = 1 << 16;
        final int[] high = new int[256];
        final int[] low = new int[256];
        final Set<Long> distinct = new HashSet<>();
        for (int i = 0; i < flows; i++) {
            final long hash = frames.udp(0x0a000000 + (i >>> 8), 1000 + (i & 0xff), 0x0a00ff01, 53).flowHash;
            high[(int) (hash >>> 56)]++;
            low[(int) hash & 0xff]++;
            distinct.add(hash);
        }
        assertEquals(flows, distinct.size());
        // 255 degrees of freedom: chi square beyond 370 has a probability of about one in a million
        assertTrue(chiSquare(high, flows) < 370, "upper bits: " + chiSquare(high, flows));
        assertTrue(chiSquare(low, flows) < 370, "lower bits: " + chiSquare(low, flows));
    }

    private static double chiSquare(final int[] counts, final int total) {
        final double expected = (double) total / counts.length;
        double sum = 0;
        for (final int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
