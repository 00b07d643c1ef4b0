package io.weir.rule.model;

import io.weir.packet.AddressRanges;
import io.weir.packet.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses of a rule's header: networks, and networks within them that are left out; of nested networks the one with
 * the longest prefix decides. Immutable; any thread; asking allocates nothing.
 */
public final class AddressSet {
    /** All addresses. */
    public static final AddressSet ANY = new AddressSet(null, null, List.of(), List.of());

    private static final int OUT = 0;
    private static final int IN = 1;

    private final AddressRanges v4;
    private final AddressRanges v6;
    private final List<Network> in;
    private final List<Network> out;

    private AddressSet(final AddressRanges v4, final AddressRanges v6, final List<Network> in,
        final List<Network> out) {
        this.v4 = v4;
        this.v6 = v6;
        this.in = List.copyOf(in);
        this.out = List.copyOf(out);
    }

    /**
     * Addresses in networks, less those in others.
     *
     * @param in  empty for all addresses
     * @param out what is left out, even if {@code in} names the same network
     */
    public static AddressSet of(final List<Network> in, final List<Network> out) {
        if (in.isEmpty() && out.isEmpty()) {
            return ANY;
        }
        return new AddressSet(ranges(4, in, out), ranges(6, in, out), in, out);
    }

    private static AddressRanges ranges(final int version, final List<Network> in, final List<Network> out) {
        final Map<Network, Integer> numbers = new HashMap<>();
        for (final Network network : in) {
            if (network.ipVersion() == version) {
                numbers.put(network, IN);
            }
        }
        for (final Network network : out) {
            if (network.ipVersion() == version) {
                numbers.put(network, OUT);
            }
        }
        return new AddressRanges(in.isEmpty() ? IN : OUT, numbers);
    }

    /** True if every address is in it. */
    public boolean isAny() {
        return v4 == null;
    }

    /**
     * True if the address is in it.
     *
     * @param version 4 or 6
     * @param hi      upper half; 0 for IPv4
     * @param lo      lower half; IPv4 zero-extended
     */
    public boolean contains(final int version, final long hi, final long lo) {
        return v4 == null || (version == 4 ? v4 : v6).find(hi, lo) == IN;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof AddressSet set && in.equals(set.in) && out.equals(set.out);
    }

    @Override
    public int hashCode() {
        return 31 * in.hashCode() + out.hashCode();
    }

    @Override
    public String toString() {
        return isAny() ? "any" : in + (out.isEmpty() ? "" : " but " + out);
    }
}
