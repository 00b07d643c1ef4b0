package io.weir.reassembly;

import io.weir.packet.AddressRanges;
import io.weir.packet.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The overlap policy of each receiving host: one for all, and others for networks, of which the one with the longest
 * prefix counts. Immutable; any thread.
 */
public final class TargetPolicies {
    private static final OverlapPolicy[] POLICIES = OverlapPolicy.values();

    private final OverlapPolicy all;
    private final Map<Network, OverlapPolicy> networks;
    private final AddressRanges v4;
    private final AddressRanges v6;

    private TargetPolicies(final OverlapPolicy all, final Map<Network, OverlapPolicy> networks) {
        this.all = all;
        this.networks = networks;
        v4 = ranges(4);
        v6 = ranges(6);
    }

    private AddressRanges ranges(final int ipVersion) {
        final Map<Network, Integer> ordinals = new LinkedHashMap<>();
        networks.forEach((network, policy) -> {
            if (network.ipVersion() == ipVersion) {
                ordinals.put(network, policy.ordinal());
            }
        });
        return new AddressRanges(all.ordinal(), ordinals);
    }

    /** One policy for all hosts. */
    public static TargetPolicies of(final OverlapPolicy all) {
        return new TargetPolicies(all, Map.of());
    }

    /**
     * These policies, and another one for a network.
     *
     * @param network an address and a prefix length, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address
     *                alone is one host
     * @throws IllegalArgumentException if it is not a network, or has a policy already
     */
    public TargetPolicies with(final String network, final OverlapPolicy policy) {
        final Map<Network, OverlapPolicy> together = new LinkedHashMap<>(networks);
        if (together.put(Network.parse(network), policy) != null) {
            throw new IllegalArgumentException("the network " + network + " has a policy already");
        }
        return new TargetPolicies(all, together);
    }

    /** The policy of a host by its address, IPv4 zero-extended. Any thread; allocates nothing. */
    public OverlapPolicy of(final int ipVersion, final long addressHi, final long addressLo) {
        return POLICIES[(ipVersion == 4 ? v4 : v6).find(addressHi, addressLo)];
    }
}
