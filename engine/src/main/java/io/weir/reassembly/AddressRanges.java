package io.weir.reassembly;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * All addresses, 128 bits in two longs, in ranges of one overlap policy each. Networks lie within each other or apart,
 * so that the first address of each, and the first address after each, cut the addresses into such ranges: finding an
 * address is one binary search. Immutable.
 */
final class AddressRanges {
    private final long[] firstHi;
    private final long[] firstLo;
    private final OverlapPolicy[] policies;

    /**
     * Cuts the addresses into ranges.
     *
     * @param all      policy of addresses in no network
     * @param networks any number, none twice
     */
    AddressRanges(final OverlapPolicy all, final List<TargetNetwork> networks) {
        final TreeSet<long[]> starts = new TreeSet<>((a, b) -> compare(a[0], a[1], b[0], b[1]));
        starts.add(new long[2]);
        for (final TargetNetwork network : networks) {
            final long afterLo = network.lastLo() + 1;
            starts.add(new long[] {network.firstHi(), network.firstLo()});
            // after the last address of all comes 0, where a range starts anyway
            starts.add(new long[] {afterLo == 0 ? network.lastHi() + 1 : network.lastHi(), afterLo});
        }
        firstHi = starts.stream().mapToLong(start -> start[0]).toArray();
        firstLo = starts.stream().mapToLong(start -> start[1]).toArray();
        policies = new OverlapPolicy[firstHi.length];
        Arrays.setAll(policies, i -> longestPrefix(all, networks, firstHi[i], firstLo[i]));
    }

    private static OverlapPolicy longestPrefix(final OverlapPolicy all, final List<TargetNetwork> networks,
        final long addressHi, final long addressLo) {
        int longest = -1;
        OverlapPolicy policy = all;
        for (final TargetNetwork network : networks) {
            if (network.prefixLength() > longest && network.contains(addressHi, addressLo)) {
                longest = network.prefixLength();
                policy = network.policy();
            }
        }
        return policy;
    }

    /** The policy of an address. */
    OverlapPolicy policy(final long addressHi, final long addressLo) {
        int low = 0;
        int high = firstHi.length - 1;
        while (low < high) {
            final int middle = low + high + 1 >>> 1;
            if (compare(firstHi[middle], firstLo[middle], addressHi, addressLo) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return policies[low];
    }

    private static int compare(final long hi, final long lo, final long otherHi, final long otherLo) {
        return hi == otherHi ? Long.compareUnsigned(lo, otherLo) : Long.compareUnsigned(hi, otherHi);
    }
}
