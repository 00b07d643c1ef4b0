package io.weir.reassembly;

/** The overlap policy of each receiving host: one for all, and others for networks. Immutable. */
public final class TargetPolicies {
    private final OverlapPolicy all;

    private TargetPolicies(final OverlapPolicy all) {
        this.all = all;
    }

    /** One policy for all hosts. */
    public static TargetPolicies of(final OverlapPolicy all) {
        return new TargetPolicies(all);
    }

    /** The policy of a host by its address, IPv4 zero-extended. Any thread; allocates nothing. */
    public OverlapPolicy of(final int ipVersion, final long addressHi, final long addressLo) {
        return all;
    }
}
