package io.weir.reassembly;

import java.util.ArrayList;
import java.util.List;

/**
 * The overlap policy of each receiving host: one for all, and others for networks, of which the one with the longest
 * prefix counts. Immutable; any thread.
 */
public final class TargetPolicies {
    private final OverlapPolicy all;
    private final List<TargetNetwork> networks;
    private final AddressRanges v4;
    private final AddressRanges v6;

    private TargetPolicies(final OverlapPolicy all, final List<TargetNetwork> networks) {
        this.all = all;
        this.networks = networks;
        v4 = new AddressRanges(all, networks.stream().filter(network -> network.ipVersion() == 4).toList());
        v6 = new AddressRanges(all, networks.stream().filter(network -> network.ipVersion() == 6).toList());
    }

    /** One policy for all hosts. */
    public static TargetPolicies of(final OverlapPolicy all) {
        return new TargetPolicies(all, List.of());
    }

    /**
     * These policies, and another one for a network.
     *
     * @param network an address and a prefix length, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address
     *                alone is one host
     * @throws IllegalArgumentException if it is not a network, or has a policy already
     */
    public TargetPolicies with(final String network, final OverlapPolicy policy) {
        final TargetNetwork added = TargetNetwork.parse(network, policy);
        if (networks.stream().anyMatch(added::isSameAs)) {
            throw new IllegalArgumentException("the network " + network + " has a policy already");
        }
        final List<TargetNetwork> together = new ArrayList<>(networks);
        together.add(added);
        return new TargetPolicies(all, together);
    }

    /** The policy of a host by its address, IPv4 zero-extended. Any thread; allocates nothing. */
    public OverlapPolicy of(final int ipVersion, final long addressHi, final long addressLo) {
        return (ipVersion == 4 ? v4 : v6).policy(addressHi, addressLo);
    }
}
