package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Addresses found in networks within each other and apart. */
final class AddressRangesTest {
    private static int longest(final Map<Network, Integer> networks, final long hi, final long lo) {
        int prefix = -1;
        int number = -7;
        for (final Map.Entry<Network, Integer> entry : networks.entrySet()) {
            if (entry.getKey().prefixLength() > prefix && entry.getKey().contains(hi, lo)) {
                prefix = entry.getKey().prefixLength();
                number = entry.getValue();
            }
        }
        return number;
    }

    @Test
    void shouldFindTheLongestPrefix() {
        final Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            final Map<Network, Integer> networks = new HashMap<>();
            for (int i = 0; i < 12; i++) {
                final int ones = 128 - random.nextInt(9);
                final long lo = random.nextInt(256) & -1L << 128 - ones;
                networks.put(new Network(6, -1, lo | -1L << 8 & -(i & 1L), ones), i);
            }
            final AddressRanges ranges = new AddressRanges(-7, networks);
            for (int i = -300; i < 300; i++) {
                assertEquals(longest(networks, -1, i), ranges.find(-1, i), networks + " at " + i);
                assertEquals(longest(networks, 0, i), ranges.find(0, i));
            }
        }
    }

    @Test
    void shouldFindTheLongestPrefixOfIpv4AroundAllEdges() {
        final Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            final Map<Network, Integer> networks = new HashMap<>();
            for (int i = 0; i < random.nextInt(40); i++) {
                final int ones = 96 + random.nextInt(33);
                final long lo = (random.nextInt() & 0xffff_ffffL) & -1L << 128 - ones;
                networks.put(new Network(4, 0, lo, ones), i);
            }
            final AddressRanges ranges = new AddressRanges(-7, networks);
            for (final Network network : networks.keySet()) {
                for (final long edge : new long[] {network.firstLo(), network.lastLo()}) {
                    for (long lo = Math.max(0, edge - 1); lo <= Math.min(0xffff_ffffL, edge + 1); lo++) {
                        assertEquals(longest(networks, 0, lo), ranges.find(0, lo), networks + " at " + lo);
                    }
                }
                assertEquals(-7, ranges.find(1, network.firstLo()));
            }
            assertEquals(longest(networks, 0, 0), ranges.find(0, 0));
            assertEquals(longest(networks, 0, 0xffff_ffffL), ranges.find(0, 0xffff_ffffL));
            assertEquals(-7, ranges.find(0, -1));
        }
    }

    @Test
    void shouldTakeTheWholeOfAllAddresses() {
        final Map<Network, Integer> networks =
            Map.of(Network.parse("::/0"), 1, Network.parse("ffff::/16"), 2, Network.parse("ffff::1"), 3);
        final AddressRanges ranges = new AddressRanges(0, networks);
        assertEquals(1, ranges.find(0, 0));
        assertEquals(2, ranges.find(-1, -1));
        assertEquals(3, ranges.find(0xffff_0000_0000_0000L, 1));
        assertEquals(2, ranges.find(0xffff_0000_0000_0000L, 2));
    }
}
