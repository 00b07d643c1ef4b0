package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.AddressText;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPoliciesTest {
    @Test
    void shouldAnswerTheOnePolicyForAllHosts() {
        final TargetPolicies policies = TargetPolicies.of(OverlapPolicy.BSD);
        assertEquals(OverlapPolicy.BSD, policy(policies, "0.0.0.0"));
        assertEquals(OverlapPolicy.BSD, policy(policies, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    }

    @Test
    void shouldPreferTheLongestPrefixWhateverTheOrder() {
        final TargetPolicies policies = TargetPolicies.of(OverlapPolicy.LINUX)
            .with("10.1.0.0/16", OverlapPolicy.SOLARIS)
            .with("10.0.0.0/8", OverlapPolicy.WINDOWS)
            .with("10.1.2.3", OverlapPolicy.FIRST);
        assertEquals(OverlapPolicy.LINUX, policy(policies, "9.255.255.255"));
        assertEquals(OverlapPolicy.WINDOWS, policy(policies, "10.0.0.0"));
        assertEquals(OverlapPolicy.SOLARIS, policy(policies, "10.1.2.2"));
        assertEquals(OverlapPolicy.FIRST, policy(policies, "10.1.2.3"));
        assertEquals(OverlapPolicy.SOLARIS, policy(policies, "10.1.2.4"));
        assertEquals(OverlapPolicy.WINDOWS, policy(policies, "10.2.0.0"));
        assertEquals(OverlapPolicy.LINUX, policy(policies, "11.0.0.0"));
    }

    @Test
    void shouldTellIpVersionsApart() {
        final TargetPolicies policies = TargetPolicies.of(OverlapPolicy.LINUX)
            .with("0.0.0.0/0", OverlapPolicy.WINDOWS)
            .with("2001:db8::/32", OverlapPolicy.BSD)
            .with("2001:db8:0:1:8000::/65", OverlapPolicy.LAST);
        assertEquals(OverlapPolicy.WINDOWS, policy(policies, "255.255.255.255"));
        assertEquals(OverlapPolicy.LINUX, policy(policies, "::1"));
        assertEquals(OverlapPolicy.BSD, policy(policies, "2001:db8:0:1:7fff::"));
        assertEquals(OverlapPolicy.LAST, policy(policies, "2001:db8:0:1:8000::1"));
        assertEquals(OverlapPolicy.BSD, policy(policies, "2001:db8:0:2::"));
        assertEquals(OverlapPolicy.LINUX, policy(policies, "2001:db9::"));
    }

    @Test
    void shouldLeaveThePoliciesItStartedFromAsTheyWere() {
        final TargetPolicies before = TargetPolicies.of(OverlapPolicy.LINUX);
        before.with("::/0", OverlapPolicy.BSD);
        assertEquals(OverlapPolicy.LINUX, policy(before, "::1"));
    }

    @Test
    void shouldAgreeWithASearchThroughAllNetworks() {
        final long seed = 42;
        final Random random = new Random(seed);
        final long[] networks = new long[300];
        TargetPolicies policies = TargetPolicies.of(OverlapPolicy.LINUX);
        for (int i = 0; i < networks.length; i++) {
            final int length = 1 + random.nextInt(32);
            final int address = (random.nextInt() & 0xc0030301) & -1 << 32 - length;
            networks[i] = (long) length << 32 | address & 0xffffffffL;
            try {
                policies = policies.with(AddressText.v4(address) + "/" + length, policy(networks[i]));
            } catch (final IllegalArgumentException twice) {
                assertTrue(twice.getMessage().endsWith("has a policy already"), twice.getMessage());
            }
        }
        for (int i = 0; i < 20_000; i++) {
            final int address = random.nextInt() & 0xc0070703;
            long longest = -1;
            for (final long network : networks) {
                final boolean within = ((address ^ (int) network) & -1 << 32 - (network >>> 32)) == 0;
                longest = within && network >>> 32 > longest >> 32 ? network : longest;
            }
            assertEquals(longest < 0 ? OverlapPolicy.LINUX : policy(longest),
                policies.of(4, 0, address & 0xffffffffL), "seed " + seed + ", " + AddressText.v4(address));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "10.0.0.0/8/8", "10.0.0.0/-1", "2001:db8::/129",
        "all", "/8", "10.0.0.0/0x8"})
    void shouldSayWhatANetworkIsWhenTheTextIsNone(final String text) {
        final TargetPolicies policies = TargetPolicies.of(OverlapPolicy.LINUX);
        final Exception e = assertThrows(IllegalArgumentException.class,
            () -> policies.with(text, OverlapPolicy.BSD));
        assertEquals("not a network: " + text
            + "; write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32", e.getMessage());
    }

    @Test
    void shouldRefuseBitsBeyondThePrefixAndNetworksGivenTwice() {
        final TargetPolicies policies = TargetPolicies.of(OverlapPolicy.LINUX).with("10.0.0.0/8", OverlapPolicy.BSD);
        assertEquals("the network 10.0.0.1/8 has bits set beyond its prefix of 8 bits",
            assertThrows(IllegalArgumentException.class, () -> policies.with("10.0.0.1/8", OverlapPolicy.BSD))
                .getMessage());
        assertEquals("the network 10.0.0.0/8 has a policy already",
            assertThrows(IllegalArgumentException.class, () -> policies.with("10.0.0.0/8", OverlapPolicy.BSD))
                .getMessage());
    }

    private static OverlapPolicy policy(final long network) {
        return OverlapPolicy.values()[(int) (network % 7)];
    }

    private static OverlapPolicy policy(final TargetPolicies policies, final String address) {
        final ByteBuffer bytes = ByteBuffer.wrap(AddressText.parse(address));
        return bytes.capacity() == 4 ? policies.of(4, 0, bytes.getInt() & 0xffffffffL)
            : policies.of(6, bytes.getLong(0), bytes.getLong(8));
    }
}
